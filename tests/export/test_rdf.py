"""The RDF export: the shape that CONTRIBUTING.md promises, for any strings whatever."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize

from kg import ontology
from kg.errors import ExportError
from kg.export.rdf import CONTEXT, generate_triples, to_rdf, write_turtle
from kg.export.terms import resource
from kg.identifiers import evidence_id
from kg.model import Document, Entity, Graph
from kg.ontology import term
from kg.relations import load
from kg.relations.table import parse as parse_relations

RELATIONS = load()


def values(triples: list[Triple], subject: NamedNode, predicate: str) -> list:
    return [t.object for t in triples if t.subject == subject and t.predicate == term(predicate)]


def edge_of(graph: Graph, status: str):
    return next(edge for edge in graph.edges if edge.status == status)


def test_only_asserted_claims_make_a_plain_edge(plain):
    properties = {ontology.property_node(relation): name for name, relation in RELATIONS.items()}
    found = {
        (t.subject, properties[t.predicate], t.object)
        for t in generate_triples(plain, RELATIONS)
        if t.predicate in properties
    }
    asserted = {(resource(e.subject), e.relation, resource(e.object)) for e in plain.edges if e.status == "asserted"}
    assert found == asserted
    assert len(asserted) < len(plain.edges)


def test_every_edge_has_a_claim_node_with_its_status_weight_and_evidence(plain):
    triples = list(generate_triples(plain, RELATIONS))
    for edge in plain.edges:
        node = resource(edge.id)
        assert set(values(triples, node, "rdf:type")) == {term("kg:Claim"), term("rdf:Statement")}
        assert values(triples, node, "rdf:subject") == [resource(edge.subject)]
        assert values(triples, node, "rdf:predicate") == [ontology.property_node(RELATIONS[edge.relation])]
        assert values(triples, node, "rdf:object") == [resource(edge.object)]
        assert values(triples, node, "kg:status") == [term(f"kg:{edge.status.capitalize()}")]
        assert [float(v.value) for v in values(triples, node, "kg:confidence")] == [edge.confidence]
        assert [int(v.value) for v in values(triples, node, "kg:support")] == [edge.support]
        assert values(triples, node, "kg:contested") == [Literal(edge.contested)]
        assert values(triples, node, "kg:period") == ([Literal(edge.period)] if edge.period else [])
        assert len(values(triples, node, "kg:evidence")) == len(edge.claims)


def test_evidence_leads_to_the_words_in_the_text(plain):
    triples = list(generate_triples(plain, RELATIONS))
    for edge in plain.edges:
        for claim in edge.claims:
            at = claim.evidence
            name = evidence_id(claim.id, at.document, at.start, at.end)
            text = plain.documents[at.document].text
            quote, position = resource(f"{name}-quote"), resource(f"{name}-position")
            exact, prefix, suffix = (
                values(triples, quote, f"oa:{part}")[0].value for part in ("exact", "prefix", "suffix")
            )
            start, end = (int(values(triples, position, f"oa:{part}")[0].value) for part in ("start", "end"))
            assert text[start:end] == exact == at.sentence
            assert text.startswith(prefix + exact + suffix, start - len(prefix))
            assert len(prefix) == min(CONTEXT, start)
            assert len(suffix) == min(CONTEXT, len(text) - end)
            assert set(values(triples, resource(name), "oa:hasSelector")) == {quote, position}


def test_evidence_says_who_says_it_and_how(plain):
    triples = list(generate_triples(plain, RELATIONS))
    claim = next(claim for edge in plain.edges for claim in edge.claims if claim.attributed_to)
    node = resource(evidence_id(claim.id, claim.evidence.document, claim.evidence.start, claim.evidence.end))
    assert values(triples, node, "prov:wasAttributedTo") == [resource("person/amir-oren")]
    assert values(triples, node, "prov:wasGeneratedBy") == [resource("reader/kg-en-1")]
    assert values(triples, node, "oa:hasSource") == [resource("document/b2")]
    for part in ("polarity", "modality", "time", "kind", "rule"):
        assert values(triples, node, f"kg:{part}") == [Literal(getattr(claim, part))]


def test_a_sentence_that_makes_a_claim_twice_is_one_evidence_with_both_rules(plain):
    edge = edge_of(plain, "possible")
    again = replace(edge.claims[0], rule="another", confidence=0.1, attributed_to="person/amir-oren")
    graph = replace(plain, edges=(replace(edge, claims=(again, *edge.claims)),))
    triples = list(generate_triples(graph, RELATIONS))
    (node,) = values(triples, resource(edge.id), "kg:evidence")
    assert values(triples, node, "kg:confidence") == [Literal("0.9", datatype=term("xsd:decimal"))]
    assert [rule.value for rule in values(triples, node, "kg:rule")] == sorted(["another", edge.claims[0].rule])
    assert values(triples, node, "prov:wasAttributedTo") == [resource("person/amir-oren")]


def test_entities_have_names_codes_and_matches(plain):
    triples = list(generate_triples(plain, RELATIONS))
    node = resource("country/AZE")
    assert node.value.endswith("/country/AZE")
    assert values(triples, node, "rdf:type") == [term("kg:Country")]
    assert values(triples, node, "rdfs:label") == [Literal("Azerbaijan", language="en")]
    assert values(triples, node, "skos:altLabel") == [Literal("Republic of Azerbaijan", language="en")]
    assert values(triples, node, "kg:metonym") == [Literal("Baku")]
    assert values(triples, node, "kg:iso3") == [Literal("AZE")]
    assert values(triples, node, "skos:exactMatch") == [term("wd:Q227")]


@pytest.mark.parametrize(
    ("published", "issued"),
    [
        ("2022-11-21", "2022-11-21"),
        ("0999-01-01", "0999-01-01"),
        ("2022-02-30", None),
        ("2022-11", None),
        ("last week", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_exported_only_when_it_is_one(published, issued):
    document = Document("d", "", "", published=published)
    triples = list(generate_triples(Graph({"d": document}), RELATIONS))
    found = values(triples, resource("document/d"), "dct:issued")
    assert found == ([Literal(issued, datatype=term("xsd:date"))] if issued else [])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c#d", NamedNode("https://example.org/a?b=c#d")),
        ("https://example.org/a%20b", NamedNode("https://example.org/a%20b")),
        ('http://example.org/a b">{}', NamedNode("http://example.org/a%20b%22%3E%7B%7D")),
        ("https://example.org/100%", NamedNode("https://example.org/100%25")),
        ("https://[broken", Literal("https://[broken")),
        ("javascript:alert(1)", Literal("javascript:alert(1)")),
        ("file:///etc/passwd", Literal("file:///etc/passwd")),
    ],
)
def test_only_web_addresses_become_links(url, expected):
    triples = list(generate_triples(Graph({"d": Document("d", "", "", url=url)}), RELATIONS))
    assert values(triples, resource("document/d"), "schema:url") == [expected]


def test_there_are_no_blank_nodes_and_no_triple_twice(graph):
    triples = list(generate_triples(graph, RELATIONS))
    assert not any(isinstance(term, BlankNode) for t in triples for term in (t.subject, t.object))
    assert len(triples) == len(set(triples))


def test_every_word_that_the_export_uses_is_in_the_ontology(graph):
    known = {triple.subject for triple in ontology.triples()}
    used = {
        node
        for t in generate_triples(graph, RELATIONS)
        for node in (t.predicate, t.object)
        if isinstance(node, NamedNode)
    }
    assert {node for node in used if node.value.startswith(term("kg:").value)} <= known


def test_the_order_in_which_the_graph_was_built_does_not_matter(graph):
    shuffled = Graph(
        dict(reversed(graph.documents.items())),
        dict(reversed(graph.entities.items())),
        tuple(replace(edge, claims=edge.claims[::-1]) for edge in reversed(graph.edges)),
        graph.reader,
    )
    assert list(generate_triples(shuffled, RELATIONS)) == list(generate_triples(graph, RELATIONS))


def test_turtle_uses_prefixes_sorted_and_reads_as_the_same_triples(tmp_path, plain):
    path = tmp_path / "graph.ttl"
    write_turtle(plain, RELATIONS, path)
    text = path.read_text("utf-8")
    head = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert head == sorted(head)
    assert text.startswith("@prefix")
    assert "country:ISR a kg:Country" in text
    assert "kg:sellsArmsTo country:AZE" in text
    assert {quad.triple for quad in parse(path=path)} == set(generate_triples(plain, RELATIONS))


def test_rdflib_gets_the_same_triples(graph):
    found = to_rdf(graph, RELATIONS)
    data = serialize(generate_triples(graph, RELATIONS), format=RdfFormat.N_TRIPLES)
    import rdflib

    assert set(found) == set(rdflib.Graph().parse(data=data, format="nt"))


def test_an_oxigraph_store_and_rdflib_load_the_file_as_the_same_triples(tmp_path, graph):
    path = tmp_path / "graph.ttl"
    write_turtle(graph, RELATIONS, path)
    store = Store()
    store.load(path=str(path), format=RdfFormat.TURTLE)
    stored = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    assert set(rdflib.Graph().parse(data=stored, format="nt")) == set(rdflib.Graph().parse(path))


def test_the_base_of_the_identifiers_can_be_chosen(plain):
    triples = list(generate_triples(plain, RELATIONS, base="https://data.example/"))
    subjects = {triple.subject.value for triple in triples}
    assert all(subject.startswith("https://data.example/") for subject in subjects)


def test_a_relation_of_the_users_own_is_exported_and_described(plain):
    own = parse_relations('[hosts-base-of]\nlabel = "hosts a base of"\n', "own.toml")
    edge = replace(edge_of(plain, "asserted"), relation="hosts-base-of")
    triples = list(generate_triples(replace(plain, edges=(edge,)), RELATIONS | own))
    node = term("kg:hostsBaseOf")
    assert Triple(resource(edge.subject), node, resource(edge.object)) in triples
    assert values(triples, node, "rdfs:label") == [Literal("hosts a base of", language="en")]


def test_a_relation_that_the_table_lacks_is_an_error_that_lists_the_valid(plain):
    edge = replace(edge_of(plain, "asserted"), relation="likes")
    with pytest.raises(ExportError, match=r"'likes'.*ally-of.*sells-arms-to"):
        list(generate_triples(replace(plain, edges=(edge,)), RELATIONS))


def test_what_is_exported_conforms_to_the_shapes(graph):
    pyshacl = pytest.importorskip("pyshacl", reason="needs the extra kg[check]")
    import rdflib

    words, shapes = (rdflib.Graph().parse(data=text, format="turtle") for text in (ontology.text(), ontology.shapes()))
    conforms, _, report = pyshacl.validate(to_rdf(graph, RELATIONS), shacl_graph=shapes, ont_graph=words)
    assert conforms, report


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_no_string_breaks_the_export(identifier, name, url):
    document = Document(identifier, name, "", title=name, url=f"http://{url}", publisher=url, published=name)
    entity = Entity(f"person/{identifier}", "Person", name, (url,), wikidata=name)
    graph = Graph({document.id: document}, {entity.id: entity}, reader=name)
    data = serialize(generate_triples(graph, RELATIONS), format=RdfFormat.TURTLE)
    assert {quad.triple for quad in parse(data, format=RdfFormat.TURTLE)} == set(generate_triples(graph, RELATIONS))


@given(st.text(max_size=30))
def test_a_document_can_be_told_from_its_iri(identifier):
    graph = Graph({identifier: Document(identifier, "", "")})
    (node,) = {t.subject for t in generate_triples(graph, RELATIONS)}
    assert unquote(node.value.split("/document/", 1)[1]) == identifier

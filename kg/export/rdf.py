"""The graph as RDF 1.1: plain edges, a node a claim, a node a sentence of evidence; no blank nodes, nothing of the run.

A plain edge ``country:ISR kg:sellsArmsTo country:AZE`` is there for each asserted claim. The claim node
(``rdf:Statement``) carries status and confidence; its evidence nodes follow the Web Annotation Data Model
(https://www.w3.org/TR/annotation-model/): a source, a quote, a position in code points of the article's text.

We rejected named graphs a claim (slow in most stores) and RDF 1.2 triple terms as the default (few tools read them
yet; :func:`write_rdf12` writes them).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg import ontology
from kg.errors import ExportError
from kg.export.characters import encodable, xml_text
from kg.export.terms import Node, about, decimal, english, issued, link, resource, resource_of_document, text
from kg.export.turtle import write_sorted
from kg.identifiers import BASE_IRI, evidence_id
from kg.model import Claim, Document, Edge, Entity, Graph, Span
from kg.ontology import term
from kg.relations.table import Relation

if TYPE_CHECKING:
    import rdflib

Relations = Mapping[str, Relation]

CONTEXT = 32
"""Length of a quote's prefix and suffix, in code points."""


def generate_triples(graph: Graph, relations: Relations, *, base: str = BASE_IRI) -> Iterator[Triple]:
    """Every triple of the graph, those of one subject together, in one order for one graph.

    Relations of the user's own are described too, since no ontology does. Raises :class:`ExportError` for an edge
    whose relation is not in ``relations``.
    """
    node = lru_cache(maxsize=1 << 16)(partial(resource, base=base))
    yield from ontology.describe_new(relations.values())
    plain: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for edge in graph.edges:
        if edge.relation not in relations:
            valid = ", ".join(sorted(relations))
            raise ExportError(f"{edge.id}: relation {edge.relation!r} is not in the table; valid: {valid}")
        if edge.status == "asserted":
            plain[edge.subject].add((edge.relation, edge.object))
    for identifier in sorted({*graph.entities, *plain}):
        if identifier in graph.entities:
            yield from _entity(graph.entities[identifier], node)
        for relation, target in sorted(plain.get(identifier, ())):
            yield Triple(node(identifier), ontology.property_node(relations[relation]), node(target))
    for edge in sorted(graph.edges, key=lambda edge: edge.id):
        yield from _claim(edge, relations[edge.relation], graph, node)
    for _, document in sorted(graph.documents.items()):
        yield from _document(document, node)
    if graph.reader:
        yield from _reader(graph.reader, node)


def write_turtle(graph: Graph, relations: Relations, path: Path) -> None:
    """Write Turtle, streaming: the same graph gives the same bytes."""
    _write(generate_triples(graph, relations), path, RdfFormat.TURTLE)


def write_ntriples(graph: Graph, relations: Relations, path: Path) -> None:
    """Write N-Triples, one triple a line."""
    _write(generate_triples(graph, relations), path, RdfFormat.N_TRIPLES)


def write_trig(graph: Graph, relations: Relations, path: Path) -> None:
    """Write TriG: the data as default graph, the ontology as the graph named by its IRI."""
    name = NamedNode(ontology.ONTOLOGY_GRAPH)
    data = (Quad(t.subject, t.predicate, t.object) for t in generate_triples(graph, relations))
    words = (Quad(t.subject, t.predicate, t.object, name) for t in ontology.triples())
    _write(chain(data, words), path, RdfFormat.TRIG)


def write_jsonld(graph: Graph, relations: Relations, path: Path) -> None:
    """Write JSON-LD in expanded form: no context, so nothing to fetch."""
    triples = generate_triples(graph, relations)
    _write((Quad(t.subject, t.predicate, t.object) for t in triples), path, RdfFormat.JSON_LD)


def write_rdfxml(graph: Graph, relations: Relations, path: Path) -> None:
    """Write RDF/XML; characters that XML cannot hold become U+FFFD."""
    _write(map(_xml_triple, generate_triples(graph, relations)), path, RdfFormat.RDF_XML)


def write_rdf12(graph: Graph, relations: Relations, path: Path) -> None:
    """Write Turtle of RDF 1.2, where a claim node ``rdf:reifies`` a triple term in place of the four of RDF 1.1."""
    _write(_reified(generate_triples(graph, relations)), path, RdfFormat.TURTLE)


def to_rdf(graph: Graph, relations: Relations) -> rdflib.Graph:
    """The same triples as an rdflib Graph, prefixes bound."""
    import rdflib

    def convert(value: object) -> rdflib.URIRef | rdflib.Literal:
        if not isinstance(value, Literal):
            return rdflib.URIRef(str(value)[1:-1])
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        plain = value.datatype == term("xsd:string")
        return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))

    result = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in ontology.prefixes().items():
        result.bind(prefix, namespace)
    for triple in generate_triples(graph, relations):
        result.add((convert(triple.subject), convert(triple.predicate), convert(triple.object)))
    return result


def _write(triples: Iterable[Triple] | Iterable[Quad], path: Path, format: RdfFormat) -> None:
    with path.open("wb") as file:
        if format in (RdfFormat.TURTLE, RdfFormat.TRIG):
            write_sorted(triples, file, format, ontology.prefixes())
        else:
            serialize(triples, file, format, prefixes=ontology.prefixes())


def _entity(entity: Entity, node: Node) -> Iterator[Triple]:
    known = re.fullmatch(r"Q[1-9][0-9]*", entity.wikidata or "")
    return about(
        node(entity.id),
        ("rdf:type", term(f"kg:{entity.type}")),
        ("rdfs:label", english(entity.name)),
        *(("skos:altLabel", english(alias)) for alias in sorted(entity.aliases)),
        *(("kg:metonym", text(metonym)) for metonym in sorted(entity.metonyms)),
        ("kg:iso3", text(entity.iso3)),
        ("skos:exactMatch", term(f"wd:{entity.wikidata}") if known else None),
    )


def _claim(edge: Edge, relation: Relation, graph: Graph, node: Node) -> Iterator[Triple]:
    """The claim node of an edge, then a node for each of its sentences."""
    sentences: dict[str, list[Claim]] = defaultdict(list)
    for claim in edge.claims:
        at = claim.evidence
        sentences[evidence_id(claim.id, at.document, at.start, at.end)].append(claim)
    yield from about(
        node(edge.id),
        ("rdf:type", term("kg:Claim")),
        ("rdf:type", term("rdf:Statement")),
        ("rdf:subject", node(edge.subject)),
        ("rdf:predicate", ontology.property_node(relation)),
        ("rdf:object", node(edge.object)),
        ("kg:status", term(f"kg:{edge.status.capitalize()}")),
        ("kg:confidence", decimal(edge.confidence)),
        ("kg:support", Literal(edge.support)),
        ("kg:contested", Literal(edge.contested)),
        ("kg:period", text(edge.period)),
        ("kg:verdict", term(f"kg:{edge.judgement.verdict.capitalize()}")),
        ("kg:referenceFact", text(edge.judgement.fact)),
        *(("kg:evidence", node(name)) for name in sorted(sentences)),
    )
    for name, claims in sorted(sentences.items()):
        yield from _evidence(name, claims, graph, node)


def _evidence(name: str, claims: list[Claim], graph: Graph, node: Node) -> Iterator[Triple]:
    """One sentence that makes a claim, be it once or, through several mentions or rules, more than once.

    What has one value is that of the most confident; every rule and every speaker is kept.
    """
    best = min(claims, key=_rank)
    at = best.evidence
    triggers = [(f"trigger-{i}", span) for i, span in enumerate(sorted(at.triggers), 1)]
    spans = [("position", (at.start, at.end)), ("subject", at.subject_span), ("object", at.object_span), *triggers]
    parts = {part: NamedNode(f"{node(name).value}-{part}") for part in ("quote", *(part for part, _ in spans))}
    source = resource_of_document(at.document, node)
    yield from about(
        node(name),
        ("rdf:type", term("kg:Evidence")),
        ("rdf:type", term("oa:SpecificResource")),
        ("oa:hasSource", source),
        *(("prov:wasAttributedTo", node(who)) for who in sorted({c.attributed_to for c in claims if c.attributed_to})),
        ("prov:wasGeneratedBy", node(_reader_id(graph.reader)) if graph.reader else None),
        ("kg:polarity", text(best.polarity)),
        ("kg:modality", text(best.modality)),
        ("kg:time", text(best.time)),
        ("kg:kind", text(best.kind)),
        ("kg:confidence", decimal(best.confidence)),
        *(("kg:rule", text(rule)) for rule in sorted({c.rule for c in claims})),
        ("oa:hasSelector", parts["quote"]),
        ("oa:hasSelector", parts["position"]),
        ("kg:subjectSelector", parts["subject"]),
        ("kg:objectSelector", parts["object"]),
        *(("kg:triggerSelector", parts[part]) for part, _ in triggers),
    )
    document = graph.documents.get(at.document)
    yield from _quote(parts["quote"], at.sentence, (at.start, at.end), document.text if document else None)
    for part, span in spans:
        yield from _position(parts[part], span)


def _rank(claim: Claim) -> tuple[object, ...]:
    said = (claim.modality, claim.polarity, claim.time, claim.kind)
    return (-claim.confidence, claim.rule, *said, claim.evidence.subject_span, claim.evidence.object_span)


def _quote(subject: NamedNode, sentence: str, span: Span, article: str | None) -> Iterator[Triple]:
    start, end = span
    return about(
        subject,
        ("rdf:type", term("oa:TextQuoteSelector")),
        ("oa:exact", text(sentence)),
        ("oa:prefix", None if article is None else text(article[max(0, start - CONTEXT) : start])),
        ("oa:suffix", None if article is None else text(article[end : end + CONTEXT])),
    )


def _position(subject: NamedNode, span: Span) -> Iterator[Triple]:
    return about(
        subject,
        ("rdf:type", term("oa:TextPositionSelector")),
        ("oa:start", Literal(str(span[0]), datatype=term("xsd:integer"))),
        ("oa:end", Literal(str(span[1]), datatype=term("xsd:integer"))),
    )


def _document(document: Document, node: Node) -> Iterator[Triple]:
    return about(
        resource_of_document(document.id, node),
        ("rdf:type", term("schema:NewsArticle")),
        ("rdf:type", term("prov:Entity")),
        ("dct:identifier", text(document.id)),
        ("schema:headline", text(document.title)),
        ("schema:url", link(document.url)),
        ("dct:issued", issued(document.published)),
        ("schema:publisher", text(document.publisher)),
        ("schema:inLanguage", text(document.language)),
    )


def _reader(name: str, node: Node) -> Iterator[Triple]:
    label = english(f"reading by {name}")
    return about(node(_reader_id(name)), ("rdf:type", term("prov:Activity")), ("rdfs:label", label))


def _reader_id(name: str) -> str:
    return "reader/" + quote(encodable(name), safe="-._~")


def _xml_triple(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or xml_text(value.value) == value.value:
        return triple
    datatype = None if value.language else value.datatype
    clean = Literal(xml_text(value.value), datatype=datatype, language=value.language)
    return Triple(triple.subject, triple.predicate, clean)


def _reified(triples: Iterable[Triple]) -> Iterator[Triple]:
    """RDF 1.1 reification as RDF 1.2: the three parts, which follow one another, become one triple term."""
    parts = {term(f"rdf:{part}"): part for part in ("subject", "predicate", "object")}
    seen: dict[str, Any] = {}
    for triple in triples:
        if triple.predicate in parts:
            seen[parts[triple.predicate]] = triple.object
            if len(seen) == 3:
                yield Triple(triple.subject, term("rdf:reifies"), Triple(**seen))
                seen = {}
        elif triple.object != term("rdf:Statement"):
            yield triple

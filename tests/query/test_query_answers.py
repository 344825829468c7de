"""Queries: what they answer, of which graph, with which prefixes known; and the error when they are broken."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import QueryError
from kg.export import export
from kg.query import run_query
from kg.relations import load

RELATIONS = load()
SELLERS = "SELECT ?seller ?buyer WHERE { ?s kg:sellsArmsTo ?b . ?s rdfs:label ?seller . ?b rdfs:label ?buyer }"


def test_who_sells_arms_to_whom_needs_no_prefix(session):
    result = session.run(SELLERS + " ORDER BY DESC(?seller)")
    assert result.variables == ("seller", "buyer")
    assert result.rows == (("Israel", "Azerbaijan"), ("=cmd\x1b[31m\n北京", "Azerbaijan"))


def test_a_graph_and_the_file_written_of_it_answer_alike(tmp_path, session, small_graph):
    for format, name in (("turtle", "graph.ttl"), ("ntriples", "graph.nt"), ("trig", "graph.trig")):
        export(small_graph, format, tmp_path / name, RELATIONS)
        query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
        assert run_query(tmp_path / name, query, relations=RELATIONS).rows == session.run(query).rows


def test_ask_answers_with_a_boolean(session):
    assert session.run("ASK { country:ISR kg:sellsArmsTo country:AZE }").boolean is True
    assert session.run("ASK { country:AZE kg:sellsArmsTo country:ISR }").boolean is False


def test_construct_and_describe_answer_with_triples(session):
    (triple,) = session.run("CONSTRUCT { ?b kg:sells ?a } WHERE { ?a kg:borders ?b }").triples
    assert triple.subject.value.endswith("/country/ISR")
    assert len(session.run("DESCRIBE country:ISR").triples) == 4


def test_a_prefix_of_the_query_wins_over_the_known_one(session):
    query = "PREFIX country: <https://w3id.org/kg-from-news/organization/> SELECT ?o { country:evil a ?o }"
    assert len(session.run(query).rows) == 1


def test_evidence_is_reached_by_the_paths_that_the_documentation_shows(session):
    query = """SELECT ?quote ?issued { ?claim rdf:predicate kg:sellsArmsTo ; kg:status kg:Asserted ; kg:confidence ?c ;
        kg:evidence ?e . ?e oa:hasSelector/oa:exact ?quote ; oa:hasSource/dct:issued ?issued . FILTER(?c > 0.5) }"""
    assert session.run(query).rows == (("Israel sold drones to Azerbaijan.", date(2022, 11, 21)),) * 2


def test_the_ontology_is_a_graph_of_its_own(session):
    label = "SELECT ?l { GRAPH <https://w3id.org/kg-from-news/ontology> { kg:sellsArmsTo rdfs:label ?l } }"
    assert session.run(label).rows == (("sells arms to",),)
    assert session.run("SELECT ?l { kg:sellsArmsTo rdfs:label ?l }").rows == ()
    named = "SELECT ?l FROM <https://w3id.org/kg-from-news/ontology> { kg:sellsArmsTo rdfs:label ?l }"
    assert session.run(named).rows == (("sells arms to",),)


@pytest.mark.parametrize(
    ("query", "plainly", "inferred"),
    [
        ("ASK { country:ISR kg:borders country:AZE }", False, True),
        ("ASK { country:AZE kg:borders country:ISR }", True, True),
        ("ASK { country:AZE kg:buysArmsFrom country:ISR }", False, True),
        ("ASK { country:AZE kg:sellsArmsTo country:ISR }", False, False),
    ],
)
def test_symmetric_and_inverse_edges_are_there_when_asked_for(session, query, plainly, inferred):
    assert session.run(query).boolean is plainly
    assert session.run(query, infer=True).boolean is inferred


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("SELECT ?s WHERE {\n  ?s kg:borders }", r"line 2, column 17: unexpected '}'"),
        ("SELECT ?s WHERE { ?s ?p ?o", r"line 1, column 27: unexpected end of line"),
        ("SELEKT * { ?s ?p ?o }", r"line 1, column 1: unexpected 'SELEKT"),
        ("SELECT * {\n ?s nope:sells ?o }", r"prefix : nope at line 2, column 5; known without PREFIX: claim, country"),
        ("", "empty"),
        (" \n\t", "empty"),
    ],
)
def test_a_broken_query_is_an_error_that_says_where(session, query, where):
    with pytest.raises(QueryError, match=where):
        session.run(query)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("graph.ttl", "this is not turtle", r"graph\.ttl: cannot be read as RDF"),
        ("graph.rdf", "<rdf/>", r"graph\.rdf: cannot be queried; valid: .*ttl"),
        ("missing.ttl", None, r"missing\.ttl: no such file"),
    ],
)
def test_a_source_that_cannot_be_read_is_an_error_that_names_it(tmp_path, name, text, said):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(QueryError, match=said):
        run_query(tmp_path / name, "ASK {}", relations=RELATIONS)

"""What no query can do, however it is written: change the graph, or reach anything outside it."""

from __future__ import annotations

import contextlib

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query.guard import check, expand

UPDATES = [
    "INSERT DATA { kg:a kg:b kg:c }",
    "insert data { kg:a kg:b kg:c }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "CLEAR DEFAULT",
    "LOAD <file:///etc/passwd>",
    "L\\u004FAD <file:///etc/passwd>",
    "PREFIX a: <b:c> LOAD <http://example.org/>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "DROP nonsense",
]

OUTSIDE = [
    ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { S\\u0045RVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { S\\U00000045RVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { sErViCe SILENT <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE ?s { ?s ?p ?o } } }", "SERVICE"),
    ("SELECT * { ?s ?p ?o OPTIONAL { { SELECT * { SERVICE ?s { ?a ?b ?c } } } } }", "SERVICE"),
    ("CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { SERVICE<http://example.org/>{ ?s ?p ?o } } }", "SERVICE"),
    ("SELECT * { #\nSERVICE#\n<http://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { # \\u000A SERVICE <http://example.org/> { ?s ?p ?o } \n}", "SERVICE"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
    ("SELECT * FROM NAMED <http://example.org/> { GRAPH ?g { ?s ?p ?o } }", "FROM <http://example.org/>"),
    ("PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
    ("BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
    ("ASK { ?s ?p ?o }; DROP ALL", "syntax error"),
    ("SELECT ('\\u005Cu0027 } ' AS ?x) {}", r"\\u that is no escape"),
    ("SELECT ('\\uD800' AS ?x) {}", "no Unicode character"),
    ("SELECT ('\\UFFFFFFFF' AS ?x) {}", "no Unicode character"),
    ("SELECT ('\ud800' AS ?x) {}", "Unicode"),
]


@pytest.mark.parametrize("query", UPDATES)
def test_updates_are_refused_and_the_error_says_what_is_allowed(session, query):
    with pytest.raises(QueryError, match="updates are refused; allowed: one SELECT, ASK"):
        session.run(query)


@pytest.mark.parametrize(("query", "said"), OUTSIDE)
def test_nothing_outside_the_graph_is_reached(session, query, said):
    with pytest.raises(QueryError, match=said):
        session.run(query)


def test_words_in_strings_iris_and_comments_are_no_reason_to_refuse(session):
    query = "SELECT ('SERVICE LOAD DROP' AS ?x) { # SERVICE <http://example.org/>\n FILTER(<kg:SERVICE> != <kg:DROP>) }"
    assert session.run(query).rows == (("SERVICE LOAD DROP",),)


@given(st.text(max_size=60))
def test_expanding_leaves_no_escape_that_a_second_parser_could_read(text):
    with contextlib.suppress(QueryError):
        assert "\\u" not in expand(text).replace("\\U", "\\u")


PIECES = [
    *("SELECT", "*", "ASK", "{", "}", "SERVICE", "S\\u0045RVICE", "LOAD", "INSERT", "DATA", "UNION", "GRAPH", "FROM"),
    *(
        "?s",
        "<http://127.0.0.1:PORT/>",
        "{ ?s ?p ?o }",
        "#",
        "\n",
        "'",
        '"',
        "\\u0027",
        "\\u000A",
        ".",
        ";",
        "FILTER",
        "EXISTS",
    ),
]


def test_without_the_guard_the_engine_does_ask_endpoints(endpoint):
    port, asked = endpoint
    before = len(asked)
    with pytest.raises(OSError):
        list(ox.Store().query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))
    assert len(asked) == before + 1


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join))
def test_whatever_passes_the_guard_asks_no_endpoint(endpoint, text):
    port, asked = endpoint
    before = len(asked)
    with contextlib.suppress(QueryError, SyntaxError):
        query = check(f"ASK {{ {text.replace('PORT', str(port))} }}", {}, (), lambda _: "")
        assert isinstance(ox.Store().query(query), ox.QueryBoolean)
    assert len(asked) == before

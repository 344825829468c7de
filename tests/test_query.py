"""Queries: what they answer, in which formats; and what no query can do, however it is written."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import QueryError
from kg.export import export
from kg.model import Claim, Document, Edge, Entity, Evidence, Graph
from kg.query import FORMATS, QuerySession, render, run_query, to_pandas, to_table
from kg.query.guard import check, expand
from kg.query.result import compact, to_python
from kg.relations import load

RELATIONS = load()
ROOT = Path(kg.__file__).parents[1]
SELLERS = "SELECT ?seller ?buyer WHERE { ?s kg:sellsArmsTo ?b . ?s rdfs:label ?seller . ?b rdfs:label ?buyer }"


def small_graph() -> Graph:
    """Two sales, a border, a name that would run as a formula and one that would paint a terminal red."""
    text = "Israel sold drones to Azerbaijan."
    document = Document("news/a1.txt", text, "", published="2022-11-21")
    at = Evidence("news/a1.txt", 0, len(text), text, (0, 6), (22, 32), ((7, 11),), 0, 1)
    said = ("affirmed", "factual", "current", "event", None, 0.9, None, "sold", at)
    ties = [
        ("claim/1", "country/ISR", "sells-arms-to", "country/AZE"),
        ("claim/2", "organization/evil", "sells-arms-to", "country/AZE"),
        ("claim/3", "country/AZE", "borders", "country/ISR"),
    ]
    edges = tuple(Edge(*tie, "asserted", None, 0.9, 1, False, (Claim(*tie, *said),)) for tie in ties)
    entities = [
        Entity("country/AZE", "Country", "Azerbaijan", iso3="AZE"),
        Entity("country/ISR", "Country", "Israel", iso3="ISR"),
        Entity("organization/evil", "Organization", "=cmd\x1b[31m\n北京"),
    ]
    return Graph({document.id: document}, {entity.id: entity for entity in entities}, edges, "kg-en-1")


@pytest.fixture(scope="module")
def session() -> Iterator[QuerySession]:
    with QuerySession(small_graph(), RELATIONS) as session:
        yield session


@pytest.fixture(scope="module")
def endpoint() -> Iterator[tuple[int, list[bytes]]]:
    """The port of a server on this machine, and what was ever asked of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    asked.append(connection.recv(100))
                    connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], asked


def test_who_sells_arms_to_whom_needs_no_prefix(session):
    result = session.run(SELLERS + " ORDER BY DESC(?seller)")
    assert result.variables == ("seller", "buyer")
    assert result.rows == (("Israel", "Azerbaijan"), ("=cmd\x1b[31m\n北京", "Azerbaijan"))


def test_a_graph_and_the_file_written_of_it_answer_alike(tmp_path, session):
    for format, name in (("turtle", "graph.ttl"), ("ntriples", "graph.nt"), ("trig", "graph.trig")):
        export(small_graph(), format, tmp_path / name, RELATIONS)
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


@pytest.mark.parametrize("depth", [50, 3000, 100_000])
def test_deep_nesting_gives_an_answer_or_an_error_and_the_session_goes_on(session, depth):
    left, right = "(" * depth, ")" * depth
    groups = f"ASK {'{' * depth}{'}' * depth}"
    for query in (f"ASK {{ FILTER({left}1{right}) }}", f"ASK {{ ?s {left}a{right} ?o }}", groups):
        try:
            assert session.run(query).boolean is True
        except QueryError:
            assert depth > 50
    assert session.run("ASK {}").boolean


CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def test_a_query_past_its_time_is_stopped_and_the_next_one_runs(session):
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"time limit of 0\.5 s"):
        session.run(CROSS, timeout_s=0.5)
    assert time.monotonic() - start < 2
    assert session.run("ASK {}").boolean


def test_no_child_outlives_its_session():
    with QuerySession(small_graph(), RELATIONS) as session:
        session.run("ASK {}")
        process = session._process
    assert process.poll() is not None


def test_too_many_rows_are_an_error_and_never_a_shorter_table(session):
    count = session.run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    assert len(session.run("SELECT * { ?s ?p ?o }", max_rows=count).rows) == count
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(QueryError, match=f"more than {count - 1} rows; add a LIMIT"):
            session.run(query, max_rows=count - 1)


def test_the_confined_child_opens_no_socket_and_no_file_and_its_memory_is_bounded():
    pytest.importorskip("resource", reason="the platform has no resource limits")
    script = """
import socket
from kg.query.worker import confine
confine(memory=64 << 20)
for attempt in (socket.socket, lambda: open("/etc/hosts"), lambda: bytearray(256 << 20)):
    try:
        attempt()
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["OSError", "OSError", "MemoryError"]


def test_even_past_the_guard_no_endpoint_is_asked(endpoint):
    pytest.importorskip("resource", reason="the platform has no resource limits")
    port, asked = endpoint
    before = len(asked)
    script = """
import sys, pyoxigraph
from kg.query.worker import confine
confine()
try:
    print(list(pyoxigraph.Store().query(sys.argv[1])))
except OSError:
    print("failed")
"""
    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    command = [sys.executable, "-c", script, query]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    assert done.stdout == "failed\n"
    assert len(asked) == before


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


def test_the_table_is_aligned_compact_and_safe_for_a_terminal(session):
    text = to_table(session.run("SELECT ?who ?name { ?who kg:sellsArmsTo ?b ; rdfs:label ?name } ORDER BY ?who"))
    assert text.splitlines() == [
        "who                name",
        "-----------------  --------------",
        "country:ISR        Israel",
        "organization:evil  =cmd\ufffd[31m 北京",
    ]


def test_numbers_are_aligned_right_and_long_cells_cut(session):
    text = to_table(session.run("SELECT * { VALUES (?n ?t) { (1 'abcdef') (1000 'b') } }"), width=4)
    assert text.splitlines() == ["   n  t", "----  ----", "   1  abc…", "1000  b"]


def test_every_format_carries_the_answer(session):
    result = session.run(SELLERS + " ORDER BY DESC(?seller)")
    name = "=cmd\x1b[31m\n北京"
    assert json.loads(render(result, "json"))["results"]["bindings"][1]["seller"]["value"] == name
    rows = list(csv.reader(io.StringIO(render(result, "csv"), newline="")))
    assert rows == [["seller", "buyer"], ["Israel", "Azerbaijan"], ["'" + name, "Azerbaijan"]]
    assert render(result, "tsv").splitlines()[1] == '"Israel"@en\t"Azerbaijan"@en'
    assert '<literal xml:lang="en">Israel</literal>' in render(result, "xml")
    assert set(FORMATS) == {"table", "csv", "tsv", "json", "xml", "ttl"}


def test_ask_and_construct_have_formats_of_their_own(session):
    yes = session.run("ASK {}")
    assert (render(yes, "table"), render(yes, "csv")) == ("true\n", "true\r\n")
    assert json.loads(render(yes, "json"))["boolean"] is True
    built = session.run("CONSTRUCT WHERE { ?a kg:borders ?b }")
    assert render(built, "ttl").splitlines()[-1] == "country:AZE kg:borders country:ISR ."
    assert [line.split()[1] for line in render(built, "ttl").splitlines()[:-1]] == ["country:", "kg:"]
    for result, format in ((yes, "ttl"), (built, "json"), (yes, "docx")):
        with pytest.raises(QueryError, match="valid"):
            render(result, format)


def test_frames_have_typed_columns(session):
    query = """SELECT * { VALUES (?i ?f ?b ?d ?s ?m ?u) {
        (1 1.5 true "2022-11-21"^^xsd:date "x" 1 country:ISR) (UNDEF 2e0 UNDEF UNDEF UNDEF "a" UNDEF) } }"""
    frame = to_pandas(session.run(query))
    kinds = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert kinds["i"] == "Int64" and kinds["f"] == "Float64" and kinds["b"] == "boolean"
    assert kinds["d"].startswith("datetime64") and kinds["s"] in ("str", "object") and kinds["m"] == "object"
    assert frame["u"][0] == "https://w3id.org/kg-from-news/country/ISR"
    assert frame["i"].isna().sum() == 1
    empty = to_pandas(session.run("SELECT ?a ?b { ?a kg:leads ?b }"))
    assert list(empty.columns) == ["a", "b"] and len(empty) == 0
    with pytest.raises(QueryError, match="SELECT"):
        to_pandas(session.run("ASK {}"))


@pytest.mark.parametrize(
    ("lexical", "kind", "expected"),
    [
        ("7", "integer", 7), ("7", "nonNegativeInteger", 7), ("-1", "long", -1), ("0.5", "decimal", 0.5),
        ("INF", "double", float("inf")), ("true", "boolean", True), ("0", "boolean", False), ("x", "integer", "x"),
        ("2022-11-21", "date", date(2022, 11, 21)), ("12022-11-21", "date", "12022-11-21"), ("7", "string", "7"),
    ],
)  # fmt: skip
def test_literals_become_python_values_by_their_datatype(lexical, kind, expected):
    value = to_python(ox.Literal(lexical, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")))
    assert value == expected and type(value) is type(expected)


def test_an_iri_is_compacted_by_its_longest_namespace():
    prefixes = {"a": "http://x/", "b": "http://x/y/"}
    assert compact("http://x/y/z", prefixes) == "b:z"
    assert compact("http://x/z", prefixes) == "a:z"
    assert compact("http://x/", prefixes) == "<http://x/>"


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

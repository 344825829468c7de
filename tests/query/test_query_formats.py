"""The formats of an answer: tables, files, frames and Python values."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import FORMATS, render, to_pandas, to_table
from kg.query.result import compact, to_python

SELLERS = "SELECT ?seller ?buyer WHERE { ?s kg:sellsArmsTo ?b . ?s rdfs:label ?seller . ?b rdfs:label ?buyer }"


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

"""Promises about tables: JSON lines, CSV and Parquet give a document for each row, and a problem for each bad one."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Document
from kg.sources import streams

Write = Callable[[str, str | bytes], Path]
Read = Callable[..., tuple[dict[str, Document], list[str]]]
Jsonl = Callable[..., str]
Pack = Callable[[bytes, str], bytes]
ROWS = [{"text": "Chad sells oil."}, {"id": "x", "text": "Togo sells tea.", "title": "Tea", "published": "2021-02-03"}]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_rows_are_read_alike_from_every_table_format(
    write: Write, read: Read, pack: Pack, kind: str, ending: str
) -> None:
    documents, problems = read(write(f"t.{kind}{ending}", pack(_table(kind), ending)))
    name = f"{next(iter(documents)).split('/')[0]}/t.{kind}{ending}#1"
    assert list(documents) == [name, "x"]
    assert (documents["x"].text, documents["x"].title, documents["x"].published) == (
        "Togo sells tea.", "Tea", "2021-02-03",
    )  # fmt: skip
    assert problems == []


def _table(kind: str) -> bytes:
    if kind == "jsonl":
        return "".join(json.dumps(row) + "\n" for row in ROWS).encode()
    if kind == "csv":
        return b"id,text,title,published\n,Chad sells oil.,,\nx,Togo sells tea.,Tea,2021-02-03\n"
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([dict.fromkeys(ROWS[1]) | row for row in ROWS]), sink)
    return sink.getvalue()


BAD_ROWS = [
    ('{"text": "Broken', "not valid JSON"),
    ("[1, 2]", "not a JSON object"),
    ('"text"', "not a JSON object"),
    ('{"title": "No text"}', 'no "text"'),
    ('{"text": 5}', '"text" is a number'),
    ('{"text": "  "}', '"text" is a string'),
    ('{"text": "Chad.", "title": ["a"]}', '"title" is a list'),
    ('{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
    (b'{"text": "caf\xe9"}', "not UTF-8"),
    ('{"text": ' + "1" * 5000 + "}", ""),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS)
def test_a_broken_line_is_one_problem_with_its_number_and_the_rest_goes_on(
    write: Write, read: Read, jsonl: Jsonl, bad: str | bytes, reason: str
) -> None:
    bad = bad.encode() if isinstance(bad, str) else bad
    good = [jsonl({"id": id, "text": "Chad sells oil."}).encode() for id in "ab"]
    documents, problems = read(write("news/a.jsonl", good[0] + b"\n" + bad + b"\n" + good[1]))
    assert list(documents) == ["a", "b"]
    assert len(problems) == 1
    assert problems[0].startswith("news/a.jsonl:3: ")
    assert reason in problems[0]
    assert problems[0].isprintable()


def test_lone_surrogates_and_nul_in_a_row_are_taken_out(write: Write, read: Read) -> None:
    documents, problems = read(write("a.jsonl", '{"id": "\\u0000x\\ud800", "text": "Chad\\u0000 sells\\udfff oil."}'))
    assert {id: d.text for id, d in documents.items()} == {"x": "Chad sells oil."}
    assert problems == []


def test_a_line_beyond_the_cap_is_marked_and_the_next_is_read() -> None:
    lines = list(streams.read_lines(io.BufferedReader(io.BytesIO(b"a\n" + b"x" * 50_000 + b"\nb\n")), 1000))
    assert lines == ["a\n", None, "b\n"]


@pytest.mark.parametrize(
    ("content", "texts", "problem"),
    [
        ("text\nChad sells oil.\n", ["Chad sells oil."], None),
        ("\ufeffTitle;Text\nOil;Chad, and Togo.\n", ["Chad, and Togo."], None),
        ("text\ttitle\nChad sells oil.\tOil\n", ["Chad sells oil."], None),
        ('text,title\n"Chad\n\nsells ""oil"".",a\n', ['Chad\n\nsells "oil".'], None),
        ("text,title\nChad sells oil.,a,b\nTogo sells tea.,c\n", ["Togo sells tea."], ":2: 3 cells"),
        (b"text\nCaf\xe9 in Chad.\nTogo sells tea.\n", ["Togo sells tea."], ":2: not UTF-8"),
        ("text,title\n,a\nTogo sells tea.,b\n", ["Togo sells tea."], ':2: no "text"'),
        ("body,title\nChad,a\n", [], 'no column "text"; found are: body, title'),
        ("", [], 'no column "text"'),
        ("text\n" + "Chad sells oil. " * 20_000, ["Chad sells oil. " * 19_999 + "Chad sells oil."], None),
    ],
)
def test_csv_is_read_as_spreadsheets_write_it(
    write: Write, read: Read, content: str | bytes, texts: list[str], problem: str | None
) -> None:
    documents, problems = read(write("t.csv", content))
    assert [d.text for d in documents.values()] == texts
    assert (problem in problems[0]) if problem else problems == []


def test_rows_of_a_parquet_file_may_have_numbers_for_ids_and_dates_for_dates(write: Write, read: Read) -> None:
    pa = pytest.importorskip("pyarrow")
    from datetime import datetime

    from pyarrow import parquet

    path = write("t.parquet", b"")
    rows = [{"id": 7, "text": "Chad sells oil.", "published": datetime(2020, 1, 2), "n": 1.5}, {"id": 8, "text": None}]
    parquet.write_table(pa.Table.from_pylist(rows), path)
    documents, problems = read(path)
    assert {id: d.published for id, d in documents.items()} == {"7": "2020-01-02"}
    assert problems[0].endswith('/t.parquet#2: no "text"')


def test_compressed_files_of_several_members_are_read_to_the_end(write: Write, read: Read, jsonl: Jsonl) -> None:
    data = b"".join(gzip.compress(jsonl({"id": id, "text": "Chad."}).encode()) for id in "abc") + b"\0" * 100
    assert list(read(write("a.jsonl.gz", data))[0]) == ["a", "b", "c"]


def test_a_second_document_of_an_id_is_reported_and_skipped(write: Write, read: Read, jsonl: Jsonl) -> None:
    rows = [{"id": "a", "text": "Chad."}, {"id": "a", "text": "Chad."}, {"id": "a", "text": "Togo."}]
    documents, problems = read(write("n/a.jsonl", jsonl(*rows)))
    assert documents["a"].text == "Chad."
    assert problems == [
        "n/a.jsonl:2: duplicate of n/a.jsonl:1, skipped",
        "n/a.jsonl:3: id a already used by n/a.jsonl:1, skipped",
    ]

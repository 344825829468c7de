"""Promises about reading files, folders, globs and standard input: what is read, in which order, under which id."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.sources import Problem, read_sources, streams

Write = Callable[[str, str | bytes], Path]
ROWS = [{"text": "Chad sells oil."}, {"id": "x", "text": "Togo sells tea.", "title": "Tea", "published": "2021-02-03"}]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


def read(*sources: str | Path, stdin: bytes = b"") -> tuple[dict[str, Document], list[str]]:
    """The documents by id, in order, and the problems as they are printed."""
    items = list(read_sources(sources, stdin=io.BytesIO(stdin)))
    documents = [item for item in items if isinstance(item, Document)]
    assert len({d.id for d in documents}) == len(documents)
    return {d.id: d for d in documents}, [str(item) for item in items if isinstance(item, Problem)]


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize("source", ["news", "news/*.txt", "news/**/*.txt", "news/a1.txt"])
def test_a_file_has_the_same_id_however_it_is_reached(write: Write, tmp_path: Path, source: str) -> None:
    write("news/a1.txt", "Chad sells oil.")
    assert list(read(tmp_path / source)[0]) == ["news/a1.txt"]


def test_a_folder_is_read_whole_in_order_without_hidden_and_foreign_files(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.html", ".hidden.txt", ".git/d.txt", "e.pdf", "Z.TXT"):
        write(f"news/{name}", f"<p>Chad sells {name} to Togo.</p>" if "html" in name else f"Chad sells {name} to Togo.")
    documents, problems = read(tmp_path / "news")
    assert list(documents) == ["news/Z.TXT", "news/a.md", "news/b.txt", "news/deep/er/c.html"]
    assert problems == []


def test_the_order_of_the_sources_changes_nothing_and_each_file_is_read_once(write: Write, tmp_path: Path) -> None:
    sources: list[str | Path] = [
        write("news/a.txt", "Chad sells oil."),
        write("more/b.jsonl", jsonl(*ROWS)),
        write("more/bad.txt", b"\x00\x01"),
        tmp_path / "news",
        "-",
    ]
    results = [
        list(read_sources(order, stdin=io.BytesIO(b"Mali sells gold."))) for order in itertools.permutations(sources)
    ]
    assert all(result == results[0] for result in results)
    ids = [item.id for item in results[0] if isinstance(item, Document)]
    assert ids == ["more/b.jsonl#1", "x", "news/a.txt", "stdin"]


def test_the_digest_is_that_of_the_raw_input(write: Write) -> None:
    path = write("news/a.txt", "Chad\u00a0sells  oil.\r\n")
    packed = write("news/b.txt.gz", gzip.compress(path.read_bytes()))
    documents, _ = read(path, packed)
    assert {d.sha256 for d in documents.values()} == {hashlib.sha256(path.read_bytes()).hexdigest()}
    assert documents["news/a.txt"].text == "Chad sells oil."


def test_offsets_count_in_a_text_that_is_stable(write: Write) -> None:
    path = write("a.txt", "Chad buys jets\n\nChad\u00ad has bought\nsix jets.\n\nShare this article")
    (document,) = read(path)[0].values()
    again = write("b.txt", document.text)
    assert [d.text for d in read(again)[0].values()] == [document.text]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_rows_are_read_alike_from_every_table_format(write: Write, kind: str, ending: str) -> None:
    documents, problems = read(write(f"t.{kind}{ending}", _pack(_table(kind), ending)))
    name = f"{next(iter(documents)).split('/')[0]}/t.{kind}{ending}#1"
    assert list(documents) == [name, "x"]
    assert (documents["x"].text, documents["x"].title, documents["x"].published) == (
        "Togo sells tea.", "Tea", "2021-02-03",
    )  # fmt: skip
    assert problems == []


def _table(kind: str) -> bytes:
    if kind == "jsonl":
        return jsonl(*ROWS).encode()
    if kind == "csv":
        return b"id,text,title,published\n,Chad sells oil.,,\nx,Togo sells tea.,Tea,2021-02-03\n"
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([dict.fromkeys(ROWS[1]) | row for row in ROWS]), sink)
    return sink.getvalue()


def _pack(data: bytes, ending: str) -> bytes:
    if ending == ".zst":
        return bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))
    return gzip.compress(data) if ending else data


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
    write: Write, bad: str | bytes, reason: str
) -> None:
    bad = bad.encode() if isinstance(bad, str) else bad
    good = [jsonl({"id": id, "text": "Chad sells oil."}).encode() for id in "ab"]
    documents, problems = read(write("news/a.jsonl", good[0] + b"\n" + bad + b"\n" + good[1]))
    assert list(documents) == ["a", "b"]
    assert len(problems) == 1
    assert problems[0].startswith("news/a.jsonl:3: ")
    assert reason in problems[0]
    assert problems[0].isprintable()


def test_lone_surrogates_and_nul_in_a_row_are_taken_out(write: Write) -> None:
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
    write: Write, content: str | bytes, texts: list[str], problem: str | None
) -> None:
    documents, problems = read(write("t.csv", content))
    assert [d.text for d in documents.values()] == texts
    assert (problem in problems[0]) if problem else problems == []


def test_rows_of_a_parquet_file_may_have_numbers_for_ids_and_dates_for_dates(write: Write) -> None:
    pa = pytest.importorskip("pyarrow")
    from datetime import datetime

    from pyarrow import parquet

    path = write("t.parquet", b"")
    rows = [{"id": 7, "text": "Chad sells oil.", "published": datetime(2020, 1, 2), "n": 1.5}, {"id": 8, "text": None}]
    parquet.write_table(pa.Table.from_pylist(rows), path)
    documents, problems = read(path)
    assert {id: d.published for id, d in documents.items()} == {"7": "2020-01-02"}
    assert problems[0].endswith('/t.parquet#2: no "text"')


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "it is a PNG image"),
        ("a.txt", b"\xff\x00\x12\x00\x07\x00\x00\x99", "not text"),
        ("a.txt", b"  \n\n ", "no article text"),
        ("a.txt", "Subscribe now\n\nAll rights reserved", "no article text"),
        ("a.txt.gz", gzip.compress(b"Chad sells oil. " * 500)[:40], "ends too early"),
        ("a.txt.gz", b"Chad sells oil.", "damaged"),
        ("a.jsonl.zst", b"Chad sells oil.", "damaged"),
        ("a.parquet", b"Chad sells oil.", "not readable as Parquet"),
        ("a.parquet", b"", "not readable as Parquet"),
        ("a.html", b"", "empty page"),
        ("a.pdf", b"%PDF", "its ending is none that is read: .txt, .md"),
        ("a\n\x1b[31m.txt", b"\x00\x00", "a\\n\\x1b[31m.txt: not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_printable_problem(
    write: Write, name: str, content: str | bytes, reason: str
) -> None:
    if ".zst" in name:
        pytest.importorskip("zstandard")
    documents, problems = read(write(f"n/{name}", content), write("n/good.txt", "Chad sells oil."))
    assert list(documents) == ["n/good.txt"]
    assert len(problems) == 1
    assert reason in problems[0]
    assert problems[0].isprintable()


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_decompression_bomb_is_stopped(write: Write, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    monkeypatch.setattr(streams, "RATIO_FREE", 1 << 20)
    documents, problems = read(write(f"n/a.jsonl{ending}", _pack(b" " * (64 << 20), ending)), write("n/b.txt", "Chad."))
    assert list(documents) == ["n/b.txt"]
    assert problems == [f"n/a.jsonl{ending}: decompresses to more than 200 times its size"]


def test_a_document_beyond_the_cap_is_a_problem(write: Write) -> None:
    path = write("n/a.txt", "Chad sells oil. " * 200_000)
    with streams.open_file(path) as stream, pytest.raises(streams.Unreadable, match="more than 1 MiB"):
        streams.read_all(stream, 1 << 20)


def test_compressed_files_of_several_members_are_read_to_the_end(write: Write) -> None:
    data = b"".join(gzip.compress(jsonl({"id": id, "text": "Chad."}).encode()) for id in "abc") + b"\0" * 100
    assert list(read(write("a.jsonl.gz", data))[0]) == ["a", "b", "c"]


def test_a_second_document_of_an_id_is_reported_and_skipped(write: Write) -> None:
    rows = [{"id": "a", "text": "Chad."}, {"id": "a", "text": "Chad."}, {"id": "a", "text": "Togo."}]
    documents, problems = read(write("n/a.jsonl", jsonl(*rows)))
    assert documents["a"].text == "Chad."
    assert problems == [
        "n/a.jsonl:2: duplicate of n/a.jsonl:1, skipped",
        "n/a.jsonl:3: id a already used by n/a.jsonl:1, skipped",
    ]


def test_links_out_of_the_folder_broken_links_and_special_files_are_skipped(write: Write, tmp_path: Path) -> None:
    write("news/real.txt", "Chad sells oil.")
    secret = write("secret/s.txt", "Togo sells tea.")
    links = {"out.txt": str(secret), "gone.txt": "nowhere", "same.txt": "real.txt", "folder": "../secret"}
    for name, target in links.items():
        (tmp_path / "news" / name).symlink_to(target)
    os.mkfifo(tmp_path / "news" / "pipe.txt")
    for source in (tmp_path / "news", str(tmp_path / "news" / "**" / "*")):
        documents, problems = read(source)
        assert [d.text for d in documents.values()] == ["Chad sells oil."]
        found = "\n".join(problems)
        assert "news/out.txt: a symbolic link that leaves the folder" in found
        assert "news/gone.txt: a broken symbolic link" in found
        assert "news/pipe.txt: not a regular file" in found
        assert "news/folder" in found


def test_a_fifo_that_is_named_does_not_block(write: Write, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    documents, problems = read(tmp_path / "pipe.txt", write("a.txt", "Chad sells oil."))
    assert len(documents) == 1
    assert "not a regular file" in problems[0]


def test_a_file_that_vanishes_or_turns_into_a_fifo_while_reading_is_a_problem(write: Write, tmp_path: Path) -> None:
    for name in "abc":
        write(f"n/{name}.txt", f"Chad sells {name}.")
    items = read_sources([tmp_path / "n"])
    assert isinstance(next(items), Document)
    (tmp_path / "n" / "b.txt").unlink()
    (tmp_path / "n" / "c.txt").unlink()
    os.mkfifo(tmp_path / "n" / "c.txt")
    assert list(map(str, items)) == ["n/b.txt: cannot open: No such file or directory", "n/c.txt: not a regular file"]


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (["missing.txt"], "no such file or folder"),
        (["*.nothing"], "no file matches"),
        ([], "no source was given"),
        ([""], "a source is empty"),
        (["empty"], "no readable file in it; read are .txt, .md, .html"),
        (["a.pdf"], "its ending is none that is read"),
        (["folder.txt"], "no readable file in it"),
    ],
)
def test_sources_that_give_nothing_raise_at_once_and_say_what_is_valid(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: list[str], words: str
) -> None:
    write("a.pdf", "x")
    for name in ("empty", "folder.txt"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=words) as caught:
        read_sources(sources)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Chad sells oil.\n\nTogo sells tea.", {"stdin": "Chad sells oil.\n\nTogo sells tea."}),
        (
            '\n\n{"text": "Chad sells oil."}\n{"id": "x", "text": "Togo."}\n',
            {"stdin#3": "Chad sells oil.", "x": "Togo."},
        ),
        ('{"title": "no row"} is how it began.', {"stdin": '{"title": "no row"} is how it began.'}),
        ("<!DOCTYPE html><html><body><p>Chad sells oil.</p></body></html>", {"stdin": "Chad sells oil."}),
        ("\ufeffChad sells oil.", {"stdin": "Chad sells oil."}),
    ],
)
def test_standard_input_is_text_a_page_or_json_lines(data: str, expected: dict[str, str]) -> None:
    documents, problems = read("-", stdin=data.encode())
    assert {id: d.text for id, d in documents.items()} == expected
    assert problems == []


def test_empty_standard_input_is_a_problem() -> None:
    assert read("-", stdin=b"") == ({}, ["stdin: no article text in it"])


def test_dates_come_from_the_row_then_the_text_then_the_url_then_the_path(write: Write) -> None:
    url = "https://example.org/2020/01/02/a"
    rows = [
        {"id": "1", "text": "T\n\nPublished: 3 May 2021\n\nChad sells oil.", "url": url, "published": "2022-01-01"},
        {"id": "2", "text": "T\n\nPublished: 3 May 2021\n\nChad sells oil.", "url": url},
        {"id": "3", "text": "Chad sells oil.", "url": url, "published": "soon"},
        {"id": "4", "text": "Chad sells oil."},
    ]
    documents, _ = read(write("n/rows.jsonl", jsonl(*rows)), write("n/2019-01-02-a.txt", "Chad sells oil."))
    dates = {id: d.published for id, d in documents.items()}
    assert dates == {
        "1": "2022-01-01",
        "2": "2021-05-03",
        "3": "2020-01-02",
        "4": None,
        "n/2019-01-02-a.txt": "2019-01-02",
    }


def test_a_missing_optional_package_is_a_problem_that_says_what_to_install(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow", "zstandard"):
        monkeypatch.setitem(sys.modules, name, None)
    _, problems = read(write("a.parquet", b"PAR1"), write("b.txt.zst", b"x"), write("c.txt", "Chad sells oil."))
    assert [problem.split(": ", 2)[2] for problem in problems] == [
        "pip install 'kg-from-news[parquet]'",
        "pip install 'kg-from-news[zstd]'",
    ]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, kg.sources; print(*{m.split('.')[0] for m in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"trafilatura", "lxml", "pandas", "pyarrow", "zstandard", "markdown_it", "dateutil", "charset_normalizer"}
    assert not heavy & set(loaded)

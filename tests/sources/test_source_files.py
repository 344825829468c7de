"""Promises about files, folders, globs and standard input: what is read, in which order, under which id."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.sources import read_sources

Write = Callable[[str, str | bytes], Path]
Read = Callable[..., tuple[dict[str, Document], list[str]]]
Jsonl = Callable[..., str]


@pytest.mark.parametrize("source", ["news", "news/*.txt", "news/**/*.txt", "news/a1.txt"])
def test_a_file_has_the_same_id_however_it_is_reached(write: Write, read: Read, tmp_path: Path, source: str) -> None:
    write("news/a1.txt", "Chad sells oil.")
    assert list(read(tmp_path / source)[0]) == ["news/a1.txt"]


def test_a_folder_is_read_whole_in_order_without_hidden_and_foreign_files(
    write: Write, read: Read, tmp_path: Path
) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.html", ".hidden.txt", ".git/d.txt", "e.pdf", "Z.TXT"):
        write(f"news/{name}", f"<p>Chad sells {name} to Togo.</p>" if "html" in name else f"Chad sells {name} to Togo.")
    documents, problems = read(tmp_path / "news")
    assert list(documents) == ["news/Z.TXT", "news/a.md", "news/b.txt", "news/deep/er/c.html"]
    assert problems == []


def test_the_order_of_the_sources_changes_nothing_and_each_file_is_read_once(
    write: Write, jsonl: Jsonl, tmp_path: Path
) -> None:
    sources: list[str | Path] = [
        write("news/a.txt", "Chad sells oil."),
        write("more/b.jsonl", jsonl({"text": "Chad sells oil."}, {"id": "x", "text": "Togo sells tea."})),
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


def test_the_digest_is_that_of_the_raw_input(write: Write, read: Read) -> None:
    path = write("news/a.txt", "Chad\u00a0sells  oil.\r\n")
    packed = write("news/b.txt.gz", gzip.compress(path.read_bytes()))
    documents, _ = read(path, packed)
    assert {d.sha256 for d in documents.values()} == {hashlib.sha256(path.read_bytes()).hexdigest()}
    assert documents["news/a.txt"].text == "Chad sells oil."


def test_offsets_count_in_a_text_that_is_stable(write: Write, read: Read) -> None:
    path = write("a.txt", "Chad buys jets\n\nChad\u00ad has bought\nsix jets.\n\nShare this article")
    (document,) = read(path)[0].values()
    again = write("b.txt", document.text)
    assert [d.text for d in read(again)[0].values()] == [document.text]


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
def test_standard_input_is_text_a_page_or_json_lines(read: Read, data: str, expected: dict[str, str]) -> None:
    documents, problems = read("-", stdin=data.encode())
    assert {id: d.text for id, d in documents.items()} == expected
    assert problems == []


def test_empty_standard_input_is_a_problem(read: Read) -> None:
    assert read("-", stdin=b"") == ({}, ["stdin: no article text in it"])


def test_dates_come_from_the_row_then_the_text_then_the_url_then_the_path(
    write: Write, read: Read, jsonl: Jsonl
) -> None:
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


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, kg.sources; print(*{m.split('.')[0] for m in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"trafilatura", "lxml", "pandas", "pyarrow", "zstandard", "markdown_it", "dateutil", "charset_normalizer"}
    assert not heavy & set(loaded)

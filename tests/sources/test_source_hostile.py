"""Promises about what cannot or must not be read: each is one problem in words, and the rest goes on."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Document
from kg.sources import read_sources, streams

Write = Callable[[str, str | bytes], Path]
Read = Callable[..., tuple[dict[str, Document], list[str]]]
Pack = Callable[[bytes, str], bytes]


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
    write: Write, read: Read, name: str, content: str | bytes, reason: str
) -> None:
    if ".zst" in name:
        pytest.importorskip("zstandard")
    documents, problems = read(write(f"n/{name}", content), write("n/good.txt", "Chad sells oil."))
    assert list(documents) == ["n/good.txt"]
    assert len(problems) == 1
    assert reason in problems[0]
    assert problems[0].isprintable()


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_decompression_bomb_is_stopped(
    write: Write, read: Read, pack: Pack, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(streams, "RATIO_FREE", 1 << 20)
    documents, problems = read(write(f"n/a.jsonl{ending}", pack(b" " * (64 << 20), ending)), write("n/b.txt", "Chad."))
    assert list(documents) == ["n/b.txt"]
    assert problems == [f"n/a.jsonl{ending}: decompresses to more than 200 times its size"]


def test_a_document_beyond_the_cap_is_a_problem(write: Write) -> None:
    path = write("n/a.txt", "Chad sells oil. " * 200_000)
    with streams.open_file(path) as stream, pytest.raises(streams.Unreadable, match="more than 1 MiB"):
        streams.read_all(stream, 1 << 20)


def test_links_out_of_the_folder_broken_links_and_special_files_are_skipped(
    write: Write, read: Read, tmp_path: Path
) -> None:
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


def test_a_fifo_that_is_named_does_not_block(write: Write, read: Read, tmp_path: Path) -> None:
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


def test_a_missing_optional_package_is_a_problem_that_says_what_to_install(
    write: Write, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow", "zstandard"):
        monkeypatch.setitem(sys.modules, name, None)
    _, problems = read(write("a.parquet", b"PAR1"), write("b.txt.zst", b"x"), write("c.txt", "Chad sells oil."))
    assert [problem.split(": ", 2)[2] for problem in problems] == [
        "pip install 'kg-from-news[parquet]'",
        "pip install 'kg-from-news[zstd]'",
    ]

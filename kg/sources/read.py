"""Sources to documents, one after the other, whatever their kind; the façade's :func:`read_sources`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from kg.model import Document
from kg.sources.decode import NotText, decode
from kg.sources.document import Article, digest, make_document
from kg.sources.find import File, find
from kg.sources.html import MAX_HTML, read_html
from kg.sources.markdown import MAX_MARKDOWN, read_markdown
from kg.sources.problem import Problem
from kg.sources.streams import MAX_BYTES, Unreadable, open_file, read_all
from kg.sources.tables import Row, parse_json, read_csv, read_jsonl, read_parquet

STDIN = "stdin"
"""The id of the document, or the first part of the ids of the rows, read from standard input."""
_EMPTY = "no article text in it"


def read_sources(sources: Sequence[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Document | Problem]:
    """The documents of files, folders (recursive), globs and ``-`` (standard input), and what was skipped, as it comes.

    Files are read in the order of their ids, so the order of ``sources`` has no effect; nothing is held but the ids.
    ``stdin`` replaces ``sys.stdin.buffer``. Raises :class:`~kg.errors.SourceError` at once for a source that does not
    exist and when there is no file to read.
    """
    files, problems = find(sources)
    inputs: list[tuple[str, Callable[[], Iterator[tuple[str, Document | Problem]]]]]
    inputs = [(file.id, partial(_read_file, file)) for file in files]
    if "-" in map(str, sources):
        inputs.append((STDIN, partial(_read_stdin, stdin or sys.stdin.buffer)))
    read = (item for _, start in sorted(inputs, key=lambda pair: pair[0]) for item in start())
    return chain(problems, _once(read))


def _once(items: Iterator[tuple[str, Document | Problem]]) -> Iterator[Document | Problem]:
    """Each id once: a second document of the same id is a problem, whether it says the same or not."""
    seen: dict[str, tuple[str, str]] = {}
    for where, item in items:
        if isinstance(item, Problem):
            yield item
        elif not item.text:
            yield Problem(where, _EMPTY)
        elif item.id in seen:
            sha256, first = seen[item.id]
            same = f"duplicate of {first}, skipped"
            yield Problem(where, same if sha256 == item.sha256 else f"id {item.id} already used by {first}, skipped")
        else:
            seen[item.id] = item.sha256, where
            yield item


def _read_file(file: File) -> Iterator[tuple[str, Document | Problem]]:
    """Pairs of where and what. An error in the file is a problem, after the rows that could be read."""
    try:
        with open_file(file.path, file.compression) as stream:
            yield from _read(stream, file.kind, file.id)
    except (Unreadable, NotText, ValueError, OSError) as error:
        yield file.id, Problem(file.id, str(error))


def _read(stream: io.BufferedReader, kind: str, id: str) -> Iterator[tuple[str, Document | Problem]]:
    if kind == "jsonl":
        yield from _rows(read_jsonl(stream, id), id, ":")
    elif kind == "csv":
        yield from _rows(read_csv(stream, id), id, "#")
    elif kind == "parquet":
        whole = stream if stream.seekable() else io.BytesIO(read_all(stream))
        yield from _rows(read_parquet(whole, id), id, "#")
    else:
        data = read_all(stream, {"html": MAX_HTML, "markdown": MAX_MARKDOWN}.get(kind, MAX_BYTES))
        yield id, make_document(_article(data, kind), id, digest(data))


def _article(data: bytes, kind: str) -> Article:
    if kind == "html":
        return read_html(data)
    text = decode(data)
    return read_markdown(text) if kind == "markdown" else Article(text)


def _rows(rows: Iterator[Row], id: str, mark: str) -> Iterator[tuple[str, Document | Problem]]:
    """Documents of rows; ``mark`` stands before the number in messages (":" before a line's, "#" before a row's)."""
    for row in rows:
        if isinstance(row, Problem):
            yield row.where, row
        else:
            number, article = row
            yield f"{id}{mark}{number}", make_document(article, f"{id}#{number}", digest(article.text))


def _read_stdin(stream: BinaryIO) -> Iterator[tuple[str, Document | Problem]]:
    """JSON Lines when the first line that is not blank is an object with "text", HTML when it starts so, else text."""
    head = b""
    try:
        while not head.strip() and (line := stream.readline(MAX_BYTES)):
            head += line
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        page = start[:15].lower().startswith((b"<!doctype html", b"<html"))
        kind = "jsonl" if _is_row(start) else "html" if page else "text"
        yield from _read(io.BufferedReader(_Rejoined(head, stream), 1 << 16), kind, STDIN)
    except (Unreadable, NotText, ValueError, OSError) as error:
        yield STDIN, Problem(STDIN, str(error))


def _is_row(line: bytes) -> bool:
    try:
        return "text" in parse_json(line.decode("utf-8"))
    except ValueError:
        return False


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were already taken from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)

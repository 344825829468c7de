"""Rows of JSON Lines, CSV and Parquet to articles; a broken row is a problem, and the rest goes on.

A row is ``{"id"?, "text", "title"?, "url"?, "published"?, "publisher"?, "language"?}``; other columns are ignored.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedReader
from typing import IO, Any

from kg.sources.document import Article
from kg.sources.problem import Problem
from kg.sources.streams import MAX_LINE, Unreadable, is_utf8, read_lines

COLUMNS = ("id", "text", "title", "url", "published", "publisher", "language")
"""The columns that are read; only ``text`` is needed."""
Row = tuple[int, Article] | Problem
"""The number of the row (from 1; in JSON Lines that of the line) and its article; or why it is skipped."""
_BATCH = 64
_TOO_LONG = f"longer than {MAX_LINE >> 20} MiB"


def read_jsonl(stream: BufferedReader, where: str) -> Iterator[Row]:
    """One article a line; blank lines are passed over."""
    yield from parse_jsonl(read_lines(stream), where)


def parse_jsonl(lines: Iterable[str | None], where: str) -> Iterator[Row]:
    """The articles of lines from :func:`~kg.sources.streams.read_lines`."""
    for number, line in enumerate(lines, 1):
        try:
            if line is None:
                raise ValueError(f"a line {_TOO_LONG}")
            if line.strip():
                yield number, _article(parse_json(line))
        except ValueError as error:
            yield Problem(f"{where}:{number}", str(error))


def parse_json(line: str) -> Mapping[str, Any]:
    """The object on a line. Raises ValueError, saying what is wrong, for anything else."""
    if not is_utf8(line):
        raise ValueError("not UTF-8")
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not valid JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("not valid JSON: nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError(f'not a JSON object with "text" but {_kind(value)}')
    return value


def read_csv(stream: BufferedReader, where: str) -> Iterator[Row]:
    """One article a row; the first line names the columns, parted by whichever of , ; tab gives a column "text"."""
    lines = _CSVLines(stream)
    try:
        header, rows = _header(lines)
    except ValueError as error:
        yield Problem(f"{where}:1", str(error))
        return
    number = 0
    while True:
        start = lines.number + 1
        try:
            cells = _next(rows)
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                number += 1
                yield number, _article(_record(header, cells))
        except (ValueError, csv.Error) as error:
            yield Problem(f"{where}:{start}", f"not valid CSV: {error}" if isinstance(error, csv.Error) else str(error))


def read_parquet(stream: IO[bytes], where: str) -> Iterator[Row]:
    """One article a row, read in small batches; needs pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise Unreadable("reading .parquet needs pyarrow: pip install 'kg-from-news[parquet]'") from error
    try:
        table = parquet.ParquetFile(stream)
        names = [name for name in table.schema_arrow.names if name in COLUMNS]
        if "text" not in names:
            raise Unreadable(_no_text(table.schema_arrow.names))
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=names, use_threads=False):
            for index in range(batch.num_rows):
                number += 1
                try:
                    yield number, _article(batch.slice(index, 1).to_pylist()[0])
                except ValueError as error:  # not UTF-8 either
                    yield Problem(f"{where}#{number}", str(error))
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(f"not readable as Parquet: {str(error).splitlines()[0]}") from error


def _article(row: Mapping[str, Any]) -> Article:
    """Check the types of a row. Raises ValueError with what is wrong and what is valid."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(
            'no "text"' if text is None or text == "" else f'"text" is {_kind(text)}, not a text with words'
        )
    if len(text) > MAX_LINE:
        raise ValueError(f'"text" is {_TOO_LONG}')
    id = row.get("id")
    if isinstance(id, int) and not isinstance(id, bool):
        id = str(id)
    given = {name: row.get(name) for name in COLUMNS if name not in ("id", "text", "published")} | {"id": id}
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise ValueError(f'"{name}" is {_kind(value)}, not a string')
    return Article(text=text, published=row.get("published"), **given)


def _kind(value: object) -> str:
    kinds = {
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return "null" if value is None else kinds.get(type(value), f"a {type(value).__name__}")


def _no_text(columns: Iterable[str]) -> str:
    found = ", ".join(list(columns)[:12])
    return f'no column "text"; found are: {found}; read are: {", ".join(COLUMNS)}'


class _CSVLines(Iterator[str]):
    """Lines for ``csv.reader``, counted. Raises ValueError for a line that is too long; the next call goes on."""

    def __init__(self, stream: BufferedReader) -> None:
        self._lines, self.number = read_lines(stream), 0

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if line is None:
            raise ValueError(f"a line {_TOO_LONG}")
        return line


def _header(lines: _CSVLines) -> tuple[list[str], Iterator[list[str]]]:
    first = next((line for line in lines if line.strip()), "")
    for delimiter in ",;\t":
        names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
        if "text" in names:
            return names, csv.reader(lines, delimiter=delimiter)
    raise ValueError(_no_text(name.strip() for name in next(csv.reader([first]), [])))


def _next(rows: Iterator[list[str]]) -> list[str] | None:
    """The next row, with the module's limit on the size of a cell raised to ours for this call only."""
    before = csv.field_size_limit(MAX_LINE)
    try:
        return next(rows, None)
    finally:
        csv.field_size_limit(before)


def _record(header: list[str], cells: list[str]) -> dict[str, str | None]:
    if len(cells) > len(header):
        raise ValueError(f"{len(cells)} cells, where the header names {len(header)} columns")
    if not all(map(is_utf8, cells)):
        raise ValueError("not UTF-8")
    return {name: cell or None for name, cell in zip(header, cells, strict=False)}

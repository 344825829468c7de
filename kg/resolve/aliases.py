"""A user's table of who is who: rows that merge, split, rename, and tell Wikidata's identifier."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import AliasError

COLUMNS = ("action", "name", "into", "qid", "document")
"""The columns of the table; ``action`` and ``name`` are required."""

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "merge": ("into",), "split": ("into", "document"), "rename": ("into",), "qid": ("qid",)
}  # fmt: skip
_QID = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One decision of the user. ``name`` and ``into`` are names or identifiers, ``document`` an id or a glob of ids (empty
    for all documents), ``where`` the file and line."""

    action: str
    name: str
    into: str
    qid: str
    document: str
    where: str


def read_aliases(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """The name and text of each table. Raises :class:`AliasError` for what cannot be read."""
    texts = []
    for path in paths:
        try:
            texts.append((path.name, path.read_text(encoding="utf-8-sig")))
        except (OSError, UnicodeDecodeError) as error:
            raise AliasError(f"{path}: cannot be read as a UTF-8 table: {error}") from error
    return texts


def parse_aliases(tables: Iterable[Sequence[str]]) -> tuple[Row, ...]:
    """The rows of all tables, each given as its name and text.

    Raises :class:`AliasError` that names the table, the line and what would be valid.

    >>> [row.into for row in parse_aliases([("my.csv", "action,name,into\\nmerge,Bibi,Benjamin Netanyahu\\n")])]
    ['Benjamin Netanyahu']
    """
    rows = [row for table, text in tables for row in _rows(table, text)]
    said: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        first = said.setdefault((row.action, row.name.casefold(), row.document), row)
        if (first.into, first.qid) != (row.into, row.qid):
            raise AliasError(f"{row.where}: {row.action} of {row.name!r} says otherwise than {first.where}; keep one")
    return tuple(dict.fromkeys(rows))


def _rows(table: str, text: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = reader.fieldnames or []
        bad = [c for c in header if c not in COLUMNS] + [c for c in ("action", "name") if c not in header]
        if bad or len(set(header)) < len(header):
            found = ", ".join(map(repr, bad or header))
            raise AliasError(
                f"{table}, line 1: unknown, missing or repeated column {found}; "
                f"valid: {', '.join(COLUMNS)}; required: action, name"
            )
        for cells in reader:
            where = f"{table}, line {reader.line_num}"
            if None in cells or None in cells.values():
                raise AliasError(f"{where}: expected {len(header)} cells")
            yield _checked(Row(**{c: (cells.get(c) or "").strip() for c in COLUMNS}, where=where))
    except csv.Error as error:
        raise AliasError(f"{table}, line {reader.line_num}: not valid CSV: {error}") from error


def _checked(row: Row) -> Row:
    if row.action not in _NEEDS:
        raise AliasError(f"{row.where}: action {row.action!r} is unknown; valid: {', '.join(_NEEDS)}")
    for column in ("name", *_NEEDS[row.action]):
        if not getattr(row, column):
            raise AliasError(f"{row.where}: {column} is empty; {row.action} needs it")
    if row.qid and not _QID.fullmatch(row.qid):
        raise AliasError(f"{row.where}: qid {row.qid!r} is not a Wikidata identifier such as Q7184")
    if row.action == "split" and "/" in row.into and row.into.split("/")[0] in ("person", "organization"):
        raise AliasError(f"{row.where}: into {row.into!r} is an identifier; split needs the name of the one split off")
    return row

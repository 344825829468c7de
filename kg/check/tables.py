"""The tables of facts as rows: read from the package or from a user's file, every cell checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from kg.check.dates import DATE, first_day, last_day
from kg.errors import FactError


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and where it stands, for the errors."""

    table: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def values(self, column: str) -> tuple[str, ...]:
        """The values of a cell, which ``|`` separates."""
        return tuple(value.strip() for value in self[column].split("|") if value.strip())

    def error(self, message: str) -> FactError:
        """The error that says where the row stands."""
        return FactError(f"{self.table}, line {self.line}: {message}")

    def span(self) -> tuple[str | None, str | None]:
        """The cells ``since`` and ``until``; :class:`FactError` for what is no date, or an end before its start."""
        since, until = (self.date(column) for column in ("since", "until"))
        if since and until and last_day(until) < first_day(since):
            raise self.error(f"until {until!r} is before since {since!r}")
        return since, until

    def date(self, column: str) -> str | None:
        """A date, or None for an empty cell."""
        value = self[column]
        if value and not DATE.fullmatch(value):
            raise self.error(f"{column} {value!r} is no date; valid: 1999, 1999-03, 1999-03-12, or nothing")
        return value or None


def read_bundled(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table of the package."""
    return read_text(name, files(__package__).joinpath(name).read_text("utf-8"), columns, columns)


def read_file(path: Path, required: tuple[str, ...], valid: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a user's table; :class:`FactError` when it cannot be read."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FactError(f"{path}: cannot be read as a UTF-8 table: {error}") from error
    return read_text(str(path), text, required, valid)


def read_text(table: str, text: str, required: tuple[str, ...], valid: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a CSV text; what is required must not be empty in the header, and nothing else than valid is there."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = reader.fieldnames or []
        bad = [c for c in header if c not in valid] + [c for c in required if c not in header]
        if bad or len(set(header)) < len(header):
            found = ", ".join(map(repr, bad or header))
            raise FactError(
                f"{table}, line 1: unknown, missing or repeated column {found}; "
                f"valid: {', '.join(valid)}; required: {', '.join(required)}"
            )
        for cells in reader:
            row = Row(table, reader.line_num, {key: value or "" for key, value in cells.items() if key})
            if None in cells or None in cells.values():
                raise row.error(f"expected {len(header)} cells")
            yield row
    except csv.Error as error:
        raise FactError(f"{table}, line {reader.line_num}: not valid CSV: {error}") from error

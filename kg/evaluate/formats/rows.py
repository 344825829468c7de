"""Rows of JSON Lines: what they hold, and errors that name their line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kg.errors import SourceError


def read_rows(text: str, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file and line, row) of every line that is not empty. Raises :class:`SourceError` for what is no JSON object."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            with broken(f"{where}:{number}", "a JSON object a line"):
                row = json.loads(line)
                yield f"{where}:{number}", {**row}


@contextmanager
def broken(where: str, expected: str) -> Iterator[None]:
    """Turns what a malformed record raises into a :class:`SourceError` that says where, and what is valid."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        reason = f"missing {error}" if isinstance(error, KeyError) else str(error)
        raise SourceError(f"{where}: expected {expected}: {reason}") from error


def has_fields(line: str, *names: str) -> bool:
    """Whether a line is a JSON object with these fields."""
    try:
        row = json.loads(line)
    except ValueError:
        return False
    return isinstance(row, dict) and all(name in row for name in names)

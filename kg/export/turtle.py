"""Turtle and TriG whose bytes depend on the triples alone."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import IO, BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize


def write_sorted(
    statements: Iterable[Triple] | Iterable[Quad], file: BinaryIO, format: RdfFormat, prefixes: Mapping[str, str]
) -> None:
    """Stream triples or quads in the order given, below sorted prefixes (the serializer's order is of a hash seed)."""
    output = _SortedPrefixes(file)
    serialize(statements, cast(IO[bytes], output), format, prefixes=dict(prefixes))
    output.flush()


def to_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Turtle with those of the prefixes that the triples use."""
    lines = list(triples)
    terms = {str(term)[1:] for triple in lines for term in (triple.subject, triple.predicate, triple.object)}
    used = {name: space for name, space in prefixes.items() if any(term.startswith(space) for term in terms)}
    file = io.BytesIO()
    write_sorted(lines, file, RdfFormat.TURTLE, used)
    return file.getvalue().decode()


class _SortedPrefixes(io.RawIOBase):
    """A binary file that sorts the leading ``@prefix`` lines, whose order the serializer takes from a hash seed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lines: list[bytes] | None = [b""]

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        if self._lines is None:
            return self._file.write(data)
        *whole, rest = (self._lines[-1] + data).split(b"\n")
        self._lines[-1:] = [*(line + b"\n" for line in whole), rest]
        if not all(line.startswith(b"@prefix") for line in self._lines[:-1]):
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Write what is held back; the rest is passed on."""
        if self._lines is not None:
            head = sorted(line for line in self._lines if line.startswith(b"@prefix"))
            body = (line for line in self._lines if not line.startswith(b"@prefix"))
            self._file.write(b"".join((*head, *body)))
            self._lines = None

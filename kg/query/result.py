"""What a query answers, as Python values, as a frame, and as text in the standard formats."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ontology
from kg.errors import QueryError
from kg.export.frames import cell
from kg.export.turtle import to_turtle

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | date | None
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")
"""What :func:`render` writes: ``ttl`` for CONSTRUCT and DESCRIBE, the others for SELECT and ASK, ``table`` for all."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RESULTS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}


@dataclass(frozen=True)
class QueryResult:
    """The answer: ``variables`` and ``solutions`` of a SELECT, ``boolean`` of an ASK, ``triples`` of the others.

    ``solutions`` holds RDF terms (None: unbound), :attr:`rows` the same as Python values.
    """

    variables: tuple[str, ...] = ()
    solutions: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    reply: str = field(default="", repr=False)

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The solutions as Python values; an IRI is its text."""
        return tuple(tuple(to_python(term) for term in solution) for solution in self.solutions)


def read_reply(reply: str) -> QueryResult:
    """The result in a line of the worker's. Raises the :class:`QueryError` that it reports."""
    if reply.startswith('{"error"'):
        raise QueryError(json.loads(reply)["error"])
    if reply.startswith('{"triples"'):
        quads = ox.parse(json.loads(reply)["triples"], format=ox.RdfFormat.N_TRIPLES)
        return QueryResult(triples=tuple(quad.triple for quad in quads))
    parsed = ox.parse_query_results(reply, format=ox.QueryResultsFormat.JSON)
    if isinstance(parsed, ox.QueryBoolean):
        return QueryResult(boolean=bool(parsed), reply=reply)
    names = tuple(variable.value for variable in parsed.variables)
    solutions = tuple(tuple(solution[name] for name in names) for solution in parsed)
    return QueryResult(names, solutions, reply=reply)


def to_python(term: Term | None) -> Value:
    """A literal as int, float, bool, date, datetime or str by its datatype; other terms as text."""
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, (ox.NamedNode, ox.BlankNode)) else None if term is None else str(term)
    kind = term.datatype.value.removeprefix(_XSD)
    try:
        if kind == "integer" or kind.endswith(
            ("Integer", "int", "long", "short", "byte", "Int", "Long", "Short", "Byte")
        ):
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
        if kind == "date":
            return date.fromisoformat(term.value)
        if kind == "dateTime":
            return datetime.fromisoformat(term.value)
    except ValueError:
        return term.value
    return term.value in ("true", "1") if kind == "boolean" else term.value


def to_pandas(result: QueryResult) -> pd.DataFrame:
    """A frame with a column a variable: Int64, Float64, boolean, datetime64 or str where all its values agree.

    Raises :class:`QueryError` for a result that has no rows by nature (ASK, CONSTRUCT, DESCRIBE).
    """
    import pandas as pd

    if result.boolean is not None or result.triples is not None:
        raise QueryError("only a SELECT query gives a table; use its boolean or its triples")
    rows = result.rows
    columns = {name: _column([row[i] for row in rows]) for i, name in enumerate(result.variables)}
    return pd.DataFrame(columns)


def render(result: QueryResult, format: str, prefixes: Mapping[str, str] | None = None) -> str:
    """The result as text in one of the :data:`FORMATS`. Raises :class:`QueryError` for one that does not fit."""
    if format not in FORMATS:
        raise QueryError(f"unknown format {format!r}; valid: {', '.join(FORMATS)}")
    if format == "table":
        return to_table(result, prefixes)
    if (format == "ttl") != (result.triples is not None):
        kind, valid = ("SELECT and ASK", FORMATS[:-1]) if result.triples is None else ("triples", ("table", "ttl"))
        raise QueryError(f"{format} does not fit; valid for {kind}: {', '.join(valid)}")
    if format == "csv":
        return _csv(result)
    if result.triples is not None:
        return to_turtle(result.triples, prefixes or ontology.prefixes())
    solutions = ox.parse_query_results(result.reply, format=ox.QueryResultsFormat.JSON)
    return (solutions.serialize(format=_RESULTS[format]) or b"").decode()


def to_table(result: QueryResult, prefixes: Mapping[str, str] | None = None, *, width: int = 80) -> str:
    """The result as aligned plain text, IRIs compacted, cells cut at ``width`` columns; no control character in it."""
    known = prefixes or ontology.prefixes()
    if result.triples is not None:
        return render(result, "ttl", known)
    if result.boolean is not None:
        return "true\n" if result.boolean else "false\n"
    body = [[_cut(_show(term, known), width) for term in solution] for solution in result.solutions]
    columns = list(zip(result.variables, *body, strict=True))
    widths = [max(map(_width, column)) for column in columns]
    kinds = [{type(value) for value in column} for column in zip(*result.rows, strict=True)]
    right = [bool(kind & {int, float}) and kind <= {int, float, type(None)} for kind in kinds] or [False] * len(widths)
    lines = [list(result.variables), ["-" * size for size in widths], *body]
    return "".join(_line(line, widths, right) for line in lines)


def compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """The IRI with its longest known namespace as a prefix, for people to read; as ``<…>`` where none fits."""
    fitting = [(space, prefix) for prefix, space in prefixes.items() if iri.startswith(space) and iri != space]
    if not fitting:
        return f"<{iri}>"
    space, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(space)}"


def _column(values: list[Value]) -> pd.Series:
    import pandas as pd

    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {date, datetime}:
        return pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce", utc=datetime in kinds)
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds == {int} and all(abs(value) < 2**63 for value in values if isinstance(value, int)):
        return pd.Series(values, dtype="Int64")
    if kinds and kinds <= {int, float}:
        return pd.Series(values, dtype="Float64")
    return pd.Series(values, dtype="str" if kinds <= {str} else "object")


def _csv(result: QueryResult) -> str:
    """SPARQL 1.1 Query Results CSV, but for formulas, which begin with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if result.boolean is not None:
        writer.writerow([cell(result.boolean)])
        return text.getvalue()
    writer.writerow(result.variables)
    for solution in result.solutions:
        writer.writerow(cell(_plain(term)) for term in solution)
    return text.getvalue()


def _plain(term: Term | None) -> str:
    return "" if term is None else str(term) if isinstance(term, ox.Triple) else term.value


def _show(term: Term | None, prefixes: Mapping[str, str]) -> str:
    text = compact(term.value, prefixes) if isinstance(term, ox.NamedNode) else _plain(term)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if c in "\t\r\n" else c if unicodedata.category(c) not in ("Cc", "Cf") else "\ufffd" for c in text
    )


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = [
        " " * (size - _width(text)) + text if number else text + " " * (size - _width(text))
        for text, size, number in zip(cells, widths, right, strict=True)
    ]
    return "  ".join(padded).rstrip() + "\n"

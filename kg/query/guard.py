"""Which queries are run: those that rdflib's SPARQL 1.1 grammar reads as a query, and that stay inside the store.

The grammar is an allow-list: an update is no query in it, however it is spelled. What it reads is then searched for
``SERVICE`` and for datasets from elsewhere. We rejected a filter on keywords: escapes and comments fool it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from kg.errors import QueryError

ALLOWED = "allowed: one SELECT, ASK, CONSTRUCT or DESCRIBE query over this graph"
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check(text: str, prefixes: Mapping[str, str], graphs: Collection[str], explain: Callable[[str], str]) -> str:
    """The query with its code point escapes expanded, as it may be given to the engine.

    ``graphs`` are the IRIs that FROM may name. ``explain`` gives the engine's own account of why it cannot parse a
    text (``"error at LINE:COLUMN: …"``), or "". Raises :class:`QueryError` for everything else than :data:`ALLOWED`.
    """
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import Query

    query = expand(text)
    try:
        tree = Query.parse_string(query, parse_all=True)
    except ParseBaseException as error:
        if _is_update(query):
            raise QueryError(f"updates are refused; {ALLOWED}") from None
        raise QueryError(_syntax(query, explain(query), error.lineno, error.col)) from None
    except RecursionError:
        raise QueryError(f"the query is nested too deeply; {ALLOWED}") from None
    _stay_inside(_resolve(query, tree, prefixes), graphs)
    return query


def expand(text: str) -> str:
    r"""The text with ``\uXXXX`` and ``\UXXXXXXXX`` expanded, once, as SPARQL asks before parsing.

    Raises :class:`QueryError` where an escape is no character, or where expanding makes another escape, which
    parsers disagree on.
    """
    try:
        expanded = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
        expanded.encode("utf-8")
    except (ValueError, OverflowError) as error:
        raise QueryError(f"an escape in the query is no Unicode character: {error}") from error
    if not expanded.strip():
        raise QueryError(f"the query is empty; {ALLOWED}")
    if re.search(r"\\[uU]", expanded):
        raise QueryError(r"the query has a \u that is no escape; write \uXXXX or \UXXXXXXXX, and no escaped escape")
    return expanded


def _is_update(query: str) -> bool:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import UpdateUnit

    try:
        UpdateUnit.parse_string(query, parse_all=True)
    except (ParseBaseException, RecursionError):
        return bool(re.match(r"\s*(insert|delete|load|clear|drop|create|add|move|copy|with)\b", query, re.IGNORECASE))
    return True


def _syntax(query: str, engine: str, line: int, column: int) -> str:
    """Where a query is broken: in the engine's view, which is the more exact, but where no form of query is begun."""
    expected = ""
    form = re.search(r"\b(select|ask|construct|describe)\b", query, re.IGNORECASE)
    if form and (at := re.match(r"error at (\d+):(\d+): (.*)", engine, re.DOTALL)):
        line, column, expected = int(at[1]), int(at[2]), at[3] if len(at[3]) < 80 else ""
    lines = query.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    found = f"unexpected {rest[:40]!r}" if rest else "unexpected end of line"
    return f"syntax error at line {line}, column {column}: {found}{', ' + expected if expected else ''}; {ALLOWED}"


def _resolve(query: str, tree: Any, prefixes: Mapping[str, str]) -> Any:
    """The parsed query with prefixed names as IRIs; raises for a prefix that nobody declared."""
    from functools import partial

    from rdflib.plugins.sparql.algebra import translatePName, translatePrologue, traverse

    prologue = translatePrologue(tree[0], None, dict(prefixes))
    try:
        return traverse(tree[1], visitPost=partial(translatePName, prologue=prologue))
    except RecursionError:
        raise QueryError(f"the query is nested too deeply; {ALLOWED}") from None
    except Exception as error:  # rdflib raises Exception itself
        known = f"known without PREFIX: {', '.join(prefixes)}"
        raise QueryError(f"{error}{_place(query, str(error).rpartition(' ')[2])}; {known}") from error


def _place(query: str, prefix: str) -> str:
    """Where a prefix is first used: `` at line 1, column 12``."""
    found = re.search(rf"(?<![\w.-]){re.escape(prefix)}:", query)
    if not found:
        return ""
    before = query[: found.start()]
    return f" at line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"


def _stay_inside(tree: Any, graphs: Collection[str]) -> None:
    for node in _nodes(tree):
        if node.name == "ServiceGraphPattern":
            raise QueryError(f"SERVICE is refused: no other endpoint is asked; {ALLOWED}")
        if node.name == "DatasetClause":
            for name in node.values():
                if str(name) not in graphs:
                    raise QueryError(f"FROM <{name}> is refused: nothing is fetched; its graphs: {', '.join(graphs)}")


def _nodes(tree: Any) -> Iterator[Any]:
    """Every node of rdflib's parse tree, depth first."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    stack = [tree]
    while stack:
        item = stack.pop()
        if isinstance(item, CompValue):
            yield item
            stack.extend(item.values())
        elif isinstance(item, (list, tuple, set, ParseResults)):
            stack.extend(item)

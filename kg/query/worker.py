"""The child process that answers queries: it loads a store, gives up files, sockets and memory, then serves its stdin.

Each line of stdin and stdout is one JSON object. The first request loads: ``{"path", "format", "ontology"}``; the
others ask: ``{"query", "prefixes", "max_rows", "seconds", "infer"}``. A reply is SPARQL 1.1 Query Results JSON for
SELECT and ASK, ``{"triples": N-Triples}`` for CONSTRUCT and DESCRIBE, or ``{"error": …}``.

The default graph is the data; the ontology is a graph named by its IRI; what follows from symmetry and inverses is
the graph ``INFERRED``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from itertools import islice
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.identifiers import BASE_IRI
from kg.ontology import ONTOLOGY_GRAPH
from kg.query import guard

INFERRED = BASE_IRI + "inferred"
"""The graph of the edges that follow from others: a symmetric relation read backwards, a named inverse."""

MEMORY = 2 << 30
"""Bytes that answering may take beyond the loaded graph."""

RECURSION = 5000
"""Python frames that parsing may nest: about 100 brackets."""

_INFER = f"""
PREFIX owl: <http://www.w3.org/2002/07/owl#>
INSERT {{ GRAPH <{INFERRED}> {{ ?object ?inferred ?subject }} }}
WHERE {{
  {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?property a owl:SymmetricProperty . BIND(?property AS ?inferred) }} }}
  UNION {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?inferred owl:inverseOf ?property }} }}
  ?subject ?property ?object
  FILTER NOT EXISTS {{ ?object ?inferred ?subject }}
}}"""


def main(requests: BinaryIO, replies: BinaryIO) -> None:
    """Serve until the end of ``requests``."""
    sys.setrecursionlimit(RECURSION)
    store: ox.Store | None = None
    for line in requests:
        request = json.loads(line)
        try:
            if store is None:
                store, reply = load(request["path"], request["format"], request["ontology"]), "{}"
                confine()
            else:
                reply = answer(store, request)
        except QueryError as error:
            reply = json.dumps({"error": str(error)})
        replies.write(reply.encode() + b"\n")
        replies.flush()


def load(path: str, format: str, ontology: str) -> ox.Store:
    """The store of a file; ``ontology`` is N-Triples. Raises :class:`QueryError` for a file that is not well formed."""
    store = ox.Store()
    try:
        store.bulk_load(path=path, format=ox.RdfFormat.from_extension(format))
    except (OSError, SyntaxError, ValueError) as error:
        raise QueryError(f"{path}: cannot be read as RDF: {error}") from error
    store.load(ontology, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(ONTOLOGY_GRAPH))
    store.update(_INFER)
    return store


def confine(memory: int = MEMORY) -> None:
    """From here on this process opens no file and no socket, and grows by at most ``memory`` bytes.

    Where the platform has no resource limits (Windows), the grammar and the parent's time limit alone protect.
    """
    try:
        import resource
    except ImportError:
        return
    guard.check("ASK {}", {}, (), lambda _: "")  # what parsing imports is imported while files can still be opened
    used = _address_space(resource.getpagesize())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if used is not None:
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))


def answer(store: ox.Store, request: Mapping[str, Any]) -> str:
    """The reply to one query. Raises :class:`QueryError` for one that is refused, fails, or gives too many rows."""
    _limit_processor(request["seconds"])
    prefixes = request["prefixes"]
    text = guard.check(request["query"], prefixes, (ONTOLOGY_GRAPH, INFERRED), lambda text: _explain(text, prefixes))
    both: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.DefaultGraph(), ox.NamedNode(INFERRED)]
    try:
        result = store.query(text, prefixes=prefixes, default_graph=both if request["infer"] else None)
        return _encode(result, request["max_rows"])
    except SyntaxError as error:
        raise QueryError(f"the query cannot be run: {error}; {guard.ALLOWED}") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _encode(result: Any, max_rows: int) -> str:
    if isinstance(result, ox.QueryBoolean):
        return json.dumps({"head": {}, "boolean": bool(result)})
    rows = list(islice(result, max_rows + 1))
    if len(rows) > max_rows:
        raise QueryError(f"the answer has more than {max_rows:,} rows; add a LIMIT, or allow more rows")
    if isinstance(result, ox.QueryTriples):
        triples = sorted({f"{triple} .\n" for triple in rows})
        return json.dumps({"triples": "".join(triples)})
    names = [variable.value for variable in result.variables]
    bindings = [{n: _term(row[n]) for n in names if row[n] is not None} for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False)


def _term(value: Any) -> dict[str, Any]:
    """A term as in SPARQL Query Results JSON; triple terms as in the drafts for 1.2."""
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if isinstance(value, ox.Triple):
        parts = {part: _term(getattr(value, part)) for part in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    if value.language:
        return {"type": "literal", "value": value.value, "xml:lang": value.language}
    if value.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
        return {"type": "literal", "value": value.value}
    return {"type": "literal", "value": value.value, "datatype": value.datatype.value}


def _explain(text: str, prefixes: Mapping[str, str]) -> str:
    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        return str(error)
    return ""


def _limit_processor(seconds: float) -> None:
    """A second line of defense, for when the parent that should kill this process is gone itself."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime + seconds) + 5, hard))


def _address_space(page: int) -> int | None:
    """Bytes of address space in use, where the system tells (Linux)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * page
    except OSError:
        return None


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)

"""The calling side of a query: a child process that can be killed, and one line in, one line out."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from pyoxigraph import RdfFormat, Triple, serialize

from kg import ontology
from kg.errors import QueryError
from kg.identifiers import BASE_IRI
from kg.model import Graph
from kg.query.result import QueryResult, read_reply
from kg.relations.table import Relation

READABLE = ("ttl", "nt", "nq", "trig")
"""Extensions of the files that can be queried; RDF/XML is not read, since XML of strangers can be a bomb."""


class QuerySession:
    """A graph loaded once, in a child process, for many queries; a context manager.

    ``source`` is a graph or the path of a file in one of the :data:`READABLE` formats. Loading is not timed: it is
    linear in the size of the source. A query that ends the child (time, memory) costs the next one a new load.
    """

    def __init__(self, source: Graph | Path, relations: Mapping[str, Relation], *, base: str = BASE_IRI) -> None:
        """Write what the child will load; the child starts with the first query."""
        self._folder = tempfile.TemporaryDirectory(prefix="kg-query-")
        self._path = _file(source, relations, Path(self._folder.name), base)
        self._ontology = _ontology(relations)
        self._prefixes = ontology.prefixes(base)
        self._process: subprocess.Popen[bytes] | None = None
        self._stop = weakref.finalize(self, self._folder.cleanup)

    def __enter__(self) -> QuerySession:
        """The session itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def run(self, text: str, *, timeout_s: float = 30, max_rows: int = 100_000, infer: bool = False) -> QueryResult:
        """The answer to a SPARQL query; with ``infer``, symmetric and inverse edges count as data.

        Raises :class:`QueryError` for a query that is malformed, is no query, takes longer than ``timeout_s``
        seconds, gives more than ``max_rows`` rows or triples, or needs too much memory.
        """
        limits = {"max_rows": max_rows, "seconds": timeout_s, "infer": infer}
        process = self._running()
        return read_reply(_ask(process, {"query": _valid(text), "prefixes": self._prefixes, **limits}, timeout_s))

    def close(self) -> None:
        """End the child and remove what was written for it."""
        if self._process is not None:
            _end(self._process)
            self._process = None
        self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = process = _start()
            weakref.finalize(self, _end, process)
            suffix = self._path.suffix.lstrip(".")
            request = {"path": str(self._path), "format": suffix, "ontology": self._ontology}
            reply = json.loads(_ask(process, request, None))
            if "error" in reply:
                raise QueryError(reply["error"])
        return self._process


def run_query(
    source: Graph | Path,
    text: str,
    *,
    relations: Mapping[str, Relation],
    timeout_s: float = 30,
    max_rows: int = 100_000,
    infer: bool = False,
) -> QueryResult:
    """The answer to one query; as :meth:`QuerySession.run`, for a source that is asked once."""
    with QuerySession(source, relations) as session:
        return session.run(text, timeout_s=timeout_s, max_rows=max_rows, infer=infer)


def _start() -> subprocess.Popen[bytes]:
    paths = [path for path in sys.path if path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-m", "kg.query.worker"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


def _ask(process: subprocess.Popen[bytes], request: Mapping[str, Any], timeout_s: float | None) -> str:
    """One reply, within the time; the process is killed when there is none."""
    assert process.stdin and process.stdout
    late = threading.Event()

    def kill() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(timeout_s, kill) if timeout_s is not None else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
    except BrokenPipeError:
        line = b""
    except BaseException:  # Ctrl-C: what the child does is wanted no more
        process.kill()
        raise
    finally:
        if timer:
            timer.cancel()
    if line.endswith(b"\n"):
        return line.decode()
    code = _end(process)
    if late.is_set():
        raise QueryError(f"the query ran past its time limit of {timeout_s:g} s and was stopped")
    raise QueryError(
        f"the query engine stopped (exit status {code}): the query needs too much memory or is nested too deeply"
    )


def _end(process: subprocess.Popen[bytes]) -> int:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    return process.wait()


def _file(source: Graph | Path, relations: Mapping[str, Relation], folder: Path, base: str) -> Path:
    if isinstance(source, Graph):
        from kg.export.rdf import generate_triples

        path = folder / "graph.nt"
        with path.open("wb") as file:
            serialize(generate_triples(source, relations, base=base), file, RdfFormat.N_TRIPLES)
        return path
    if source.suffix.lstrip(".") not in READABLE:
        raise QueryError(f"{source}: cannot be queried; valid: a file that ends in {', '.join(READABLE)}")
    if not source.is_file():
        raise QueryError(f"{source}: no such file")
    return source.resolve()


def _ontology(relations: Mapping[str, Relation]) -> str:
    """The ontology and the user's own relations, as N-Triples."""
    triples: list[Triple] = [*ontology.triples(), *ontology.describe_new(relations.values())]
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def _valid(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QueryError(f"the query is no valid Unicode: {error}") from error
    return text

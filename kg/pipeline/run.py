"""Build: read what is new, keep it in the ledger, merge, and write every output."""

from __future__ import annotations

import json
import os
import platform
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.graph import KnowledgeGraph, from_ledger, refuse_foreign, write_views
from kg.identifiers import digest
from kg.model import Document, Extraction
from kg.pipeline.load import Paths, load_extractor, resolution_of
from kg.pipeline.plan import Plan, plan
from kg.pipeline.stream import AT_A_TIME, Source, extract_batch, read_documents
from kg.pipeline.summary import BuildSummary, summarize
from kg.resolve import parse_aliases, read_aliases
from kg.sources import Problem
from kg.store import Ledger, locked

if TYPE_CHECKING:
    from kg.extraction import Extractor

Progress = Callable[[str, int, int | None], None]
"""Called with a stage ("read", "extract", "write"), the documents done, and how many there are if that is known."""


def build(
    sources: Source | Iterable[Source],
    out: str | os.PathLike[str] = "out",
    *,
    reader: str | None = None,
    relations: Paths = (),
    gazetteer: Paths = (),
    aliases: Paths = (),
    prune: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Read the sources into the folder ``out``, write every output there, and return the graph.

    The parameters are those of :func:`build_with_summary`. Input that had to be skipped is warned of.
    """
    graph, summary = build_with_summary(
        sources, out, reader=reader, relations=relations, gazetteer=gazetteer, aliases=aliases,
        prune=prune, threads=threads, progress=progress,
    )  # fmt: skip
    for problem in summary.problems:
        warnings.warn(f"skipped {problem}", stacklevel=2)
    return graph


def build_with_summary(
    sources: Source | Iterable[Source],
    out: str | os.PathLike[str] = "out",
    *,
    reader: str | None = None,
    relations: Paths = (),
    gazetteer: Paths = (),
    aliases: Paths = (),
    prune: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[KnowledgeGraph, BuildSummary]:
    """Build, and say what was done.

    ``sources`` are files, folders, globs, "-" or documents. Those that the folder's ledger holds already, unchanged
    and read by the same reader with the same tables, are not read again; ``prune`` withdraws those that the sources
    no longer hold. ``relations`` and ``gazetteer`` are files with tables of your own; when they or the reader change,
    all that the ledger holds is read anew. ``aliases`` are tables of who is who (:mod:`kg.resolve.aliases`); when they
    change, nothing is read anew, but all is merged again. ``threads`` None is as many as the process may use; it does
    not change the result: the same documents give the same files, byte for byte.

    Raises :class:`kg.KGError` when a table or the reader is no good, when the sources hold nothing, or when the
    folder is in use, is not ours or cannot be written. What was read until then stays in the ledger.
    """
    folder, report = Path(out), progress or (lambda stage, done, total: None)
    sources = [sources] if isinstance(sources, (str, os.PathLike, Document)) else list(sources)
    refuse_foreign(folder)
    _refuse_own_output(sources, folder)
    found = _begun(read_documents(sources))
    extractor = load_extractor(reader, relations, gazetteer, threads=threads)
    tables = read_aliases(Path(path) for path in aliases)
    parse_aliases(tables)
    with locked(folder), Ledger.open(folder, create=True) as ledger:
        run = _start(ledger, extractor, relations, tables)
        todo = plan(found, ledger, extractor.fingerprint, prune=prune, progress=lambda n: report("read", n, None))
        ledger.remove(sorted(todo.removed))
        _extract(todo, ledger, extractor, report)
        report("write", 0, None)
        resolution = resolution_of(ledger)
        todo.problems += [Problem(row.where, f"{row.action}: {reason}") for row, reason in resolution.problems]
        graph = from_ledger(ledger, extractor.relations, resolution)
        write_views(graph, folder)
        summary = summarize(graph, todo, folder / "graph.html")
        ledger.finish_run(run, finished=_now(), summary=summary.to_json())
    return graph, summary


def _begun(found: Iterator[Document | Problem]) -> Iterator[Document | Problem]:
    """The same items, the first of them read: sources that are missing are an error before anything is written."""
    return chain(list(islice(found, 1)), found)


def _refuse_own_output(sources: Iterable[Source], folder: Path) -> None:
    """A folder that is read must not hold the one that is written, or the next build would read its own output."""
    out = os.path.realpath(folder)
    for source in sources:
        read = None if isinstance(source, Document) else Path(source)
        if read and read.is_dir() and Path(out).is_relative_to(os.path.realpath(read)):
            raise SourceError(f"{folder}: lies within the source {source}; write elsewhere with -o")


def _start(ledger: Ledger, extractor: Extractor, relations: Paths, aliases: list[tuple[str, str]]) -> int:
    from kg import __version__

    texts = [(Path(path).name, Path(path).read_text("utf-8")) for path in relations]
    ledger.configure(reader=extractor.reader, relations=json.dumps(texts), aliases=json.dumps(aliases))
    python = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    fingerprint = digest(extractor.fingerprint, json.dumps(aliases)) if aliases else extractor.fingerprint
    return ledger.start_run(started=_now(), version=__version__, python=python, fingerprint=fingerprint)


def _extract(todo: Plan, ledger: Ledger, extractor: Extractor, report: Progress) -> None:
    """Extract what is pending into the ledger, a transaction a batch: an interrupted build loses one batch.

    A document that cannot be read leaves the plan and the ledger, as if it had never been there.
    """
    pending = sorted(todo.pending)
    for start in range(0, len(pending), AT_A_TIME):
        report("extract", start, len(pending))
        batch = pending[start : start + AT_A_TIME]
        results = list(extract_batch([todo.pending[identifier] for identifier in batch], extractor))
        done = [item for item in results if isinstance(item, Extraction)]
        ledger.put(done, extractor.fingerprint)
        failed = set(batch) - {extraction.document.id for extraction in done}
        ledger.remove(sorted(failed))
        todo.problems += [item for item in results if not isinstance(item, Extraction)]
        todo.removed |= failed & todo.before
        for identifier in failed:
            del todo.pending[identifier]
    report("extract", len(pending), len(pending))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

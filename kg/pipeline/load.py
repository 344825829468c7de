"""Load what the pipeline needs: the extractor, and the graph of a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import KnowledgeGraph, from_ledger
from kg.identifiers import digest
from kg.model import Document, Extraction
from kg.relations import Relation, load
from kg.relations.table import parse
from kg.resolve import Resolution, parse_aliases, resolve
from kg.sources import to_document
from kg.store import Ledger

if TYPE_CHECKING:
    from kg.extraction import Extractor

Paths = Sequence[str | os.PathLike[str]]


def load_extractor(
    reader: str | None = None,
    relations: Paths = (),
    gazetteer: Paths = (),
    *,
    threads: int | None = None,
) -> Extractor:
    """The extractor; ``threads`` None is as many as the process may use. Raises :class:`kg.KGError` for bad tables."""
    from kg.extraction import Extractor

    return Extractor(
        reader=reader,
        relations=[Path(path) for path in relations],
        gazetteer=[Path(path) for path in gazetteer],
        threads=threads or available_threads(),
    )


def available_threads() -> int:
    """How many threads this process may run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def extract(source: str | Document, *, reader: str | None = None, relations: Paths = ()) -> Extraction:
    """What one text, or one document, says. The reader is loaded at the first call, and kept.

    >>> extraction = extract("Israel sold missiles to Azerbaijan.")
    >>> [(claim.subject, claim.relation, claim.object) for claim in extraction.claims]
    [('country/ISR', 'sells-arms-to', 'country/AZE')]
    """
    document = source if isinstance(source, Document) else to_document(source, id=f"text-{digest(source)}")
    extractor = _kept_extractor(reader, tuple(Path(path) for path in relations))
    (extraction,) = extractor.extract([document])
    return extraction


def open(folder: str | os.PathLike[str]) -> KnowledgeGraph:
    """The graph that a build wrote into the folder; :class:`kg.errors.StoreError` when there is none."""
    with Ledger.open(Path(folder)) as ledger:
        return from_ledger(ledger, relations_of(ledger), resolution_of(ledger))


def resolution_of(ledger: Ledger) -> Resolution:
    """Who is who in all documents of the ledger, with the user's table that the ledger was last built with."""
    return resolve(ledger.extractions(), parse_aliases(json.loads(ledger.setting("aliases") or "[]")))


def relations_of(ledger: Ledger) -> dict[str, Relation]:
    """The relation table that the ledger's claims were read with: the built-in one, then the user's."""
    table = load()
    for name, text in json.loads(ledger.setting("relations") or "[]"):
        table |= parse(text, name)
    return table


@cache
def _kept_extractor(reader: str | None, relations: tuple[Path, ...]) -> Extractor:
    return load_extractor(reader, relations)

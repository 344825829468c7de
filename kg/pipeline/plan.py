"""What a build has to do: which documents are new, changed, as they were, or gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.errors import SourceError
from kg.model import Document
from kg.sources import Problem
from kg.store import Ledger, content_hash


@dataclass(slots=True)
class Plan:
    """``pending`` documents are to be read, ``unchanged`` ones are in the ledger, ``before`` is what was there."""

    before: frozenset[str]
    pending: dict[str, Document] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def plan(
    found: Iterable[Document | Problem],
    ledger: Ledger,
    fingerprint: str,
    *,
    prune: bool = False,
    progress: Callable[[int], None] = lambda count: None,
) -> Plan:
    """Compare what the sources hold with the ledger. Nothing is written.

    Documents that the ledger alone holds are ``removed`` with ``prune``; without, they are pending, from the ledger's
    copy, where they were read by another reader or with other tables than ``fingerprint`` stands for.
    Raises :class:`SourceError` when the sources hold nothing at all.
    """
    todo = Plan(before=frozenset(ledger.ids()))
    documents = _unique(found, todo.problems, progress)
    if not documents and not todo.problems:
        raise SourceError("the sources hold no document; valid are text, HTML, JSON Lines, CSV and Parquet files")
    for identifier in sorted(documents):
        if ledger.has(documents[identifier], fingerprint):
            todo.unchanged.add(identifier)
        else:
            todo.pending[identifier] = documents[identifier]
    gone = todo.before - documents.keys()
    if prune:
        todo.removed |= gone
    else:
        outdated = gone.intersection(ledger.outdated(fingerprint))
        todo.pending |= {identifier: ledger.document(identifier) for identifier in sorted(outdated)}
    return todo


def _unique(
    found: Iterable[Document | Problem], problems: list[Problem], progress: Callable[[int], None]
) -> dict[str, Document]:
    """Documents by id; of different ones with one id the one of smallest hash, whatever their order."""
    documents: dict[str, Document] = {}
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        held = documents.setdefault(item.id, item)
        if held != item:
            problems.append(Problem(item.id, "another document has the same id; give each its own"))
            documents[item.id] = min(held, item, key=content_hash)
        progress(len(documents))
    return documents

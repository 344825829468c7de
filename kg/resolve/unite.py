"""Unite the records of one entity: what several documents know about the same identifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from kg.model import Entity

_Text = TypeVar("_Text", bound=str)


def unite(identifier: str, records: Sequence[Entity]) -> Entity:
    """One entity: the most frequent value of each field (of equals the smallest), and all aliases and metonyms."""
    name = _usual(record.name for record in records) or ""
    aliases = {alias for record in records for alias in (record.name, *record.aliases)} - {name}
    metonyms = {metonym for record in records for metonym in record.metonyms} - {name}
    return Entity(
        id=identifier,
        type=_usual(record.type for record in records) or records[0].type,
        name=name,
        aliases=tuple(sorted(aliases)),
        metonyms=tuple(sorted(metonyms)),
        iso3=_usual(record.iso3 for record in records),
        wikidata=_usual(record.wikidata for record in records),
    )


def _usual(values: Iterable[_Text | None]) -> _Text | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)

"""What the tags and labels of other corpora mean here: ``types.csv`` and ``schemes.csv``, a reason in every row."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from kg.evaluate.annotations import Kind
from kg.model import EntityType


@dataclass(frozen=True, slots=True)
class Row:
    """What a label means: it ``expects``, ``accepts``, ``closes`` a relation of ours between entities of these types (None:
    any), or ``unites`` its two ends into one entity."""

    label: str
    holds: str
    relation: str
    subjects: frozenset[str]
    objects: frozenset[str]

    def fits(self, subject: str | None, object: str | None) -> bool:
        """Whether the types of two entities are ones that the row is about."""
        return (not self.subjects or subject in self.subjects) and (not self.objects or object in self.objects)


def kind_of(tags: Iterable[str]) -> Kind | None:
    """What a name with these tags is here: the first row of the table that is one of them; None where no row is."""
    given = {tag.casefold() for tag in tags}
    return next((kind for tag, kind in _kinds().items() if tag in given), None)


@cache
def load_scheme(name: str) -> tuple[Row, ...]:
    """The rows of a corpus, in the order of the table."""
    return tuple(
        Row(row["label"], row["holds"], row["relation"], _types(row["subject"]), _types(row["object"]))
        for row in _table("schemes.csv")
        if row["scheme"] == name
    )


@cache
def _kinds() -> dict[str, Kind]:
    return {
        row["tag"]: Kind(cast(EntityType, row["type"]) if row["type"] else None, _types(row["allows"]))
        for row in _table("types.csv")
    }


def _types(cell: str) -> frozenset[EntityType]:
    return frozenset(cast(EntityType, item) for item in cell.split("|") if item)


def _table(name: str) -> list[dict[str, str]]:
    text = (files("kg.evaluate") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

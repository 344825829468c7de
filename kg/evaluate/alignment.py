"""Which of our entities is which annotated one, where identifiers cannot say so: by the mentions that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.evaluate.annotations import Annotated
from kg.evaluate.names import overlap
from kg.model import Mention

Shared = Counter[tuple[str, str]]
"""How many mentions of (our entity, annotated entity) overlap."""


def shared(mentions: Sequence[Mention], annotated: Annotated) -> Shared:
    """How many mentions each of our entities shares with each annotated one."""
    names = annotated.names or ()
    return Counter((m.entity, name.entity) for m in mentions for name in names if overlap(name, m))


def one_to_one(found: Shared) -> dict[str, str]:
    """The annotated entity of each of ours, each at most once: those that share the most mentions first."""
    aligned: dict[str, str] = {}
    taken: set[str] = set()
    for (ours, gold), _ in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if ours not in aligned and gold not in taken:
            aligned[ours] = gold
            taken.add(gold)
    return aligned


def stands_for(found: Shared, *, grouped: bool) -> dict[str, tuple[str, ...]]:
    """What each of our entities means in pairs: the annotated one that it shares the most mentions with, also where
    another of ours is the same; where every name is an entity of its own, all that it shares one with."""
    ranked: dict[str, list[str]] = {}
    for (ours, gold), _ in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        ranked.setdefault(ours, []).append(gold)
    return {ours: tuple(gold[:1] if grouped else gold) for ours, gold in ranked.items()}

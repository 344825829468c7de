"""Rules that say which identifiers are the same entity.

A rule sees the united entities of all documents by identifier and yields pairs. It is a *blocking key* (entities that
might be the same share it) and a decision within each block, so that only the blocks a new document touches can
change. A further rule is a further function in :data:`RULES`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from kg.model import Entity

Rule = Callable[[Mapping[str, Entity]], Iterable[tuple[str, str]]]
"""Entities by identifier -> pairs of identifiers that are the same."""


def blocks(entities: Mapping[str, Entity], key: Callable[[Entity], Hashable | None]) -> Iterator[list[Entity]]:
    """Groups of two or more entities that share a key, in order of their identifiers; None is no key."""
    found: defaultdict[Hashable, list[Entity]] = defaultdict(list)
    for identifier in sorted(entities):
        if (value := key(entities[identifier])) is not None:
            found[value].append(entities[identifier])
    return (block for block in found.values() if len(block) > 1)


def surname(entities: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    """A person known by a surname alone is the only person whose full name ends in it.

    "Lapid" in one article is "Yair Lapid" of another when no other person's name ends in "Lapid" in any article.
    With two candidates, or where both are known to Wikidata as different people, the surname stays on its own.
    """
    for block in blocks(entities, _surname_key):
        full = [person for person in block if len(person.name.split()) > 1]
        if len(full) == 1:
            short = (person for person in block if _only_surname(person) and _agree(person, full[0]))
            yield from ((person.id, full[0].id) for person in short)


RULES: tuple[Rule, ...] = (surname,)
"""The rules that :func:`kg.resolve.resolve` applies."""


def _surname_key(entity: Entity) -> str | None:
    words = entity.name.split()
    return words[-1].casefold() if entity.type == "Person" and words else None


def _only_surname(person: Entity) -> bool:
    return all(len(name.split()) == 1 for name in (person.name, *person.aliases))


def _agree(one: Entity, other: Entity) -> bool:
    return one.wikidata is None or other.wikidata is None or one.wikidata == other.wikidata

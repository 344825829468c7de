"""The same person, organization or country across documents: local entities in, canonical ones out.

1. Records that share an identifier are one entity (:mod:`kg.resolve.unite`).
2. Each rule of :data:`kg.resolve.rules.RULES` names pairs of identifiers that are the same (:mod:`kg.resolve.rules`).
3. The connected components of those pairs are the canonical entities; each takes the identifier of its most
   telling member (:func:`kg.resolve.unite.representative`).

Everything is a function of the *set* of records: order does not matter, and chains (a = b, b = c) end in one entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Entity
from kg.resolve.rules import RULES, Rule
from kg.resolve.unite import representative, unite

__all__ = ["RULES", "Rule", "resolve"]


def resolve(entities: Iterable[Entity], rules: Sequence[Rule] = RULES) -> tuple[dict[str, Entity], dict[str, str]]:
    """Canonical entities by identifier, and the canonical identifier of every local one; both sorted by key.

    ``entities`` are the local records of all documents, one for each document an entity occurs in.
    """
    records: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        records[entity.id].append(entity)
    known = {identifier: unite(identifier, records[identifier]) for identifier in sorted(records)}
    same = [pair for rule in rules for pair in rule(known)]
    canonical: dict[str, Entity] = {}
    mapping: dict[str, str] = {}
    for members in _groups(known, same):
        chosen = representative(members)
        mapping |= {member.id: chosen.id for member in members}
        canonical[chosen.id] = _join(chosen, members)
    return dict(sorted(canonical.items())), dict(sorted(mapping.items()))


def _groups(known: Mapping[str, Entity], same: Iterable[tuple[str, str]]) -> Iterator[list[Entity]]:
    from networkx.utils import UnionFind

    found = UnionFind(known)
    for pair in same:
        found.union(*pair)
    return ([known[identifier] for identifier in sorted(group)] for group in found.to_sets())


def _join(chosen: Entity, members: Sequence[Entity]) -> Entity:
    """``chosen`` with what the other members add: their names and aliases, metonyms and codes."""
    if len(members) == 1:
        return chosen
    united = unite(chosen.id, members)
    return replace(
        united,
        name=chosen.name,
        aliases=tuple(sorted({*united.aliases, united.name} - {chosen.name})),
        iso3=chosen.iso3 or united.iso3,
        wikidata=chosen.wikidata or united.wikidata,
    )

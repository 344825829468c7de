"""Why a node of the graph is who it is: its members, what joined and parted them, and who was nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg.model import Entity
from kg.resolve import Resolution
from kg.resolve.evidence import judge
from kg.resolve.local import Key, Local
from kg.resolve.profile import Profile
from kg.resolve.rules import relation_of

_ALIKE = 60
"""Percent of likeness from which a name is near another."""


@dataclass(frozen=True, slots=True)
class Member:
    """A record of one document: what it is called there, and what the document says of who it is."""

    document: str
    name: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A rule joined two names, or kept the second, of another entity, apart."""

    rule: str
    one: str
    other: str
    joined: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Near:
    """An entity of a like name that is another, and why."""

    id: str
    name: str
    likeness: int
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one entity."""

    entity: Entity
    members: tuple[Member, ...]
    joined: tuple[Step, ...]
    apart: tuple[Step, ...]
    nearest: tuple[Near, ...]


def find(name: str, resolution: Resolution) -> list[str]:
    """The people and organizations of an identifier, else of a name, else of an alias, by identifier."""
    if name in resolution.profiles:
        return [name]
    wanted = name.casefold()
    entities = [resolution.entities[identifier] for identifier in resolution.profiles]
    named = [entity.id for entity in entities if entity.name.casefold() == wanted]
    return named or [entity.id for entity in entities if wanted in map(str.casefold, entity.aliases)]


def nearest_names(name: str, resolution: Resolution, number: int) -> list[str]:
    """The identifiers whose names are most alike, best first."""
    scored = [(fuzz.WRatio(name, resolution.entities[key].name), key) for key in resolution.profiles]
    return [key for _, key in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:number]]


def explain(identifier: str, resolution: Resolution, near: int = 5) -> Explanation:
    """Why the people and organizations of the documents were or were not joined to this one; ``near`` names at most."""
    profile, names = resolution.profiles[identifier], _names(resolution)
    keys = {member.key for member in profile.members}
    joined, apart = [], []
    for decision in resolution.decisions:
        one, other = decision.one, decision.other
        if not {one, other} & keys:
            continue
        if one not in keys:
            one, other = other, one
        step = Step(decision.rule, _shown(one, names), _shown(other, names), decision.joined, decision.reason)
        if decision.joined:
            joined.append(step)
        elif resolution.canonical[other] != identifier:
            apart.append(step)
    return Explanation(
        entity=resolution.entities[identifier],
        members=tuple(_member(local) for local in sorted(profile.members, key=lambda local: local.key)),
        joined=tuple(dict.fromkeys(joined)),
        apart=tuple(dict.fromkeys(apart)),
        nearest=tuple(_nearest(identifier, resolution, near)),
    )


def _member(local: Local) -> Member:
    return Member(local.document, local.entity.name, tuple(_evidence(local)))


def _evidence(local: Local) -> Iterator[str]:
    said = local.said
    kinds: Sequence[tuple[str, Sequence[str]]] = (
        ("role", sorted(said.roles)), ("country", sorted(said.countries | local.countries)), ("place", sorted(said.places)),
        ("body", sorted(local.bodies)), ("document about", sorted(local.setting)), ("year", [str(y) for y in sorted(local.years)]),
        ("wikidata", [local.entity.wikidata] if local.entity.wikidata else []),
    )  # fmt: skip
    return (f"{kind}: {', '.join(values)}" for kind, values in kinds if values)


def _nearest(identifier: str, resolution: Resolution, number: int) -> Iterator[Near]:
    entity, own = resolution.entities[identifier], resolution.profiles[identifier]
    scored = []
    for other, profile in resolution.profiles.items():
        likeness = fuzz.token_sort_ratio(entity.name.casefold(), resolution.entities[other].name.casefold())
        if other != identifier and profile.type == own.type and likeness >= _ALIKE:
            scored.append((-round(likeness), other))
    for likeness, other in sorted(scored)[:number]:
        yield Near(other, resolution.entities[other].name, -likeness, _reason(own, resolution.profiles[other]))


def _reason(one: Profile, other: Profile) -> str:
    relation, judged = relation_of(one, other), judge(one, other)
    if relation is None:
        return f"these are names of two; {judged}"
    return f"may be one name ({relation}), but too little agrees: {judged}"


def _names(resolution: Resolution) -> Mapping[Key, str]:
    return {member.key: member.entity.name for held in resolution.profiles.values() for member in held.members}


def _shown(key: Key, names: Mapping[Key, str]) -> str:
    return f"{names[key]} ({key[0]})"

"""The same person or organization across documents: what was read of each document in, canonical entities out.

1. Every document has its own records of people and organizations, each with what the document says of who they are
   (:mod:`kg.resolve.local`, :mod:`kg.resolve.description`).
2. Records of one full name are one, unless their evidence disagrees strongly (:mod:`kg.resolve.senses`).
3. The rules of :mod:`kg.resolve.rules` join profiles whose names differ, where names and evidence allow it.
4. A user's table has the last word (:mod:`kg.resolve.aliases`, :mod:`kg.resolve.overrides`).
5. What was joined gets its name and identifier (:mod:`kg.resolve.identify`).

Everything is a function of the *set* of documents: neither their order nor what was built before matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Entity, Extraction
from kg.resolve.aliases import Row, parse_aliases, read_aliases
from kg.resolve.bodies import body_name
from kg.resolve.clusters import Clusters, Decision
from kg.resolve.identify import identify
from kg.resolve.local import Key, Local, local_records
from kg.resolve.overrides import Overrides, override, set_apart
from kg.resolve.people import person_name
from kg.resolve.profile import Profile
from kg.resolve.rules import ORGANIZATIONS, PEOPLE, compatible_bodies, compatible_people
from kg.resolve.senses import senses
from kg.resolve.unite import unite

__all__ = ["Decision", "Local", "Resolution", "Row", "parse_aliases", "read_aliases", "resolve", "resolve_records"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """``entities`` by identifier, sorted; ``canonical`` has the identifier of every local record by its key (countries
    keep theirs, and are not in it); ``profiles`` are what was joined, by identifier; ``decisions`` in the order in which they
    were taken; ``problems`` are rows of the user's table that could not be applied, each with the reason."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    canonical: Mapping[Key, str] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    problems: tuple[tuple[Row, str], ...] = ()


def resolve(extractions: Iterable[Extraction], table: Sequence[Row] = ()) -> Resolution:
    """Who is who in all documents. ``table`` holds a user's decisions (:func:`kg.resolve.aliases.parse_aliases`)."""
    records: list[Local] = []
    countries: defaultdict[str, list[Entity]] = defaultdict(list)
    for extraction in extractions:
        records.extend(local_records(extraction))
        for entity in extraction.entities:
            if entity.type == "Country":
                countries[entity.id].append(entity)
    return resolve_records(records, table, [unite(key, countries[key]) for key in sorted(countries)])


def resolve_records(
    records: Iterable[Local], table: Sequence[Row] = (), countries: Iterable[Entity] = ()
) -> Resolution:
    """The same, of local records: one for each entity of each document."""
    unique = {record.key: record for record in records}
    left, done = set_apart((unique[key] for key in sorted(unique)), table)
    clusters = Clusters([])
    for kind, rules, compatible in (
        ("Person", PEOPLE, compatible_people),
        ("Organization", ORGANIZATIONS, compatible_bodies),
    ):
        part = Clusters(_senses((record for record in left if record.entity.type == kind), clusters))
        for rule in rules:
            part.apply(rule, compatible)
        clusters.take(part)
    for pinned in done.profiles():
        clusters.add(pinned)
    override(clusters, table, _identified(clusters, done), done)
    identified = _identified(clusters, done)
    entities = {entity.id: entity for entity in countries} | {key: entity for key, (entity, _) in identified.items()}
    profiles = {identifier: clusters.profile(key) for identifier, (_, key) in identified.items()}
    return Resolution(
        entities=dict(sorted(entities.items())),
        canonical={member.key: name for name, held in sorted(profiles.items()) for member in held.members},
        profiles=dict(sorted(profiles.items())),
        decisions=tuple(clusters.decisions),
        problems=tuple(done.problems),
    )


def _senses(records: Iterable[Local], clusters: Clusters) -> Iterable[Profile]:
    """The profiles that the records of each name make. Single names and acronyms say too little to begin with: each is
    a profile of its own, for the rules to place."""
    names: defaultdict[Hashable, list[Local]] = defaultdict(list)
    for record in records:
        names[_name_key(record)].append(record)
    for held in names.values():
        found, apart = senses(held)
        for one, other, judgement in apart:
            clusters.refuse("senses", one.key, other.key, f"one name, but the evidence disagrees: {judgement}")
        yield from found


def _name_key(record: Local) -> Hashable:
    if record.entity.type == "Person":
        person = person_name(record.entity.name)
        return (person.words, person.suffix) if person.full else record.key
    body = body_name(record.entity.name)
    if body.acronym:
        return record.entity.id if record.entity.wikidata else record.key
    return body.key


def _identified(clusters: Clusters, done: Overrides) -> dict[str, tuple[Entity, Key]]:
    return {entity.id: (entity, held.key) for entity, held in identify(clusters.profiles, done.names)}

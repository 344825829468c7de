"""What is known of one person or organization from all the local records that were joined so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import EntityType
from kg.resolve import tables
from kg.resolve.bodies import BodyName, body_name
from kg.resolve.local import Key, Local
from kg.resolve.people import PersonName, person_name


@dataclass(slots=True)
class Profile:
    """Local records, and how many of them say what. ``states`` are all countries that it is tied to, by any evidence
    but the documents' ``settings``; ``areas`` the countries that its descriptions name."""

    type: EntityType
    members: list[Local] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    identifiers: Counter[str] = field(default_factory=Counter)
    wikidata: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    settings: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    years: set[int] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    people: tuple[PersonName, ...] = ()
    """Its names as a person's, the longest first."""
    body_names: tuple[BodyName, ...] = ()
    """Its names as an organization's, in a settled order."""
    pinned: bool = False
    key: Key = ("", "")
    """The smallest key of its members: the name of the profile among others."""

    @property
    def fields(self) -> set[str]:
        """The fields of its roles, but for roles that every field has."""
        return {tables.roles()[role] for role in self.roles} - {"office"}

    def add(self, local: Local) -> None:
        """Take in one more record."""
        said, entity = local.said, local.entity
        areas = {tables.sovereigns().get(country, country) for country in said.countries}
        named = {f"country/{code}" for code in body_name(entity.name).countries if entity.type == "Organization"}
        self.key = min(self.key, local.key) if self.members else local.key
        self.members.append(local)
        self.names[entity.name] += 1
        if self.names[entity.name] == 1:
            self._parse_names()
        self.identifiers[entity.id] += 1
        self.wikidata.update([entity.wikidata] if entity.wikidata else [])
        self.areas.update(area for area in areas if area)
        self.states.update({area for area in areas if area} | local.countries | named)
        self.places.update(said.places)
        self.bodies.update(local.bodies)
        self.roles.update(said.roles)
        self.settings.update(local.setting)
        self.genders.update(local.genders)
        self.years |= local.years
        self.documents.add(local.document)

    def _parse_names(self) -> None:
        if self.type == "Person":
            found = {person_name(name) for name in self.names}
            self.people = tuple(sorted(found, key=lambda name: (-len(name.words), name.words, name.suffix)))
        else:
            self.body_names = tuple(body_name(name) for name in sorted(self.names))


def profile(members: Iterable[Local], *, pinned: bool = False) -> Profile:
    """The profile of some records; there must be one at least."""
    ordered = sorted(members, key=lambda local: local.key)
    made = Profile(ordered[0].entity.type, pinned=pinned)
    for member in ordered:
        made.add(member)
    return made

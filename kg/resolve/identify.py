"""Entities and identifiers of what was resolved.

The identifier of a profile is the slug of its fullest usual name. Where a name means two, the one that Wikidata knows,
else the one of most documents, keeps the plain identifier, and each other adds what tells it apart: its place, else the
organization or country that it is of, else its role, else the document
that it is in (``person/john-smith-houston``). The identifier depends on what the
documents say, never on their order or on what was built before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.identifiers import digest, organization_id, person_id, slug
from kg.model import Entity
from kg.resolve.bodies import body_name
from kg.resolve.local import Key
from kg.resolve.people import person_name
from kg.resolve.profile import Profile
from kg.resolve.tables import country_names
from kg.resolve.unite import unite


def identify(profiles: Iterable[Profile], names: Mapping[Key, str]) -> Iterator[tuple[Entity, Profile]]:
    """An entity for each profile, no two of one identifier; ``names`` are the names that a user gave, by profile key
    as JSON-free ``document\\x1fidentifier``."""
    wanted: defaultdict[str, list[tuple[Entity, Profile]]] = defaultdict(list)
    for profile in profiles:
        entity = _entity(profile, names.get(profile.key))
        wanted[entity.id].append((entity, profile))
    taken = set(wanted)
    for identifier in sorted(wanted):
        first, *others = sorted(wanted[identifier], key=lambda pair: _precedence(pair[1]))
        yield first
        for entity, profile in others:
            word = _distinction(profile, first[1], identifier, taken)
            taken.add(f"{identifier}-{slug(word)}")
            yield _distinct(entity, f"{identifier}-{slug(word)}", word), profile


def _entity(profile: Profile, given: str | None) -> Entity:
    united = unite(min(profile.identifiers), [member.entity for member in profile.members])
    name = given or usual_name(profile)
    make = person_id if profile.type == "Person" else organization_id
    usual = {member.entity.id for member in profile.members if member.entity.name == name}
    identifier = make(name) if given else min(usual)
    wikidata = min(profile.wikidata, key=lambda code: (-profile.wikidata[code], code), default=None)
    aliases = tuple(sorted({*united.aliases, united.name} - {name}))
    return replace(united, id=identifier, name=name, aliases=aliases, wikidata=wikidata)


def usual_name(profile: Profile) -> str:
    """The name that tells most: known to Wikidata, without initials or acronym, of several words, then the most usual."""
    known = {member.entity.name for member in profile.members if member.entity.wikidata}

    def order(name: str) -> tuple[bool, bool, bool, int, int, str]:
        words = person_name(name).words if profile.type == "Person" else body_name(name).words
        short = len(words) == 1 if profile.type == "Person" else body_name(name).acronym is not None
        return name not in known, short, len(words[0]) == 1, -profile.names[name], -len(words), name

    return min(profile.names, key=order)


def _precedence(profile: Profile) -> tuple[bool, int, bool, tuple[str, ...]]:
    said = sorted([*profile.places, *profile.states, *profile.bodies, *profile.roles])
    return not profile.wikidata, -len(profile.documents), not said, (*said, *profile.key)


def _distinction(profile: Profile, first: Profile, identifier: str, taken: set[str]) -> str:
    """What the profile has and the first one has not, as words that make a new identifier."""
    for own, others in _kinds(profile, first):
        for value in sorted(own, key=lambda value: (-own[value], value)):
            word = country_names().get(value, value)
            if value not in others and f"{identifier}-{slug(word)}" not in taken:
                return word
    document = profile.key[0].rsplit("/", 1)[-1].split(".")[0]
    return document if f"{identifier}-{slug(document)}" not in taken else digest(*profile.key, length=6)


def _kinds(profile: Profile, first: Profile) -> Sequence[tuple[Counter[str], Counter[str]]]:
    return (
        (profile.places, first.places),
        (profile.areas, first.areas),
        (profile.bodies, first.bodies),
        (profile.states, first.states),
        (profile.roles, first.roles),
        (profile.settings, first.settings),
    )


def _distinct(entity: Entity, identifier: str, word: str) -> Entity:
    shown = word if word[:1].isupper() else word.title()
    return replace(
        entity, id=identifier, name=f"{entity.name} ({shown})", aliases=tuple(sorted({*entity.aliases, entity.name}))
    )

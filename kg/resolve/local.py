"""People and organizations as one document has them, each with what the document says of who they are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Claim, Entity, Extraction, Mention
from kg.resolve import tables
from kg.resolve.bodies import body_name
from kg.resolve.description import NOTHING, Description, describe, join
from kg.resolve.fold import fold

Key = tuple[str, str]
"""Id of a document, and identifier of an entity in it."""

_SURE = 0.8
"""Confidence from which a claim tells who somebody is."""
_SETTING = 3
"""Countries, at most, that a document is set in."""
_NEAR = 200
_TITLE = 20


@dataclass(frozen=True, slots=True)
class Local:
    """``key`` is where it stands, ``entity`` what it is called there. ``said`` is what stands
    beside its names. ``countries`` and ``bodies`` (folded words) are those that claims tie it to,
    ``setting`` the countries that the document names most, ``years`` those of its periods and life."""

    key: Key
    entity: Entity
    said: Description = NOTHING
    countries: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    setting: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    genders: tuple[str, ...] = ()
    """"female" or "male", for each pronoun and each title before a name that says so."""

    @property
    def document(self) -> str:
        """The id of the document."""
        return self.key[0]


def local_records(extraction: Extraction) -> Iterator[Local]:
    """The people and organizations of a document; its countries are the same everywhere."""
    document, mentions = extraction.document, sorted(extraction.mentions, key=lambda m: (m.start, m.end, m.id))
    names = {entity.id: entity.name for entity in extraction.entities}
    described = _descriptions(document.text, mentions)
    claimed: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in extraction.claims:
        claimed[claim.subject].append(claim)
    setting = _setting(mentions)
    genders = _genders(document.text, mentions)
    for entity in extraction.entities:
        if entity.type == "Country":
            continue
        said = join(described[entity.id])
        ties = [claim for claim in claimed[entity.id] if _tells(claim)]
        countries = {claim.object for claim in ties if claim.object.startswith("country/")}
        bodies = {claim.object for claim in ties if claim.object in names} - countries
        yield Local(
            key=(document.id, entity.id),
            entity=entity,
            said=said,
            countries=_states(countries),
            bodies=frozenset(body_key(names[body]) for body in bodies | (said.bodies & names.keys()) - {entity.id}),
            setting=setting,
            years=frozenset({*said.years, *(year for claim in ties for year in _years(claim.period))}),
            genders=tuple(genders[entity.id]),
        )


def body_key(name: str) -> str:
    """An organization as evidence: its words, and the countries it names."""
    parts = body_name(name)
    return " ".join([*parts.words, *sorted(parts.countries)]) or " ".join(fold(name))


def _descriptions(text: str, mentions: list[Mention]) -> defaultdict[str, list[Description]]:
    found: defaultdict[str, list[Description]] = defaultdict(list)
    starts = [mention.start for mention in mentions]
    for mention in mentions:
        if mention.type == "Person" and mention.antecedent is None:
            near = mentions[bisect_left(starts, mention.start - _NEAR) : bisect_left(starts, mention.end + _NEAR)]
            said = describe(text, (mention.start, mention.end), near)
            if said != NOTHING:
                found[mention.entity].append(said)
    return found


def _genders(text: str, mentions: Iterable[Mention]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.type == "Person":
            before = text[max(0, mention.start - _TITLE) : mention.start].split()[-1:] if mention.start else []
            for word in (mention.text, *before):
                plain = word.strip(".").lower()
                found[mention.entity] += [kind for kind in ("female", "male") if plain in tables.words(kind)]
    return found


def _tells(claim: Claim) -> bool:
    ties = claim.relation in ("leads", "affiliated-with", "part-of")
    return ties and claim.status in ("asserted", "ended") and claim.confidence >= _SURE


def _states(countries: Iterable[str]) -> frozenset[str]:
    states = (tables.sovereigns().get(country, country) for country in countries)
    return frozenset(state for state in states if state is not None)


def _setting(mentions: Iterable[Mention]) -> frozenset[str]:
    counts = Counter(mention.entity for mention in mentions if mention.type == "Country")
    usual = sorted(counts, key=lambda country: (-counts[country], country))[:_SETTING]
    return _states(country for country in usual if counts[country] * 2 >= counts[usual[0]])


def _years(period: str | None) -> Iterator[int]:
    for end in (period or "").split("/"):
        if end[:4].isdigit():
            yield int(end[:4])

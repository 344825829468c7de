"""Reference facts as values: what holds, when, who says so; and of what all is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Triple = tuple[str, str, str]

_WORDS = {
    "ally-of": ("is an ally of", "was an ally of"),
    "borders": ("borders", "bordered"),
    "foe-of": ("is a foe of", "was a foe of"),
    "leads": ("leads", "led"),
    "part-of": ("is part of", "was part of"),
}
"""How a fact reads that goes on, and one that is over."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a table says: ``since`` and ``until`` are a year, a month or a day, or None for no known bound."""

    subject: str
    relation: str
    object: str
    since: str | None
    until: str | None
    source: str


@dataclass(frozen=True)
class Facts:
    """All facts by (subject, relation, object), a symmetric one both ways, those that go on first.

    ``neighbors`` holds every country, with those it borders or ever bordered. ``complete`` are the bodies all of whose
    members, present and past, are known, with the countries of which that is left open. ``organs`` maps organs of state
    to their country, ``offices`` people to the countries that they led, other than monarchs. ``kin`` are pairs of
    states that share them, ``ended`` the years in which states ended.
    """

    held: Mapping[Triple, tuple[Fact, ...]]
    names: Mapping[str, str]
    neighbors: Mapping[str, frozenset[str]]
    complete: Mapping[str, frozenset[str]]
    organs: Mapping[str, str]
    offices: Mapping[str, frozenset[str]]
    kin: frozenset[tuple[str, str]]
    ended: Mapping[str, str]


def to_text(fact: Fact, names: Mapping[str, str]) -> str:
    """A fact as a person reads it.

    >>> to_text(Fact("country/SWE", "part-of", "organization/nato", "2024-03-07", None, "membership"), {})
    'country/SWE is part of organization/nato, since 2024-03-07 (membership)'
    """
    subject, object = (names.get(end, end) for end in (fact.subject, fact.object))
    other = fact.relation.replace("-", " ")
    words = _WORDS.get(fact.relation, (other, other))[fact.until is not None]
    return f"{subject} {words} {object}{_dates(fact)} ({fact.source})"


def _dates(fact: Fact) -> str:
    if fact.since == fact.until:
        return f", {fact.since}" if fact.since else ""
    if fact.until is None:
        return f", since {fact.since}"
    return f", {fact.since} to {fact.until}" if fact.since else f", until {fact.until}"


def index_facts(facts: Iterable[Fact]) -> dict[Triple, tuple[Fact, ...]]:
    """Facts by what they say, those that go on first."""
    found: defaultdict[Triple, set[Fact]] = defaultdict(set)
    for fact in facts:
        found[fact.subject, fact.relation, fact.object].add(fact)
    return {triple: tuple(sorted(found[triple], key=_order)) for triple in sorted(found)}


def _order(fact: Fact) -> tuple[bool, str, str, str]:
    return fact.until is not None, fact.since or "", fact.until or "", fact.source


def find_neighbors(held: Iterable[Triple], known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Whom each country borders or ever bordered: ``known``, and what is held."""
    found: defaultdict[str, set[str]] = defaultdict(set, {country: set(others) for country, others in known.items()})
    for subject, relation, object in held:
        if relation == "borders":
            found[subject].add(object)
    return {country: frozenset(others) for country, others in found.items()}

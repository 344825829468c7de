"""The facts of the package, put together from its tables.

Land borders, leaders and organs of state come from :mod:`kg.gazetteer`. Beside this module stand ``borders.csv`` (what
the gazetteer lacks: states that are gone, borders that are gone), ``bodies.csv`` and ``members.csv`` (international
bodies; ``allies_since`` is the day from which members owe each other defence or are partners in a pact), ``pacts.csv``
(treaties of two) and ``successors.csv`` (states that share leaders and organs).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, combinations

from kg import gazetteer
from kg.check.facts import Fact, Facts, find_neighbors, index_facts
from kg.check.tables import Row, read_bundled
from kg.gazetteer import Gazetteer
from kg.identifiers import country_id, organization_id, person_id

ORGANS = frozenset({"agency", "armed-force", "court", "ministry"})
"""Kinds of organization that are part of the state they belong to; a company or a party is not."""
REALMS = frozenset({"king", "queen", "emir", "sultan"})
"""Offices that one person may hold in several countries."""


@cache
def bundled_facts() -> Facts:
    """Made once: the tables do not change while a process runs."""
    tables = gazetteer.load()
    bodies = list(read_bundled("bodies.csv", ("name", "also", "allies_since", "complete", "unsure")))
    held = index_facts(chain(_borders(tables), _membership(bodies), _pacts(), _leaders(tables), _organs(tables)))
    kin = [(row["code"], row["other"]) for row in read_bundled("successors.csv", ("code", "other"))]
    countries = {country_id(code): country for code, country in tables.countries.items()}
    led: defaultdict[str, set[str]] = defaultdict(set)
    monarchs = {item.name for item in tables.leaders if item.office in REALMS}
    for leader in tables.leaders:
        for name in (leader.name, *leader.aliases):
            if leader.name not in monarchs and " " in name:
                led[person_id(name)].add(country_id(leader.code))
    return Facts(
        held=held,
        names=_names(tables, bodies),
        neighbors=find_neighbors(held, dict.fromkeys(countries, frozenset())),
        complete={
            organization_id(name): frozenset(map(country_id, row.values("unsure")))
            for row in bodies if row["complete"]
            for name in (row["name"], *row.values("also"))
        },
        organs={
            organization_id(item.name): country_id(item.country)
            for item in tables.organizations if item.kind in ORGANS and item.country
        },
        offices={person: frozenset(states) for person, states in led.items()},
        kin=frozenset((country_id(a), country_id(b)) for pair in kin for a, b in (pair, pair[::-1])),
        ended={identifier: country.ended for identifier, country in countries.items() if country.ended},
    )  # fmt: skip


def _both(relation: str, a: str, b: str, since: str | None, until: str | None, source: str) -> Iterator[Fact]:
    yield Fact(a, relation, b, since, until, source)
    yield Fact(b, relation, a, since, until, source)


def _borders(tables: Gazetteer) -> Iterator[Fact]:
    """A territory's borders are its sovereign's, too: France borders Brazil in Guiana."""
    countries = tables.countries
    for code, country in countries.items():
        for other in country.neighbors:
            for a in filter(None, (code, country.parent)):
                for b in filter(None, (other, countries[other].parent)):
                    if a != b:
                        yield from _both("borders", country_id(a), country_id(b), None, None, "land border")
    for row in read_bundled("borders.csv", ("code", "other", "since", "until")):
        yield from _both("borders", country_id(row["code"]), country_id(row["other"]), *row.span(), "land border")


def _membership(bodies: Iterable[Row]) -> Iterator[Fact]:
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in read_bundled("members.csv", ("body", "code", "since", "until")):
        members[row["body"]].append(row)
    for body in bodies:
        for row in members[body["name"]]:
            for name in (body["name"], *body.values("also")):
                yield Fact(country_id(row["code"]), "part-of", organization_id(name), *row.span(), "membership")
            if body["allies_since"]:
                since, until = _common(row.span(), (body.date("allies_since"), None))
                country, source = country_id(row["code"]), "its member"
                yield from _both("ally-of", country, organization_id(body["name"]), since, until, source)
        if body["allies_since"]:
            yield from _allies(members[body["name"]], body)


def _allies(members: Iterable[Row], body: Row) -> Iterator[Fact]:
    for one, other in combinations(members, 2):
        since, until = _common(one.span(), other.span(), (body.date("allies_since"), None))
        if one["code"] != other["code"] and (since is None or until is None or since <= until):
            ends = country_id(one["code"]), country_id(other["code"])
            yield from _both("ally-of", *ends, since, until, body["name"])


def _common(*spans: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
    """From the last beginning to the first end."""
    beginnings, ends = ([date for date in dates if date] for dates in zip(*spans, strict=True))
    return max(beginnings, default=None), min(ends, default=None)


def _pacts() -> Iterator[Fact]:
    for row in read_bundled("pacts.csv", ("code", "other", "since", "until", "name")):
        yield from _both("ally-of", country_id(row["code"]), country_id(row["other"]), *row.span(), row["name"])


def _leaders(tables: Gazetteer) -> Iterator[Fact]:
    for leader in tables.leaders:
        for name in (leader.name, *leader.aliases):
            until = str(leader.end) if leader.end else None
            yield Fact(person_id(name), "leads", country_id(leader.code), str(leader.start), until, leader.office)


def _organs(tables: Gazetteer) -> Iterator[Fact]:
    """What an organization is part of, up to the state; the state of an organ."""
    by_name = {item.name: item for item in tables.organizations}
    for item in tables.organizations:
        above, wholes = item, set()
        while above.part_of and organization_id(above.part_of) not in wholes:
            above = by_name[above.part_of]
            wholes.add(organization_id(above.name))
        if item.kind in ORGANS and item.country:
            wholes.add(country_id(item.country))
        for whole in sorted(wholes):
            yield Fact(organization_id(item.name), "part-of", whole, None, item.ended, item.kind or "gazetteer")


def _names(tables: Gazetteer, bodies: Iterable[Row]) -> dict[str, str]:
    people = {person_id(name): leader.name for leader in tables.leaders for name in (leader.name, *leader.aliases)}
    names = [name for row in bodies for name in (row["name"], *row.values("also"))]
    organizations = {organization_id(name): name for name in (*names, *(o.name for o in tables.organizations))}
    return people | organizations | {country_id(code): country.name for code, country in tables.countries.items()}

"""The tables of this package: what words in names mean, and which names are written in several ways."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

Spelling = tuple[tuple[re.Pattern[str], str], ...]


@cache
def words(kind: str) -> frozenset[str]:
    """The words of a kind of ``words.csv``: suffix, title, particle, company, direction, linking, month, given (names), party,
    female, male."""
    return {row["kind"]: frozenset(row["words"].split()) for row in _rows("words.csv")}[kind]


@cache
def roles() -> Mapping[str, str]:
    """The field of every role: "admiral" -> "military"."""
    return {row["role"]: row["field"] for row in _rows("roles.csv")}


@cache
def unlike_fields() -> frozenset[frozenset[str]]:
    """Pairs of fields that one person hardly ever works in both of."""
    return frozenset(frozenset((row["field"], row["other"])) for row in _rows("unlike.csv"))


@cache
def given_names() -> Mapping[str, str]:
    """One form of a given name for all its forms: "aleksandr", "oleksandr" -> "alexander"; "bill" -> "william"."""
    return {
        form: row["name"] for row in _rows("given.csv") for form in (row["name"], *row["variants"].split("|")) if form
    }


@cache
def surnames(column: str) -> frozenset[str]:
    """Surnames that many people have (``common``), that stand before the given name (``east_asian``), or that more than
    one of a ``family`` in the news has."""
    return frozenset(row["surname"] for row in _rows("surnames.csv") if row[column])


@cache
def spelling(of: str) -> Spelling:
    """Replacements, in order, that turn spellings of a ``person``'s name, or of a ``word``, into one."""
    return tuple((re.compile(row["pattern"]), row["replacement"]) for row in _rows("spelling.csv") if row["of"] == of)


@cache
def country_words() -> Mapping[str, Mapping[tuple[str, ...], str]]:
    """Names, aliases and adjectives of countries as folded words -> code, by their first word."""
    from kg.gazetteer import load
    from kg.resolve.fold import fold

    found: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for country in load().countries.values():
        if country.ended is None:
            for form in (country.name, *country.aliases, *country.adjectives):
                if key := tuple(fold(form)):
                    found[key[0]].setdefault(key, country.code)
    return found


@cache
def country_names() -> Mapping[str, str]:
    """The name of every country by its identifier."""
    from kg.gazetteer import load
    from kg.identifiers import country_id

    return {country_id(code): country.name for code, country in load().countries.items()}


@cache
def sovereigns() -> Mapping[str, str | None]:
    """The identifier of what a country counts as: a territory as its sovereign, a state that is gone as none."""
    from kg.gazetteer import load
    from kg.identifiers import country_id

    countries = load().countries
    return {
        country_id(code): None if country.ended else country_id(country.parent or code)
        for code, country in countries.items()
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(files(__package__).joinpath(name).read_text("utf-8").splitlines())

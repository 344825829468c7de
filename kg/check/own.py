"""A user's own facts, beside those of the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from kg import gazetteer
from kg.check.bundled import bundled_facts
from kg.check.facts import Fact, Facts, find_neighbors, index_facts
from kg.check.tables import read_file
from kg.identifiers import country_id, organization_id
from kg.relations.table import Relation

COLUMNS = ("subject", "relation", "object", "since", "until", "source")


def load_facts(extra: Iterable[Path] = (), relations: Mapping[str, Relation] | None = None) -> Facts:
    """The facts of the package, and those of the user's tables ``extra`` about any relation of ``relations``.

    A user's table has the columns subject, relation and object, and may have since, until and source. Subject and object
    are identifiers, codes of countries, or names of countries and organizations as the gazetteer has them.
    Raises :class:`kg.errors.FactError` that names the table, the line and what would be valid.
    """
    facts = bundled_facts()
    own = [fact for path in extra for fact in _read_own(path, relations or {})]
    if not own:
        return facts
    held = index_facts(chain(chain.from_iterable(facts.held.values()), own))
    return replace(facts, held=held, neighbors=find_neighbors(held, facts.neighbors))


def _read_own(path: Path, relations: Mapping[str, Relation]) -> Iterator[Fact]:
    identifiers = _identifiers()
    for row in read_file(path, COLUMNS[:3], COLUMNS):
        relation = row["relation"]
        if relation not in relations:
            raise row.error(f"relation {relation!r} is unknown; valid: {', '.join(sorted(relations))}")
        ends = []
        for column in ("subject", "object"):
            name = row[column]
            if not name or ("/" not in name and name not in identifiers):
                raise row.error(
                    f"{column} {name!r} is unknown; valid: a country's code or name, an organization of the gazetteer, "
                    "or an identifier such as person/yair-lapid"
                )
            ends.append(identifiers.get(name, name))
        said = (*row.span(), row["source"] or path.name)
        yield Fact(ends[0], relation, ends[1], *said)
        if relations[relation].symmetric:
            yield Fact(ends[1], relation, ends[0], *said)


@cache
def _identifiers() -> Mapping[str, str]:
    """Identifiers by every name of a country or organization; a country's name wins."""
    tables = gazetteer.load()
    found = {
        name: organization_id(item.name)
        for item in tables.organizations
        for name in (*item.aliases, *item.acronyms, item.name)
    }
    for code, country in tables.countries.items():
        found |= dict.fromkeys((*country.aliases, country.official, country.name, code), country_id(code))
    return found

"""The gazetteer's tables: what they hold, how they are read, and what is checked while they are read.

A cell with several values separates them with ``|``. Names, adjectives and demonyms are printed as news prints them and
are meant to be matched with their case; ``descriptions`` and ``regions`` are common words, to be matched without it.
Apostrophes are straight.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from kg.errors import GazetteerError
from kg.identifiers import organization_id

CODE = re.compile(r"[A-Z]{3,4}")
QID = re.compile(r"Q[1-9][0-9]*")
YEAR = re.compile(r"[12][0-9]{3}")

COUNTRY_COLUMNS = (
    "code", "qid", "name", "official", "aliases", "adjectives", "demonyms", "prefix", "capital", "seats",
    "other_metonyms", "neighbors", "descriptions", "regions", "ended", "parent",
)  # fmt: skip
CONFUSABLE_COLUMNS = ("name", "code", "other_sense", "cues_for", "cues_against")
ORGANIZATION_COLUMNS = ("name", "qid", "acronyms", "aliases", "kind", "country", "part_of", "ended")
LEADER_COLUMNS = ("name", "aliases", "code", "office", "start", "end")
OFFICES = (
    "president", "prime minister", "chancellor", "king", "queen", "emir", "sultan", "supreme leader", "general secretary",
    "ruler",
)  # fmt: skip
KINDS = (
    "agency", "alliance", "armed-force", "armed-group", "arms-maker", "company", "court", "international-organization",
    "media", "ministry", "party", "think-tank",
)  # fmt: skip
TYPES = ("Organization",)
"""What the optional column ``type`` of a user's table may say; countries and people are not added by hand yet."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country, a territory with a code of its own, or (with ``ended``, a year) a state that is gone.

    ``seats`` are the buildings, quarters and further cities that stand for its government; ``capitals`` do so too.
    ``regions`` are the adjectives of "the West African country". ``parent`` is the code of a territory's sovereign.
    """

    code: str
    qid: str
    name: str
    official: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    prefixes: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    neighbors: tuple[str, ...]
    descriptions: tuple[str, ...]
    regions: tuple[str, ...]
    ended: str | None
    parent: str | None


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization; ``country`` is the code of the state it belongs to, ``part_of`` the name of a parent."""

    name: str
    qid: str | None = None
    acronyms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    kind: str = ""
    country: str | None = None
    part_of: str | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Confusable:
    """A name of the country ``code`` that means other things too.

    A cue that contains the name ("Lake Chad", "Michael Jordan") is a longer name: a mention inside it is not the
    country's, and it says nothing of other mentions. All other cues are looked for anywhere in the document: the name
    counts where those for it are not outnumbered by those against, and, if :func:`needs_cue`, only beside one.
    """

    name: str
    code: str
    other_sense: str
    cues_for: tuple[str, ...]
    cues_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leader:
    """A head of state or of government of the country ``code``; ``start`` and ``end`` are years, ``end`` None today."""

    name: str
    aliases: tuple[str, ...]
    code: str
    office: str
    start: int
    end: int | None


def needs_cue(confusable: Confusable, country: Country) -> bool:
    """Whether the name counts only in a document with one of its ``cues_for``: a capital, seat, abbreviation or other
    alias does, and every name of a dependent territory; a country's name, adjective and demonym do not."""
    own = {country.name, *country.adjectives, *country.demonyms}
    return bool(confusable.cues_for) and (confusable.name not in own or country.parent is not None)


@dataclass(frozen=True)
class Gazetteer:
    """All tables. ``countries`` iterates in the order of its codes."""

    countries: Mapping[str, Country]
    organizations: tuple[Organization, ...]
    confusables: tuple[Confusable, ...]
    leaders: tuple[Leader, ...] = ()

    @cached_property
    def states_by_leader(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """(code, office) by every name of a leader, and by the last word of each, without case."""
        found: dict[str, set[tuple[str, str]]] = {}
        for leader in self.leaders:
            for name in (leader.name, *leader.aliases):
                for form in (name, name.rsplit(" ", 1)[-1]):
                    found.setdefault(form.casefold(), set()).add((leader.code, leader.office))
        return {form: frozenset(states) for form, states in found.items()}

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each organization that has one, by its identifier."""
        return {organization_id(item.name): item.kind for item in self.organizations if item.kind}

    @cached_property
    def fingerprint(self) -> str:
        """First 16 hex digits of the SHA-256 over everything the tables hold."""
        tables = (self.countries.values(), self.organizations, self.confusables, self.leaders)
        content = "\n".join(repr(row) for table in tables for row in table)
        return hashlib.sha256(content.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table and where it stands, for the errors."""

    table: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def values(self, column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.strip() for value in self[column].split("|") if value.strip()))

    def error(self, message: str) -> GazetteerError:
        return GazetteerError(f"{self.table}, line {self.line}: {message}")

    def matching(self, column: str, pattern: re.Pattern[str], what: str) -> str:
        value = self[column]
        if value and not pattern.fullmatch(value):
            raise self.error(f"{column} {value!r} is not {what}")
        return value


def load(extra: Iterable[Path] = ()) -> Gazetteer:
    """The tables of the package, and the organizations of the user's tables ``extra`` (columns of organizations.csv;
    only ``name`` is required). A later row replaces an earlier one of the same name.

    Raises :class:`~kg.errors.GazetteerError` that names the table, the line and what would be valid.
    """
    countries = {c.code: c for c in sorted(map(_country, _bundled("countries.csv", COUNTRY_COLUMNS)), key=_code)}
    _check_countries(countries)
    confusables = tuple(_confusable(row, countries) for row in _bundled("confusable.csv", CONFUSABLE_COLUMNS))
    rows = list(_bundled("organizations.csv", ORGANIZATION_COLUMNS))
    for path in extra:
        rows.extend(_read(str(path), _text(path), ("name",), (*ORGANIZATION_COLUMNS, "type")))
    organizations = _organizations(rows, countries)
    leaders = tuple(_leader(row, countries) for row in _bundled("leaders.csv", LEADER_COLUMNS))
    return Gazetteer(MappingProxyType(countries), organizations, confusables, leaders)


def _code(country: Country) -> tuple[int, str]:
    return len(country.code), country.code


def _bundled(name: str, columns: tuple[str, ...]) -> Iterator[_Row]:
    return _read(name, files(__package__).joinpath(name).read_text(encoding="utf-8"), columns, columns)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: cannot be read as a UTF-8 table: {error}") from error


def _read(table: str, text: str, required: tuple[str, ...], valid: tuple[str, ...]) -> Iterator[_Row]:
    """The rows of a CSV text whose header has all ``required`` columns and none outside ``valid``."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = reader.fieldnames or []
        bad = [c for c in header if c not in valid] + [c for c in required if c not in header]
        if bad or len(set(header)) < len(header):
            found = ", ".join(map(repr, bad or header))
            raise GazetteerError(
                f"{table}, line 1: unknown, missing or repeated column {found}; "
                f"valid: {', '.join(valid)}; required: {', '.join(required)}"
            )
        for cells in reader:
            row = _Row(table, reader.line_num, {key: value or "" for key, value in cells.items() if key})
            if None in cells or None in cells.values():
                raise row.error(f"expected {len(header)} cells")
            if not row["name"]:
                raise row.error("name is empty")
            yield row
    except csv.Error as error:
        raise GazetteerError(f"{table}, line {reader.line_num}: not valid CSV: {error}") from error


def _country(row: _Row) -> Country:
    return Country(
        code=row.matching("code", CODE, "three or four capital letters"),
        qid=row.matching("qid", QID, "a Wikidata identifier such as Q30"),
        name=row["name"],
        official=row["official"],
        aliases=row.values("aliases"),
        adjectives=row.values("adjectives"),
        demonyms=row.values("demonyms"),
        prefixes=row.values("prefix"),
        capitals=row.values("capital"),
        seats=row.values("seats") + row.values("other_metonyms"),
        neighbors=row.values("neighbors"),
        descriptions=row.values("descriptions"),
        regions=row.values("regions"),
        ended=row["ended"] or None,
        parent=row["parent"] or None,
    )


def _check_countries(countries: Mapping[str, Country]) -> None:
    for code, country in countries.items():
        if country.parent and country.parent not in countries:
            raise GazetteerError(f"countries.csv: parent {country.parent!r} of {code} is no code of the table")
        for other in country.neighbors:
            if other not in countries or code not in countries[other].neighbors:
                raise GazetteerError(f"countries.csv: {code} borders {other!r}, which does not border {code}")


def _confusable(row: _Row, countries: Mapping[str, Country]) -> Confusable:
    if row["code"] not in countries:
        raise row.error(f"code {row['code']!r} is no code of countries.csv")
    cues = row.values("cues_for"), row.values("cues_against")
    return Confusable(row["name"], row["code"], row["other_sense"], *cues)


def _leader(row: _Row, countries: Mapping[str, Country]) -> Leader:
    if row["code"] not in countries or row["office"] not in OFFICES:
        raise row.error(f"{row['code']!r} or {row['office']!r} is unknown; valid offices: {', '.join(OFFICES)}")
    start, end = (row.matching(column, YEAR, "a year") for column in ("start", "end"))
    return Leader(row["name"], row.values("aliases"), row["code"], row["office"], int(start), int(end) if end else None)


def _organization(row: _Row, countries: Mapping[str, Country]) -> Organization:
    for column, valid in (("kind", KINDS), ("type", TYPES)):
        if row[column] and row[column] not in valid:
            raise row.error(f"{column} {row[column]!r} is unknown; valid: {', '.join(valid)}")
    if row["country"] and row["country"] not in countries:
        raise row.error(f"country {row['country']!r} is no ISO 3166-1 alpha-3 code, such as USA")
    return Organization(
        name=row["name"],
        qid=row.matching("qid", QID, "a Wikidata identifier such as Q7184") or None,
        acronyms=row.values("acronyms"),
        aliases=row.values("aliases"),
        kind=row["kind"],
        country=row["country"] or None,
        part_of=row["part_of"] or None,
        ended=row["ended"] or None,
    )


def _organizations(rows: Iterable[_Row], countries: Mapping[str, Country]) -> tuple[Organization, ...]:
    found: dict[str, tuple[_Row, Organization]] = {}
    for row in rows:
        organization = _organization(row, countries)
        found[organization.name] = (row, organization)
    for row, organization in found.values():
        if organization.part_of and organization.part_of not in found:
            raise row.error(f"part_of {organization.part_of!r} is no name of an organization in the tables")
    return tuple(found[name][1] for name in sorted(found))

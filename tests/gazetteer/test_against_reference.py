"""Every cell of the tables that a reference list has too is compared with it.

The lists lie beside the repository, in ``../shared/facts``, and are not part of it: without them the tests are skipped.
``pytest -s`` shows how many cells were compared; ``python tests/gazetteer/test_against_reference.py`` prints the
differences too.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.gazetteer import Country, Gazetteer, load

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
FEWEST = 4408
"""Cells that were compared when the tables were written; fewer means that a comparison has stopped working."""

DIFFERENCES = {
    "not a word that news uses for its people": (
        "demonym ATA, demonym ATF, demonym BES, demonym BLM, demonym HMD, demonym IOT, demonym MNP, demonym SGS, "
        "demonym SJM, demonym UMI, demonym WLF, factbook nationality_noun WLF, factbook nationality_adj WLF, "
        "demonym AIA, demonym ALA, demonym GUF, factbook nationality_adj ESH, "
        "factbook nationality_noun SPM, factbook nationality_adj SPM"
    ),
    "the word belongs to another country of the table, or to two": (
        "demonym GGY, demonym JEY, factbook nationality_noun GGY, factbook nationality_adj GGY, "
        "factbook nationality_noun JEY, factbook nationality_adj JEY, factbook nationality_noun HKG, "
        "factbook nationality_adj HKG, factbook nationality_noun MAC, factbook nationality_adj MAC, "
        "factbook nationality_noun PRK, factbook nationality_adj PRK, factbook nationality_adj COG, demonym VGB, "
        "official VGB, name COG, factbook short COG"
    ),
    "a form of the long name that news does not print": (
        "official BLM, official BRN, official GUF, official PCN, official SJM, factbook long CCK"
    ),
    "the reference is cut short or names a part of the country": "factbook short DOM, factbook short PSE",
    "no single seat of government that stands for the territory": (
        "capital BES, capital HKG, capital IOT, factbook capital IOT, factbook capital NRU, factbook capital CXR"
    ),
    "the table has the city's name as news prints it": "capital SMR",
    "Q55 is the country, Q29999 the kingdom that Aruba belongs to as well": "qid NLD",
    "a republic in its long name only, or in dispute": "form of state PRK, form of state AFG",
    "left in 2020": "EU member GBR, OPEC member ECU",
    "left in 2019": "OPEC member QAT",
    "invited, and has not said that it joined": "BRICS member SAU",
    "joined in January 2025": "BRICS member IDN",
    "Canada and Denmark divided Hans Island in 2022; two of the lists are older": "border CAN-DNK",
    "the agency, which the reference splits from its office": (
        "organization qid United Nations High Commissioner for Refugees"
    ),
    "the bank and its group are one for news": "organization qid World Bank",
    "an abbreviation that news does not use, or uses for something else": (
        "organization acronym Arab League, organization acronym Council of Europe, "
        "organization acronym International Criminal Court, organization acronym Non-Aligned Movement, "
        "organization acronym Pacific Islands Forum, organization acronym United Nations Security Council, "
        "organization acronym Union of South American Nations"
    ),
}
"""The differences that stay, by reason."""
JUSTIFIED = {cell: reason for reason, cells in DIFFERENCES.items() for cell in cells.split(", ")}


class Cell(NamedTuple):
    """One comparison: the column, what it is about, what the reference says, and whether the table agrees."""

    column: str
    key: str
    reference: str
    agrees: bool


def fold(name: str) -> str:
    """Lower case without accents, with straight apostrophes and plain spaces; a leading article is dropped."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ʻ", "'").replace("-", " "))
    text = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"\s+", " ", text).strip().removeprefix("the ")


def folded(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names}


def rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for row in found:
        for column in ("iso3", "iso3_a", "iso3_b"):
            if row.get(column) == "UNK":
                row[column] = "XKX"
    return found


def names_of(country: Country) -> set[str]:
    return folded([country.name, country.official, *country.aliases])


def people_of(country: Country) -> set[str]:
    return folded([*country.adjectives, *country.demonyms, country.name, *country.aliases])


def parts(text: str) -> list[str]:
    """``Irishman(men)``, ``Lao(s) or Laotian(s)``, ``Motswana (singular), Batswana (plural)`` as single words."""
    text = re.sub(r"\([^)]*\)", " ", text.split(";")[0])
    return [p.strip() for p in re.split(r",| or |/", text) if p.strip() and p.strip() not in ("none", "NA")]


def country_cells(gazetteer: Gazetteer) -> Iterator[Cell]:
    """Codes, QIDs, names, capitals and demonyms of the list of country names."""
    for row in rows("country_names.csv"):
        code, country = row["iso3"], gazetteer.countries.get(row["iso3"])
        yield Cell("code", code, code, country is not None)
        if country is None:
            continue
        if row["qid"]:
            yield Cell("qid", code, row["qid"], country.qid == row["qid"])
        yield Cell("name", code, row["name"], fold(row["name"]) in names_of(country))
        yield Cell("official", code, row["official"], fold(row["official"]) in names_of(country))
        for capital in filter(None, row["capital"].split("|")):
            yield Cell("capital", code, capital, fold(capital) in folded(country.capitals))
        for demonym in parts(row["demonym_m"]):
            yield Cell("demonym", code, demonym, fold(demonym) in people_of(country))


def factbook_cells(gazetteer: Gazetteer) -> Iterator[Cell]:
    """Names, people, capitals and memberships of the World Factbook."""
    for row in rows("countries_factbook.csv"):
        if row["short"] == "Virgin Islands":
            row["iso3"] = "VIR"
        code, country = row["iso3"], gazetteer.countries[row["iso3"]]
        for column in ("short", "long"):
            name = re.sub(r" \([^()]*\)(;.*)?$", "", row[column].split("; note")[0])
            if name not in ("none", ""):
                yield Cell(f"factbook {column}", code, name, fold(name) in names_of(country))
        for column in ("nationality_noun", "nationality_adj"):
            for word in parts(row[column]):
                yield Cell(f"factbook {column}", code, word, fold(word) in people_of(country))
        capital = re.split(r"[(;,]| in Romanian", row["capital"].replace("Washington, D.C.", "Washington"))[0]
        if capital.strip():
            known = folded(country.capitals + country.seats)
            yield Cell("factbook capital", code, capital, fold(capital) in known)
        yield from form_cells(country, row["long"])
        yield from membership_cells(country, row["igo_participation"])


def form_cells(country: Country, long: str) -> Iterator[Cell]:
    """Whether a country whose long name tells its form of state is described so ("the kingdom")."""
    described = {description.casefold().split()[-1] for description in country.descriptions}
    for form in ("republic", "kingdom", "principality", "sultanate", "duchy", "territory"):
        if form in fold(long).split():
            yield Cell("form of state", country.code, long, form in described)


def membership_cells(country: Country, memberships: str) -> Iterator[Cell]:
    """Whether a country is described as a member of those bodies of which the Factbook says that it is one."""
    member_of = {name.strip() for name in memberships.split(",")}
    for body, acronym in (("NATO", "NATO"), ("EU", "EU"), ("OPEC", "OPEC"), ("BRICS", "BRICS"), ("G7", "G-7")):
        if memberships:
            described = f"{body} member" in country.descriptions
            yield Cell(f"{body} member", country.code, str(acronym in member_of), described == (acronym in member_of))


def border_cells(gazetteer: Gazetteer) -> Iterator[Cell]:
    """Each land border that at least two of three lists have, and each of ours that none has."""
    listed = set()
    for row in rows("borders.csv"):
        one, other = row["iso3_a"], row["iso3_b"]
        votes = sum(int(row[source]) for source in ("mledoze", "geodatasource", "factbook"))
        ours = other in gazetteer.countries[one].neighbors
        listed.add((one, other))
        yield Cell("border", f"{one}-{other}", f"{votes} of 3", ours == (votes >= 2))
    for code, country in gazetteer.countries.items():
        for other in country.neighbors:
            if code < other and (code, other) not in listed:
                yield Cell("border", f"{code}-{other}", "0 of 3", False)


def organization_cells(gazetteer: Gazetteer) -> Iterator[Cell]:
    """QIDs and acronyms of international organizations."""
    ours = {fold(name): o for o in gazetteer.organizations for name in (o.name, *o.aliases)}
    for row in rows("igo_qids_supraverden.csv"):
        organization = ours.get(fold(row["name"]))
        if organization is not None:
            yield Cell("organization qid", organization.name, row["qid"], organization.qid == row["qid"])
    for name, acronym in sorted({(row["org_name"], row["org_id"]) for row in rows("igo_members_2020.csv")}):
        organization = ours.get(fold(name))
        if organization is not None:
            known = folded([organization.name, *organization.acronyms, *organization.aliases])
            yield Cell("organization acronym", organization.name, acronym, fold(acronym) in known)


def compare(gazetteer: Gazetteer) -> list[Cell]:
    return [
        *country_cells(gazetteer),
        *factbook_cells(gazetteer),
        *border_cells(gazetteer),
        *organization_cells(gazetteer),
    ]


def report(cells: list[Cell]) -> str:
    compared = Counter(cell.column for cell in cells)
    agreed = Counter(cell.column for cell in cells if cell.agrees)
    lines = [f"{column:28}{agreed[column]:6} of {compared[column]:5}" for column in sorted(compared)]
    return "\n".join([*lines, f"{'all':28}{agreed.total():6} of {compared.total():5} cells agree with the reference"])


@pytest.fixture(scope="module")
def cells() -> list[Cell]:
    if not FACTS.is_dir():
        pytest.skip("the reference lists (../shared/facts) are not here")
    found = compare(load())
    print("\n" + report(found))
    return found


def test_every_difference_from_the_reference_is_justified(cells: list[Cell]) -> None:
    unexplained = [c for c in cells if not c.agrees and f"{c.column} {c.key}" not in JUSTIFIED]
    assert unexplained == []


def test_no_justification_outlives_its_difference(cells: list[Cell]) -> None:
    differing = {f"{cell.column} {cell.key}" for cell in cells if not cell.agrees}
    assert set(JUSTIFIED) - differing == set()


def test_as_many_cells_are_compared_as_when_the_tables_were_written(cells: list[Cell]) -> None:
    assert len(cells) >= FEWEST


if __name__ == "__main__":
    every = compare(load())
    for cell in every:
        if not cell.agrees:
            print(*cell[:3], JUSTIFIED.get(f"{cell.column} {cell.key}", "UNEXPLAINED"), sep=" | ")
    print(report(every))

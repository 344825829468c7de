"""What the gazetteer promises of its own tables, and of a user's."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GazetteerError
from kg.gazetteer import Country, Gazetteer, load, needs_cue
from kg.gazetteer.tables import KINDS, ORGANIZATION_COLUMNS


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def names(country: Country) -> set[str]:
    lists = country.aliases + country.adjectives + country.demonyms + country.prefixes
    return {country.name, country.official, *lists, *country.capitals, *country.seats} - {""}


def texts(gazetteer: Gazetteer) -> Iterator[str]:
    for country in gazetteer.countries.values():
        yield from names(country) | set(country.descriptions) | set(country.regions)
    for organization in gazetteer.organizations:
        yield from (organization.name, *organization.acronyms, *organization.aliases)
    for confusable in gazetteer.confusables:
        yield from (confusable.name, *confusable.cues_for, *confusable.cues_against)


def test_countries_are_those_of_today_and_those_that_are_gone(gazetteer: Gazetteer) -> None:
    for code, country in gazetteer.countries.items():
        assert code == country.code
        assert len(code) == (4 if country.ended else 3)
        assert country.ended is None or 1945 < int(country.ended) < 2026
    assert sum(c.ended is None for c in gazetteer.countries.values()) == 250
    assert {"XKX", "PSE", "TWN", "SUHH", "YUCS", "CSHH", "DDDE", "CSXX"} <= set(gazetteer.countries)


def test_every_country_has_a_wikidata_identifier_of_its_own(gazetteer: Gazetteer) -> None:
    qids = [country.qid for country in gazetteer.countries.values()]
    assert all(qids) and len(set(qids)) == len(qids)


def test_no_two_organizations_share_a_wikidata_identifier(gazetteer: Gazetteer) -> None:
    qids = [o.qid for o in gazetteer.organizations if o.qid]
    qids += [country.qid for country in gazetteer.countries.values()]
    assert len(set(qids)) == len(qids)


def test_borders_are_symmetric_sorted_and_between_states_of_today(gazetteer: Gazetteer) -> None:
    for code, country in gazetteer.countries.items():
        assert list(country.neighbors) == sorted(set(country.neighbors) - {code})
        assert not (country.ended and country.neighbors)
        for other in country.neighbors:
            assert code in gazetteer.countries[other].neighbors


def test_a_landlocked_country_has_neighbors_and_an_island_state_has_few(gazetteer: Gazetteer) -> None:
    for country in gazetteer.countries.values():
        if "landlocked country" in country.descriptions:
            assert country.neighbors
        if "island nation" in country.descriptions:
            assert len(country.neighbors) <= 1


def test_a_dependent_territory_has_an_independent_sovereign(gazetteer: Gazetteer) -> None:
    for country in gazetteer.countries.values():
        if country.parent:
            assert gazetteer.countries[country.parent].parent is None
            assert "island nation" not in country.descriptions


def test_every_independent_country_of_today_has_people_a_capital_and_a_region(gazetteer: Gazetteer) -> None:
    for country in gazetteer.countries.values():
        if country.code not in ("ATA", "VAT") and not country.parent and not country.ended:
            assert country.demonyms and country.capitals and country.regions, country.code


def test_a_name_of_two_countries_is_declared_confusable_unless_one_is_gone(gazetteer: Gazetteer) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for country in gazetteer.countries.values():
        for name in names(country):
            owners[name].add(country.code)
    declared = {(c.name, c.code) for c in gazetteer.confusables}
    for name, codes in owners.items():
        present = {code for code in codes if gazetteer.countries[code].ended is None}
        if len(present) > 1:
            assert {(name, code) for code in present} <= declared
        if len(present) == 0 and len(codes) > 1:
            assert {(name, code) for code in codes} <= declared


def test_aliases_never_repeat_the_name_of_their_own_row(gazetteer: Gazetteer) -> None:
    for organization in gazetteer.organizations:
        assert organization.name not in organization.aliases + organization.acronyms
    for country in gazetteer.countries.values():
        assert country.name not in (*country.aliases, country.official)


def test_two_letter_codes_are_no_names_but_for_those_that_news_prints(gazetteer: Gazetteer) -> None:
    short = {name for country in gazetteer.countries.values() for name in names(country) if len(name) < 3}
    assert short == {"US", "UK"}


def test_cells_are_plain_text_with_straight_apostrophes_and_single_spaces(gazetteer: Gazetteer) -> None:
    for text in texts(gazetteer):
        assert text == " ".join(text.split()) and text.isprintable()
        assert not set(text) & set("’‘ʻ`|;"), text


def test_no_name_of_an_organization_names_a_country_or_another_organization(gazetteer: Gazetteer) -> None:
    countries = {name for country in gazetteer.countries.values() for name in names(country)}
    owner: dict[str, str] = {}
    for organization in gazetteer.organizations:
        for name in (organization.name, *organization.acronyms, *organization.aliases):
            assert name not in countries
            assert owner.setdefault(name, organization.name) == organization.name


def test_parts_of_organizations_never_run_in_a_circle(gazetteer: Gazetteer) -> None:
    parent = {o.name: o.part_of for o in gazetteer.organizations}
    for name in parent:
        above, seen = parent[name], {name}
        while above:
            assert above not in seen
            seen.add(above)
            above = parent[above]


def test_every_confusable_is_a_name_of_its_country_and_has_a_cue(gazetteer: Gazetteer) -> None:
    keys = [(c.name, c.code) for c in gazetteer.confusables]
    assert len(set(keys)) == len(keys)
    for confusable in gazetteer.confusables:
        assert confusable.name in names(gazetteer.countries[confusable.code])
        assert confusable.cues_for or confusable.cues_against
        assert confusable.other_sense
        assert confusable.name not in confusable.cues_for + confusable.cues_against
        assert not set(confusable.cues_for) & set(confusable.cues_against)


def test_a_cue_against_that_is_no_longer_name_has_cues_for_to_weigh_it_with(gazetteer: Gazetteer) -> None:
    for confusable in gazetteer.confusables:
        elsewhere = [c for c in confusable.cues_against if confusable.name.casefold() not in c.casefold()]
        assert not elsewhere or confusable.cues_for, confusable


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("U.S.", "USA"), ("Britain", "GBR"), ("Holland", "NLD"), ("Burma", "MMR"), ("Türkiye", "TUR"),
        ("DPRK", "PRK"), ("Emirates", "ARE"), ("Israeli", "ISR"), ("Frenchmen", "FRA"), ("Saudis", "SAU"),
        ("Kremlin", "RUS"), ("White House", "USA"), ("Downing Street", "GBR"), ("Baku", "AZE"), ("Sino", "CHN"),
        ("Tel Aviv", "ISR"), ("Kiev", "UKR"), ("Filipino", "PHL"), ("Danes", "DNK"), ("USSR", "SUHH"),
    ],
)  # fmt: skip
def test_names_that_news_uses_are_there(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert name in names(gazetteer.countries[code])


@pytest.mark.parametrize("name", ["Georgia", "Jordan", "Turkey", "Chad", "Washington", "Victoria", "Santiago", "Lima"])
def test_names_with_another_common_sense_are_declared_confusable(gazetteer: Gazetteer, name: str) -> None:
    assert any(c.name == name for c in gazetteer.confusables)


@pytest.mark.parametrize(
    ("name", "code", "needed"),
    [
        ("Hamilton", "BMU", True), ("Victoria", "SYC", True), ("Washington", "USA", False), ("Jersey", "JEY", True),
        ("Moscow", "SUHH", True), ("Moscow", "RUS", False), ("DRC", "COD", True), ("Georgia", "GEO", False),
        ("Turkey", "TUR", False), ("Poles", "POL", False), ("Paris", "FRA", False),
    ],
)  # fmt: skip
def test_capitals_and_aliases_with_cues_need_one_and_country_names_do_not(
    gazetteer: Gazetteer, name: str, code: str, needed: bool
) -> None:
    (confusable,) = [c for c in gazetteer.confusables if (c.name, c.code) == (name, code)]
    assert needs_cue(confusable, gazetteer.countries[code]) is needed


def test_loading_twice_gives_the_same_tables_and_fingerprint(gazetteer: Gazetteer) -> None:
    again = load()
    assert again == gazetteer and again.fingerprint == gazetteer.fingerprint
    assert len(again.fingerprint) == 16 and int(again.fingerprint, 16) >= 0


def test_bundled_tables_are_sorted_and_end_lines_the_unix_way() -> None:
    folder = Path(load.__code__.co_filename).parent
    for table, key in (("countries.csv", "code"), ("confusable.csv", "name"), ("organizations.csv", "name")):
        data = (folder / table).read_bytes()
        assert b"\r" not in data and data.endswith(b"\n")
        keys = [row[key] for row in csv.DictReader(io.StringIO(data.decode()))]
        assert keys == sorted(keys, key=lambda k: (len(k), k) if key == "code" else (0, k))


def test_a_users_row_adds_or_replaces_an_organization_and_changes_the_fingerprint(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,acronyms,kind,country\nReuters,RTR,media,GBR\nAcme Arms,AA|A.A.,arms-maker,USA\n", "utf-8")
    found = load([table])
    rows = {o.name: o for o in found.organizations}
    assert rows["Acme Arms"].acronyms == ("AA", "A.A.") and rows["Acme Arms"].country == "USA"
    assert rows["Reuters"].acronyms == ("RTR",) and rows["Reuters"].aliases == ()
    assert len(found.organizations) == len(gazetteer.organizations) + 1
    assert found.fingerprint != gazetteer.fingerprint


def test_a_users_table_may_have_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_bytes("\ufeffname,type\r\nÉlan,Organization\r\n".encode())
    assert "Élan" in {o.name for o in load([table]).organizations}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,colour\nAcme,red\n", "colour"),
        ("qid\nQ1\n", "name"),
        ("name,name\na,b\n", "repeated"),
        ("", "required: name"),
        ("name,qid\nAcme,12\n", "line 2: qid '12'"),
        ("name,kind\nAcme,bank\n", "line 2: kind 'bank' is unknown; valid: agency"),
        ("name,country\nA,USA\nB,XX\n", "line 3: country 'XX'"),
        ("name,part_of\nAcme,Nothing\n", "line 2: part_of 'Nothing'"),
        ("name,kind\n,media\n", "line 2: name is empty"),
        ("name,kind\nAcme\n", "line 2: expected 2 cells"),
        ("name\nAcme,media\n", "line 2: expected 1 cells"),
        ("name,type\nAcme,Person\n", "line 2: type 'Person' is unknown; valid: Organization"),
        ('name,kind\n"Acme,media\n', "not valid CSV"),
    ],
)
def test_a_broken_table_is_an_error_that_names_the_file_and_the_row(tmp_path: Path, text: str, says: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError) as error:
        load([table])
    assert str(error.value).startswith(str(table)) and says in str(error.value)


@pytest.mark.parametrize("content", [None, b"name\n\xff\xfe\n"])
def test_a_table_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    table = tmp_path / "mine.csv"
    if content is not None:
        table.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"mine\.csv"):
        load([table])


cell = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="|"), max_size=12).map(str.strip)


@settings(deadline=None)
@given(
    name=cell.filter(bool),
    acronyms=st.lists(cell.filter(bool), max_size=3, unique=True),
    aliases=st.lists(cell.filter(bool), max_size=3, unique=True),
    kind=st.sampled_from(["", *KINDS]),
)
def test_what_a_well_formed_row_says_is_what_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, name: str, acronyms: list[str], aliases: list[str], kind: str
) -> None:
    table = tmp_path_factory.mktemp("tables") / "mine.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ORGANIZATION_COLUMNS)
        writer.writeheader()
        writer.writerow({"name": name, "acronyms": "|".join(acronyms), "aliases": " | ".join(aliases), "kind": kind})
    (found,) = [o for o in load([table]).organizations if o.name == name]
    assert (found.acronyms, found.aliases, found.kind) == (tuple(acronyms), tuple(aliases), kind)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_either_a_table_or_a_clear_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    table = tmp_path_factory.mktemp("tables") / "mine.csv"
    table.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load([table])
    except GazetteerError as error:
        assert str(table) in str(error)


def test_leaders_have_offices_of_known_countries_and_plausible_years(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.leaders) > 500
    for leader in gazetteer.leaders:
        assert 1900 < leader.start <= (leader.end or 2025) <= 2025, leader
    rows = [(leader.name, leader.code, leader.office, leader.start) for leader in gazetteer.leaders]
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize(
    ("name", "office"),
    [("Angela Merkel", ("DEU", "chancellor")), ("nasser", ("EGY", "president")), ("Mikhail Gorbachev", ("SUHH", "general secretary"))],
)  # fmt: skip
def test_a_leader_is_found_by_full_and_last_name_without_case(
    gazetteer: Gazetteer, name: str, office: tuple[str, str]
) -> None:
    assert office in gazetteer.states_by_leader[name.casefold()]

"""The same person or organization across documents: order-free, by names and evidence, with identifiers that last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identifiers import organization_id, person_id
from kg.model import Entity, EntityType, Extraction
from kg.resolve import Local, Resolution, bodies, people, resolve_records
from kg.resolve.description import Description
from kg.resolve.local import local_records
from kg.resolve.unite import unite


def local(
    document: str,
    name: str,
    *aliases: str,
    type: EntityType = "Person",
    roles: str = "",
    countries: str = "",
    places: str = "",
    setting: str = "",
    years: tuple[int, ...] = (),
    genders: tuple[str, ...] = (),
    wikidata: str | None = None,
) -> Local:
    """What a document has of somebody; several values stand with spaces between (in roles and places, with commas)."""
    make = person_id if type == "Person" else organization_id
    own, about = (frozenset(f"country/{code}" for code in codes.split()) for codes in (countries, setting))
    listed = [frozenset(filter(None, text.split(","))) for text in (roles, places)]
    entity = Entity(make(name), type, name, tuple(sorted(aliases)), wikidata=wikidata)
    said = Description(listed[0], own, frozenset(), listed[1])
    return Local((document, entity.id), entity, said, setting=about, years=frozenset(years), genders=genders)


def body(document: str, name: str, *aliases: str, **evidence: Any) -> Local:
    return local(document, name, *aliases, type="Organization", **evidence)


def groups(resolution: Resolution) -> list[list[tuple[str, str]]]:
    """The records of each entity, as document and name."""
    return sorted(sorted((m.document, m.entity.name) for m in held.members) for held in resolution.profiles.values())


NAMES = ["Yair Lapid", "Lapid", "Y. Lapid", "John Smith", "Smith", "J. Smith", "John F. Smith", "Jon Smith", "Zelensky"]
SPELLINGS = ["Volodymyr Zelenskyy", "Vladimir Zelenskiy", "Kim Jong-un", "Kim Jong-il", "Kim", "Lindenstrauss"]
people_of_news = st.builds(
    local,
    st.sampled_from("abcdef"),
    st.sampled_from(NAMES + SPELLINGS + ["Micha Lindenstrauss", "Micha Lindestrauss"]),
    roles=st.sampled_from(["", "admiral", "mayor", "president"]),
    countries=st.sampled_from(["", "GBR", "ISR", "UKR"]),
    places=st.sampled_from(["", "houston"]),
    setting=st.sampled_from(["", "GBR USA", "UKR"]),
    wikidata=st.sampled_from([None, None, "Q1", "Q2"]),
)
bodies_of_news = st.builds(
    body,
    st.sampled_from("abcdef"),
    st.sampled_from(
        ["IISS", "Saab", "Saab AB", "Defense Ministry", "Defense Ministry of Russia", "5th Fleet", "3rd Fleet"]
    ),
    setting=st.sampled_from(["", "GBR", "RUS"]),
)
records = st.lists(people_of_news | bodies_of_news, max_size=14)


@settings(deadline=None)
@given(records, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(given_records: list[Local], random: Any) -> None:
    once = list({record.key: record for record in given_records}.values())
    again = once + once[:3]
    random.shuffle(again)
    assert resolve_records(again) == resolve_records(once)


@settings(deadline=None)
@given(records)
def test_every_record_has_one_entity_of_its_type_that_knows_its_name(given_records: list[Local]) -> None:
    resolution = resolve_records(given_records)
    kept = {record.key: record for record in given_records}
    assert set(resolution.canonical) == set(kept)
    assert set(resolution.canonical.values()) == set(resolution.entities) == set(resolution.profiles)
    for key, record in kept.items():
        found = resolution.entities[resolution.canonical[key]]
        assert found.type == record.entity.type
        assert record.entity.name in (found.name, *found.aliases)


@settings(deadline=None)
@given(records)
def test_what_wikidata_knows_as_two_is_never_joined(given_records: list[Local]) -> None:
    resolution = resolve_records(given_records)
    for held in resolution.profiles.values():
        assert len({member.entity.wikidata for member in held.members} - {None}) <= 1


PEOPLE = [
    ("Yair Lapid", "Lapid", "surname"),
    ("Charles de Gaulle", "De Gaulle", "surname"),
    ("Bashar al-Assad", "Bashar Assad", "same"),
    ("Pieter van Dijk", "Pieter Dijk", "same"),
    ("Kim Jong-un", "Kim Jong Un", "same"),
    ("Anne-Marie Colbert", "Anne Marie Colbert", "same"),
    ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "same"),
    ("Dr. Ana Costa", "Ana Costa", "same"),
    ("Alexander Lukashenko", "Alyaksandr Lukashenka", "spelling"),
    ("Volodymyr Zelensky", "Vladimir Zelenskiy", "spelling"),
    ("Joe Biden", "Joseph Biden", "spelling"),
    ("Mao Zedong", "Mao Tse-tung", "spelling"),
    ("Shinzo Abe", "Abe Shinzo", "order"),
    ("John F. Kennedy", "John Kennedy", "middle"),
    ("Nicolas Maduro Moros", "Nicolás Maduro", "longer"),
    ("John Smith", "J. Smith", "initial"),
    ("A. Q. Khan", "Abdul Qadeer Khan", "initial"),
    ("Micha Lindenstrauss", "Lindestrauss", "misspelt"),
    ("Saddam Hussein", "Saddam", "given"),
    ("Kim Il-sung", "Kim Jong-il", None),
    ("Kim Yong-chol", "Kim Yong-chun", None),
    ("George W. Bush", "George H. W. Bush", None),
    ("John A. Bolton", "John R. Bolton", None),
    ("Ferdinand Marcos", "Ferdinand Marcos Jr.", None),
    ("Peter Moss Sr.", "Peter Moss Jr.", None),
    ("Raul Castro", "Fidel Castro", None),
    ("Dmitry Medvedev", "Svetlana Medvedeva", None),
    ("Medvedev", "Medvedeva", None),
    ("Erik Petersson", "Erik Pettersen", None),
    ("Francesca Albanese", "Francesco Albanese", None),
    ("John Kerry", "John Kelly", None),
    ("Lidia Zamenhof", "L. L. Zamenhof", None),
    ("Mohammed bin Salman", "Mohammed bin Zayed", None),
]


@pytest.mark.parametrize(("one", "other", "relation"), PEOPLE)
def test_names_of_people_relate(one: str, other: str, relation: str | None) -> None:
    first, second = people.person_name(one), people.person_name(other)
    assert people.relate(first, second) == people.relate(second, first) == relation


BODIES = [
    ("Russian Ministry of Defence", "Defense Ministry of Russia", "same"),
    ("Ministry of Foreign Affairs of Egypt", "Egyptian Foreign Ministry", "same"),
    ("U.S. Navy", "United States Navy", "same"),
    ("Vektor Systems Inc.", "Vektor Systems Corporation", "same"),
    ("Brant & Sons", "Brant and Sons", "same"),
    ("The Nile Trust", "Nile Trust", "same"),
    ("Centre for Desert Studies", "Center for Desert Studies", "same"),
    ("Seventh Fleet", "7th Fleet", "same"),
    ("Malawi Scouts", "Malawian Scouts", "same"),
    ("Labour Party", "British Labour Party", "state"),
    ("Rosoboronexport", "Rosoboroneksport", "spelling"),
    ("GLSO", "Global Landmine Survey Office", "acronym"),
    ("Saab", "Saab Kockums", None),
    ("3rd Fleet", "5th Fleet", None),
    ("North Korean Navy", "South Korean Navy", None),
    ("Bank of Japan", "Bank of Korea", None),
    ("Northern Fleet", "Southern Fleet", None),
    ("University of Haifa", "University of Tehran", None),
    ("Institute for National Security Studies", "Institute for National Defense Studies", None),
    ("Communist Party of China", "Communist Party of Cuba", None),
    ("Tata Motors", "Tata Steel", None),
    ("Hezbollah", "Kataib Hezbollah", None),
]


@pytest.mark.parametrize(("one", "other", "relation"), BODIES)
def test_names_of_organizations_relate(one: str, other: str, relation: str | None) -> None:
    first, second = bodies.body_name(one), bodies.body_name(other)
    assert bodies.relate(first, second) == bodies.relate(second, first) == relation


ONE = [
    [local("a", "Yair Lapid"), local("b", "Lapid")],
    [local("a", "Lapid"), local("b", "Lapid")],
    [local("a", "John Smith"), local("b", "John Smith")],
    [local("a", "John Smith", roles="admiral", countries="GBR"), local("b", "John Smith")],
    [
        local("a", "Anatoly Gorkov", roles="minister", countries="RUS"),
        local("b", "Anatoly Gorkov", roles="banker", countries="RUS"),
    ],
    [
        local("a", "Arnold Steiner", roles="actor", countries="AUT"),
        local("b", "Arnold Steiner", roles="governor", places="california"),
    ],
    [local("a", "Ana Costa", wikidata="Q1"), local("b", "Ana da Costa", wikidata="Q1")],
    [local("a", "Micha Lindenstrauss"), local("a", "Lindestrauss")],
    [local("a", "Saddam Hussein", countries="IRQ", setting="IRQ"), local("b", "Saddam", countries="IRQ")],
    [local("a", "Smith", roles="mayor", places="houston"), local("b", "John Smith", roles="mayor", places="houston")],
    [body("a", "Institute for Peace", "IFP"), body("b", "IFP")],
    [body("a", "IISS", setting="RUS"), body("b", "IISS", setting="CHN")],
    [body("a", "Labour Party", setting="GBR"), body("b", "British Labour Party", setting="GBR")],
    [body("a", "Defense Ministry of Russia"), body("b", "Ministry of Defence of Russia")],
]
TWO = [
    [local("a", "John Smith", roles="admiral", countries="GBR"), local("b", "John Smith", roles="mayor", places="houston")],
    [local("a", "Ana Costa", wikidata="Q1"), local("b", "Ana Costa", wikidata="Q2")],
    [local("a", "Tunde Abiola", roles="president", countries="NGA"), local("b", "Tunde Abiola", roles="president", countries="GHA")],
    [local("a", "William Howard", years=(1770,)), local("b", "William Howard", years=(2019,))],
    [local("a", "Smith"), local("b", "John Smith")],
    [local("a", "Clinton", genders=("male",)), local("b", "Hillary Clinton", genders=("female", "female", "male"))],
    [local("a", "David"), local("b", "David")],
    [local("a", "Shinzo Howard"), local("b", "Howard Shinzo")],
    [local("a", "Nowak", roles="engineer", countries="DEU"), local("b", "Andrzej Nowak", roles="minister", countries="POL")],
    [local("a", "Micha Lindenstrauss"), local("b", "Lindestrauss")],
    [body("a", "Defense Ministry", setting="ARM"), body("b", "Defense Ministry", setting="AZE")],
    [body("a", "Yesh Lapid"), local("b", "Lapid")],
    [body("a", "Saab"), body("b", "Saab Kockums")],
    [body("a", "Intertek"), body("a", "Intertek Cambodia", setting="KHM")],
]  # fmt: skip


@pytest.mark.parametrize("given_records", ONE, ids=lambda rs: " = ".join(r.entity.name for r in rs))
def test_these_are_one(given_records: list[Local]) -> None:
    assert len(groups(resolve_records(given_records))) == 1


@pytest.mark.parametrize("given_records", TWO, ids=lambda rs: " / ".join(r.entity.name for r in rs))
def test_these_stay_two(given_records: list[Local]) -> None:
    assert len(groups(resolve_records(given_records))) == 2


def test_a_surname_of_two_people_is_neither_unless_its_document_says_which() -> None:
    both = [local("a", "Noor Rahimi", countries="AFG"), local("b", "Zia Rahimi", countries="IRN")]
    assert len(groups(resolve_records([*both, local("c", "Rahimi")]))) == 3
    found = resolve_records([*both, local("c", "Rahimi", countries="IRN")])
    assert found.canonical["c", "person/rahimi"] == "person/zia-rahimi"


def test_an_acronym_of_two_organizations_is_neither() -> None:
    both = [body("a", "Popular Front of Labor", "PFL"), body("b", "Party of Free Liberals", "PFL")]
    assert len(groups(resolve_records([*both, body("c", "PFL")]))) == 3


ADMIRAL = local("b", "John Smith", roles="admiral", countries="GBR")
MAYOR = local("a", "John Smith", roles="mayor", places="houston")


def test_of_two_people_of_one_name_the_more_written_of_keeps_it_and_the_other_adds_its_place() -> None:
    more = local("c", "John Smith", roles="admiral", countries="GBR")
    resolution = resolve_records([ADMIRAL, MAYOR, more])
    assert list(resolution.entities) == ["person/john-smith", "person/john-smith-houston"]
    assert resolution.canonical["a", "person/john-smith"] == "person/john-smith-houston"
    second = resolution.entities["person/john-smith-houston"]
    assert (second.name, second.aliases) == ("John Smith (Houston)", ("John Smith",))


def test_the_identifier_of_the_second_is_not_that_of_somebody_else() -> None:
    third = local("d", "John Smith Houston")
    resolution = resolve_records([ADMIRAL, MAYOR, local("c", "John Smith", countries="GBR"), third])
    assert len(set(resolution.canonical.values())) == len(resolution.entities) == 3


def test_records_of_one_identifier_unite() -> None:
    held = [
        Entity("country/GBR", "Country", "Britain", ("UK",), ("London",), iso3="GBR"),
        Entity("country/GBR", "Country", "United Kingdom", ("Britain",), ("Downing Street",)),
        Entity("country/GBR", "Country", "United Kingdom", wikidata="Q145"),
    ]
    aliases, metonyms = ("Britain", "UK"), ("Downing Street", "London")
    expected = Entity("country/GBR", "Country", "United Kingdom", aliases, metonyms, "GBR", "Q145")
    assert unite("country/GBR", held) == expected


DESCRIBED = [
    ("British Admiral John Smith visited Gibraltar.", {"admiral"}, {"country/GBR"}, set()),
    ("John Smith, the mayor of Houston, spoke.", {"mayor"}, set(), {"houston"}),
    ("The mayor of Houston, John Smith, spoke.", {"mayor"}, set(), {"houston"}),
    ("John Smith is the American ambassador to Angola.", {"ambassador"}, {"country/USA"}, set()),
    ("John Smith visited the mayor of Houston.", set(), set(), set()),
    ("John Smith, Mayor Ana Costa of Houston and others spoke.", set(), set(), set()),
]


@pytest.mark.parametrize(("text", "roles", "countries", "places"), DESCRIBED)
def test_what_stands_beside_a_name_says_who_is_meant(
    extraction_of: Callable[[str], Extraction], text: str, roles: set[str], countries: set[str], places: set[str]
) -> None:
    found = {record.entity.name: record.said for record in local_records(extraction_of(text))}["John Smith"]
    assert (set(found.roles), set(found.countries), set(found.places)) == (roles, countries, places)

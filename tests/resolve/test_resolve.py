"""The same entity across documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import organization_id, person_id
from kg.model import Entity
from kg.resolve import resolve


def person(name: str, *aliases: str, wikidata: str | None = None) -> Entity:
    return Entity(person_id(name), "Person", name, aliases, wikidata=wikidata)


def organization(name: str) -> Entity:
    return Entity(organization_id(name), "Organization", name)


FIRST, LAST = st.sampled_from(["Yair", "Ana", "Li"]), st.sampled_from(["Lapid", "Costa", "lapid", "O'Neil"])
people = st.builds(
    lambda first, last, alias, code: person(" ".join(filter(None, [first, last])), *alias, wikidata=code),
    st.none() | FIRST,
    LAST,
    st.lists(st.sampled_from(["the minister", "YL"]), max_size=1),
    st.sampled_from([None, None, "Q1", "Q2"]),
)
local = st.lists(people | st.sampled_from(["Lapid", "Costa Group"]).map(organization), max_size=12)


@given(local, st.randoms(use_true_random=False))
def test_order_does_not_matter(entities: list[Entity], random: object) -> None:
    shuffled = list(entities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled) == resolve(entities)


@given(local)
def test_every_local_entity_has_one_canonical_entity_of_its_type_that_is_its_own(entities: list[Entity]) -> None:
    canonical, mapping = resolve(entities)
    assert set(mapping) == {entity.id for entity in entities}
    assert set(mapping.values()) == set(canonical)
    for entity in entities:
        found = canonical[mapping[entity.id]]
        assert found.type == entity.type
        assert mapping[found.id] == found.id
        assert entity.name in (found.name, *found.aliases)


@given(local)
def test_resolving_the_canonical_entities_again_changes_nothing(entities: list[Entity]) -> None:
    canonical, _ = resolve(entities)
    assert resolve(canonical.values())[0] == canonical


def test_records_of_one_identifier_unite() -> None:
    records = [
        Entity("country/GBR", "Country", "Britain", ("UK",), ("London",), iso3="GBR"),
        Entity("country/GBR", "Country", "United Kingdom", ("Britain",), ("Downing Street",)),
        Entity("country/GBR", "Country", "United Kingdom", wikidata="Q145"),
    ]
    aliases, metonyms = ("Britain", "UK"), ("Downing Street", "London")
    expected = Entity("country/GBR", "Country", "United Kingdom", aliases, metonyms, "GBR", "Q145")
    assert resolve(records)[0] == {"country/GBR": expected}


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([person("Lapid"), person("Yair Lapid")], {"person/lapid": "person/yair-lapid"}),
        ([person("LAPID"), person("Yair Lapid")], {"person/lapid": "person/yair-lapid"}),
        ([person("Lapid"), person("Yair Lapid"), person("Tommy Lapid")], {}),
        ([person("Lapid"), person("Lapid Cohen")], {}),
        ([person("Lapid"), organization("Yesh Lapid")], {}),
        ([person("Lapid", "Ana Costa"), person("Yair Lapid")], {}),
        ([person("Lapid", wikidata="Q1"), person("Yair Lapid", wikidata="Q2")], {}),
        ([person("Lapid", wikidata="Q1"), person("Yair Lapid")], {"person/lapid": "person/yair-lapid"}),
        ([person("Yair Lapid"), person("Ana Lapid")], {}),
        ([person("Pelé")], {}),
    ],
)
def test_a_surname_alone_is_the_only_person_of_that_surname(entities: list[Entity], expected: dict[str, str]) -> None:
    _, mapping = resolve(entities)
    assert {local: canonical for local, canonical in mapping.items() if local != canonical} == expected


def test_a_person_found_under_a_surname_keeps_it_as_an_alias() -> None:
    canonical, _ = resolve([person("Lapid", "YL"), person("Yair Lapid", wikidata="Q1")])
    assert canonical == {"person/yair-lapid": person("Yair Lapid", "Lapid", "YL", wikidata="Q1")}


def test_a_chain_of_rules_ends_in_one_entity_whatever_their_order() -> None:
    def acronym(known: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
        yield "organization/idf", "organization/israel-defense-forces"

    def renamed(known: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
        yield "organization/israel-defense-forces", "organization/tzahal"

    entities = [organization(name) for name in ("IDF", "Israel Defense Forces", "Tzahal")]
    one, other = resolve(entities, [acronym, renamed]), resolve(entities, [renamed, acronym])
    assert one == other
    assert set(one[1].values()) == {"organization/israel-defense-forces"}
    assert one[0]["organization/israel-defense-forces"].aliases == ("IDF", "Tzahal")

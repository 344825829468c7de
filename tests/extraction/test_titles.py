"""A title of state before a name means a country even where the sentence names none, and only where it is plain which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Claim, Extraction

Read = Callable[[str], Extraction]

PLAIN = [
    ("President Emmanuel Macron flew home.", "leads", "country/FRA"),
    ("A truce is near, President Joe Biden said.", "leads", "country/USA"),
    ("Prime Minister Narendra Modi spoke.", "leads", "country/IND"),
    ("Peru is angry. President Ana Ruiz said that Peru would wait.", "leads", "country/PER"),
    ("Peruvian President Ana Ruiz left. Later President Ruiz called Chile.", "leads", "country/PER"),
    ("Lithuania closed its embassy. Lithuanians were glad. Defense Minister Jonas Petraitis spoke.", "affiliated-with", "country/LTU"),
]  # fmt: skip
NOT_PLAIN = [
    "President Ana Ruiz flew home.",
    "Foreign Minister Ana Ruiz summoned the Peruvian envoy.",
    "Peru and Chile met in Kenya. President Ana Ruiz spoke.",
    "Club president Ana Ruiz praised Peru. Peru won.",
]


def of_people(claims: tuple[Claim, ...]) -> set[tuple[str, str]]:
    return {(claim.relation, claim.object) for claim in claims if claim.relation in ("leads", "affiliated-with")}


@pytest.mark.parametrize(("text", "relation", "country"), PLAIN, ids=[text for text, _, _ in PLAIN])
def test_a_title_of_state_means_the_country_that_is_plain(
    text: str, relation: str, country: str, extraction_of: Read
) -> None:
    extraction = extraction_of(text)
    assert of_people(extraction.claims) == {(relation, country)}
    assert country in {entity.id for entity in extraction.entities}


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_a_title_means_no_country_where_none_is_plain(text: str, extraction_of: Read) -> None:
    assert {claim.object for claim in extraction_of(text).claims if claim.object.startswith("country/")} == set()


def test_the_title_is_the_mention_and_points_to_where_the_text_says_the_country(extraction_of: Read) -> None:
    text = "Peruvian President Ana Ruiz left. Later President Ruiz called."
    extraction = extraction_of(text)
    by_title = [mention for mention in extraction.mentions if mention.text == "President"]
    assert [(mention.entity, extraction.mentions[mention.antecedent or 0].text) for mention in by_title] == [
        ("country/PER", "Peruvian")
    ]


def test_a_title_acts_for_no_country(extraction_of: Read) -> None:
    claims = extraction_of("President Emmanuel Macron attacked Iran in a speech.").claims
    assert not [claim for claim in claims if {claim.subject, claim.object} == {"country/FRA", "country/IRN"}]

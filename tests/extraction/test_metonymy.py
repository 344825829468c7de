"""A capital or a building means the government where the sentence gives a reason, and is a place elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction

# Each text with the words in it that name a capital or a seat of government, and the country meant; "" for a mere place.
CASES = {
    "Baku denied the report.": {"Baku": "AZE"},
    "Paris said the deal was off.": {"Paris": "FRA"},
    "Tehran and Beijing signed a pact.": {"Tehran": "IRN", "Beijing": "CHN"},
    "The Kremlin rejected the offer.": {"Kremlin": "RUS"},
    "The White House imposed sanctions on Tehran.": {"White House": "USA", "Tehran": "IRN"},
    "Relations with Moscow have worsened.": {"Moscow": "RUS"},
    "Beijing's policy has not changed.": {"Beijing": "CHN"},
    "Ankara, which borders Syria, closed the crossing.": {"Ankara": "TUR"},
    "The talks between Kabul and Islamabad failed.": {"Kabul": "AFG", "Islamabad": "PAK"},
    "Germany sold tanks to Kyiv.": {"Kyiv": "UKR"},
    "Israel sold Baku drones.": {"Baku": "AZE"},
    "Officials accused Pyongyang of lying.": {"Pyongyang": "PRK"},
    "Warsaw was criticized by Brussels.": {"Warsaw": "POL"},
    "Damascus and its allies won the war.": {"Damascus": "SYR"},
    "He was born in London.": {"London": ""},
    "The conference took place in Paris.": {"Paris": ""},
    "BAKU, Oct. 3 (Agency) – The minister left.": {"BAKU": ""},
    "She stayed at a hotel in Moscow.": {"Moscow": ""},
    "The minister flew to Beijing on Monday.": {"Beijing": ""},
    "They visited Rome last year.": {"Rome": ""},
    "The mayor of London resigned.": {"London": ""},
    "Protesters filled the streets of Cairo.": {"Cairo": ""},
    "Ann Walker, a student from Vienna, won the prize.": {"Vienna": ""},
    "The envoy returned from Tehran with a letter.": {"Tehran": ""},
    "Madrid, Spain, has three million residents.": {"Madrid": ""},
    "He teaches at a university near Berlin.": {"Berlin": ""},
    "The Paris Agreement was signed.": {"Paris": ""},
    "Heavy rain hit the city of Lima.": {"Lima": ""},
    "Two bombs exploded inside Kabul.": {"Kabul": ""},
    "Fans sang in Budapest while Budapest rejected the ruling.": {"Budapest": "HUN"},
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_a_capital_is_its_government_only_for_a_reason(extraction_of: Callable[[str], Extraction], text: str) -> None:
    named = {mention.text: mention.entity for mention in extraction_of(text).mentions}
    found = {word: named.get(word, named.get("The " + word, "")).removeprefix("country/") for word in CASES[text]}
    assert found == CASES[text]


def test_a_capital_that_only_probably_means_its_government_lowers_the_confidence(
    extraction_of: Callable[[str], Extraction],
) -> None:
    name, capital = (extraction_of(f"Israel sold drones to {word}.").claims[0] for word in ("Azerbaijan", "Baku"))
    assert (name.subject, name.object) == (capital.subject, capital.object)
    assert capital.confidence <= name.confidence

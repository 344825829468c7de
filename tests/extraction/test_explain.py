"""``kg explain`` shows what extraction sees, and names what a near miss lacks."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kg.cli import run
from kg.extraction import Extractor
from kg.extraction.explain import explain
from kg.model import Extraction

TEXTS = [
    "Turkey sold drones to Mali, Ana Ruiz said. It denied selling any to Chad.",
    "The two neighbors, Chad and Libya, are at war. Nothing else happened.",
    "No names here.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_an_explanation_has_the_words_mentions_and_claims_of_the_extraction(
    text: str, extractor: Extractor, extraction_of: Callable[[str], Extraction]
) -> None:
    found, extraction = explain(extractor, text), extraction_of(text)
    for sentence in found:
        assert all(text[word.start : word.end] == word.text for word in sentence.words)
        assert all(0 <= word.head < len(sentence.words) for word in sentence.words)
        assert all(text[mention.start : mention.end] == mention.text for mention in sentence.mentions)
    mentions = [(mention.start, mention.end, mention.entity) for sentence in found for mention in sentence.mentions]
    assert sorted(mentions) == sorted((mention.start, mention.end, mention.entity) for mention in extraction.mentions)
    claims = {(claim.id, claim.confidence) for sentence in found for claim in sentence.claims}
    assert claims == {(claim.id, claim.confidence) for claim in extraction.claims}


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("Turkey sold drones to the villagers.", "subject-sold-weapons-to-object", "'villagers' on 'sold' (prep:to) is no mention"),
        ("Turkey sold drones.", "subject-sold-weapons-to-object", "nothing hangs on 'sold' as prep:to; wanted the object"),
        ("Turkey sold carpets to Mali.", "subject-sold-weapons-to-object", "'carpets' is not one of"),
    ],
)  # fmt: skip
def test_a_near_miss_says_what_it_lacks(text: str, rule: str, reason: str, extractor: Extractor) -> None:
    (sentence,) = explain(extractor, text)
    reasons = {miss.rule.partition(":")[2]: miss.reason for miss in sentence.near}
    assert reason in reasons[rule]


def test_what_matches_is_no_near_miss(extractor: Extractor) -> None:
    (sentence,) = explain(extractor, "Turkey sold drones to Mali.")
    assert sentence.claims
    assert {claim.rule for claim in sentence.claims}.isdisjoint(miss.rule for miss in sentence.near)


def test_the_command_shows_every_part_and_prints_json_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "Chad borders Libya, which bought tanks from one country."]) == 0
    shown = capsys.readouterr().out
    for heading in ("words", "mentions", "links that grammar leaves unsaid", "claims", "nearly"):
        assert f"{heading}\n" in shown
    assert "country/LBY borders country/TCD: asserted" in shown
    assert run(["explain", "--json", "Chad borders Libya. So."]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(row["claims"]) for row in rows] == [1, 0]

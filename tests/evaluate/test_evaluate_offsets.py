"""Names, entities, groups and pairs where the annotation has offsets and identifiers of its own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate import Annotated, evaluate, to_record
from kg.evaluate.clusters import b_cubed
from kg.model import Extraction

TEXT = "Angela Merkel met the French leader in Berlin. Merkel leads Germany, and Airbus listened."
FULL = [
    ("Angela Merkel", "Person", "merkel"),
    ("French", "Country", "france"),
    ("Merkel", "Person", "merkel"),
    ("Germany", "Country", "germany"),
    ("Airbus", "Organization", "airbus"),
]


def scored(extraction: Extraction, gold: Annotated) -> dict[str, Any]:
    return to_record(evaluate([extraction], {gold.id: gold}))


def counts(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["right"], row["wrong"], row["missed"]


def test_the_same_names_and_groups_score_full(found_in: Any, annotated: Any) -> None:
    measures = scored(found_in(TEXT, FULL), annotated(TEXT, FULL))["measures"]
    for group in ("names, strict", "names, lenient", "entities"):
        assert counts(measures[group]["all"])[1:] == (0, 0)
    assert measures["entities"]["all"]["right"] == 4
    assert measures["clusters"]["B-cubed"]["f1"] == 1.0


def test_another_span_is_wrong_when_strict_and_right_when_lenient(found_in: Any, annotated: Any) -> None:
    found = [("Merkel", "Person", "person/merkel"), *FULL[1:]]
    record = scored(found_in(TEXT, found), annotated(TEXT, FULL))
    assert counts(record["measures"]["names, strict"]["Person"]) == (1, 1, 1)
    assert counts(record["measures"]["names, lenient"]["Person"]) == (2, 0, 0)
    assert record["confusion"]["types of names"]["Person"] == {"Person": 1, "Person, other span": 1}
    (error,) = (error for error in record["errors"] if error["group"] == "names, strict")
    assert (error["annotated"]["text"], error["found"]["text"]) == ("Angela Merkel", "Merkel")


def test_another_type_is_wrong_either_way_and_shown_in_the_confusion(found_in: Any, annotated: Any) -> None:
    found = [*FULL[:4], ("Airbus", "Person", "person/airbus")]
    record = scored(found_in(TEXT, found), annotated(TEXT, FULL))
    for group in ("names, strict", "names, lenient"):
        assert counts(record["measures"][group]["Organization"]) == (0, 0, 1)
        assert counts(record["measures"][group]["Person"]) == (2, 1, 0)
    assert record["confusion"]["types"]["Organization"] == {"Person": 1}


@pytest.mark.parametrize(("type", "wrong"), [("Country", 0), ("Organization", 1)])
def test_a_mention_where_the_annotation_is_open_to_its_type_is_not_counted(
    found_in: Any, annotated: Any, type: str, wrong: int
) -> None:
    gold = annotated(TEXT, [*FULL[:2], ("Berlin", "", "berlin"), *FULL[2:]])
    found = found_in(TEXT, [*FULL[:2], ("Berlin", type, "country/DEU"), *FULL[2:]])
    measures = scored(found, gold)["measures"]
    assert measures["names, strict"]["all"]["wrong"] == wrong
    assert measures["entities"]["all"]["wrong"] == wrong


def test_types_that_the_annotation_never_uses_are_not_scored(found_in: Any, annotated: Any) -> None:
    people = [name for name in FULL if name[1] == "Person"]
    measures = scored(found_in(TEXT, FULL), annotated(TEXT, people))["measures"]
    assert set(measures["names, strict"]) == set(measures["entities"]) == {"all", "Person"}


def test_descriptions_pronouns_and_implied_states_are_no_names(found_in: Any, annotated: Any) -> None:
    text = "President Macron spoke. He met the republic."
    found = found_in(
        text,
        [
            ("President", "Country", "country/FRA"),
            ("Macron", "Person", "person/macron"),
            ("the republic", "Country", "country/FRA"),
        ],
    )
    gold = annotated(text, [("Macron", "Person", "macron")])
    assert counts(scored(found, gold)["measures"]["names, strict"]["all"]) == (1, 0, 0)


def test_one_person_split_in_two_is_one_entity_right_and_one_wrong(found_in: Any, annotated: Any) -> None:
    found = [
        ("Angela Merkel", "Person", "person/angela-merkel"),
        *FULL[1:2],
        ("Merkel", "Person", "person/merkel"),
        *FULL[3:],
    ]
    measures = scored(found_in(TEXT, found), annotated(TEXT, FULL))["measures"]
    assert counts(measures["entities"]["Person"]) == (1, 1, 0)
    assert measures["clusters"]["B-cubed"]["precision"] == 1.0
    assert measures["clusters"]["B-cubed"]["recall"] == pytest.approx((3 + 2 * 0.5) / 5)


def test_b_cubed_is_that_of_the_example_of_its_authors() -> None:
    truth = [range(5), range(5, 7), range(7, 12)]
    response = [range(5), range(5, 12)]
    scores = b_cubed(*(_groups(groups) for groups in (truth, response)))
    assert scores.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)  # 0.76 (Bagga and Baldwin, 1998)
    assert scores.recall == 1.0


@given(st.lists(st.integers(0, 4), max_size=12), st.lists(st.integers(0, 4), max_size=12))
def test_b_cubed_is_symmetric_and_full_only_for_the_same_groups(one: list[int], other: list[int]) -> None:
    gold, found = (_labeled(labels) for labels in (one, other))
    scores, mirrored = b_cubed(gold, found), b_cubed(found, gold)
    assert (scores.right, scores.recalled) == pytest.approx((mirrored.recalled, mirrored.right))
    assert (scores.right == scores.found and scores.recalled == scores.annotated) == (gold == found)


@pytest.mark.parametrize(
    ("pairs", "claims", "expected"),
    [
        ([("merkel", "head_of_gov", "germany")], [("merkel", "leads", "germany")], (1, 0, 0)),
        ([("merkel", "head_of_gov", "germany")], [("merkel", "leads", "france")], (0, 1, 1)),
        ([("merkel", "head_of_gov", "germany")], [("merkel", "affiliated-with", "germany")], (0, 1, 1)),
        ([("merkel", "citizen_of", "germany")], [("merkel", "affiliated-with", "germany")], (1, 0, 0)),
        ([("merkel", "citizen_of", "germany")], [], (0, 0, 0)),
        ([("merkel", "agent_of", "germany")], [("merkel", "leads", "germany")], (1, 0, 0)),
        ([("merkel", "head_of_gov", "germany"), ("merkel", "agent_of", "germany")], [], (0, 0, 1)),
        ([("merkel", "spouse_of", "airbus")], [], (0, 0, 0)),
        ([], [("france", "ally-of", "germany")], (0, 0, 0)),
        ([("airbus", "agency_of", "germany")], [("airbus", "part-of", "germany")], (1, 0, 0)),
    ],
    ids=[
        "expected", "other entity", "other relation", "accepted", "only accepted", "accepted too", "leads covers affiliation",
        "no counterpart", "relation not annotated", "part-of",
    ],
)  # fmt: skip
def test_pairs_are_scored_by_what_their_labels_mean_here(
    found_in: Any, annotated: Any, pairs: Any, claims: Any, expected: tuple[int, int, int]
) -> None:
    record = scored(found_in(TEXT, FULL, claims), annotated(TEXT, FULL, pairs))
    rows = record["measures"].get("pairs", {"all": {"right": 0, "wrong": 0, "missed": 0}})
    assert counts(rows["all"]) == expected


def test_claims_about_what_nobody_annotated_are_wrong_where_every_pair_is_annotated(
    found_in: Any, annotated: Any
) -> None:
    gold = annotated(TEXT, FULL[:3], [])
    found = found_in(TEXT, FULL, [("merkel", "leads", "airbus")])
    (error,) = (error for error in scored(found, gold)["errors"] if error["group"] == "pairs")
    assert error["error"] == "wrong leads"


def test_a_missed_pair_says_its_label_and_which_end_has_no_mention(found_in: Any, annotated: Any) -> None:
    gold = annotated(TEXT, FULL, [("merkel", "head_of", "airbus")])
    record = scored(found_in(TEXT, FULL[:4]), gold)
    (error,) = (error for error in record["errors"] if error["group"] == "labels")
    assert (error["error"], error["unseen"]) == ("missed head_of", ["Airbus"])
    assert record["measures"]["labels"]["head_of"]["share"] == 0.0


def _groups(groups: list[range]) -> dict[tuple[int, int], frozenset[tuple[int, int]]]:
    return {(n, n + 1): frozenset((m, m + 1) for m in group) for group in groups for n in group}


def _labeled(labels: list[int]) -> dict[tuple[int, int], frozenset[tuple[int, int]]]:
    return _groups_of({label: [n for n, other in enumerate(labels) if other == label] for label in labels})


def _groups_of(members: dict[int, list[int]]) -> dict[tuple[int, int], frozenset[tuple[int, int]]]:
    return {(n, n + 1): frozenset((m, m + 1) for m in group) for group in members.values() for n in group}

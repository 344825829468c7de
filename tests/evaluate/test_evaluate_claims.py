"""Claims, statuses, speakers and entities, on annotations that disagree with extraction in known ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.evaluate import brier, calibration_error, evaluate, from_record, read_gold, reliability, to_record
from kg.model import Extraction

TEXT = "Israel sold missiles to India. Iran denied arming Libya."


def claim(quote: str, subject: str, object: str, **how: Any) -> dict[str, Any]:
    plain = {"polarity": "affirmed", "modality": "factual", "time": "current", "attributed_to": None}
    return {"quote": quote, "subject": subject, "relation": "sells-arms-to", "object": object, **plain, **how}


SOLD = claim("Israel sold missiles to India.", "country/ISR", "country/IND")
DENIED = claim(
    "Iran denied arming Libya.", "country/IRN", "country/LBY", polarity="denied", attributed_to="country/IRN"
)
NAMES = {"ISR": "Israel", "IND": "India", "IRN": "Iran", "LBY": "Libya"}
COUNTRIES = [
    {"id": f"country/{code}", "type": "Country", "name": name, "mentions": [name]} for code, name in NAMES.items()
]


def scored(
    extraction: Extraction, claims: list[dict[str, Any]], entities: list[dict[str, Any]] = COUNTRIES
) -> dict[str, Any]:
    name = extraction.document.id
    gold = from_record({"document": name, "entities": entities, "claims": claims})
    return to_record(evaluate([extraction], {name: gold}))


def counts(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["right"], row["wrong"], row["missed"]


@pytest.fixture
def extraction(extraction_of: Callable[[str], Extraction]) -> Extraction:
    return extraction_of(TEXT)


def test_annotations_that_agree_score_full(extraction: Extraction) -> None:
    record = scored(extraction, [SOLD, DENIED])
    row = record["measures"]["relations"]["all"]
    assert (row["annotated"], row["found"], *counts(row)) == (2, 2, 2, 0, 0)
    assert row["precision"] == row["recall"] == row["f1"] == 1.0
    assert {name: row["share"] for name, row in record["measures"]["manner"].items()} == {"status": 1, "speaker": 1}
    assert record["measures"]["entities"]["Country"]["right"] == 4
    assert record["measures"]["forms, strict"]["Country"]["right"] == 4
    assert record["errors"] == []


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([SOLD], (1, 1, 0)),
        ([], (0, 2, 0)),
        ([SOLD, DENIED, claim("Iran denied arming Libya.", "country/LBY", "country/IRN")], (2, 0, 1)),
        ([DENIED, SOLD | {"quote": "Another sentence altogether."}], (1, 1, 1)),
        ([DENIED, SOLD | {"quote": "Israel  sold missiles\nto India"}], (2, 0, 0)),
        ([DENIED, SOLD, SOLD], (2, 0, 1)),
    ],
    ids=["unannotated", "nothing", "other direction", "other sentence", "white space", "annotated twice"],
)
def test_claims_agree_by_ends_relation_and_sentence(
    extraction: Extraction, claims: list[dict[str, Any]], expected: tuple[int, int, int]
) -> None:
    assert counts(scored(extraction, claims)["measures"]["relations"]["all"]) == expected


def test_a_missed_and_a_wrong_claim_between_the_same_two_in_one_sentence_are_one_confusion(
    extraction: Extraction,
) -> None:
    record = scored(extraction, [SOLD | {"relation": "ally-of", "subject": "country/IND", "object": "country/ISR"}])
    assert record["confusion"]["relations"] == {"ally-of": {"sells-arms-to": 1}, "none": {"sells-arms-to": 1}}
    first = record["errors"][0]
    assert (first["error"], first["sentence"]) == ("ally-of read as sells-arms-to", SOLD["quote"])
    assert record["measures"]["relations"]["ally-of"]["missed"] == 1


def test_a_claim_the_wrong_way_round_is_shown_as_reversed(extraction: Extraction) -> None:
    record = scored(extraction, [DENIED, SOLD | {"subject": "country/IND", "object": "country/ISR"}])
    assert record["confusion"]["relations"]["sells-arms-to"] == {"sells-arms-to": 1, "sells-arms-to, reversed": 1}
    assert counts(record["measures"]["relations"]["sells-arms-to"]) == (1, 1, 1)


def test_status_and_speaker_are_scored_on_the_claims_found(extraction: Extraction) -> None:
    record = scored(extraction, [SOLD | {"time": "ended"}, DENIED | {"attributed_to": "country/LBY"}])
    measures = record["measures"]
    assert measures["relations"]["all"]["f1"] == 1.0
    assert (measures["manner"]["status"]["share"], measures["manner"]["speaker"]["share"]) == (0.5, 0.5)
    errors = {error["group"]: error for error in record["errors"]}
    assert errors["statuses"]["status"] == {"annotated": "ended", "found": "asserted"}
    assert errors["manner"]["speaker"] == {"annotated": "country/LBY", "found": "country/IRN"}
    assert record["confusion"]["statuses"] == {"denied": {"denied": 1}, "ended": {"asserted": 1}}


def test_each_status_has_precision_and_recall_over_all_claims(extraction: Extraction) -> None:
    rows = scored(extraction, [SOLD | {"time": "ended"}])["measures"]["statuses"]
    assert {name: counts(row) for name, row in rows.items()} == {
        "all": (0, 2, 1), "asserted": (0, 1, 0), "denied": (0, 1, 0), "ended": (0, 0, 1)
    }  # fmt: skip


def test_entities_are_scored_by_identifier_and_type(extraction: Extraction) -> None:
    entities = [*COUNTRIES[:3], {"id": "person/amir-oren", "type": "Person", "mentions": ["Oren"]}]
    rows = scored(extraction, [], entities)["measures"]["entities"]
    assert counts(rows["Country"]) == (3, 1, 0)
    assert counts(rows["Person"]) == (0, 0, 1)


def test_an_entity_found_under_another_type_is_a_confusion_of_types(extraction: Extraction) -> None:
    libya = {"id": "organization/libya", "type": "Organization", "name": "Libya", "mentions": ["Libya"]}
    record = scored(extraction, [], [*COUNTRIES[:3], libya])
    assert record["confusion"]["types"] == {"Country": {"Country": 3}, "Organization": {"Country": 1}}
    twice = {"id": "country/LBA", "type": "Country", "name": "Libya", "mentions": ["Libya"]}
    assert scored(extraction, [], [*COUNTRIES[:3], twice])["confusion"]["types"] == {
        "Country": {"Country": 3, "Country, other identifier": 1}
    }


def test_forms_are_scored_once_an_entity_whatever_its_places(extraction_of: Callable[[str], Extraction]) -> None:
    extraction = extraction_of("Iran sold missiles to Libya. Iran armed Libya. The Iranians armed Libya.")
    entities = [
        {"id": "country/IRN", "type": "Country", "mentions": ["Iran", "Islamic Republic of Iran"]},
        {"id": "country/LBY", "type": "Country", "mentions": ["Libya"]},
    ]
    measures = scored(extraction, [], entities)["measures"]
    assert counts(measures["forms, strict"]["Country"]) == (
        2,
        1,
        1,
    )  # "Iranians" is not listed, the long name is missing
    assert counts(measures["forms, lenient"]["Country"]) == (2, 1, 0)  # "Iran" is in "Islamic Republic of Iran"


def test_documents_without_annotations_are_an_error_that_names_some_that_have_them(extraction: Extraction) -> None:
    gold = from_record({"document": "news/a", "entities": [], "claims": []})
    with pytest.raises(SourceError, match=r"none of the documents is annotated.*news/a"):
        evaluate([extraction], {"news/a": gold})


def test_a_broken_annotation_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"document": "a", "entities": [], "claims": []}\n{"document": "b"}\n', "utf-8")
    with pytest.raises(SourceError, match=r"gold\.jsonl:2: expected an object"):
        read_gold(path)


def test_confidence_is_measured_against_what_is_right() -> None:
    judged = [(0.9, True)] * 9 + [(0.9, False)] + [(0.5, True), (0.5, False), (1.0, True)]
    assert [(bin.count, bin.confidence, bin.right) for bin in reliability(judged)] == [
        (2, 0.5, 0.5),
        (11, pytest.approx(0.9090909), pytest.approx(10 / 11)),
    ]
    assert calibration_error(judged) == pytest.approx(0, abs=1e-9)
    assert brier(judged) == pytest.approx((9 * 0.01 + 0.81 + 0.5) / 13)
    assert calibration_error([(0.8, False)]) == pytest.approx(0.8)
    assert calibration_error([]) == brier([]) == 0.0

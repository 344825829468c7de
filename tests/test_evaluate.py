"""What `kg evaluate` counts, on annotations that disagree with extraction in known ways."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from kg.errors import SourceError
from kg.evaluate import brier, calibration_error, evaluate, read_gold, reliability, to_record, to_table
from kg.model import Extraction

TEXT = "Israel sold missiles to India. Iran denied arming Libya."


def claim(quote: str, subject: str, object: str, **how: Any) -> dict[str, Any]:
    plain = {"polarity": "affirmed", "modality": "factual", "time": "current", "attributed_to": None}
    return {"quote": quote, "subject": subject, "relation": "sells-arms-to", "object": object, **plain, **how}


SOLD = claim("Israel sold missiles to India.", "country/ISR", "country/IND")
DENIED = claim(
    "Iran denied arming Libya.", "country/IRN", "country/LBY", polarity="denied", attributed_to="country/IRN"
)
COUNTRIES = [{"id": f"country/{code}", "type": "Country"} for code in ("ISR", "IND", "IRN", "LBY")]


def scored(extraction: Extraction, claims: list[dict[str, Any]], entities: list[dict[str, Any]] = COUNTRIES):
    return to_record(evaluate([extraction], {extraction.document.id: {"entities": entities, "claims": claims}}))


@pytest.fixture
def extraction(extraction_of: Callable[[str], Extraction]) -> Extraction:
    return extraction_of(TEXT)


def test_annotations_that_agree_score_full(extraction: Extraction) -> None:
    record = scored(extraction, [SOLD, DENIED])
    assert record["claims"] == {"right": 2, "wrong": 0, "missed": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert record["status"] == record["speaker"] == 1.0 and record["errors"] == []
    assert record["entities"]["Country"]["right"] == 4


@pytest.mark.parametrize(
    ("claims", "counts"),
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
    extraction: Extraction, claims: list[dict[str, Any]], counts: tuple[int, int, int]
) -> None:
    total = scored(extraction, claims)["claims"]
    assert (total["right"], total["wrong"], total["missed"]) == counts


def test_status_and_speaker_are_scored_on_the_claims_found(extraction: Extraction) -> None:
    record = scored(extraction, [SOLD | {"time": "ended"}, DENIED | {"attributed_to": "country/LBY"}])
    assert record["claims"]["f1"] == 1.0
    assert (record["status"], record["speaker"]) == (0.5, 0.5)
    assert [error["error"] for error in record["errors"]] == ["status: expected ended", "speaker: expected country/LBY"]


def test_entities_are_scored_by_identifier_and_type(extraction: Extraction) -> None:
    entities = [*COUNTRIES[:3], {"id": "person/amir-oren", "type": "Person"}]
    scores = scored(extraction, [], entities)["entities"]
    assert (scores["Country"]["right"], scores["Country"]["wrong"], scores["Country"]["missed"]) == (3, 1, 0)
    assert (scores["Person"]["right"], scores["Person"]["missed"]) == (0, 1)


def test_documents_without_annotations_are_an_error_that_names_some_that_have_them(extraction: Extraction) -> None:
    with pytest.raises(SourceError, match=r"none of the documents is annotated.*news/a"):
        evaluate([extraction], {"news/a": {"entities": [], "claims": []}})


def test_a_broken_annotation_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"document": "a", "entities": [], "claims": []}\n{"document": "b"}\n', "utf-8")
    with pytest.raises(SourceError, match=r"gold\.jsonl:2: expected an object"):
        read_gold(path)


def test_the_table_has_a_row_for_each_relation_and_type(extraction: Extraction) -> None:
    gold = {extraction.document.id: {"entities": COUNTRIES, "claims": [SOLD, DENIED]}}
    first = [line.split()[0] for line in to_table(evaluate([extraction], gold)).splitlines()[1:]]
    assert first[:6] == ["sells-arms-to", "claims", "Country", "status", "speaker", "confidence"]


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


def test_the_command_scores_a_file_and_reports_what_it_skips(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, rows = tmp_path / "gold.jsonl", tmp_path / "rows.jsonl"
    gold.write_text(json.dumps({"document": "a", "entities": COUNTRIES, "claims": [SOLD, DENIED]}) + "\n", "utf-8")
    rows.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", "utf-8")
    assert run(["evaluate", str(gold), str(rows), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"]["f1"] == 1.0
    rows.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n{broken\n", "utf-8")
    assert run(["evaluate", str(gold), str(rows), "--errors"]) == 1
    assert "rows.jsonl:2" in capsys.readouterr().err

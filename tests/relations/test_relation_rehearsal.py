"""``kg relations check`` shows what a user's examples became and fails where they do not do what they are there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import run
from kg.extraction import Extractor
from kg.extraction.rehearse import rehearse
from kg.model import Document
from kg.relations import load
from kg.relations.table import parse

SHIPPED = sorted((Path(__file__).parents[2] / "data" / "relations").glob("*.toml"))
SAID = {
    "sanctions": [
        ("Japan slapped new sanctions on North Korea after the test.", "country/JPN", "country/PRK", "asserted"),
        ("Washington has lifted its embargo against Sudan.", "country/USA", "country/SDN", "ended"),
        ("Canada may impose sanctions on Belarus.", "country/CAN", "country/BLR", "possible"),
    ],
    "trades-with": [
        ("Trade between Ghana and Togo doubled.", "country/GHA", "country/TGO", "asserted"),
        ("Mongolia exports coal to China.", "country/CHN", "country/MNG", "asserted"),
        ("Peru does not import wheat from Ukraine.", "country/PER", "country/UKR", "denied"),
    ],
}
CASES = [(path, *case) for path in SHIPPED for case in SAID[path.stem]]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_examples_that_ship_all_do_what_they_are_there_for(path: Path) -> None:
    own = parse(path.read_text("utf-8"), path.name)
    assert [item for item in rehearse(Extractor(relations=[path]), own.values()) if not item.ok] == []


@pytest.mark.parametrize(("path", "text", "subject", "object", "status"), CASES, ids=[case[1] for case in CASES])
def test_the_relations_that_ship_as_examples_find_what_is_said(
    path: Path, text: str, subject: str, object: str, status: str
) -> None:
    (extraction,) = Extractor(relations=[path]).extract([Document("d", text, "0")])
    claims = [(c.subject, c.object, c.status) for c in extraction.claims if c.relation == path.stem]
    assert claims == [(subject, object, status)]


def test_the_relations_that_ship_as_examples_are_off_by_default() -> None:
    assert {path.stem for path in SHIPPED}.isdisjoint(load())


def test_a_counter_example_that_makes_a_claim_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "own.toml"
    example, counter = "<subject:Oman> <hug:hugged> <object:Iran>.", "Chad hugged Libya."
    table.write_text(
        f'[hugs]\nexamples = ["{example}"]\ncounter_examples = ["{counter}"]\n[hugs.lexicon]\nhug = ["hug"]\n'
    )
    assert run(["relations", "check", str(table)]) == 1
    shown = capsys.readouterr().out
    assert "ok   [hugs] example: Oman hugged Iran.\n       hug (-nsubj-> SUBJECT) (-obj-> OBJECT)" in shown
    assert "FAIL [hugs] counter-example: Chad hugged Libya.\n       country/TCD hugs country/LBY" in shown


def test_an_example_whose_marks_do_not_connect_fails_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "own.toml"
    table.write_text('[hugs]\nexamples = ["<subject:Oman> left. <object:Iran> stayed."]\ncounter_examples = ["No."]\n')
    assert run(["relations", "check", str(table)]) == 1
    shown = capsys.readouterr().out
    assert "does not connect the marks" in shown and "not run: " in shown

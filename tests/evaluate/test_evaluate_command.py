"""`kg evaluate` as it is typed: what it reads, prints, compares and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import run

TEXT = "Israel sold missiles to India. Iran denied arming Libya."
HOW = {"polarity": "affirmed", "modality": "factual", "time": "current", "attributed_to": None}
GOLD = {
    "document": "a",
    "entities": [{"id": "country/ISR", "type": "Country", "name": "Israel", "mentions": ["Israel"]}],
    "claims": [
        {"quote": TEXT[:30], "subject": "country/ISR", "relation": "sells-arms-to", "object": "country/IND", **HOW},
        {"quote": TEXT[:30], "subject": "country/ISR", "relation": "ally-of", "object": "country/IRN", **HOW},
    ],
}
COLUMNS = "Vladimir B-PER\nPutin I-PER\nmet O\nGazprom B-ORG\n. O\n\nAngela B-PER\nMerkel I-PER\nspoke O\n. O\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n", "utf-8")
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", "utf-8")
    return path


@pytest.fixture
def columns(tmp_path: Path) -> Path:
    path = tmp_path / "names.conll"
    path.write_text(COLUMNS, "utf-8")
    return path


def test_the_record_has_what_it_documents(gold: Path, rows: Path, capsys: Captured) -> None:
    assert run(["evaluate", str(gold), str(rows), "--json", "--resamples", "50", "--seed", "3"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == [
        "documents_scored",
        "bootstrap",
        "measures",
        "confusion",
        "calibration",
        "errors",
        "documents",
    ]
    assert record["bootstrap"] == {"resamples": 50, "seed": 3, "level": 0.95}
    assert record["documents"]["a"]["relations/all"] == [2, 2, 1, 1]
    row = record["measures"]["relations"]["sells-arms-to"]
    assert (row["annotated"], row["found"], row["right"], row["recall"]) == (1, 2, 1, 1.0)
    assert record["errors"] == []


def test_the_table_shows_figures_confusion_and_errors_with_sentences(gold: Path, rows: Path, capsys: Captured) -> None:
    assert run(["evaluate", str(gold), str(rows), "--errors"]) == 0
    shown = capsys.readouterr().out
    assert "relations: missed ally-of: country/ISR – country/IRN" in shown
    assert "relations: wrong sells-arms-to: country/IRN – country/LBY (denied; speaker country/IRN)  [a]" in shown
    assert "    Iran denied arming Libya." in shown
    assert "relations: annotated (rows), found (columns)" in shown
    assert "claims by relation" in shown and "calibration error" in shown


def test_names_in_columns_need_no_sources(columns: Path, capsys: Captured) -> None:
    assert run(["evaluate", str(columns), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["measures"]["names, strict"]["Person"]["recall"] == 1.0
    assert set(record["measures"]) == {"names, strict", "names, lenient"}
    assert record["calibration"] is None


def test_the_same_run_prints_the_same_bytes_and_has_not_changed(
    columns: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run(["evaluate", str(columns), "--json"]) == 0
    first = capsys.readouterr().out
    before = tmp_path / "before.json"
    before.write_text(first, "utf-8")
    assert run(["evaluate", str(columns), "--json", "--baseline", str(before)]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record.pop("difference")["names, strict"]["all"]["f1"] == {"change": 0.0, "interval": [0.0, 0.0]}
    assert json.dumps(record, ensure_ascii=False, indent=1) + "\n" == first
    assert run(["evaluate", str(columns), "--baseline", str(before)]) == 0
    assert "names, strict, all" in capsys.readouterr().out


def test_input_that_is_skipped_is_reported(gold: Path, rows: Path, capsys: Captured) -> None:
    rows.write_text(rows.read_text("utf-8") + "{broken\n", "utf-8")
    assert run(["evaluate", str(gold), str(rows)]) == 1
    assert "rows.jsonl:2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["{gold}"], 2, "holds no texts: SOURCES are needed"),
        (["{columns}", "{rows}"], 2, "holds its own texts: leave SOURCES out"),
        (["{gold}", "{rows}", "--format", "xml"], 2, "valid: conll, dwie, kg, knowledgenet, spans"),
        (["{gold}", "{rows}", "--format", "conll"], 1, "no tag"),
        (["{gold}", "{rows}", "--baseline", "{rows}"], 1, "expected what kg evaluate --json printed"),
        (["{gold}", "{rows}", "--resamples", "0"], 2, "0 is not in the range"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_a_reason(
    gold: Path, rows: Path, columns: Path, capsys: Captured, arguments: list[str], code: int, message: str
) -> None:
    given = [argument.format(gold=gold, rows=rows, columns=columns) for argument in arguments]
    assert run(["evaluate", *given]) == code
    assert message in capsys.readouterr().err


ARTICLE = (
    "German Chancellor Angela Merkel met Heiko Maas in Berlin. Merkel said that Germany backs the talks. "
    "Maas, Germany's foreign minister, will meet Gazprom's chief executive, Alexei Miller."
)
CONCEPTS = {
    "German": (0, "type::gpe0-x"),
    "Angela Merkel": (1, "type::person"),
    "Heiko Maas": (2, "type::person"),
    "Berlin": (3, "type::gpe2"),
    "Merkel": (1, "type::person"),
    "Germany": (4, "type::gpe0"),
    "Maas": (2, "type::person"),
    "Gazprom": (5, "type::organization"),
    "Alexei Miller": (6, "type::person"),
}


def dwie() -> dict[str, object]:
    """The article in the layout of DWIE, annotated by reading it."""
    mentions = [
        {"begin": ARTICLE.index(f"{form}"), "end": ARTICLE.index(form) + len(form), "text": form, "concept": concept}
        for form, (concept, _) in CONCEPTS.items()
        if form not in ("Merkel", "Maas")
    ]
    for form in ("Merkel said", "Maas, Germany"):
        name = form.split()[0].rstrip(",")
        start = ARTICLE.index(form)
        mentions.append({"begin": start, "end": start + len(name), "text": name, "concept": CONCEPTS[name][0]})
    last = ARTICLE.rindex("Germany")
    mentions.append({"begin": last, "end": last + 7, "text": "Germany", "concept": 4})
    concepts = {concept: {"concept": concept, "text": form, "tags": [tag]} for form, (concept, tag) in CONCEPTS.items()}
    facts = [(1, "head_of_gov-x", 0), (1, "head_of_gov", 4), (0, "gpe0", 4), (2, "minister_of", 4), (6, "head_of", 5)]
    relations = [{"s": subject, "p": label, "o": object} for subject, label, object in facts]
    return {
        "id": "DW_0",
        "content": ARTICLE,
        "mentions": mentions,
        "concepts": list(concepts.values()),
        "relations": [*relations, {"s": 5, "p": "vs", "o": 4}],
    }


def test_a_dwie_article_is_scored_by_mentions_that_are_shared(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "DW_0.json"
    path.write_text(json.dumps(dwie()), "utf-8")
    assert run(["evaluate", str(path), "--json", "--errors"]) == 0
    record = json.loads(capsys.readouterr().out)
    measures = record["measures"]
    assert {name: row["f1"] for name, row in measures["entities"].items()} == dict.fromkeys(measures["entities"], 1.0)
    assert measures["clusters"]["B-cubed"]["f1"] == 1.0
    assert (measures["pairs"]["leads"]["annotated"], measures["pairs"]["leads"]["right"]) == (2, 2)
    assert measures["labels"]["minister_of"] == {
        "annotated": 1, "right": 1, "share": 1.0, "intervals": {"share": None}
    }  # fmt: skip
    assert record["confusion"]["labels"]["head_of_gov"] == {"leads": 1}
    assert record["errors"] == []

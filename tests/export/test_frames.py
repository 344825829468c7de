"""The tables: what they hold, how it is typed, and that a spreadsheet runs nothing of it."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.frames import CLAIM_COLUMNS, ENTITY_COLUMNS, RELATION_COLUMNS, cell, to_frames, write_csv
from kg.model import Graph


def test_a_row_an_entity_an_edge_and_a_claim(graph):
    frames = to_frames(graph)
    assert {name: len(frame) for name, frame in frames.items()} == {
        "entities": len(graph.entities),
        "relations": len(graph.edges),
        "claims": sum(len(edge.claims) for edge in graph.edges),
    }


def test_an_edge_has_names_dates_and_its_best_sentence(plain):
    frame = to_frames(plain)["relations"].set_index(["subject_name", "object_name", "relation"])
    row = frame.loc["Israel", "Azerbaijan", "sells-arms-to"]
    assert row["sentence"] == "Israel sold drones to Azerbaijan."
    assert (row["first_published"], row["last_published"]) == ("2022-11-21", "2022-11-21")
    assert (row["document"], row["url"]) == ("news/a1.txt", "https://example.org/a1")
    assert (row["confidence"], row["support"], row["status"]) == (0.91, 2, "asserted")


def test_a_claim_leads_to_its_place_in_the_document(plain):
    for _, row in to_frames(plain)["claims"].iterrows():
        assert plain.documents[row["document"]].text[row["start"] : row["end"]] == row["sentence"]


def test_columns_are_typed_also_when_there_are_no_rows():
    for graph_frames in (to_frames(Graph()),):
        relations = graph_frames["relations"]
        assert tuple(relations.columns) == RELATION_COLUMNS
        assert tuple(graph_frames["entities"].columns) == ENTITY_COLUMNS
        assert tuple(graph_frames["claims"].columns) == CLAIM_COLUMNS
        kinds = {name: relations[name].dtype.kind for name in ("confidence", "support", "contested")}
        assert kinds == {"confidence": "f", "support": "i", "contested": "b"}


def test_zero_is_a_confidence_and_what_is_unknown_is_missing(plain):
    relations = to_frames(plain)["relations"]
    assert (relations["confidence"] == 0.0).sum() == 1
    assert relations["period"].isna().sum() == len(plain.edges) - 1
    assert relations["first_published"].isna().any()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_a_cell_never_begins_as_a_formula(text):
    assert cell(text) == "'" + text


@given(st.text())
def test_a_cell_is_the_text_itself_or_the_text_behind_an_apostrophe(text):
    assert cell(text) in (text, "'" + text)


def test_csv_holds_no_formula_and_every_row_has_every_column(nasty, tmp_path):
    write_csv(nasty, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entities.csv", "relations.csv"]
    for path in tmp_path.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert rows
        assert all(len(row) == len(head) for row in rows)
        assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for text in row)


def test_csv_is_read_by_pandas_with_the_same_numbers(plain, tmp_path):
    import pandas as pd

    write_csv(plain, tmp_path)
    read = pd.read_csv(tmp_path / "relations.csv")
    expected = to_frames(plain)["relations"]
    for name in ("id", "confidence", "support", "contested"):
        assert list(read[name]) == list(expected[name])


def test_writing_csv_imports_no_pandas(tmp_path):
    script = (
        "import sys\nfrom pathlib import Path\nfrom kg.export.frames import write_csv\nfrom kg.model import Graph\n"
        "write_csv(Graph(), Path(sys.argv[1]))\nsys.exit('pandas' in sys.modules)"
    )
    from pathlib import Path

    import kg

    root = Path(kg.__file__).parents[1]
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, cwd=root)

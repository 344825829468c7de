"""The gold of names keeps its promises, and resolution reaches on it what the README says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction import Extractor
from kg.resolve.score import PARTS, b_cubed, documents_of, errors, group, pairwise, read_items

GOLD = Path(__file__).parents[2] / "data" / "gold" / "names.jsonl"
ITEMS = {part: read_items(GOLD, part) for part in PARTS}
EVERY = [item for items in ITEMS.values() for item in items]


def test_there_are_150_ambiguous_names_and_about_a_third_is_for_testing() -> None:
    assert len({item["id"] for item in EVERY}) == len(EVERY) >= 150
    assert 0.3 <= len(ITEMS["test"]) / len(EVERY) <= 0.35
    assert Counter(item["type"] for item in EVERY).keys() == {"Person", "Organization"}


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item["id"])
def test_every_item_names_what_its_texts_hold(item: dict[str, object]) -> None:
    documents = item["documents"]
    assert isinstance(documents, list)
    assert sum(len(document["names"]) for document in documents) > 1
    for document in documents:
        assert all(name in document["text"] for name in document["names"])


@pytest.mark.parametrize(("part", "least"), [("dev", 0.97), ("test", 0.95)])
def test_resolution_reaches_what_is_stated(extractor: Extractor, part: str, least: float) -> None:
    read = {found.document.id: found for found in extractor.extract(documents_of(ITEMS[part]))}
    names = group(ITEMS[part], read)
    assert names.unread <= 10
    assert b_cubed(names.found, names.true).f1 >= least
    assert pairwise(names.found, names.true).f1 >= 0.92


@given(st.dictionaries(st.integers(0, 9), st.sampled_from("abc"), min_size=1))
def test_scores_are_perfect_for_the_truth_and_for_nothing_else(true: dict[int, str]) -> None:
    renamed = {item: entity.upper() for item, entity in true.items()}
    for score in (b_cubed(renamed, true), pairwise(renamed, true)):  # type: ignore[arg-type]
        assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    together = dict.fromkeys(true, "x")
    assert b_cubed(together, true).recall == pytest.approx(1)  # type: ignore[arg-type]
    assert (b_cubed(together, true).precision < 1) == (len(set(true.values())) > 1)  # type: ignore[arg-type]


def test_errors_name_the_pairs_joined_and_kept_apart(extractor: Extractor) -> None:
    item = {
        "id": "x", "type": "Person",
        "documents": [{"text": "Yair Lapid spoke.", "names": {"Yair Lapid": "a"}}, {"text": "Lapid left.", "names": {"Lapid": "b"}}],
    }  # fmt: skip
    read = {found.document.id: found for found in extractor.extract(documents_of([item]))}
    assert list(errors(group([item], read))) == ["x: joined: Yair Lapid (0), Lapid (1)"]

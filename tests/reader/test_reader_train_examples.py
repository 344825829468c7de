"""Examples hold what a corpus says and nothing more: where it is silent, or unsure, no head learns."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reader.corpora import Sentence, Syntax, join
from kg.reader.train.examples import (
    ANY_NAME,
    BIO,
    UNKNOWN,
    Example,
    Inventory,
    concatenated,
    example,
    name_sets,
    windows,
)

FORMS = "Dutch envoys met Ada Moor in Old Ghent".split()
SAID = {"B-PERSON": "Ada", "I-PERSON": "Moor", "B-PLACE": "Old", "I-PLACE": "Ghent"}
SILENT = {
    "labeled": {},
    "other": {"Dutch": "O B-NORP I-NORP", "envoys": "O B-NORP I-NORP"},
    "unlabeled": dict.fromkeys(("Dutch", "envoys", "met", "in"), "O B-NORP I-NORP"),
}
INVENTORY = Inventory(["NOUN", "VERB"], ["NN", "VBD"], ["nsubj", "root"])


def labels_of(allowed: int) -> str:
    return " ".join(label for number, label in enumerate(BIO) if allowed >> number & 1)


def sentence_of(forms: list[str], *phrases: tuple[str, str]) -> Sentence:
    """A sentence with names; the kinds "other" and "unsure" are spans of that sort."""
    text, words = join(forms)
    spans = [(text.index(form), text.index(form) + len(form), kind) for form, kind in phrases]
    return Sentence(
        "s",
        text,
        words,
        names=[span for span in spans if span[2].isupper()],
        other=[span[:2] for span in spans if span[2] == "other"],
        unsure=[span[:2] for span in spans if span[2] == "unsure"],
    )


def item_of(size: int, start: int = 0) -> Example:
    """Words that are numbers from ``start`` on, in a chain."""
    numbers = list(range(start, start + size))
    return Example(
        [str(n) for n in numbers], [1] + [0] * (size - 1), numbers, numbers, list(range(size)), numbers, [1] * size
    )


@pytest.mark.parametrize("norp", SILENT)
def test_words_outside_names_may_be_groups_where_the_corpus_would_not_say_so(norp: str) -> None:
    sentence = sentence_of(FORMS, ("Ada Moor", "PERSON"), ("Old Ghent", "PLACE"), ("Dutch envoys", "other"))
    expected = {form: label for label, form in SAID.items()} | SILENT[norp]
    assert [labels_of(allowed) for allowed in name_sets(sentence, norp)] == [expected.get(form, "O") for form in FORMS]


@pytest.mark.parametrize("norp", SILENT)
def test_unsure_words_may_be_anything_and_names_win_over_them(norp: str) -> None:
    sentence = sentence_of(FORMS, ("Dutch", "unsure"), ("Ada Moor in", "unsure"), ("Ada", "PERSON"), ("Dutch", "other"))
    sets = name_sets(sentence, norp)
    assert [FORMS[i] for i, allowed in enumerate(sets) if allowed == ANY_NAME] == ["Dutch", "Moor", "in"]
    assert labels_of(sets[FORMS.index("Ada")]) == "B-PERSON"


def test_without_names_any_label_is_allowed() -> None:
    sentence = replace(sentence_of(FORMS), names=None)
    assert name_sets(sentence, "labeled") == [ANY_NAME] * len(FORMS)
    assert labels_of(ANY_NAME) == " ".join(BIO)


def test_a_word_that_a_name_covers_in_part_is_in_the_name() -> None:
    sentence = sentence_of(["the", "U.S.-led", "raid"], ("U.S.", "PLACE"))
    assert [labels_of(allowed) for allowed in name_sets(sentence, "labeled")] == ["O", "B-PLACE", "O"]


def test_labels_outside_the_inventory_are_unknown() -> None:
    text, words = join(["Ada", "slept"])
    syntax = Syntax(["PROPN", "VERB"], ["NN", "VBZ"], ["Ada", "sleep"], [2, 0], ["nsubj", "ROOT"], ["_", "_"])
    item = example(Sentence("s", text, words, "d", syntax=syntax), INVENTORY, "labeled")
    assert (item.words, item.starts, item.heads) == (["Ada", "slept"], [1, 0], [2, 0])
    assert (item.parts, item.tags, item.labels) == ([UNKNOWN, 1], [0, UNKNOWN], [0, UNKNOWN])
    assert item.names == [ANY_NAME, ANY_NAME]


def test_a_sentence_without_trees_teaches_names_and_its_start() -> None:
    item = example(sentence_of(FORMS, ("Ada", "PERSON")), INVENTORY, "labeled")
    for column in (item.parts, item.tags, item.heads, item.labels):
        assert column == [UNKNOWN] * len(FORMS)
    assert item.starts == [1, 0, 0, 0, 0, 0, 0, 0]


def test_the_inventory_has_every_label_once_in_order() -> None:
    syntax = Syntax(["VERB", "NOUN", "VERB"], ["b", "a", "b"], ["_"] * 3, [0, 1, 1], ["root", "x", "x"], ["_"] * 3)
    sentences = [Sentence("s", "a b c", [(0, 1), (2, 3), (4, 5)], syntax=syntax), sentence_of(FORMS)]
    assert Inventory.of(sentences) == Inventory(["NOUN", "VERB"], ["a", "b"], ["root", "x"])


def test_concatenated_sentences_keep_their_trees_and_roots() -> None:
    unknown = Example(["x", "y"], [1, 0], *([UNKNOWN] * 2 for _ in range(4)), [ANY_NAME] * 2)
    whole = concatenated([item_of(3), unknown, item_of(2, 3)])
    assert whole.words == ["0", "1", "2", "x", "y", "3", "4"]
    assert whole.heads == [0, 1, 2, -1, -1, 0, 6]
    assert whole.starts == [1, 0, 0, 1, 0, 1, 0]
    assert whole.parts == whole.tags == whole.labels == [0, 1, 2, -1, -1, 3, 4]
    assert whole.names == [1, 1, 1, ANY_NAME, ANY_NAME, 1, 1]


@given(
    st.lists(st.lists(st.integers(1, 12), max_size=6), max_size=5),
    st.integers(1, 20),
    st.sampled_from([0.0, 0.4, 1.0]),
    st.integers(0, 999),
)
def test_windows_cover_every_sentence_once_in_order_and_stay_short(
    sizes: list[list[int]], longest: int, alone: float, seed: int
) -> None:
    paragraphs = [[item_of(size) for size in paragraph] for paragraph in sizes]
    groups = list(windows(paragraphs, longest, alone, random.Random(seed)))
    assert [id(item) for group in groups for item in group] == [id(item) for part in paragraphs for item in part]
    owner = {id(item): number for number, part in enumerate(paragraphs) for item in part}
    for group in groups:
        assert len(group) == 1 or sum(len(item.words) for item in group) <= longest
        assert len({owner[id(item)] for item in group}) == 1
        assert len(group) == 1 or alone < 1


def test_windows_take_the_asked_share_of_sentences_alone_and_the_others_in_groups_of_all_sizes() -> None:
    paragraphs = [[item_of(5) for _ in range(2000)]]
    shares = []
    for alone in (0.0, 0.5, 1.0):
        sizes = [len(group) for group in windows(paragraphs, 40, alone, random.Random(3))]
        shares.append(sizes.count(1) / len(sizes))
        assert set(sizes) >= (set(range(2, 9)) if alone < 1 else {1})
    assert shares[0] < 0.3 and 0.5 < shares[1] < 0.7 and shares[2] == 1

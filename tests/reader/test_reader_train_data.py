"""A run sees what its configuration says, the same on every machine: corpora, passes, windows and batches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader.corpora import Sentence, held_out, read
from kg.reader.train.config import Config, Corpus
from kg.reader.train.data import (
    Batch,
    Prepared,
    batches,
    collate,
    dev_windows,
    epoch_windows,
    prepare,
    sentences_of,
    with_repaired_names,
)
from kg.reader.train.examples import ANY_NAME, BIO, UNKNOWN, Example, Inventory
from kg.reader.wordpieces import MASK, WordPieces

TOKENIZER = Path(__file__).parents[2] / "kg" / "reader" / "en" / "tokenizer.json"
INVENTORY = Inventory(["NOUN", "PUNCT", "VERB"], [".", "HYPH", "NN"], ["amod", "punct", "root"])
CONLLU = """
# newdoc id = port_one
# newpar
# sent_id = 1
1\tSea-worn\tsea-worn\tNOUN\tNN\t_\t2\tamod\t_\tEntity=(1-place
2\tGhent\tGhent\tPROPN\tNN\t_\t0\troot\t_\tEntity=1)

# sent_id = 2
1\tQuiet\tquiet\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newdoc id = quay_one
# newpar
# sent_id = 3
1\tSail\tsail\tVERB\tNN\t_\t0\troot\t_\t_
"""
ADA = {"start": 4, "end": 7, "type": "ORG"}


@pytest.fixture(scope="module")
def words() -> WordPieces:
    return WordPieces(TOKENIZER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """``a.conllu`` and ``b.jsonl``, whose rows are 12 sentences and one without words."""
    (tmp_path / "a.conllu").write_text(CONLLU, "utf-8")
    rows = [{"id": f"r{n}", "text": f"Mr. Ada sold {n} ships.", "entities": [ADA]} for n in range(12)]
    rows.append({"id": "empty", "text": " ", "entities": []})
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path


def item_of(size: int, number: int = 0) -> Example:
    heads = list(range(size))
    return Example([f"w{number}"] * size, [1] + [0] * (size - 1), heads, heads, heads, heads, [1] * size)


def prepared_of(sizes: Sequence[int], passes: float = 1.0) -> Prepared:
    """Paragraphs of one sentence each, numbered in their words."""
    paragraphs = [[item_of(size, number)] for number, size in enumerate(sizes)]
    return Prepared(Corpus("x.jsonl", passes=passes), paragraphs, paragraphs)


def same(a: Batch, b: Batch) -> bool:
    return all(
        np.array_equal(left[name], right[name])
        for left, right in ((a.inputs, b.inputs), (a.targets, b.targets))
        for name in left.keys() | right.keys()
    )


def test_held_out_sentences_are_not_trained_on_and_measure(folder: Path) -> None:
    everything = list(read(folder / "b.jsonl"))
    kept, out = held_out(everything, 4)
    assert sentences_of(Corpus("b.jsonl", held_out=4), folder) == [s for s in kept if s.words]
    assert sentences_of(Corpus("b.jsonl", held_out=4, dev=True), folder) == [s for s in out if s.words]
    assert sentences_of(Corpus("b.jsonl", dev=True), folder) == everything[:-1]


def test_documents_can_be_left_out_by_the_beginning_of_their_names(folder: Path) -> None:
    assert [s.id for s in sentences_of(Corpus("a.conllu"), folder)] == ["1", "2", "3"]
    assert [s.id for s in sentences_of(Corpus("a.conllu", without=["port_", "x"]), folder)] == ["3"]


@pytest.mark.parametrize(
    ("corpus", "names"),
    [
        (Corpus("b.jsonl"), [(4, 7, "ORG")]),
        (Corpus("b.jsonl", names="gmb"), [(4, 7, "PERSON")]),
        (Corpus("a.conllu"), None),
        (Corpus("a.conllu", names="gum"), [(9, 14, "PLACE")]),
    ],
    ids=("own", "gmb", "none", "gum"),
)
def test_names_are_read_as_the_corpus_asks(folder: Path, corpus: Corpus, names: list[object] | None) -> None:
    assert sentences_of(corpus, folder)[0].names == names


def test_an_unknown_way_of_reading_names_is_an_error_that_names_the_known_ones(folder: Path) -> None:
    with pytest.raises(ValueError, match="'gun'; known: own, gum, gmb"):
        sentences_of(Corpus("b.jsonl", names="gun"), folder)


def test_a_missing_corpus_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        sentences_of(Corpus("c.jsonl"), tmp_path)


def test_repaired_names_come_with_the_spans_that_are_unsure() -> None:
    text = "Mr. Ada met Western envoys."
    sentence = Sentence("s", text, [(0, 3)], names=[(0, 7, "PERSON")])
    found = with_repaired_names(sentence)
    assert found is not None
    assert (found.names, found.unsure, found.text) == ([(4, 7, "PERSON")], [(12, 19)], text)
    assert with_repaired_names(Sentence("s", "The Fox met the Crow.", [(0, 3)], names=[])) is None


def test_trees_come_in_their_own_words_and_in_the_tokens_of_run_time(folder: Path) -> None:
    corpus = Corpus("a.conllu")
    prepared = prepare(corpus, sentences_of(corpus, folder), INVENTORY)
    assert [[item.words for item in part] for part in prepared.own] == [
        [["Sea-worn", "Ghent"], ["Quiet", "."]],
        [["Sail"]],
    ]
    first = prepared.tokenized[0][0]
    assert first.words == ["Sea", "-", "worn", "Ghent"]
    assert (first.heads, first.tags) == ([3, 3, 4, 0], [2, 1, 2, 2])
    assert first.labels == [UNKNOWN, 1, 0, 2]
    assert prepared.tokenized[1:] == prepared.own[1:]


def test_sentences_without_trees_come_in_the_tokens_of_run_time_and_in_fives_where_they_run_on(folder: Path) -> None:
    for corpus, sizes in ((Corpus("b.jsonl"), [1] * 12), (Corpus("b.jsonl", running=True), [5, 5, 2])):
        prepared = prepare(corpus, sentences_of(corpus, folder), INVENTORY)
        assert [len(part) for part in prepared.own] == sizes
        assert prepared.own == prepared.tokenized
        assert prepared.own[0][0].words == ["Mr.", "Ada", "sold", "0", "ships", "."]
        assert prepared.own[0][0].names[1] == 1 << BIO.index("B-ORG")


def test_windows_that_measure_hold_every_sentence_once_in_order_in_its_own_words() -> None:
    paragraphs = [[item_of(3, n) for n in range(40)]]
    prepared = Prepared(Corpus("x.jsonl"), paragraphs, [])
    found = dev_windows(prepared, Config("x", (), longest=30))
    assert [word for window in found for word in window.words] == [f"w{n}" for n in range(40) for _ in range(3)]
    assert max(len(window.words) for window in found) <= 30
    assert found == dev_windows(prepared, Config("x", (), longest=30))


@given(st.integers(0, 9), st.integers(0, 30), st.integers(1, 5))
def test_a_run_makes_the_passes_that_are_asked_for(count: int, eighths: int, epochs: int) -> None:
    prepared = prepared_of([2] * count, passes=eighths / 8)
    config = Config("x", (), epochs=epochs, alone=1.0)
    seen = Counter(window.words[0] for epoch in range(epochs) for window in epoch_windows([prepared], config, epoch))
    assert seen.total() == round(count * eighths / 8)
    assert not seen or max(seen.values()) - min(seen[f"w{n}"] for n in range(count)) <= 1


def test_an_epoch_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    rates = {"lower": 0.3, "dateline": 0.3, "misread": 0.5}
    prepared = [prepared_of(range(2, 30)), prepared_of(range(2, 9), passes=2)]
    config = Config("x", (), epochs=1, augment=rates)
    first = epoch_windows(prepared, config, 0)
    assert epoch_windows(prepared, config, 0) == first
    assert epoch_windows(prepared, Config("x", (), seed=2, epochs=1, augment=rates), 0) != first
    assert epoch_windows(prepared, config, 1) != first


def test_an_epoch_mixes_own_words_and_tokens() -> None:
    own = [[item_of(1, 0)] for _ in range(200)]
    tokenized = [[item_of(1, 1)] for _ in range(200)]
    windows = epoch_windows([Prepared(Corpus("x.jsonl"), own, tokenized)], Config("x", (), epochs=1), 0)
    assert 60 < sum(window.words == ["w1"] for window in windows) < 140


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 40), max_size=20), st.integers(20, 200), st.integers(0, 3))
def test_batches_hold_every_window_once_and_no_more_pieces_than_asked(
    words: WordPieces, sizes: list[int], pieces: int, epoch: int
) -> None:
    examples = [item_of(size, number) for number, size in enumerate(sizes)]
    config = Config("x", (), pieces=pieces, masked=0.0)
    found = list(batches(examples, config, words, epoch))
    inputs = [batch.inputs for batch in found]
    rows = [tuple(ids[mask > 0]) for table in inputs for ids, mask in zip(table["ids"], table["mask"], strict=True)]
    assert Counter(rows) == Counter(tuple(words(item.words).ids) for item in examples)
    for batch in found:
        assert batch.inputs["ids"].shape[0] == 1 or batch.inputs["ids"].size <= pieces
    assert all(same(a, b) for a, b in zip(found, batches(examples, config, words, epoch), strict=True))


def test_batches_come_in_another_order_in_each_epoch(words: WordPieces) -> None:
    examples = [item_of(size) for size in range(1, 40)]
    config = Config("x", (), pieces=100, masked=0.0)
    firsts = [next(iter(batches(examples, config, words, epoch))).inputs["ids"].shape[1] for epoch in range(8)]
    assert len(set(firsts)) > 3 and max(firsts) > min(firsts) + 20


@pytest.mark.parametrize(("rate", "low", "high"), [(0.0, 0.0, 0.0), (0.3, 0.2, 0.4), (1.0, 1.0, 1.0)])
def test_the_asked_share_of_pieces_is_masked_and_never_the_first_and_last(
    words: WordPieces, rate: float, low: float, high: float
) -> None:
    item = item_of(200)
    (batch,) = batches([item], Config("x", (), masked=rate), words, 0)
    plain = words(item.words)
    ids = batch.inputs["ids"][0].tolist()
    hidden = [piece == MASK for piece in ids]
    assert not hidden[0] and not hidden[-1]
    assert low <= sum(hidden) / (len(ids) - 2) <= high
    assert [a for a, h in zip(ids, hidden, strict=True) if not h] == [
        b for b, h in zip(plain.ids, hidden, strict=True) if not h
    ]
    assert batch.inputs["case"][0].tolist() == plain.case and batch.inputs["first"][0].tolist() == plain.first


def test_padding_is_unknown_to_every_head(words: WordPieces) -> None:
    short = Example(["go"], [1], [2], [0], [0], [2], [1])
    long = Example(["a", "b", "c"], [1, 0, 1], [0] * 3, [1] * 3, [2, 0, 0], [0, 2, 2], [2, 4, ANY_NAME])
    batch = collate([short, long], [words(short.words), words(long.words)])
    assert {name: value.tolist() for name, value in batch.targets.items()} == {
        "starts": [[1, -1, -1], [1, 0, 1]],
        "parts": [[2, -1, -1], [0, 0, 0]],
        "tags": [[0, -1, -1], [1, 1, 1]],
        "heads": [[0, -1, -1], [2, 0, 0]],
        "labels": [[2, -1, -1], [0, 2, 2]],
        "names": [[1, ANY_NAME, ANY_NAME], [2, 4, ANY_NAME]],
        "sentence": [[1, -1, -1], [1, 1, 2]],
    }
    assert batch.inputs["mask"].tolist() == [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]
    assert batch.inputs["first"].tolist() == [[1, 0, 0], [1, 2, 3]]
    assert {value.dtype for table in (batch.inputs, batch.targets) for value in table.values()} == {np.dtype(np.int64)}

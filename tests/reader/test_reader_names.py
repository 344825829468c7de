"""Decoding of name scores: always the best sequence that is well formed."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader.names import decode_names

LABELS = ("O", "B-ORG", "I-ORG", "B-PERSON", "I-PERSON")
SCORES = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.integers(-8, 8), min_size=n * 5, max_size=n * 5).map(
        lambda flat: np.array(flat, np.float32).reshape(n, 5) / 2
    )
)


def well_formed(sequence: tuple[int, ...]) -> bool:
    previous = "O"
    for label in (LABELS[index] for index in sequence):
        if label.startswith("I-") and previous not in (label, "B-" + label[2:]):
            return False
        previous = label
    return True


def spans(sequence: tuple[int, ...]) -> list[tuple[int, int, str]]:
    starts = [i for i, index in enumerate(sequence) if LABELS[index].startswith("B-")]
    return [
        (start, next((i for i in range(start + 1, len(sequence)) if LABELS[sequence[i]][0] != "I"), len(sequence)),
         LABELS[sequence[start]][2:])
        for start in starts
    ]  # fmt: skip


def score(scores: np.ndarray, sequence: tuple[int, ...]) -> float:
    return float(sum(scores[word, label] for word, label in enumerate(sequence)))


@settings(max_examples=200, deadline=None)
@given(SCORES)
def test_the_names_are_those_of_a_best_well_formed_sequence(scores: np.ndarray) -> None:
    sequences = [s for s in product(range(len(LABELS)), repeat=len(scores)) if well_formed(s)]
    best = max(score(scores, sequence) for sequence in sequences)
    optimal = [spans(sequence) for sequence in sequences if score(scores, sequence) == pytest.approx(best)]
    assert decode_names(scores, LABELS) in optimal


def test_two_names_side_by_side_stay_two() -> None:
    scores = np.full((3, 5), -1.0)
    scores[0, 1] = scores[1, 1] = scores[2, 2] = 1.0
    assert decode_names(scores, LABELS) == [(0, 1, "ORG"), (1, 3, "ORG")]


def test_an_inside_label_without_a_beginning_is_repaired() -> None:
    scores = np.zeros((2, 5))
    scores[0, 0], scores[0, 3], scores[1, 4] = 1.0, 0.5, 3.0
    assert decode_names(scores, LABELS) == [(0, 2, "PERSON")]


def test_a_sentence_without_names_has_none() -> None:
    scores = np.zeros((4, 5))
    scores[:, 0] = 1.0
    assert decode_names(scores, LABELS) == []

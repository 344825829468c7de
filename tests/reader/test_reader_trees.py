"""Decoding of arc scores: always the best projective tree with one root."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader.trees import decode_heads

SCORES = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.integers(-6, 6), min_size=n * (n + 1), max_size=n * (n + 1)).map(
        lambda flat: np.array(flat, np.float64).reshape(n, n + 1) / 2
    )
)


def is_tree(heads: tuple[int, ...] | list[int]) -> bool:
    """Exactly one word hangs on the root, no word on itself, and every word reaches the root."""
    if list(heads).count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        node, steps = word, 0
        while node:
            node, steps = heads[node - 1], steps + 1
            if steps > len(heads):
                return False
    return True


def crosses(heads: tuple[int, ...] | list[int]) -> bool:
    """Whether two arcs cross, that to the root included."""
    arcs = [(min(word, head), max(word, head)) for word, head in enumerate(heads, 1)]
    return any(a < b < c < d for a, c in arcs for b, d in arcs)


@cache
def trees(count: int) -> tuple[tuple[int, ...], ...]:
    """All projective trees with one root over ``count`` words."""
    return tuple(h for h in product(range(count + 1), repeat=count) if is_tree(h) and not crosses(h))


def log_probability(scores: np.ndarray, heads: tuple[int, ...] | list[int]) -> float:
    """Of the heads, when each word chooses its own among all words but itself, and the root."""
    masked = scores.copy()
    masked[np.arange(len(scores)), np.arange(len(scores)) + 1] = -np.inf
    total = np.log(np.exp(masked).sum(axis=1))
    return float(sum(masked[word, head] - total[word] for word, head in enumerate(heads)))


@pytest.mark.parametrize("count", range(1, 6))
def test_the_brute_force_counts_as_many_trees_as_there_are(count: int) -> None:
    assert len(trees(count)) == comb(3 * count - 2, count - 1) // count  # OEIS A006013


@settings(max_examples=300, deadline=None)
@given(SCORES)
def test_the_tree_is_as_good_as_the_best_of_all_trees(scores: np.ndarray) -> None:
    heads = decode_heads(scores)
    assert is_tree(heads) and not crosses(heads)
    best = max(log_probability(scores, tree) for tree in trees(len(scores)))
    assert log_probability(scores, heads) == pytest.approx(best, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.integers(6, 40), st.integers(0, 10_000))
def test_a_long_sentence_gets_a_tree_with_one_root(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    heads = decode_heads(scores)
    assert len(heads) == count and is_tree(heads) and not crosses(heads)


def test_greedy_heads_that_form_a_tree_are_kept() -> None:
    scores = np.full((3, 4), -5.0)
    for word, head in enumerate((2, 0, 2)):
        scores[word, head] = 5.0
    assert decode_heads(scores) == [2, 0, 2]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = np.array([[1.0, 0, 9, 0], [3.0, 9, 0, 0], [0.0, 0, 9, 0]])
    assert decode_heads(scores) == [2, 0, 2]


def test_of_two_roots_the_better_tree_wins() -> None:
    scores = np.array([[9.0, 0, 1], [8.0, 5, 0]])
    assert decode_heads(scores) == [0, 1]


def test_arcs_that_cross_are_uncrossed_where_it_costs_least() -> None:
    greedy = (3, 4, 0, 3)
    scores = np.full((4, 5), -5.0)
    for word, head in enumerate(greedy):
        scores[word, head] = 5.0
    scores[1, 3] = 4.0
    assert crosses(greedy) and decode_heads(scores) == [3, 3, 0, 3]

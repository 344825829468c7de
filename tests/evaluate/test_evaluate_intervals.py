"""Bootstrap intervals and comparisons: deterministic, honest about few documents, and of the size that theory says."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.evaluate import Counts, Resampling, compare
from kg.evaluate.counts import Sheet, total
from kg.evaluate.intervals import intervals

CLAIMS = ("relations", "all")


def sheets(rights: list[tuple[int, int, int]]) -> dict[str, Sheet]:
    return {
        f"document-{n:03}": {CLAIMS: Counts(right + missed, right + wrong, right, right)}
        for n, (right, wrong, missed) in enumerate(rights)
    }


counted = st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=2, max_size=12).map(sheets)


@given(counted)
def test_the_order_of_documents_does_not_change_the_intervals(some: dict[str, Sheet]) -> None:
    names = list(some)
    random.Random(1).shuffle(names)
    how = Resampling(60)
    assert intervals({name: some[name] for name in names}, how) == intervals(some, how)


@given(counted)
def test_intervals_are_in_range_and_ordered(some: dict[str, Sheet]) -> None:
    for shares in intervals(some, Resampling(60)).values():
        for bounds in shares.values():
            assert bounds is None or 0 <= bounds[0] <= bounds[1] <= 1


def test_an_interval_has_the_width_that_theory_says() -> None:
    some = sheets([(1, 0, 0)] * 300 + [(0, 1, 1)] * 100)
    bounds = intervals(some, Resampling(2000))[CLAIMS]["precision"]
    assert bounds is not None
    error = 1.96 * math.sqrt(0.75 * 0.25 / 400)
    assert list(bounds) == pytest.approx([0.75 - error, 0.75 + error], abs=0.006)


def test_documents_that_do_not_differ_leave_no_doubt_and_one_document_says_nothing() -> None:
    assert intervals(sheets([(3, 1, 0)] * 5), Resampling(100))[CLAIMS]["precision"] == (0.75, 0.75)
    assert intervals(sheets([(3, 1, 0)]), Resampling(100))[CLAIMS]["precision"] is None


def test_another_seed_draws_other_documents() -> None:
    some = sheets([(n % 5, n % 3, n % 2) for n in range(40)])
    assert intervals(some, Resampling(100, seed=1)) == intervals(some, Resampling(100, seed=1))
    assert intervals(some, Resampling(100, seed=1)) != intervals(some, Resampling(100, seed=2))


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        (Counts(4, 2, 2, 2), (1.0, 0.5, pytest.approx(2 / 3))),
        (Counts(4, 0, 0, 0), (None, 0.0, 0.0)),
        (Counts(0, 3, 0, 0), (0.0, None, None)),
        (Counts(0, 0, 0, 0), (None, None, None)),
    ],
)
def test_shares_of_nothing_are_not_defined(counts: Counts, shares: tuple[float | None, ...]) -> None:
    assert (counts.precision, counts.recall, counts.f1) == shares


def change(one: Mapping[str, Sheet], other: Mapping[str, Sheet]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compare(one, other, Resampling(200))["relations"]["all"]
    return found


def test_a_run_against_itself_has_changed_nothing() -> None:
    some = sheets([(n % 5, n % 3, 1) for n in range(30)])
    assert {row["change"] for row in change(some, some).values()} == {0.0}
    assert change(some, some)["f1"]["interval"] == [0.0, 0.0]


def test_a_gain_in_every_document_is_a_gain_in_every_resample() -> None:
    before = [(2 + n % 4, n % 3, 3) for n in range(30)]
    found = change(sheets([(right + 1, wrong, missed - 1) for right, wrong, missed in before]), sheets(before))
    low, _ = found["f1"]["interval"]
    assert 0 < low < found["f1"]["change"]


def test_runs_over_other_documents_are_not_compared() -> None:
    with pytest.raises(SourceError, match="document-001"):
        change(sheets([(1, 0, 0)]), sheets([(1, 0, 0)] * 2))


def test_the_total_is_the_sum_over_documents() -> None:
    assert total(sheets([(1, 2, 3), (4, 5, 6)]).values()) == {CLAIMS: Counts(14, 12, 5, 5)}

"""Bootstrap intervals: how far a figure would move with other documents of the same kind.

Method: documents are drawn with replacement, as many as there are, and the figures are taken of each resample; an interval
runs between percentiles of these (Efron, 1979). Two runs over the same documents are compared on the same resamples (the
paired bootstrap; Koehn, 2004). The generator is seeded and documents are in the order of their ids: the same counts give the
same intervals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.evaluate.counts import Counts, Measure, Sheet

SHARES = ("precision", "recall", "f1")
Interval = tuple[float, float]
Floats = npt.NDArray[np.float64]

_FIELDS = ("annotated", "found", "right", "recalled")
_AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class Resampling:
    """How many resamples, from which seed, and the share of them that an interval holds."""

    resamples: int = 1000
    seed: int = 1
    level: float = 0.95


def intervals(sheets: Mapping[str, Sheet], how: Resampling) -> dict[Measure, dict[str, Interval | None]]:
    """The intervals of precision, recall and F1 of every measure; None where fewer than two documents have it, or where a
    share is not defined in half of the resamples or more."""
    measures = sorted({measure for sheet in sheets.values() for measure in sheet})
    counts = _array(sheets, measures)
    shares = np.concatenate([_shares(sums) for sums in _resample(counts, how)])
    several = (counts.any(axis=2).sum(axis=0) > 1).tolist()
    return {
        measure: {name: _interval(shares[:, m, s], how) if several[m] else None for s, name in enumerate(SHARES)}
        for m, measure in enumerate(measures)
    }


def differences(
    sheets: Mapping[str, Sheet], baseline: Mapping[str, Sheet], how: Resampling
) -> dict[Measure, dict[str, Interval | None]]:
    """The intervals of the differences to the baseline, which must be of the same documents, for the measures of both."""
    both = [{measure for sheet in some.values() for measure in sheet} for some in (sheets, baseline)]
    measures = sorted(both[0] & both[1])
    ours, theirs = (_array(some, measures) for some in (sheets, baseline))
    pairs = zip(_resample(ours, how), _resample(theirs, how), strict=True)
    moved = np.concatenate([_shares(one) - _shares(other) for one, other in pairs])
    return {
        measure: {name: _interval(moved[:, m, s], how) for s, name in enumerate(SHARES)}
        for m, measure in enumerate(measures)
    }


def _array(sheets: Mapping[str, Sheet], measures: Sequence[Measure]) -> Floats:
    """The counts as (documents, measures, fields)."""
    nothing = Counts()
    rows = [
        [[getattr(sheets[name].get(measure, nothing), field) for field in _FIELDS] for measure in measures]
        for name in sorted(sheets)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(sheets), len(measures), len(_FIELDS))


def _resample(counts: Floats, how: Resampling) -> Iterator[Floats]:
    """The sums of some resamples at a time, as (resamples, measures, fields)."""
    documents = len(counts)
    generator = np.random.default_rng(how.seed)
    flat = counts.reshape(documents, -1)
    for first in range(0, how.resamples, _AT_A_TIME):
        size = min(_AT_A_TIME, how.resamples - first)
        drawn = generator.integers(0, documents, (size, documents)) + np.arange(size)[:, None] * documents
        weights = np.bincount(drawn.ravel(), minlength=size * documents).reshape(size, documents)
        yield (weights.astype(np.float64) @ flat).reshape(size, *counts.shape[1:])


def _shares(sums: Floats) -> Floats:
    """Precision, recall and F1 of sums of counts, on the last axis; NaN where :class:`Counts` has None."""
    annotated, found, right, recalled = (sums[..., number] for number in range(len(_FIELDS)))
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = right / found, recalled / annotated
        f1 = 2 * precision * recall / (precision + recall)
    f1 = np.where((annotated > 0) & ((right == 0) | (recalled == 0)), 0.0, f1)
    return np.stack([precision, recall, f1], axis=-1)


def _interval(values: Floats, how: Resampling) -> Interval | None:
    known = values[~np.isnan(values)]
    if 2 * len(known) <= len(values):
        return None
    low, high = np.percentile(known, [50 * (1 - how.level), 50 * (1 + how.level)])
    return float(low), float(high)

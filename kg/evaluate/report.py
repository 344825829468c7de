"""The scores as a JSON-ready record; shares are rounded to three decimals, None where they are not defined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kg.evaluate.calibration import brier, calibration_error, reliability
from kg.evaluate.counts import ONE_SIDED, Counts, Measure, Sheet
from kg.evaluate.intervals import SHARES, Interval, Resampling, intervals
from kg.evaluate.scores import Scores, measures


def to_record(scores: Scores, how: Resampling | None = None) -> dict[str, Any]:
    """``measures``: by group and label, the counts, the shares and their ``intervals`` (of "labels" and "manner", whose
    recall alone means something, ``annotated``, ``right`` and their ``share``); ``confusion``: by table, annotated
    label and found one, how often; ``calibration`` of the claims' confidence, where claims are scored; ``errors``;
    ``documents``: the counts of each (annotated, found, right, recalled), which a later run is compared with.
    """
    how = how or Resampling()
    bounds, together = intervals(scores.sheets, how), scores.total
    groups: dict[str, dict[str, Any]] = {}
    for measure in measures(scores):
        groups.setdefault(measure[0], {})[measure[1]] = _row(measure[0], together[measure], bounds[measure])
    return {
        "documents_scored": len(scores.sheets),
        "bootstrap": {"resamples": how.resamples, "seed": how.seed, "level": how.level},
        "measures": groups,
        "confusion": {name: _nested(scores.confusion[name]) for name in sorted(scores.confusion)},
        "calibration": _calibration(scores) if scores.judged else None,
        "errors": [
            {"error": verdict.error, "group": verdict.group, **(verdict.detail or {})} for verdict in scores.errors
        ],
        "documents": {name: _cells(scores.sheets[name]) for name in sorted(scores.sheets)},
    }


def sheets_of(record: Mapping[str, Any]) -> dict[str, Sheet]:
    """The counts by document of a record. Raises KeyError, TypeError or ValueError for what is none."""
    return {
        name: {_measure(key): Counts(*map(float, values)) for key, values in cells.items()}
        for name, cells in record["documents"].items()
    }


def _row(group: str, counts: Counts, bounds: Mapping[str, Interval | None]) -> dict[str, Any]:
    if group in ONE_SIDED:
        shown = {"annotated": _number(counts.annotated), "right": _number(counts.recalled)}
        return {**shown, "share": _share(counts.recall), "intervals": {"share": _rounded(bounds["recall"])}}
    return {
        "annotated": _number(counts.annotated),
        "found": _number(counts.found),
        "right": _number(counts.right),
        "wrong": _number(counts.found - counts.right),
        "missed": _number(counts.annotated - counts.recalled),
        **{name: _share(getattr(counts, name)) for name in SHARES},
        "intervals": {name: _rounded(bounds[name]) for name in SHARES},
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _calibration(scores: Scores) -> dict[str, Any]:
    return {
        "error": round(calibration_error(scores.judged), 3),
        "brier": round(brier(scores.judged), 3),
        "reliability": [
            {"count": bin.count, "confidence": round(bin.confidence, 3), "right": round(bin.right, 3)}
            for bin in reliability(scores.judged)
        ],
    }


def _nested(cells: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for (annotated, found), number in sorted(cells.items()):
        nested.setdefault(annotated, {})[found] = number
    return nested


def _cells(sheet: Sheet) -> dict[str, list[float]]:
    return {
        "/".join(measure): [_number(n) for n in (c.annotated, c.found, c.right, c.recalled)]
        for measure, c in sorted(sheet.items())
    }


def _measure(key: str) -> Measure:
    group, _, label = key.partition("/")
    return group, label


def _number(value: float) -> float:
    """Whole counts as integers."""
    return int(value) if float(value).is_integer() else round(value, 6)


def _rounded(bounds: Interval | None) -> list[float] | None:
    return None if bounds is None else [round(bound, 3) for bound in bounds]

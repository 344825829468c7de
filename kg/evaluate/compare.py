"""A run against an earlier one over the same documents, which was saved with ``kg evaluate --json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.evaluate.counts import Counts, Sheet, total
from kg.evaluate.intervals import SHARES, Resampling, differences
from kg.evaluate.report import sheets_of


def read_baseline(path: Path) -> dict[str, Sheet]:
    """The counts by document of an earlier run. Raises :class:`SourceError` for a file that is none."""
    try:
        return sheets_of(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: expected what kg evaluate --json printed: {error!r}") from error


def compare(sheets: Mapping[str, Sheet], baseline: Mapping[str, Sheet], how: Resampling) -> dict[str, Any]:
    """By group and label, for precision, recall and F1: the ``change`` from the baseline and its ``interval``.

    Raises :class:`SourceError` where the documents are not the same.
    """
    if sheets.keys() != baseline.keys():
        odd = sorted(sheets.keys() ^ baseline.keys())
        raise SourceError(f"the baseline is of other documents; only one of the two has {', '.join(odd[:3])}")
    ours, theirs = total(sheets.values()), total(baseline.values())
    found: dict[str, Any] = {}
    for measure, bounds in differences(sheets, baseline, how).items():
        found.setdefault(measure[0], {})[measure[1]] = {
            name: {
                "change": _change(ours[measure], theirs[measure], name),
                "interval": None if (both := bounds[name]) is None else [round(bound, 3) for bound in both],
            }
            for name in SHARES
        }
    return found


def _change(ours: Counts, theirs: Counts, name: str) -> float | None:
    one, other = getattr(ours, name), getattr(theirs, name)
    return None if one is None or other is None else round(one - other, 3)

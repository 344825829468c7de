"""What is counted: one verdict for each thing that was annotated, found, or both; shares of the counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Measure = tuple[str, str]
"""(group, label): ("relations", "ally-of"); the label "all" is the group together."""
Sheet = dict[Measure, "Counts"]
"""The counts of one document."""

ALL = "all"
ONE_SIDED = frozenset({"labels", "manner"})
"""Groups whose annotated things alone are counted: their recall is the figure."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was annotated, found, or both.

    ``annotated`` and ``found`` are labels within ``group``, or None where one side has nothing. ``right`` says whether
    they agree. ``differs`` names what is wrong where the labels are equal ("reversed", "other span").
    ``detail`` says where it is; it is empty for what is right.
    """

    group: str
    annotated: str | None
    found: str | None
    right: bool
    differs: str = ""
    detail: Mapping[str, Any] | None = None

    @property
    def column(self) -> str:
        """What was found, as confusion tables name it."""
        return f"{self.found or 'none'}, {self.differs}" if self.differs else self.found or "none"

    @property
    def error(self) -> str:
        """What is wrong, in words."""
        if self.found is None:
            return f"missed {self.annotated}"
        return f"wrong {self.found}" if self.annotated is None else f"{self.annotated} read as {self.column}"


@dataclass(slots=True)
class Counts:
    """How much is annotated and found, how much of what was found is ``right``, how much of what is annotated was
    ``recalled``. Right and recalled are the same, except where one thing found answers to several annotated ones or to
    a part of them (B-cubed, pairs of entities)."""

    annotated: float = 0
    found: float = 0
    right: float = 0
    recalled: float = 0

    def add(self, other: Counts) -> None:
        """Count what the other counted, too."""
        self.annotated += other.annotated
        self.found += other.found
        self.right += other.right
        self.recalled += other.recalled

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what is annotated that was found; None where nothing is annotated."""
        return self.recalled / self.annotated if self.annotated else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: 0 where nothing was found, None where nothing is annotated."""
        if not self.annotated:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def count(verdicts: Iterable[Verdict]) -> Sheet:
    """The counts of the verdicts by label, and of each group together (of claims right by status or speaker, not)."""
    sheet: Sheet = {}
    for verdict in verdicts:
        for label in _labels(verdict.group, verdict.annotated):
            counts = sheet.setdefault((verdict.group, label), Counts())
            counts.annotated += 1
            counts.recalled += verdict.right
        if verdict.group in ONE_SIDED:
            continue
        for label in _labels(verdict.group, verdict.found):
            counts = sheet.setdefault((verdict.group, label), Counts())
            counts.found += 1
            counts.right += verdict.right
    return sheet


def _labels(group: str, label: str | None) -> tuple[str, ...]:
    if label is None:
        return ()
    return (label,) if group == "manner" else (label, ALL)


def total(sheets: Iterable[Sheet]) -> Sheet:
    """The counts of all sheets together."""
    together: Sheet = {}
    for sheet in sheets:
        for measure, counts in sheet.items():
            together.setdefault(measure, Counts()).add(counts)
    return together

"""Extractions against annotations: every verdict of every document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import SourceError
from kg.evaluate.annotations import Annotated, types_of
from kg.evaluate.claims import judge_claims, judged, match_claims
from kg.evaluate.clusters import B_CUBED, count_clusters
from kg.evaluate.counts import Measure, Sheet, Verdict, count, total
from kg.evaluate.entities import judge_aligned, judge_entities
from kg.evaluate.names import LENIENT, LENIENT_FORMS, STRICT, STRICT_FORMS, judge_forms, judge_names
from kg.evaluate.pairs import judge_pairs
from kg.model import EntityType, Extraction

CONFUSED = {
    "relations": "relations",
    "statuses": "statuses",
    "entities": "types",
    STRICT: "types of names",
    "labels": "labels",
}
"""Groups that have a confusion table, and its name."""


@dataclass(slots=True)
class Scores:
    """``sheets``: counts by document. ``confusion``: by table, how often (annotated, found) met; "none" where one side has
    nothing. ``errors``: what is not right, in the order of the documents. ``judged``: of every claim found, its confidence
    and whether it is right, status included; empty where the annotations have no sentences."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    confusion: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    errors: list[Verdict] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def total(self) -> Sheet:
        """The counts of all documents together."""
        return total(self.sheets.values())


def evaluate(extractions: Iterable[Extraction], gold: Mapping[str, Annotated]) -> Scores:
    """Scores of the extractions whose documents are annotated. Raises :class:`SourceError` if none is."""
    scores, types = Scores(), types_of(gold.values())
    for extraction in extractions:
        annotated = gold.get(extraction.document.id)
        if annotated is not None:
            _add(extraction, annotated, types, scores)
    if not scores.sheets:
        raise SourceError(f"none of the documents is annotated; the annotations name {', '.join(sorted(gold)[:3])}, …")
    return scores


def _add(extraction: Extraction, annotated: Annotated, types: frozenset[EntityType], scores: Scores) -> None:
    verdicts = list(_verdicts(extraction, annotated, types))
    if annotated.claims is not None:
        matches = match_claims(annotated.claims, extraction.claims)
        verdicts += judge_claims(matches, annotated.id)
        scores.judged += judged(matches)
    sheet = count(verdicts)
    if annotated.grouped:
        sheet[B_CUBED] = count_clusters(extraction, annotated, types)
    scores.sheets[annotated.id] = sheet
    for verdict in verdicts:
        if verdict.group in CONFUSED:
            cells = scores.confusion.setdefault(CONFUSED[verdict.group], Counter())
            cells[verdict.annotated or "none", verdict.column] += 1
    scores.errors += [verdict for verdict in verdicts if verdict.detail is not None and not verdict.right]


def _verdicts(extraction: Extraction, annotated: Annotated, types: frozenset[EntityType]) -> Iterator[Verdict]:
    if annotated.names is None:
        yield from judge_entities(extraction, annotated)
        yield from judge_forms(extraction, annotated)
    elif annotated.complete:
        yield from judge_names(extraction, annotated, types)
    if annotated.grouped:
        yield from judge_aligned(extraction, annotated, types)
    if annotated.pairs is not None:
        yield from judge_pairs(extraction, annotated)


def measures(scores: Scores) -> list[Measure]:
    """What was counted: group by group in the order of the report, the whole group first."""
    order = {group: number for number, group in enumerate(GROUPS)}
    return sorted(scores.total, key=lambda measure: (order[measure[0]], measure[1] != "all", measure[1]))


GROUPS = (
    *("relations", "statuses", "manner", "pairs", "labels", "entities"),
    *(STRICT_FORMS, LENIENT_FORMS, STRICT, LENIENT, "clusters"),
)
"""The groups of measures, in the order of the report."""

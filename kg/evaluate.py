"""Score extraction against annotated documents (the format is described in ``data/gold/README.md``).

A claim is found where subject, relation, object and sentence agree; sentences agree where one holds the other, white
space and punctuation aside. Status and speaker are scored on the claims found. Entities are scored for each document
by identifier. Method: precision, recall and F1 as in the CoNLL evaluations, micro-averaged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.model import Claim, Extraction, derive_status


@dataclass(slots=True)
class Counts:
    """How many were found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 where nothing is there."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(slots=True)
class Scores:
    """Scores by relation and by entity type; shares of found claims whose status and speaker are right; the errors."""

    relations: dict[str, Counts] = field(default_factory=dict)
    entities: dict[str, Counts] = field(default_factory=dict)
    status: Counts = field(default_factory=Counts)
    speaker: Counts = field(default_factory=Counts)
    errors: list[dict[str, Any]] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """Of every claim found: its confidence, and whether it is right, status included."""

    @property
    def claims(self) -> Counts:
        """All relations together."""
        return _total(self.relations.values())


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of a range of confidence: how many, their mean confidence, and the share that is right."""

    count: int
    confidence: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """The claims in bins of equal width by confidence, without empty ones (DeGroot and Fienberg, 1983)."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        held.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        Bin(len(some), sum(c for c, _ in some) / len(some), sum(r for _, r in some) / len(some))
        for _, some in sorted(held.items())
    ]


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: how far confidence and share of right claims lie apart, on average over the claims
    (Naeini et al., 2015)."""
    return sum(bin.count * abs(bin.confidence - bin.right) for bin in reliability(judged)) / max(1, len(judged))


def brier(judged: Sequence[tuple[float, bool]]) -> float:
    """Mean squared difference of confidence and outcome (Brier, 1950); 0 is best."""
    return sum((confidence - right) ** 2 for confidence, right in judged) / max(1, len(judged))


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Annotations by document id. Raises :class:`SourceError` that names the line of a broken record."""
    gold = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot read the annotations: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            gold[record["document"]] = {"entities": record["entities"], "claims": record["claims"]}
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{path}:{number}: expected an object with document, entities and claims") from error
    return gold


def evaluate(extractions: Iterable[Extraction], gold: Mapping[str, Mapping[str, Any]]) -> Scores:
    """Scores of the extractions whose documents are annotated. Raises :class:`SourceError` if none is."""
    scores, seen = Scores(), 0
    for extraction in extractions:
        annotated = gold.get(extraction.document.id)
        if annotated is None:
            continue
        seen += 1
        _score_entities(extraction, annotated["entities"], scores)
        _score_claims(extraction, annotated["claims"], scores)
    if not seen:
        raise SourceError(f"none of the documents is annotated; the annotations name {', '.join(sorted(gold)[:3])}, …")
    return scores


def to_record(scores: Scores) -> dict[str, Any]:
    """The scores as a JSON-ready dict; shares rounded to three decimals."""

    def row(counts: Counts) -> dict[str, float]:
        shares = {name: round(getattr(counts, name), 3) for name in ("precision", "recall", "f1")}
        return {"right": counts.right, "wrong": counts.wrong, "missed": counts.missed, **shares}

    return {
        "relations": {name: row(scores.relations[name]) for name in sorted(scores.relations)},
        "claims": row(scores.claims),
        "status": round(scores.status.precision, 3),
        "speaker": round(scores.speaker.precision, 3),
        "calibration_error": round(calibration_error(scores.judged), 3),
        "brier": round(brier(scores.judged), 3),
        "reliability": [
            {"count": bin.count, "confidence": round(bin.confidence, 3), "right": round(bin.right, 3)}
            for bin in reliability(scores.judged)
        ],
        "entities": {name: row(scores.entities[name]) for name in sorted(scores.entities)},
        "errors": scores.errors,
    }


def to_table(scores: Scores) -> str:
    """The scores as aligned text."""
    lines = [f"{'':18}{'right':>6}{'wrong':>6}{'missed':>7}{'P':>7}{'R':>7}{'F1':>7}"]
    rows = [*sorted(scores.relations.items()), ("claims", scores.claims), *sorted(scores.entities.items())]
    for name, counts in rows:
        shares = "".join(f"{value:7.2f}" for value in (counts.precision, counts.recall, counts.f1))
        lines.append(f"{name:18}{counts.right:6}{counts.wrong:6}{counts.missed:7}{shares}")
    lines.append(f"{'status right':18}{scores.status.precision:.2f} of the claims found")
    lines.append(f"{'speaker right':18}{scores.speaker.precision:.2f} of the claims found")
    error, squared = calibration_error(scores.judged), brier(scores.judged)
    lines.append(f"{'confidence':18}calibration error {error:.3f}, Brier score {squared:.3f}")
    for bin in reliability(scores.judged):
        lines.append(f"{'':18}{bin.count:4} claims of confidence {bin.confidence:.2f}: {bin.right:.2f} right")
    return "\n".join(lines)


def _score_entities(extraction: Extraction, annotated: list[dict[str, Any]], scores: Scores) -> None:
    expected = {(item["id"], item["type"]) for item in annotated}
    found = {(entity.id, entity.type) for entity in extraction.entities}
    for item in expected | found:
        counts = scores.entities.setdefault(item[1], Counts())
        counts.right += item in expected and item in found
        counts.wrong += item not in expected
        counts.missed += item not in found


def _score_claims(extraction: Extraction, annotated: list[dict[str, Any]], scores: Scores) -> None:
    left = list(extraction.claims)
    for expected in annotated:
        counts = scores.relations.setdefault(expected["relation"], Counts())
        claim = next((claim for claim in _best_first(expected, left) if _same(expected, claim)), None)
        if claim is None:
            counts.missed += 1
            scores.errors.append({"error": "missed", "document": extraction.document.id, **_shown(expected)})
            continue
        left.remove(claim)
        counts.right += 1
        scores.judged.append((claim.confidence, claim.status == _status(expected)))
        _score_manner(expected, claim, scores)
    for claim in left:
        scores.relations.setdefault(claim.relation, Counts()).wrong += 1
        scores.judged.append((claim.confidence, False))
        scores.errors.append({"error": "wrong", "document": extraction.document.id, **_shown_claim(claim)})


def _score_manner(expected: Mapping[str, Any], claim: Claim, scores: Scores) -> None:
    status = _status(expected)
    scores.status.right += claim.status == status
    scores.status.wrong += claim.status != status
    scores.speaker.right += claim.attributed_to == expected["attributed_to"]
    scores.speaker.wrong += claim.attributed_to != expected["attributed_to"]
    if claim.status != status:
        scores.errors.append({"error": f"status: expected {status}", **_shown_claim(claim)})
    if claim.attributed_to != expected["attributed_to"]:
        scores.errors.append({"error": f"speaker: expected {expected['attributed_to']}", **_shown_claim(claim)})


def _best_first(expected: Mapping[str, Any], claims: list[Claim]) -> Iterator[Claim]:
    """Candidates, those of the expected status first."""
    status = _status(expected)
    yield from sorted(claims, key=lambda claim: claim.status != status)


def _same(expected: Mapping[str, Any], claim: Claim) -> bool:
    if (claim.subject, claim.relation, claim.object) != (expected["subject"], expected["relation"], expected["object"]):
        return False
    quote, sentence = plain(expected["quote"]), plain(claim.evidence.sentence)
    return quote in sentence or sentence in quote


def plain(text: str) -> str:
    """The words of a text, without punctuation: what sentences are compared by."""
    return re.sub(r"\W+", " ", text).strip()


def _status(expected: Mapping[str, Any]) -> str:
    return derive_status(expected["polarity"], expected["modality"], expected["time"])


def _shown(expected: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: expected[name] for name in ("subject", "relation", "object")}
    return {**shown, "status": _status(expected), "sentence": expected["quote"]}


def _shown_claim(claim: Claim) -> dict[str, Any]:
    shown = {"subject": claim.subject, "relation": claim.relation, "object": claim.object, "status": claim.status}
    return {**shown, "sentence": claim.evidence.sentence, "rule": claim.rule, "speaker": claim.attributed_to}


def _total(counts: Iterable[Counts]) -> Counts:
    total = Counts()
    for item in counts:
        total.right, total.wrong, total.missed = (
            total.right + item.right,
            total.wrong + item.wrong,
            total.missed + item.missed,
        )
    return total

"""Relations of a document between two entities, without sentences, under the labels of another corpus.

``schemes.csv`` says what a label means here: ``expects`` a claim of a relation of ours, ``accepts`` one that may as well be
meant (right where it is made, no miss where it is not), or ``closes`` a relation: where a document was annotated for the
label, a claim of it between entities of the types named that nothing annotated accepts is wrong. Claims of relations that
nothing closes or accepts are not counted. A pair that expects ``leads`` does not expect ``affiliated-with`` too, since who
leads is not said to be affiliated. Asserted and ended claims count, as corpora annotate former offices, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kg.evaluate.alignment import shared, stands_for
from kg.evaluate.annotations import EVERYTHING, Annotated, GoldPair
from kg.evaluate.counts import Verdict
from kg.evaluate.names import named
from kg.evaluate.schemes import Row, load_scheme
from kg.model import Claim, Extraction

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is annotated between two entities: labels in the corpus's words; relations that are expected and accepted."""

    labels: tuple[str, ...]
    expected: frozenset[str]
    accepted: frozenset[str]


def judge_pairs(extraction: Extraction, annotated: Annotated) -> Iterator[Verdict]:
    """Verdicts on pairs, by our relation, and on the annotated pairs, by their labels."""
    scheme = load_scheme(annotated.scheme)
    asked = [row for row in scheme if row.label in annotated.asked | {EVERYTHING} and row.holds == "closes"]
    meanings = _meanings(annotated, scheme)
    claims = _distinct(extraction)
    ends_of = _ends_of(claims, extraction, annotated)
    told: dict[Ends, set[str]] = {}
    for number, claim in enumerate(claims):
        for ends in ends_of[number]:
            told.setdefault(ends, set()).add(claim.relation)
    for ends, meaning in meanings.items():
        yield from _judge_annotated(ends, meaning, told.get(ends, set()), annotated)
    types = {entity.id: entity.type for entity in extraction.entities}
    for number, claim in enumerate(claims):
        if any(claim.relation in meanings[ends].accepted for ends in ends_of[number] if ends in meanings):
            yield Verdict("pairs", None, claim.relation, True)
        elif any(
            row.relation == claim.relation and row.fits(types[claim.subject], types[claim.object]) for row in asked
        ):
            yield Verdict("pairs", None, claim.relation, False, detail=_shown_claim(claim))


def _meanings(annotated: Annotated, scheme: Sequence[Row]) -> dict[Ends, Meaning]:
    types = {entity.id: entity.kind.type for entity in annotated.entities}
    rows: dict[Ends, list[tuple[GoldPair, Row]]] = {}
    for pair in annotated.pairs or ():
        fitting = [
            row for row in scheme if row.label == pair.label and row.fits(types[pair.subject], types[pair.object])
        ]
        rows.setdefault((pair.subject, pair.object), []).extend((pair, row) for row in fitting)
    return {ends: _meaning(found) for ends, found in rows.items() if found}


def _meaning(rows: Sequence[tuple[GoldPair, Row]]) -> Meaning:
    expected = {row.relation for _, row in rows if row.holds == "expects"}
    labels = sorted({pair.label for pair, row in rows if row.holds == "expects"})
    accepted = frozenset(row.relation for _, row in rows if row.holds in ("expects", "accepts"))
    if "leads" in expected:
        expected -= {"affiliated-with"}
    return Meaning(tuple(labels), frozenset(expected), accepted)


def _judge_annotated(ends: Ends, meaning: Meaning, told: set[str], annotated: Annotated) -> Iterator[Verdict]:
    found = bool(meaning.accepted & told)
    names = {entity.id: entity.name for entity in annotated.entities}
    detail = {
        "document": annotated.id,
        "subject": names[ends[0]],
        "object": names[ends[1]],
        "found": sorted(told),
        "sentence": None if annotated.grouped else annotated.text,
    }
    for relation in sorted(meaning.expected):
        yield Verdict("pairs", relation, None, found)
    claimed = min(told, key=lambda relation: (relation not in meaning.accepted, relation), default=None)
    for label in meaning.labels:
        yield Verdict("labels", label, claimed, found, detail=None if found else detail)


def _distinct(extraction: Extraction) -> list[Claim]:
    """The asserted and ended claims, one for each subject, relation and object."""
    claims: dict[tuple[str, str, str], Claim] = {}
    for claim in extraction.claims:
        if claim.status in ("asserted", "ended"):
            claims.setdefault((claim.subject, claim.relation, claim.object), claim)
    return list(claims.values())


def _ends_of(claims: Sequence[Claim], extraction: Extraction, annotated: Annotated) -> list[list[Ends]]:
    """The pairs of annotated entities that each claim may be about."""
    means: Mapping[str, tuple[str, ...]] = stands_for(shared(named(extraction), annotated), grouped=annotated.grouped)
    return [
        [ends for ends in product(means.get(claim.subject, ()), means.get(claim.object, ())) if ends[0] != ends[1]]
        for claim in claims
    ]


def _shown_claim(claim: Claim) -> dict[str, object]:
    return {
        "document": claim.evidence.document,
        "subject": claim.subject,
        "object": claim.object,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "sentence": claim.evidence.sentence,
    }

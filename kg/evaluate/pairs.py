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
from kg.evaluate.annotations import EVERYTHING, Annotated
from kg.evaluate.counts import Verdict
from kg.evaluate.names import named
from kg.evaluate.schemes import Row, load_scheme
from kg.model import Claim, Extraction

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one label says of two entities: relations of ours that it expects, and all that it accepts."""

    label: str
    expected: frozenset[str]
    accepted: frozenset[str]


def judge_pairs(extraction: Extraction, annotated: Annotated) -> Iterator[Verdict]:
    """Verdicts on pairs, by our relation, and on the annotated pairs, by their labels."""
    scheme = load_scheme(annotated.scheme)
    asked = [row for row in scheme if row.label in annotated.asked | {EVERYTHING} and row.holds == "closes"]
    meanings = _meanings(annotated, scheme)
    claims = _distinct(extraction)
    means = stands_for(shared(named(extraction), annotated), grouped=annotated.grouped)
    ends_of = [_ends(claim, means) for claim in claims]
    told: dict[Ends, set[str]] = {}
    for number, claim in enumerate(claims):
        for ends in ends_of[number]:
            told.setdefault(ends, set()).add(claim.relation)
    for ends, said in meanings.items():
        unseen = set(ends) - {entity for entities in means.values() for entity in entities}
        yield from _judge_annotated(ends, said, told.get(ends, set()), annotated, unseen)
    types = {entity.id: entity.type for entity in extraction.entities}
    for number, claim in enumerate(claims):
        meant = [meaning for ends in ends_of[number] for meaning in meanings.get(ends, ())]
        if any(claim.relation in meaning.accepted for meaning in meant):
            yield Verdict("pairs", None, claim.relation, True)
        elif any(
            row.relation == claim.relation and row.fits(types[claim.subject], types[claim.object]) for row in asked
        ):
            yield Verdict("pairs", None, claim.relation, False, detail=_shown_claim(claim))


def _meanings(annotated: Annotated, scheme: Sequence[Row]) -> dict[Ends, list[Meaning]]:
    types = {entity.id: entity.kind.type for entity in annotated.entities}
    meanings: dict[Ends, list[Meaning]] = {}
    for pair in annotated.pairs or ():
        rows = [row for row in scheme if row.label == pair.label and row.fits(types[pair.subject], types[pair.object])]
        expected = frozenset(row.relation for row in rows if row.holds == "expects")
        accepted = expected | {row.relation for row in rows if row.holds == "accepts"}
        if accepted:
            meanings.setdefault((pair.subject, pair.object), []).append(Meaning(pair.label, expected, accepted))
    return meanings


def _judge_annotated(
    ends: Ends, said: Sequence[Meaning], told: set[str], annotated: Annotated, unseen: set[str]
) -> Iterator[Verdict]:
    expected = {relation for meaning in said for relation in meaning.expected}
    if "leads" in expected:
        expected.discard("affiliated-with")
    for relation in sorted(expected):
        enough = {other for meaning in said if relation in meaning.expected for other in meaning.accepted}
        yield Verdict("pairs", relation, None, bool(enough & told))
    names = {entity.id: entity.name for entity in annotated.entities}
    for meaning in said:
        if meaning.expected:
            found = bool(meaning.accepted & told)
            claimed = min(told, key=lambda relation: (relation not in meaning.accepted, relation), default=None)
            detail = {
                "document": annotated.id,
                "subject": names[ends[0]],
                "object": names[ends[1]],
                "unseen": sorted(names[end] for end in unseen),
                "sentence": None if annotated.grouped else annotated.text,
            }
            yield Verdict("labels", meaning.label, claimed, found, detail=None if found else detail)


def _distinct(extraction: Extraction) -> list[Claim]:
    """The asserted and ended claims, one for each subject, relation and object."""
    claims: dict[tuple[str, str, str], Claim] = {}
    for claim in extraction.claims:
        if claim.status in ("asserted", "ended"):
            claims.setdefault((claim.subject, claim.relation, claim.object), claim)
    return list(claims.values())


def _ends(claim: Claim, means: Mapping[str, Sequence[str]]) -> list[Ends]:
    """The pairs of annotated entities that a claim may be about."""
    pairs = product(means.get(claim.subject, ()), means.get(claim.object, ()))
    return [ends for ends in pairs if ends[0] != ends[1]]


def _shown_claim(claim: Claim) -> dict[str, object]:
    return {
        "document": claim.evidence.document,
        "subject": claim.subject,
        "object": claim.object,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "sentence": claim.evidence.sentence,
    }

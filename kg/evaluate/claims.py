"""Claims with their sentences: which of them agree, and how status and speaker fare.

A claim is found where subject, relation, object and sentence agree; sentences agree where one holds the other, white
space and punctuation aside. Each is matched once, one of the annotated status first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.evaluate.annotations import GoldClaim
from kg.evaluate.counts import Verdict
from kg.model import Claim

Match = tuple[GoldClaim | None, Claim | None]


def plain(text: str) -> str:
    """The words of a text, without punctuation: what sentences are compared by."""
    return re.sub(r"\W+", " ", text).strip()


def match_claims(annotated: Sequence[GoldClaim], claims: Sequence[Claim]) -> list[Match]:
    """Every annotated claim with the one found, or None; then what was found and nobody annotated."""
    left = list(claims)
    matches: list[Match] = []
    for expected in annotated:
        same = [claim for claim in left if _ends(expected) == _ends(claim) and _together(expected, claim)]
        same = [claim for claim in same if claim.relation == expected.relation]
        claim = min(same, key=lambda claim: claim.status != expected.status, default=None)
        matches.append((expected, claim))
        if claim is not None:
            left.remove(claim)
    return [*matches, *((None, claim) for claim in left)]


def judged(matches: Sequence[Match]) -> Iterator[tuple[float, bool]]:
    """Of every claim found: its confidence, and whether it is right, status included."""
    for expected, claim in matches:
        if claim is not None:
            yield claim.confidence, expected is not None and claim.status == expected.status


def judge_claims(matches: Sequence[Match], document: str) -> Iterator[Verdict]:
    """Verdicts on relations, statuses (of all claims) and manner (status and speaker of the claims found).

    A missed claim and a wrong one between the same two, in the same sentence, are one confusion of relations.
    """
    missed = [expected for expected, claim in matches if claim is None and expected is not None]
    wrong = [claim for expected, claim in matches if expected is None and claim is not None]
    for expected in missed:
        rival = next((claim for claim in wrong if _rivals(expected, claim)), None)
        if rival is not None:
            wrong.remove(rival)
        yield from _unequal(expected, rival, document)
    for claim in wrong:
        yield from _unequal(None, claim, document)
    for one, other in matches:
        if one is not None and other is not None:
            yield from _equal(one, other, document)


def _equal(expected: GoldClaim, claim: Claim, document: str) -> Iterator[Verdict]:
    yield Verdict("relations", expected.relation, claim.relation, True)
    shown = _shown(expected, claim, document)
    right = claim.status == expected.status
    yield Verdict("statuses", expected.status, claim.status, right, detail=None if right else shown)
    yield Verdict("manner", "status", claim.status, right)
    right = claim.attributed_to == expected.speaker
    differs = "" if right else f"expected {expected.speaker}"
    yield Verdict("manner", "speaker", claim.attributed_to or "nobody", right, differs, None if right else shown)


def _unequal(expected: GoldClaim | None, claim: Claim | None, document: str) -> Iterator[Verdict]:
    shown = _shown(expected, claim, document)
    annotated, found = expected.relation if expected else None, claim.relation if claim else None
    differs = "reversed" if annotated == found else ""
    yield Verdict("relations", annotated, found, False, differs, shown)
    if expected is not None:
        yield Verdict("statuses", expected.status, None, False)
    if claim is not None:
        yield Verdict("statuses", None, claim.status, False)


def _shown(expected: GoldClaim | None, claim: Claim | None, document: str) -> dict[str, Any]:
    """Where it is, and both sides of it. ``subject`` and ``object`` are as annotated where something is."""
    one = claim if expected is None else expected
    assert one is not None
    return {
        "document": document,
        "subject": one.subject,
        "object": one.object,
        "status": {"annotated": expected and expected.status, "found": claim and claim.status},
        "speaker": {"annotated": expected and expected.speaker, "found": claim and claim.attributed_to},
        "rule": claim and claim.rule,
        "confidence": claim and claim.confidence,
        "sentence": claim.evidence.sentence if claim else expected and expected.sentence,
    }


def _ends(claim: GoldClaim | Claim) -> tuple[str, str]:
    return claim.subject, claim.object


def _rivals(expected: GoldClaim, claim: Claim) -> bool:
    return {*_ends(expected)} == {*_ends(claim)} and _together(expected, claim)


def _together(expected: GoldClaim, claim: Claim) -> bool:
    quote, sentence = plain(expected.sentence), plain(claim.evidence.sentence)
    return quote in sentence or sentence in quote

"""Group claims that say the same into edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.merge.contest import contest
from kg.merge.corroboration import corroborate
from kg.merge.rename import Canonical, rename
from kg.model import Claim, Document, Edge
from kg.relations import Relation


def merge(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    relations: Mapping[str, Relation],
    canonical: Canonical | None = None,
) -> tuple[Edge, ...]:
    """One edge for each (subject, relation, object, status, period) that is claimed, sorted by these.

    ``canonical`` maps the identifiers of a document's claims to those of the graph (:func:`kg.resolve.resolve`);
    ``documents`` tell which sources are copies of each other, and ``relations`` which are symmetric. Claims of relations that the
    table does not hold are left out. The result depends on the set of claims alone; merging the claims of the edges
    again, all or by parts, gives the same edges.
    """
    symmetric = {name for name, relation in relations.items() if relation.symmetric}
    known = (claim for claim in claims if claim.relation in relations)
    groups: defaultdict[tuple[Any, ...], list[Claim]] = defaultdict(list)
    for claim in most_confident(rename(known, canonical or {}, symmetric)):
        groups[edge_key(claim)].append(claim)
    return tuple(contest(_edge(groups[key], documents) for key in sorted(groups)))


def most_confident(claims: Iterable[Claim]) -> list[Claim]:
    """Of claims that say the same in the same sentence of a document, the most confident (of equals the smallest);
    in order of document and offset."""
    best: dict[tuple[str, str, int, int], Claim] = {}
    for claim in claims:
        evidence = claim.evidence
        key = (claim.id, evidence.document, evidence.start, evidence.end)
        if key not in best or claim_order(claim) < claim_order(best[key]):
            best[key] = claim
    return sorted(best.values(), key=claim_order)


def claim_order(claim: Claim) -> tuple[Any, ...]:
    """A total order of claims: by document, offset and what is said, the most confident first."""
    at = claim.evidence
    said = (claim.id, -claim.confidence, claim.rule, _none_first(claim.attributed_to))
    where = (at.subject_span, at.object_span, at.triggers, at.subject_mention, at.object_mention, at.sentence)
    how = (claim.polarity, claim.modality, claim.time, claim.kind)
    return (at.document, at.start, at.end, *said, *where, *how)


def edge_key(claim: Claim) -> tuple[Any, ...]:
    """What the claims of one edge share, in an order that sorts (no period before any period)."""
    return (claim.subject, claim.relation, claim.object, claim.status, _none_first(claim.period))


def _edge(claims: list[Claim], documents: Mapping[str, Document]) -> Edge:
    first = claims[0]
    confidence, support = corroborate(claims, documents)
    return Edge(
        id=first.id,
        subject=first.subject,
        relation=first.relation,
        object=first.object,
        status=first.status,
        period=first.period,
        confidence=confidence,
        support=support,
        contested=False,
        claims=tuple(claims),
    )


def _none_first(value: str | None) -> tuple[bool, str]:
    return (value is not None, value or "")

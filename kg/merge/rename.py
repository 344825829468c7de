"""Put claims about local entities in terms of the canonical ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.identifiers import claim_id
from kg.model import Claim

Canonical = Mapping[tuple[str, str], str]
"""Identifier in the graph of each local entity, by its document's id and its identifier there."""


def rename(claims: Iterable[Claim], canonical: Canonical, symmetric: Collection[str]) -> Iterator[Claim]:
    """Claims with canonical identifiers, and with claim identifiers made anew from them.

    A local identifier that ``canonical`` lacks stays as it is; ``symmetric`` holds the
    symmetric relations, whose smaller identifier comes first: where the order turns, spans and mentions turn with it.
    A claim whose subject and object became the same entity says nothing, and is left out.
    """
    for claim in claims:
        document = claim.evidence.document

        def resolved(local: str, document: str = document) -> str:
            return canonical.get((document, local), local)

        subject, object = resolved(claim.subject), resolved(claim.object)
        speaker = resolved(claim.attributed_to) if claim.attributed_to else None
        turned = claim.relation in symmetric and subject > object
        if subject == object:
            continue
        if not turned and (subject, object, speaker) == (claim.subject, claim.object, claim.attributed_to):
            yield claim
        else:
            yield _with_arguments(claim, subject, object, speaker, turned)


def _with_arguments(claim: Claim, subject: str, object: str, speaker: str | None, turned: bool) -> Claim:
    evidence = claim.evidence
    if turned:
        subject, object = object, subject
        evidence = replace(
            evidence,
            subject_span=evidence.object_span,
            object_span=evidence.subject_span,
            subject_mention=evidence.object_mention,
            object_mention=evidence.subject_mention,
        )
    return replace(
        claim,
        id=claim_id(subject, claim.relation, object, claim.status, claim.period),
        subject=subject,
        object=object,
        attributed_to=speaker,
        evidence=evidence,
    )

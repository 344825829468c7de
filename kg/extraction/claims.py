"""From candidates to claims: status, speaker, period and exact evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.anchors import anchor_tokens
from kg.extraction.attribution import Speakers
from kg.extraction.candidates import Candidate, Rules, find_candidates
from kg.extraction.linking import Reference
from kg.extraction.period import stated_period
from kg.extraction.status import Manner, manner_of
from kg.identifiers import claim_id
from kg.model import Claim, Evidence, Span, derive_status
from kg.relations import Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence

_LEAST = {"match": 0.5, "alone": 0.5, "pair": 0.7}
"""Candidates below this are guesses and make no claim, by kind of signal; what no example says must be likelier."""
_STATUS_RIGHT = {"asserted": 0.96, "denied": 0.9, "possible": 0.9, "ended": 0.9}
"""How often the status of a claim is right, measured on the development gold: the confidence is in the claim as it stands."""


def find_claims(doc: Doc, document: str, references: Sequence[Reference], rules: Rules) -> list[Claim]:
    """Claims of a document in canonical order, one for each thing said in a sentence: the most confident."""
    anchors = anchor_tokens(doc, references)
    sentences = list(doc.sents)
    speakers = Speakers(doc, sentences, anchors)
    best: dict[tuple[str, int], Claim] = {}
    for number, sentence in enumerate(sentences):
        if len({a.entity for token in sentence for a in anchors.get(token.i, ())}) < 2:
            continue
        for found in find_candidates(sentence, references, anchors, rules):
            if found.signal.confidence < _LEAST[found.signal.kind]:
                continue
            candidate = _canonical(found, rules.relations[found.relation], references)
            speaker = speakers.of(candidate.words[0], number)
            evidence = _evidence(candidate, sentence, document, references)
            claim = _claim(candidate, sentence, speaker.entity if speaker else None, evidence, references)
            key = (claim.id, claim.evidence.start)
            if key not in best or _preference(claim) > _preference(best[key]):
                best[key] = claim
    return sorted(
        _whole(best.values()),
        key=lambda claim: (claim.evidence.start, claim.relation, claim.subject, claim.object, claim.id),
    )


def _claim(
    candidate: Candidate, sentence: Sentence, speaker: str | None, evidence: Evidence, references: Sequence[Reference]
) -> Claim:
    words = [word for word in candidate.words if word.i not in candidate.slots]
    manner = manner_of(words, candidate.slots, sentence, candidate.manner)
    period = stated_period(words, sentence, candidate.kind)
    if period is not None and period.startswith("..") and manner.modality == "factual":
        manner = Manner(manner.polarity, manner.modality, "ended")
    status = derive_status(manner.polarity, manner.modality, manner.time)
    confidence = candidate.signal.confidence * _STATUS_RIGHT[status]
    subject, object = (references[end].entity for end in (candidate.subject, candidate.object))
    return Claim(
        id=claim_id(subject, candidate.relation, object, status, period),
        subject=subject,
        relation=candidate.relation,
        object=object,
        polarity=manner.polarity,
        modality=manner.modality,
        time=manner.time,
        kind=candidate.kind,
        period=period,
        confidence=round(confidence, 2),
        attributed_to=speaker,
        rule=candidate.rule,
        evidence=evidence,
    )


def _canonical(candidate: Candidate, relation: Relation, references: Sequence[Reference]) -> Candidate:
    """A symmetric relation puts the smaller identifier first."""
    if relation.symmetric and references[candidate.object].entity < references[candidate.subject].entity:
        return replace(candidate, subject=candidate.object, object=candidate.subject)
    return candidate


def _evidence(candidate: Candidate, sentence: Sentence, document: str, references: Sequence[Reference]) -> Evidence:
    doc = sentence.doc
    words = [token for token in sentence if not token.is_space]
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    return Evidence(
        document=document,
        start=start,
        end=end,
        sentence=sentence[words[0].i - sentence.start : words[-1].i - sentence.start + 1].text,
        subject_span=span_of(doc, references[candidate.subject]),
        object_span=span_of(doc, references[candidate.object]),
        triggers=tuple((doc[i].idx, doc[i].idx + len(doc[i])) for i in candidate.triggers),
        subject_mention=candidate.subject,
        object_mention=candidate.object,
    )


def span_of(doc: Doc, reference: Reference) -> Span:
    """Half-open code point offsets of a reference in the document's text."""
    last = doc[reference.end - 1]
    return doc[reference.start].idx, last.idx + len(last)


def _whole(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Without those that see only a part of what another sees: "threatened to attack" is a threat, not also an attack."""
    kept = list(claims)
    for claim in kept:
        said = (claim.subject, claim.relation, claim.object, claim.evidence.start)
        rivals = [c for c in kept if (c.subject, c.relation, c.object, c.evidence.start) == said]
        if not any(set(claim.evidence.triggers) < set(other.evidence.triggers) for other in rivals):
            yield claim


def _preference(claim: Claim) -> tuple[float, int, str]:
    return claim.confidence, -claim.evidence.subject_span[0] - claim.evidence.object_span[0], claim.rule

"""From matches to claims: status, speaker, period, confidence and exact evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.anchors import anchor_tokens
from kg.extraction.attribution import Speakers
from kg.extraction.enhance import enhance
from kg.extraction.graph import sentence_graph
from kg.extraction.linking import Reference
from kg.extraction.matcher import Anchors, Match, find_matches
from kg.extraction.patterns import Pattern
from kg.extraction.period import stated_period
from kg.extraction.status import Manner, manner_of
from kg.identifiers import claim_id
from kg.model import Claim, Evidence, Span, derive_status
from kg.relations import Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_BASE = 0.92
"""Confidence in a match that nothing speaks against. Set by hand; calibration replaces it."""
_LEAST = 0.5
"""Claims below this are guesses, and are not made."""
_NOT_PLAIN = 0.93
"""Factor for a claim that is not simply asserted: status is harder than structure."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Relations with their compiled patterns, indexed by the lemma of their root."""

    relations: Mapping[str, Relation]
    index: Mapping[str | None, Sequence[Pattern]]


def find_claims(doc: Doc, document: str, references: Sequence[Reference], rules: Rules) -> list[Claim]:
    """Claims of a document in canonical order, one for each thing said in a sentence: the most confident."""
    anchors = anchor_tokens(doc, references)
    sentences = list(doc.sents)
    speakers = Speakers(doc, sentences, anchors)
    best: dict[tuple[str, int], Claim] = {}
    for number, sentence in enumerate(sentences):
        if len({a.entity for token in sentence for a in anchors.get(token.i, ())}) < 2:
            continue
        graph = enhance(sentence_graph(sentence, *anchored(sentence, anchors)))
        for found in find_matches(graph, anchors, rules.index):
            if found.certainty * _BASE < _LEAST:
                continue
            match = _canonical(found, rules.relations[found.pattern.relation])
            words = tuple(graph.token(index) for index in _words(match))
            speaker = speakers.of(words[0], number)
            evidence = _evidence(match, sentence, document, references)
            claim = _claim(match, words, sentence, speaker.entity if speaker else None, evidence)
            key = (claim.id, claim.evidence.start)
            if key not in best or _preference(claim) > _preference(best[key]):
                best[key] = claim
    return sorted(
        _whole(best.values()),
        key=lambda claim: (claim.evidence.start, claim.relation, claim.subject, claim.object, claim.id),
    )


def _claim(
    match: Match, words: tuple[Token, ...], sentence: Sentence, speaker: str | None, evidence: Evidence
) -> Claim:
    matched = [word for word in words if word.i not in match.slots]
    implied = Manner(match.pattern.polarity, "factual", match.pattern.time)
    manner = manner_of(matched, match.slots, sentence, implied)
    period = stated_period(matched, sentence, match.pattern.kind)
    if period is not None and period.startswith("..") and manner.modality == "factual":
        manner = Manner(manner.polarity, manner.modality, "ended")
    status = derive_status(manner.polarity, manner.modality, manner.time)
    confidence = _BASE * match.certainty * (1.0 if status == "asserted" else _NOT_PLAIN)
    subject, relation, object = match.subject.entity, match.pattern.relation, match.object.entity
    return Claim(
        id=claim_id(subject, relation, object, status, period),
        subject=subject,
        relation=relation,
        object=object,
        polarity=manner.polarity,
        modality=manner.modality,
        time=manner.time,
        kind=match.pattern.kind,
        period=period,
        confidence=round(confidence, 2),
        attributed_to=speaker,
        rule=match.pattern.rule,
        evidence=evidence,
    )


def anchored(sentence: Sentence, anchors: Anchors) -> tuple[dict[int, str], frozenset[int]]:
    """Tokens of a sentence that stand for a mention, with its type, and those that stand for a group ("both countries")."""
    single: dict[int, str] = {token.i: anchors[token.i][0].type for token in sentence if token.i in anchors}
    own = {index: {anchor.entity for anchor in anchors[index] if not anchor.organ} for index in single}
    return single, frozenset(index for index in single if len(own[index]) > 1)


def _canonical(match: Match, relation: Relation) -> Match:
    """A symmetric relation puts the smaller identifier first."""
    if relation.symmetric and match.object.entity < match.subject.entity:
        return replace(match, subject=match.object, object=match.subject)
    return match


def _words(match: Match) -> Iterator[int]:
    """Matched words that are no slots, the topmost first; where there are none, the words that the slots fill."""
    pairs = list(zip(match.pattern.nodes, match.tokens, strict=True))
    words = [token for node, token in pairs if node.slot is None]
    yield from words or [token for _, token in pairs]


def _evidence(match: Match, sentence: Sentence, document: str, references: Sequence[Reference]) -> Evidence:
    doc = sentence.doc
    words = [token for token in sentence if not token.is_space]
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    return Evidence(
        document=document,
        start=start,
        end=end,
        sentence=sentence[words[0].i - sentence.start : words[-1].i - sentence.start + 1].text,
        subject_span=span_of(doc, references[match.subject.mention]),
        object_span=span_of(doc, references[match.object.mention]),
        triggers=tuple((doc[i].idx, doc[i].idx + len(doc[i])) for i in match.triggers),
        subject_mention=match.subject.mention,
        object_mention=match.object.mention,
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

"""Why a sentence gave the claims that it gave: everything between the text and the claims, laid open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.anchors import anchor_tokens
from kg.extraction.candidates import Rules, anchored, find_candidates, implied_owners
from kg.extraction.claims import span_of
from kg.extraction.confidence import probability_of
from kg.extraction.enhance import enhance
from kg.extraction.graph import sentence_graph
from kg.extraction.matcher import Anchors
from kg.extraction.nearly import NearMatch, near_matches
from kg.model import Claim, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

    from kg.extraction.extractor import Extractor, Found


@dataclass(frozen=True, slots=True)
class Word:
    """A token: its offsets, and how the reader reads it; ``head`` is the index of a token in the same sentence."""

    text: str
    start: int
    end: int
    lemma: str
    part_of_speech: str
    label: str
    head: int


@dataclass(frozen=True, slots=True)
class Referred:
    """A mention: its offsets and text, and the entity; ``certainty`` is below 1 where it was inferred."""

    start: int
    end: int
    text: str
    entity: str
    certainty: float
    by_name: bool


@dataclass(frozen=True, slots=True)
class Relating:
    """An arc of the sentence graph between two words; ``certainty`` is below 1 where grammar only suggests it."""

    head: str
    label: str
    dependent: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair of mentions that no pattern relates: how probable the scorer finds the relation, the word that it reads it from, and
    the confidence that a claim would have."""

    subject: str
    relation: str
    object: str
    word: str
    probability: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence. ``arcs`` are those that patterns are matched on and the parse does not have; ``near`` is best first."""

    start: int
    end: int
    words: tuple[Word, ...]
    mentions: tuple[Referred, ...]
    arcs: tuple[Relating, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[Weighed, ...]
    near: tuple[NearMatch, ...]


def explain(extractor: Extractor, text: str) -> list[Explanation]:
    """The explanation of every sentence of ``text``, in order. Offsets are half-open, in code points of ``text``."""
    found = extractor.find(text)
    return [_explain(extractor, found, number) for number, _ in enumerate(found.doc.sents)]


def _explain(extractor: Extractor, found: Found, number: int) -> Explanation:
    doc = found.doc
    sentence = list(doc.sents)[number]
    anchors = anchor_tokens(doc, found.references)
    plain = sentence_graph(sentence, *anchored(sentence, anchors))
    known = {(head, link.label, link.token) for head, link in plain.arcs()}
    graph = enhance(plain, implied_owners(sentence, anchors))
    start, end = sentence.start_char, sentence.end_char
    words = [Word(t.text, t.idx, t.idx + len(t), t.lemma_, t.pos_, t.dep_, t.head.i - sentence.start) for t in sentence]
    spans: list[tuple[Span, int]] = [(span_of(doc, ref), at) for at, ref in enumerate(found.references)]
    inside = [(span, found.references[at]) for span, at in spans if start <= span[0] < end]
    return Explanation(
        start=start,
        end=end,
        words=tuple(words),
        mentions=tuple(
            Referred(*span, doc.text[slice(*span)], ref.entity, ref.certainty, ref.by_name) for span, ref in inside
        ),
        arcs=tuple(
            Relating(graph.token(head).text, link.label, graph.token(link.token).text, round(link.certainty, 2))
            for head, link in graph.arcs()
            if (head, link.label, link.token) not in known
        ),
        claims=tuple(claim for claim in found.claims if start <= claim.evidence.start < end),
        pairs=tuple(_weighed(sentence, found, anchors, extractor.rules)),
        near=tuple(near_matches(graph, anchors, extractor.rules.index)),
    )


def _weighed(sentence: Sentence, found: Found, anchors: Anchors, rules: Rules) -> list[Weighed]:
    """What the scorer adds to the patterns, the most probable first."""
    pairs = [
        Weighed(
            subject=found.references[candidate.subject].entity,
            relation=candidate.relation,
            object=found.references[candidate.object].entity,
            word=candidate.words[0].text,
            probability=round(probability_of(candidate.signal.features[0]), 2),
            confidence=round(candidate.signal.confidence, 2),
        )
        for candidate in find_candidates(sentence, found.references, anchors, rules)
        if candidate.signal.kind == "pair"
    ]
    return sorted(pairs, key=lambda pair: (-pair.confidence, pair.subject, pair.relation, pair.object))

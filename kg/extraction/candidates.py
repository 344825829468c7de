"""What a sentence may claim: pattern matches, and pairs of mentions that the scorer finds related."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.anchors import anchor_tokens
from kg.extraction.confidence import Signal, of_match, of_pair
from kg.extraction.enhance import enhance
from kg.extraction.graph import sentence_graph
from kg.extraction.linking import Reference
from kg.extraction.matcher import Anchors, Match, find_matches
from kg.extraction.patterns import Pattern
from kg.extraction.scored import Found, rule_of, score_pairs
from kg.extraction.scorer import Scorer
from kg.extraction.status import Manner
from kg.extraction.syntax import lemma, span_root
from kg.model import Kind
from kg.relations import Relation

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_STATES = frozenset({"borders", "leads"})
"""Relations that a verb states, too, and does not report as an event."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Relations with their compiled patterns, indexed by the lemma of their root; the scorer, if the reader has one."""

    relations: Mapping[str, Relation]
    index: Mapping[str | None, Sequence[Pattern]]
    scorer: Scorer | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """``subject`` and ``object`` are mentions (positions among the references); ``words`` are the tokens that say it, the topmost
    first, ``slots`` those of the arguments, ``triggers`` those to show. ``manner`` is what the wording implies."""

    relation: str
    rule: str
    kind: Kind
    subject: int
    object: int
    words: tuple[Token, ...]
    slots: frozenset[int]
    triggers: tuple[int, ...]
    manner: Manner
    signal: Signal


def find_candidates(
    sentence: Span, references: Sequence[Reference], anchors: Anchors, rules: Rules
) -> Iterator[Candidate]:
    """Candidates of one sentence; ``references`` and ``anchors`` are those of the document."""
    matches = _matches(sentence, anchors, rules)
    scored = score_pairs(sentence, references, matches, rules.scorer) if rules.scorer else None
    for match in matches:
        probability = scored.of_match(match) if scored else None
        signal = of_match(match.certainty, probability)
        yield _from_match(match, sentence, signal, rules.relations[match.pattern.relation].carriers)
    if scored is not None:
        said = {(m.subject.entity, m.pattern.relation, m.object.entity) for m in matches}
        used = {(m.pattern.relation, word) for m in matches for word in m.triggers}
        for found in scored.beyond(said, rules.relations):
            certainty = references[found.subject].certainty * references[found.object].certainty
            explained = (found.relation.id, found.word.i) in used
            yield _from_pair(found, sentence, references, of_pair(found.probability, certainty, explained))


def anchored(sentence: Span, anchors: Anchors) -> tuple[dict[int, str], frozenset[int]]:
    """Tokens of a sentence that stand for a mention, with its type, and those that stand for a group ("both countries")."""
    standing = {t.i: [a for a in anchors.get(t.i, ()) if not a.implied] for t in sentence}
    single: dict[int, str] = {index: held[0].type for index, held in standing.items() if held}
    own = {index: {anchor.entity for anchor in standing[index] if not anchor.organ} for index in single}
    return single, frozenset(index for index in single if len(own[index]) > 1)


def implied_owners(sentence: Span, anchors: Anchors) -> list[int]:
    """Tokens of a sentence whose owner is only implied: the title of "President Museveni"."""
    return [token.i for token in sentence if any(anchor.implied for anchor in anchors.get(token.i, ()))]


def matches_of(sentence: Span, references: Sequence[Reference], rules: Rules) -> list[Match]:
    """Every pattern match in a sentence of a document whose mentions are ``references``."""
    return _matches(sentence, anchor_tokens(sentence.doc, references), rules)


def _matches(sentence: Span, anchors: Anchors, rules: Rules) -> list[Match]:
    graph = enhance(sentence_graph(sentence, *anchored(sentence, anchors)), implied_owners(sentence, anchors))
    return list(find_matches(graph, anchors, rules.index))


def _from_match(match: Match, sentence: Span, signal: Signal, carriers: frozenset[str]) -> Candidate:
    pairs = list(zip(match.pattern.nodes, match.tokens, strict=True))
    words = [token for node, token in pairs if node.slot is None] or [token for _, token in pairs]
    words = [token for token in words if lemma(sentence.doc[token]) in carriers] or words
    return Candidate(
        relation=match.pattern.relation,
        rule=match.pattern.rule,
        kind=match.pattern.kind,
        subject=match.subject.mention,
        object=match.object.mention,
        words=tuple(sentence.doc[index] for index in words),
        slots=match.slots,
        triggers=match.triggers,
        manner=Manner(match.pattern.polarity, "factual", match.pattern.time),
        signal=signal,
    )


def _from_pair(found: Found, sentence: Span, references: Sequence[Reference], signal: Signal) -> Candidate:
    ends = [references[found.subject], references[found.object]]
    event = found.word.pos_ == "VERB" and found.relation.id not in _STATES
    return Candidate(
        relation=found.relation.id,
        rule=rule_of(found),
        kind="event" if event else found.relation.kind,
        subject=found.subject,
        object=found.object,
        words=(found.word,),
        slots=frozenset(span_root(sentence.doc, ref.start, ref.end).i for ref in ends),
        triggers=(found.word.i,),
        manner=Manner(),
        signal=signal,
    )

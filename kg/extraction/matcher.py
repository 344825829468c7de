"""Find patterns in a sentence graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.graph import SentenceGraph
from kg.extraction.patterns import Node, Pattern
from kg.extraction.syntax import lemma
from kg.model import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention as a token stands for it. ``organ`` is true where the token is an organ of the country mentioned, and
    ``certainty`` below 1 where the token only implies the mention. What is only ``implied`` owns the token, and is nothing else."""

    mention: int
    entity: str
    type: EntityType
    certainty: float = 1.0
    organ: bool = False
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: the tokens of its nodes, and the anchors of its two slots."""

    pattern: Pattern
    tokens: tuple[int, ...]
    subject: Anchor
    object: Anchor
    certainty: float

    @property
    def slots(self) -> frozenset[int]:
        """Tokens that fill the two slots."""
        return frozenset(t for node, t in zip(self.pattern.nodes, self.tokens, strict=True) if node.slot)

    @property
    def triggers(self) -> tuple[int, ...]:
        """Tokens of the marked words; where the example marks none, the pattern's other words."""
        nodes = list(zip(self.pattern.nodes, self.tokens, strict=True))
        marked = [token for node, token in nodes if node.trigger]
        return tuple(sorted(set(marked or [token for node, token in nodes if node.slot is None])))


_MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:desc", "advmod", "nmod:poss"})

Anchors = Mapping[int, Sequence[Anchor]]


def find_matches(
    graph: SentenceGraph, anchors: Anchors, index: Mapping[str | None, Sequence[Pattern]]
) -> Iterator[Match]:
    """Every match of every pattern of ``index``."""
    for token in graph.sentence:
        found = {id(pattern): pattern for word in sorted(words_of(token)) for pattern in index.get(word, ())}
        patterns = list(found.values())
        if token.i in anchors:
            patterns += index.get(None, ())
        for pattern in patterns:
            if fits(pattern, 0, token.i, graph, anchors):
                for tokens, certainty in _grow(pattern, (token.i,), 1.0, graph, anchors):
                    yield from bind(pattern, tokens, certainty, graph, anchors)


def fits(pattern: Pattern, position: int, index: int, graph: SentenceGraph, anchors: Anchors) -> bool:
    """Whether the token ``index`` can be the node ``position`` of a pattern."""
    node = pattern.nodes[position]
    if node.slot is not None:
        return index in anchors and (not node.lemmas or lemma(graph.token(index)) in node.lemmas)
    token = graph.token(index)
    if node.lemmas.isdisjoint(words_of(token)) or not _has_kind(token, node.nominal):
        return False
    return not any(lemma(child) in pattern.unless for child in token.children if child.dep_ in _MODIFIERS)


def _has_kind(token: Token, nominal: bool) -> bool:
    """Whether a word is a noun, or is none. Names can be either: "Prime" of "Prime Minister" is tagged as both."""
    return token.pos_ in ("NOUN", "PROPN") if nominal else token.pos_ != "NOUN"


def words_of(token: Token) -> set[str]:
    """The lemma of a word, and its form: what is "normalized" is so whether it is read as a verb or as an adjective."""
    return {lemma(token), token.lower_}


def _grow(
    pattern: Pattern, tokens: tuple[int, ...], certainty: float, graph: SentenceGraph, anchors: Anchors
) -> Iterator[tuple[tuple[int, ...], float]]:
    """All ways to place the nodes after the first ``len(tokens)``, depth first."""
    if len(tokens) == len(pattern.nodes):
        yield tokens, certainty
        return
    node = pattern.nodes[len(tokens)]
    for link in graph.children(tokens[node.parent], *node.labels):
        itself = link.token == tokens[node.parent] or _plural(anchors.get(link.token, ()))
        repeated = link.token in tokens and not (node.slot and itself)
        if not repeated and fits(pattern, len(tokens), link.token, graph, anchors):
            yield from _grow(pattern, (*tokens, link.token), certainty * link.certainty, graph, anchors)


def bind(
    pattern: Pattern,
    tokens: tuple[int, ...],
    certainty: float,
    graph: SentenceGraph,
    anchors: Anchors,
) -> Iterator[Match]:
    """The matches that a full placement of a pattern's nodes makes: one for each pair of mentions that fits."""
    slots = {node.slot: (node, token) for node, token in zip(pattern.nodes, tokens, strict=True) if node.slot}
    (subject_node, subject_token), (object_node, object_token) = slots["subject"], slots["object"]
    if subject_node.parent == object_node.parent >= 0 and subject_node.labels == object_node.labels:
        if "nsubj" in subject_node.labels and _has_partner(graph, tokens[subject_node.parent], anchors):
            return
        if "prep:between" in subject_node.labels and not _across(graph, subject_token, object_token):
            return
    for subject in _standing(anchors, subject_token, subject_node, tokens):
        for object in _standing(anchors, object_token, object_node, tokens):
            if subject.entity == object.entity:
                continue
            if subject.type in pattern.subject and object.type in pattern.object:
                doubt = (subject.certainty, object.certainty)
                total = certainty * (min(doubt) if subject_token == object_token else doubt[0] * doubt[1])
                yield Match(pattern, tokens, subject, object, total)


def _standing(anchors: Anchors, token: int, node: Node, tokens: tuple[int, ...]) -> list[Anchor]:
    """The anchors of a slot; what is only implied fills the slot of what owns the word."""
    owner = node.parent >= 0 and tokens[node.parent] == token
    return [anchor for anchor in anchors[token] if owner or not anchor.implied]


def _across(graph: SentenceGraph, one: int, other: int) -> bool:
    """Whether two parties of "between A and B and C" stand on two sides: the first one and another."""
    return one == other or not (graph.token(one).dep_ == "conj" and graph.token(other).dep_ == "conj")


def _has_partner(graph: SentenceGraph, predicate: int, anchors: Anchors) -> bool:
    """Whether a predicate said of both at once names another partner ("Israel and Egypt are enemies of Iran", "American and
    Iraqi troops clashed with militants")."""
    links = graph.children(predicate, "of", "obj", "prep:against", "prep:to", "prep:for", "prep:between")
    third = graph.children(predicate, "prep:with")
    return any(link.token in anchors for link in links) or any(graph.token(link.token).pos_ != "PRON" for link in third)


def _plural(anchors: Sequence[Anchor]) -> bool:
    return len({anchor.entity for anchor in anchors}) > 1

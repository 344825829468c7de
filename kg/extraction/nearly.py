"""Patterns that almost match a sentence, and what each one lacks: for the reader of ``kg explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.graph import SentenceGraph
from kg.extraction.matcher import Anchors, bind, fits, words_of
from kg.extraction.patterns import Node, Pattern

_SHOWN_WORDS = 6


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A pattern of which ``found`` of ``size`` nodes were placed on the tokens ``words``, and the reason it stopped."""

    rule: str
    found: int
    size: int
    words: tuple[str, ...]
    reason: str


def near_matches(
    graph: SentenceGraph, anchors: Anchors, index: Mapping[str | None, Sequence[Pattern]]
) -> list[NearMatch]:
    """The nearest miss of every rule that found one of its words here and does not match anywhere, best first."""
    best: dict[str, NearMatch] = {}
    matching: set[str] = set()
    for token in graph.sentence:
        found = {id(pattern): pattern for word in sorted(words_of(token)) for pattern in index.get(word, ())}
        for pattern in found.values():
            for miss in _misses(pattern, token.i, graph, anchors):
                if miss is None:
                    matching.add(pattern.rule)
                elif pattern.rule not in best or miss.found > best[pattern.rule].found:
                    best[pattern.rule] = miss
    left = [miss for rule, miss in best.items() if rule not in matching and miss.found > 1]
    return sorted(left, key=lambda miss: (miss.size - miss.found, -miss.found, miss.rule))


def _misses(pattern: Pattern, root: int, graph: SentenceGraph, anchors: Anchors) -> Iterator[NearMatch | None]:
    """Where each attempt to place the nodes below ``root`` ends: None for one that succeeds."""
    if not fits(pattern, 0, root, graph, anchors):
        return
    pending: list[tuple[int, ...]] = [(root,)]
    while pending:
        tokens = pending.pop()
        if len(tokens) == len(pattern.nodes):
            matched = next(bind(pattern, tokens, 1.0, graph, anchors), None)
            yield None if matched else _miss(pattern, tokens, graph, _why_unbound(pattern, tokens, anchors))
            continue
        node = pattern.nodes[len(tokens)]
        links = graph.children(tokens[node.parent], *node.labels)
        fitting = [link.token for link in links if fits(pattern, len(tokens), link.token, graph, anchors)]
        pending += [(*tokens, token) for token in fitting if token not in tokens]
        if not fitting:
            yield _miss(pattern, tokens, graph, _why_not(node, tokens, [link.token for link in links], graph))


def _miss(pattern: Pattern, tokens: tuple[int, ...], graph: SentenceGraph, reason: str) -> NearMatch:
    words = tuple(graph.token(index).text for index in tokens)
    return NearMatch(pattern.rule, len(tokens), len(pattern.nodes), words, reason)


def _why_not(node: Node, tokens: tuple[int, ...], beside: Sequence[int], graph: SentenceGraph) -> str:
    parent, labels = graph.token(tokens[node.parent]).text, " or ".join(sorted(node.labels))
    wanted = f"the {node.slot}" if node.slot else _some(node.lemmas)
    if not beside:
        return f"nothing hangs on {parent!r} as {labels}; wanted {wanted}"
    words = ", ".join(repr(graph.token(index).text) for index in beside)
    return f"{words} on {parent!r} ({labels}) is no mention" if node.slot else f"{words} is not {wanted}"


def _why_unbound(pattern: Pattern, tokens: tuple[int, ...], anchors: Anchors) -> str:
    slots = {node.slot: token for node, token in zip(pattern.nodes, tokens, strict=True) if node.slot}
    subjects, objects = (anchors.get(slots[name], ()) for name in ("subject", "object"))
    if {anchor.entity for anchor in subjects} == {anchor.entity for anchor in objects}:
        return "both arguments are the same"
    types = f"{'/'.join(pattern.subject)} → {'/'.join(pattern.object)}"
    return f"the arguments are of other types than {types}, or are joint subjects of something said of a third"


def _some(lemmas: frozenset[str]) -> str:
    words = sorted(lemmas)
    return "one of " + ", ".join(words[:_SHOWN_WORDS]) + (", …" if len(words) > _SHOWN_WORDS else "")

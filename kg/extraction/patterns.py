"""Example sentences, read by the reader itself, become dependency patterns.

The idea is syntactic search by example (Shlain et al., 2020): the user writes a sentence and marks what matters; the
part of its dependency graph that ties the marks together is the pattern. Marked words stand for their lexicon class,
the two slots for any mention of the right type, and words in between for themselves.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import RelationError
from kg.extraction.enhance import enhance
from kg.extraction.graph import SentenceGraph, sentence_graph
from kg.extraction.syntax import lemma, span_root
from kg.identifiers import slug
from kg.model import EntityType, Kind, Polarity, Time
from kg.relations import Example, Relation, class_of, slot_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_GUESS_COST = 25.0
_ODD_LABELS = frozenset({"flat", "appos", "desc", "conj", "dep", "parataxis", "relcl", "advcl"})


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a pattern: a slot (``slot`` is subject or object; any word if ``lemmas`` is empty), or one of ``lemmas``.

    ``nominal`` says whether the word is a noun; ``trigger`` whether it was marked in the example. A child hangs on
    its parent node by an arc with one of ``labels``; the first node is the root and has none.
    """

    slot: str | None
    lemmas: frozenset[str]
    nominal: bool
    trigger: bool
    parent: int
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A tree of nodes, parents before children. ``rule`` names it by its relation and its example's words.

    A word that is modified by one of ``unless`` does not match. ``subject`` and ``object`` are the slots' types.
    """

    relation: str
    rule: str
    kind: Kind
    nodes: tuple[Node, ...]
    unless: frozenset[str]
    subject: tuple[EntityType, ...]
    object: tuple[EntityType, ...]
    polarity: Polarity
    time: Time


def compile_patterns(relations: Mapping[str, Relation], nlp: Language, *, strict: bool = True) -> tuple[Pattern, ...]:
    """One pattern for each distinct structure among the examples of all relations.

    Raises :class:`RelationError` for an example whose marks the reader does not connect; if not ``strict``, such an
    example is left out (another reader may parse a built-in one badly), and only a relation without any pattern is an error.
    """
    items = [(relation, example) for relation in relations.values() for example in relation.examples]
    docs = nlp.pipe(example.text for _, example in items)
    patterns: dict[object, Pattern] = {}
    for (relation, example), doc in zip(items, docs, strict=True):
        try:
            pattern = compile_example(relation, example, doc)
        except RelationError:
            if strict:
                raise
            continue
        patterns.setdefault(replace(pattern, rule=""), pattern)
    compiled = {pattern.relation for pattern in patterns.values()}
    if lost := [relation.id for relation in relations.values() if relation.examples and relation.id not in compiled]:
        raise RelationError(f"[{lost[0]}]: the reader connects the marks of none of its examples")
    return tuple(patterns.values())


def compile_example(relation: Relation, example: Example, doc: Doc) -> Pattern:
    """The pattern of one example that the reader has read as ``doc``."""
    marks = _mark_tokens(relation, example, doc)
    cases = {token: name for token, name in marks.items() if doc[token].dep_ == "case"}
    targets = {token: name for token, name in marks.items() if token not in cases}
    slots = {token: "" for token, name in targets.items() if slot_of(name)}
    first = next(iter(targets))
    sentence = next(span for span in doc.sents if span.start <= first < span.end)
    graph = enhance(sentence_graph(sentence, slots))
    best = min(
        (tree for root in (token.i for token in sentence) if (tree := _connect(graph, root, targets)) is not None),
        default=None,
    )
    if best is None:
        raise RelationError(f"[{relation.id}]: the reader does not connect the marks of the example {example.text!r}")
    _, root, arcs = best
    classes = {token: relation.lexicon[words] for token, name in marks.items() if (words := class_of(name))}
    nodes = _nodes(doc, root, dict(arcs), targets, classes, cases)
    rule = f"{relation.id}:{slug(example.name)}"
    return Pattern(
        relation=relation.id,
        rule=rule,
        kind=example.kind or relation.kind,
        nodes=nodes,
        unless=relation.unless,
        subject=example.subject or relation.subject,
        object=example.object or relation.object,
        polarity=example.polarity,
        time=example.time,
    )


def _mark_tokens(relation: Relation, example: Example, doc: Doc) -> dict[int, str]:
    """The head token of each mark, in the order of the text."""
    result = {}
    for name, start, end in example.marks:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not span.text.strip():
            raise RelationError(f"[{relation.id}]: a mark covers no word in the example {example.text!r}")
        result[span_root(doc, span.start, span.end).i] = name
    return result


def _connect(
    graph: SentenceGraph, root: int, targets: Mapping[int, str]
) -> tuple[tuple[float, int], int, tuple[tuple[int, tuple[int, str]], ...]] | None:
    """The cheapest arcs from ``root`` down to every target: ((cost, preference), root, ((token, (parent, label)), …))."""
    cost: dict[int, float] = {root: 0.0}
    above: dict[int, tuple[int, str]] = {}
    queue = [(0.0, root)]
    while queue:
        distance, token = heapq.heappop(queue)
        if distance > cost[token] or (token != root and slot_of(targets.get(token, "")) and distance > 9):
            continue
        for link in graph.children(token):
            step = distance + 1 + _GUESS_COST * (1 - link.certainty) + 0.5 * (link.label in _ODD_LABELS)
            if step < cost.get(link.token, 1e9):
                cost[link.token], above[link.token] = step, (token, link.label)
                heapq.heappush(queue, (step, link.token))
    arcs: dict[int, tuple[int, str]] = {}
    for target in targets:
        token = target
        while token != root:
            if token not in above:
                return None
            arcs[token] = above[token]
            token = above[token][0]
    total = sum(cost[token] - cost[parent] for token, (parent, _) in arcs.items())
    preference = 0 if root in targets and not slot_of(targets[root]) else 1
    return (round(total + preference * 0.6, 6), root), root, tuple(sorted(arcs.items()))


def _nodes(
    doc: Doc,
    root: int,
    arcs: Mapping[int, tuple[int, str]],
    targets: Mapping[int, str],
    classes: Mapping[int, frozenset[str]],
    cases: Mapping[int, str],
) -> tuple[Node, ...]:
    order, position = [root], {root: 0}
    pending = sorted(arcs)
    while pending:
        token = next(t for t in pending if arcs[t][0] in position)
        pending.remove(token)
        position[token] = len(order)
        order.append(token)
    widened = {arcs[doc[case].head.i]: classes[case] for case in cases if doc[case].head.i in arcs}
    return tuple(
        _node(
            doc[token],
            targets.get(token),
            classes.get(token),
            position[arcs[token][0]] if token in arcs else -1,
            _labels(arcs[token][1], widened.get(arcs[token])) if token in arcs else frozenset(),
        )
        for token in order
    )


def _node(token: Token, mark: str | None, words: frozenset[str] | None, parent: int, labels: frozenset[str]) -> Node:
    slot = slot_of(mark or "")
    if slot:
        return Node(slot, words or frozenset(), True, False, parent, labels)
    nominal = token.pos_ in ("NOUN", "PROPN")
    return Node(None, words or frozenset({lemma(token)}), nominal, mark is not None, parent, labels)


def _labels(label: str, prepositions: Iterable[str] | None) -> frozenset[str]:
    """The label of an arc, widened to a lexicon class where the example marks the preposition."""
    if prepositions is None or not (label.startswith("prep:") or label == "of"):
        return frozenset({label})
    return frozenset("of" if word == "of" else f"prep:{word}" for word in prepositions)


def index_by_lemma(patterns: Sequence[Pattern]) -> dict[str | None, list[Pattern]]:
    """Patterns by the lemmas of their root; those whose root is a slot stand under None."""
    index: dict[str | None, list[Pattern]] = {}
    for pattern in patterns:
        root = pattern.nodes[0]
        for word in sorted(root.lemmas) if root.slot is None else (None,):
            index.setdefault(word, []).append(pattern)
    return index

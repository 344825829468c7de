"""What lists leave out: "tanks from France, shells from Turkey", "its neighbors to the north, China, and east, Vietnam"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.graph import SentenceGraph
from kg.extraction.syntax import lemma, preposition_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_SKIPPED = frozenset({"DET", "ADJ", "NUM", "PUNCT", "CCONJ"})
_DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest".split())
_NEIGHBORS = frozenset({"neighbor", "neighbour"})


def repeat_gapped_verbs(graph: SentenceGraph) -> None:
    """ "bought tanks from France, shells from Turkey": the verb holds for every thing and phrase of the list."""
    for head, link in list(graph.arcs()):
        first = graph.token(link.token)
        if not link.label.startswith("prep:") or link.token not in graph.anchored or graph.token(head).pos_ != "VERB":
            continue
        last = first
        while (gap := _next_item(graph, last, preposition_of(first))) is not None:
            thing, last = gap
            graph.add(head, "obj", thing.i, 0.93)
            graph.add(head, link.label, last.i, 0.93)


def name_neighbors(graph: SentenceGraph) -> None:
    """ "its neighbors to the north, China, and east, Vietnam": a name behind a direction is a neighbor."""
    for noun in graph.sentence:
        if lemma(noun) not in _NEIGHBORS or not graph.children(noun.i, "of"):
            continue
        for token in graph.sentence.doc[noun.i + 1 : graph.sentence.end]:
            if token.pos_ == "VERB":
                break
            name = _skip(graph, token.i + 1) if token.lower_ in _DIRECTIONS else None
            if name is not None and name.i in graph.anchored:
                graph.add(noun.i, "nsubj", name.i, 0.95)


def _next_item(graph: SentenceGraph, after: Token, preposition: str | None) -> tuple[Token, Token] | None:
    """The thing and the mention of the next item of a list, with the same preposition between them."""
    thing = _skip(graph, after.i + 1)
    if (
        preposition is None
        or thing is None
        or thing.pos_ != "NOUN"
        or thing.i in graph.anchored
        or thing.i == after.i + 1
    ):
        return None
    case = graph.token(thing.i + 1) if thing.i + 1 < graph.sentence.end else None
    mention = _skip(graph, thing.i + 2) if case is not None and case.lower_ == preposition else None
    return (thing, mention) if mention is not None and mention.i in graph.anchored else None


def _skip(graph: SentenceGraph, index: int) -> Token | None:
    """The first token from ``index`` on that is no article, adjective, number, comma or conjunction, if it is near."""
    for position in range(index, min(index + 5, graph.sentence.end)):
        token = graph.token(position)
        if token.pos_ not in _SKIPPED or position in graph.anchored:
            return token
    return None

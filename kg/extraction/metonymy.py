"""When a capital or a building stands for the government: "Baku denied it", and not "in Baku"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.syntax import lemma, preposition_of, span_root
from kg.extraction.verbs import DITRANSITIVE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLACE = frozenset(
    "in at near outside around inside through across throughout via within above beyond off beside".split()
)
_MOTION = frozenset(
    "travel fly go come return arrive move trip visit flight journey drive walk march road way head send rush drop "
    "evacuate deport extradite exile flee migrate relocate bring take transfer".split()
)
_VISITED = frozenset("visit leave reach enter tour depart inhabit".split())
_OF_PLACE = frozenset(
    "city capital street streets suburb center centre mayor port outskirts airport part north south east west resident "
    "population district square university hotel museum cathedral zoo metro station residents people university school "
    "neighborhood neighbourhood bureau office correspondent court hospital library opera film festival conference summit "
    "accords accord agreement treaty declaration".split()
)
_POLITICAL = frozenset(
    "government regime authority authorities official officials administration leadership policy axis pact alliance tie ties "
    "relation relations diplomacy envoy ambassador backing support aid ally allies enemy rival claim position leader".split()
)


def stands_for_government(doc: Doc, start: int, end: int) -> float:
    """Certainty in [0, 1] that the capital or seat at tokens ``start`` to ``end`` means the state; 0 for a place."""
    root = span_root(doc, start, end)
    if _with_its_country(doc, start, end):
        return 0.0
    return _certainty(root, 3)


def _certainty(token: Token, depth: int) -> float:
    dep, head = token.dep_, token.head
    if dep == "conj" and depth:
        return _certainty(head, depth - 1)
    preposition = preposition_of(token)
    governor = lemma(head)
    if dep == "compound" and token.i and lemma(token.nbor(-1)) in DITRANSITIVE:
        return 0.85  # "sold Bamako helicopters"
    if preposition is not None:
        return _after_preposition(preposition, governor, token)
    if dep in ("nmod:poss", "poss", "compound", "amod", "nmod", "nmod:desc", "nmod:unmarked"):
        if governor in _OF_PLACE:
            return 0.0
        return 0.95 if dep in ("nmod:poss", "poss") or governor in _POLITICAL else 0.0
    if dep in ("obj", "dobj"):
        return 0.0 if governor in _VISITED else 0.85
    if dep.startswith("nsubj"):
        return 0.95
    if dep in ("appos", "list", "flat", "obl:unmarked", "obl"):
        return 0.0
    return 0.7


def _after_preposition(preposition: str, governor: str, token: Token) -> float:
    if preposition in _PLACE or (preposition in ("to", "from", "for") and governor in _MOTION):
        return 0.0
    if preposition in ("of", "from") and governor in _OF_PLACE:
        return 0.0
    if preposition in ("of", "from", "over", "on", "to"):
        return 0.8
    return 0.95


def _with_its_country(doc: Doc, start: int, end: int) -> bool:
    """ "Baku, Azerbaijan" and "Washington, D.C." are places."""
    return (
        end + 1 < len(doc)
        and doc[end].text == ","
        and doc[end + 1].ent_type_ in ("PLACE", "GPE")
        and doc[end + 1].is_title
        and (end + 2 >= len(doc) or doc[end + 2].text in (",", ".", ")", ";", "–", "—"))
    )

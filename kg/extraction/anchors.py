"""Which token stands for which mention: the head of its phrase, and the organs that act for a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.linking import Reference
from kg.extraction.matcher import Anchor
from kg.extraction.syntax import after_attitude, lemma, preposition_of, span_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ORGANS = frozenset(
    "army police military force troop soldier navy airforce government official authority regime administration ministry "
    "commando warplane jet aircraft helicopter drone missile rocket tank artillery warship gunboat warhead "
    "gunner pilot fighter paratrooper guard leadership state side delegation diplomat lawmaker parliament industry bomber fleet "
    "republic cabinet establishment policymaker negotiator representative leader regiment brigade battalion shell "
    "factory shipyard airstrike strike bombardment invader invasion aggression defense defence territory soil arsenal".split()
)
"""Nouns through which a state acts or is acted upon: "Israeli soldiers", "the Turkish army", "U.S. officials"."""
_FORCES = frozenset("force troop fighter guerrilla militiaman gunman soldier".split())
"""Nouns through which an organization acts as well: "NATO forces", "Hezbollah fighters"."""
_CERTAINTY = 0.95


def anchor_tokens(doc: Doc, references: Sequence[Reference]) -> dict[int, list[Anchor]]:
    """Anchors by token index; the mention of an anchor is the position of its reference in ``references``."""
    anchors: dict[int, list[Anchor]] = {}
    for mention, reference in enumerate(references):
        root = span_root(doc, reference.start, reference.end)
        anchor = Anchor(mention, reference.entity, reference.type, reference.certainty, implied=reference.implied)
        anchors.setdefault(root.i, []).append(anchor)
    named = frozenset(index for index, held in anchors.items() if not all(anchor.implied for anchor in held))
    for index in sorted(named):
        _promote(doc[index], anchors[index], anchors, named)
    return anchors


def _promote(token: Token, held: Sequence[Anchor], anchors: dict[int, list[Anchor]], named: frozenset[int]) -> None:
    """Let the organ that ``token`` modifies stand for the same countries, and so on upwards."""
    modifier = token.head if token.dep_ == "conj" else token  # "Chinese and Indian soldiers"
    organ = modifier.head
    acting = {"Country": ORGANS, "Organization": _FORCES}
    owners = [anchor for anchor in held if lemma(organ) in acting.get(anchor.type, ())]
    if not owners or organ.i == token.i or organ.i in named or not _modifies(modifier):
        return
    promoted = [Anchor(a.mention, a.entity, a.type, round(a.certainty * _CERTAINTY, 4), True) for a in owners]
    known = {anchor.mention for anchor in anchors.get(organ.i, ())}
    anchors.setdefault(organ.i, []).extend(anchor for anchor in promoted if anchor.mention not in known)
    _promote(organ, promoted, anchors, named)


def _modifies(token: Token) -> bool:
    if after_attitude(token):
        return False
    if token.dep_ in ("amod", "compound", "nmod:poss", "poss", "nmod:unmarked"):
        return True
    return token.dep_ in ("nmod", "pobj") and preposition_of(token) == "of"

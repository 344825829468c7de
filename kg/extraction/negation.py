"""What is negated, and what of it: "did not sell it to annoy X" denies the purpose and affirms the sale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.syntax import lemma, preposition_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset("not never neither nor hardly".split())


def negates(child: Token) -> bool:
    """Whether a dependent negates the word that it hangs on."""
    if child.lower_ in ("no", "neither") and child.dep_ in ("det", "cc:preconj", "preconj"):
        return True
    if lemma(child) not in _NEGATIONS or child.dep_ not in ("advmod", "neg", "cc:preconj", "preconj", "det", "cc"):
        return False
    following = child.doc[child.i + 1] if child.i + 1 < len(child.doc) else None
    return following is None or following.lower_ not in ("only", "just", "merely", "simply", "least")


def neither_subject(subject: Token) -> bool:
    """ "Neither Austria nor Ireland is a member": the subject denies what is said of it."""
    return subject.dep_.startswith("nsubj") and any(
        child.lower_ == "neither" and child.dep_ in ("cc:preconj", "preconj", "det", "cc") for child in subject.children
    )


def no_longer(child: Token) -> bool:
    """Whether a dependent is the "longer" of "no longer"."""
    return child.lower_ == "longer" and child.i > 0 and child.doc[child.i - 1].lower_ == "no"


def only_the_reason(word: Token) -> bool:
    """Whether a negation before ``word`` denies but the purpose or the motive that is told behind it."""
    for child in word.children:
        if child.i < word.i:
            continue
        marks = [mark.lower_ for mark in child.children if mark.dep_ == "mark"]
        if child.dep_ == "advcl" and ("in" in marks or "order" in marks) and "to" in marks:
            return True
        if child.dep_ in ("obl", "pobj", "nmod") and preposition_of(child) in ("out of", "out"):
            return True
    return False

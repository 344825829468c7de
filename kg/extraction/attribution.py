"""Who says it: the speaker of reported speech and of quotes, within the paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.extraction.matcher import Anchor
from kg.extraction.syntax import SPEECH, lemma, preposition_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_CLAUSAL = frozenset({"ccomp", "parataxis", "xcomp", "advcl", "obj", "dobj", "obl", "pcomp"})
_NOT_OF_SELF = frozenset("hail describe call pledge vow agree denounce condemn criticize blame".split())
"""Verbs whose subject is the speaker only of what they quote, not of what they themselves report."""
_OPEN, _CLOSE = "“„«", "”»"


class Speakers:
    """Knows who speaks where in one document. ``sentences`` are its sentences, in order."""

    def __init__(self, doc: Doc, sentences: Sequence[Span], anchors: Mapping[int, Sequence[Anchor]]) -> None:
        self.quoted = quoted_tokens(doc)
        self._sentences = sentences
        self._anchors = anchors

    def of(self, word: Token, number: int) -> Anchor | None:
        """The mention to whom a claim that hangs on ``word``, in sentence ``number``, is attributed; None when the text
        itself makes it."""
        dependent = word
        while dependent.head.i != dependent.i:
            governor = dependent.head
            if _reports(dependent, governor) and (speaker := _subject(governor, self._anchors)) is not None:
                return speaker
            dependent = governor
        if lemma(word) in ("deny", "accuse") and (speaker := _subject(word, self._anchors)) is not None:
            return speaker
        if (source := _according_to(self._sentences[number], self._anchors)) is not None:
            return source
        return self._quoted_speaker(number) if self.quoted[word.i] else None

    def _quoted_speaker(self, number: int) -> Anchor | None:
        """The speaker of a quote: of its own sentence, of one after it, or of one before, in the same paragraph."""
        for other in [number, *self._beside(number, 1), *self._beside(number, -1)]:
            for token in self._sentences[other]:
                if lemma(token) in SPEECH and token.pos_ == "VERB" and not self.quoted[token.i]:
                    if (speaker := _subject(token, self._anchors)) is not None:
                        return speaker
        return None

    def _beside(self, number: int, step: int) -> list[int]:
        """Up to three sentences after (or before) this one in its paragraph, the nearest first."""
        found = []
        for other in range(number + step, number + 4 * step, step):
            if not 0 <= other < len(self._sentences):
                break
            earlier = self._sentences[min(other, other - step)]
            if "\n" in earlier[-1].text:
                break
            found.append(other)
        return found


def quoted_tokens(doc: Doc) -> list[bool]:
    """Whether each token stands inside quotation marks; a quote that is not closed ends with its paragraph."""
    inside, result = False, []
    for token in doc:
        if token.is_space and "\n" in token.text:
            inside = False
        mark = token.text
        if mark and mark in _OPEN:
            inside = True
        elif mark and mark in _CLOSE:
            inside = False
        elif mark in ('"', "``", "''"):
            inside = not inside
        result.append(inside)
    return result


def _reports(dependent: Token, governor: Token) -> bool:
    verb = lemma(governor)
    if verb not in SPEECH or dependent.dep_ not in _CLAUSAL:
        return False
    if verb in ("deny", "accuse"):
        return True
    if dependent.dep_ in ("obj", "dobj", "obl", "xcomp", "advcl"):
        return verb in ("allege", "claim", "report", "confirm", "announce") and dependent.dep_ in ("obj", "dobj")
    return verb not in _NOT_OF_SELF


def _subject(verb: Token, anchors: Mapping[int, Sequence[Anchor]]) -> Anchor | None:
    by = [child for child in verb.children if child.dep_ == "obl:agent" or preposition_of(child) == "by"]
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubj:pass", "nsubjpass")]
    passive = any(child.dep_ in ("nsubj:pass", "nsubjpass") for child in subjects)
    if passive:
        return _anchor(by[0], anchors) if by else None
    if subjects:
        return _anchor(subjects[0], anchors)
    if verb.dep_ == "conj":
        return _subject(verb.head, anchors)
    return None


def _anchor(token: Token, anchors: Mapping[int, Sequence[Anchor]]) -> Anchor | None:
    """The one mention that a subject stands for, or that is its apposition; None for a group or a common noun."""
    found = anchors.get(token.i, ())
    if len({anchor.entity for anchor in found}) == 1:
        return found[0]
    for child in token.children:
        if child.dep_ in ("appos", "flat") and child.i in anchors:
            return anchors[child.i][0]
    return None


def _according_to(sentence: Span, anchors: Mapping[int, Sequence[Anchor]]) -> Anchor | None:
    for token in sentence:
        if token.dep_ in ("obl", "nmod", "pobj") and preposition_of(token) in ("according to", "according"):
            return _anchor(token, anchors)
        if token.lower_ == "according" and (inner := [t for t in token.subtree if t.i in anchors]):
            return _anchor(inner[0], anchors)
    return None

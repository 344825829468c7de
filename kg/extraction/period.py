"""The period that a sentence states for a claim: "in 1983", "since 2011", "from 1980 to 1988", "until 1991"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from kg.extraction.syntax import preposition_of
from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DECADE = re.compile(r"((?:1[5-9]|20)\d)0s")
_MONTHS = frozenset("January February March April May June July August September October November December".split())
_CLAUSES = frozenset({"conj", "advcl", "acl:relcl", "relcl", "ccomp", "parataxis"})
_ARGUMENTS = frozenset({"obj", "dobj", "nsubj", "nsubj:pass", "nsubjpass", "obl", "xcomp", "attr"})
_REACH = 3


def stated_period(words: Collection[Token], sentence: Span, kind: Kind) -> str | None:
    """ISO 8601 interval of years ("1980/1988", "2011/..", "../1991") that hangs on the matched words, or None.

    What hangs on the verb above them dates an event ("the war began in 1980"), not a state ("closed its border in 1993").
    """
    near = {word.i for word in words}
    if kind == "event":
        near |= {word.head.i for word in words if word.dep_ in _ARGUMENTS}
    start = end = None
    for token, first, last in _years(sentence, near):
        preposition = preposition_of(token) or (preposition_of(token.head) if token.head.text in _MONTHS else "") or ""
        if preposition == "since":
            start, end = first, end or ".."
        elif preposition in ("until", "till", "through", "to", "before"):
            start, end = start or "..", last
        elif preposition in ("from", "between", "after"):
            start, end = first, end
        elif preposition in ("in", "during", "of", "by", "") or end is None:
            start, end = start or first, last
    if start is None and end is None:
        return None
    if end is not None and start not in (None, "..") and end != ".." and str(end) < str(start):
        return None
    return f"{start or '..'}/{end or '..'}"


def _years(sentence: Span, near: Collection[int]) -> Iterator[tuple[Token, str, str]]:
    """Tokens that name a year or a decade and hang on one of ``near``, with its first and last year.

    Years in brackets date what stands in the brackets ("Kofi Annan (1938–2018)"), numbers before a plural count it.
    """
    depth = 0
    for token in sentence:
        depth += (token.text == "(") - (token.text == ")")
        year, decade = _YEAR.fullmatch(token.text), _DECADE.fullmatch(token.text)
        counts = token.dep_ == "nummod" and token.head.tag_ == "NNS"
        if (year or decade) and not counts and depth <= 0 and _hangs_on(token, near):
            yield token, token.text if year else f"{token.text[:3]}0", token.text if year else f"{token.text[:3]}9"


def _hangs_on(token: Token, near: Collection[int]) -> bool:
    current = token
    for _ in range(_REACH):
        if current.head.i == current.i:
            return False
        if current.head.i in near:
            return True
        current = current.head
        if current.pos_ in ("VERB", "AUX") and current.dep_ in _CLAUSES:
            return False  # another clause's year
    return False

"""Where punctuation and capitals suggest that a sentence starts.

Works on spaCy's tokens, which keep abbreviations ("Mr.", "U.S.") in one piece, so most periods that stand alone do
end a sentence. The model decides (:mod:`kg.reader.model`); what is suggested here needs less of its conviction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINAL = frozenset(". ! ? … .. ... ?! !? !! ??".split())
_CLOSING = frozenset("\" ' ” ’ » ) ] }".split())
_OPENING = frozenset("\" ' “ ‘ « ( [ { - – — • * ``".split())
_TITLES = frozenset(
    "mr. mrs. ms. dr. prof. gen. sen. rep. gov. lt. col. maj. capt. sgt. adm. st. rev. hon. pres. no. vs. v. fr. sr. "
    "messrs. brig. cmdr. amb. sec. insp. supt. mt. ft. art. fig. approx. jan. feb. mar. apr. aug. sept. sep. oct. nov. "
    "dec. e.g. i.e. cf. al. ave. blvd.".split()
)
_STARTERS = frozenset(
    "the a an in on at but and he she it they we i you his her its their this that these those there for from if when "
    "while as after before since although however according meanwhile still some many most one no not what who how "
    "why by with so yet both all another".split()
)
_MARKS = frozenset("\" ' “ ” ‘ ’ « » ( ) [ ] { }".split())
_DASHES = frozenset("- – —".split())
_BEFORE_NUMBERS = frozenset("no art fig".split())
_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+|[A-Za-z]{1,6}\.")


def suggested_starts(tokens: Iterable[Token]) -> frozenset[int]:
    """Indices of those of a document's ``tokens`` that seem to start a sentence of running text."""
    return frozenset(_starts_of([token for token in tokens if not token.is_space]))


def moved_starts(words: Sequence[Token]) -> list[tuple[int, int]]:
    """(position, position where a sentence starts in its place): quotation marks and brackets go with what they touch.

    ``words`` are those of one window. The pairs are to be followed in their order.
    """
    touching = [_touch(first, second) for first, second in pairwise(words)]
    before, after = [False, *touching], [*touching, False]
    last = len(words) - 1
    marks = [n for n, word in enumerate(words) if word.text in _MARKS and n < last]
    closing = [n for n in marks if before[n] and not after[n]]
    opening = [n for n in marks if after[n] and not (before[n] and words[n - 1].text not in _MARKS)]
    return [(n, n + 1) for n in closing] + [(n + 1, n) for n in reversed(opening)]


def _touch(first: Token, second: Token) -> bool:
    return second.idx == first.idx + len(first)


def _starts_of(tokens: list[Token]) -> Iterator[int]:
    position, count = 0, len(tokens)
    while position < count:
        token = tokens[position]
        position += 1
        if token.text in _FINAL or _ends_with_abbreviation(token):
            while position < count and _closes(tokens[position], tokens[position - 1]):
                position += 1
            if position < count and _starts(tokens, position, token):
                yield tokens[position].i


def _closes(token: Token, previous: Token) -> bool:
    return _touch(previous, token) and (token.text in _CLOSING or token.text in _FINAL)


def _starts(tokens: list[Token], index: int, final: Token) -> bool:
    """Whether a sentence can start at ``index`` after the token ``final``."""
    first = index
    while first + 1 < len(tokens) and tokens[first].text in _OPENING:
        first += 1
    token = tokens[first]
    if _is_split_abbreviation(final, token):
        return False
    if final.text in _FINAL:
        return not token.text[:1].islower() and not (token.is_punct and token.text not in _OPENING)
    if final.lower_ in _TITLES or tokens[index].text in _DASHES:
        return False
    return token.is_title and token.lower_ in _STARTERS and bool(tokens[index - 1].whitespace_)


def _is_split_abbreviation(period: Token, following: Token) -> bool:
    """Whether a period belongs to a title that spaCy splits: "Lt. Gen.", "No. 242"."""
    before = period.nbor(-1) if period.i and period.text == "." else None
    if before is None or before.whitespace_ or not before.is_title or before.lower_ + "." not in _TITLES:
        return False
    return following.text[:1].isdigit() if before.lower_ in _BEFORE_NUMBERS else following.lower_ not in _STARTERS


def _ends_with_abbreviation(token: Token) -> bool:
    return len(token) > 2 and token.text[-1] == "." and _ABBREVIATION.fullmatch(token.text) is not None

"""Where sentences start, from punctuation, capitals and line breaks.

Works on spaCy's tokens, which keep abbreviations ("Mr.", "U.S.") in one piece, so most periods that stand alone do
end a sentence. A blank line always ends one; a single newline does where the line looks like a heading or ends in
final punctuation (hard-wrapped prose goes on).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 160
"""Tokens; a longer sentence is cut at its last comma, semicolon or dash before this."""

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
_DASHES = frozenset("- – —".split())
_BEFORE_NUMBERS = frozenset("no art fig".split())
_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+|[A-Za-z]{1,6}\.")


def sentence_spans(doc: Doc) -> Iterator[tuple[int, int]]:
    """Half-open token spans of the sentences of ``doc``, in order, covering every token."""
    start = 0
    for end in _boundaries(doc):
        yield from _cut(doc, start, end)
        start = end
    if start < len(doc):
        yield from _cut(doc, start, len(doc))


def _boundaries(doc: Doc) -> Iterator[int]:
    """Token indices before which a new sentence starts (never 0)."""
    tokens = list(doc)
    position, count = 0, len(tokens)
    while position < count:
        token = tokens[position]
        after = position + 1
        if token.is_space:
            if 0 < after < count and _line_ends(tokens, position):
                yield after
            position = after
            continue
        if token.text in _FINAL or _ends_with_abbreviation(token):
            while after < count and _closes(tokens[after], tokens[after - 1]):
                after += 1
            if after < count and not tokens[after].is_space and _starts(tokens, after, token):
                yield after
        position = after


def _closes(token: Token, previous: Token) -> bool:
    return not previous.whitespace_ and (token.text in _CLOSING or token.text in _FINAL)


def _starts(tokens: list[Token], index: int, final: Token) -> bool:
    """Whether a sentence can start at ``index`` after the token ``final``."""
    first = index
    while first + 1 < len(tokens) and tokens[first].text in _OPENING:
        first += 1
    token = tokens[first]
    if _is_split_abbreviation(tokens, final, token):
        return False
    if final.text in _FINAL:
        return not token.text[:1].islower() and not (token.is_punct and token.text not in _OPENING)
    if final.lower_ in _TITLES or tokens[index].text in _DASHES:
        return False
    return token.is_title and token.lower_ in _STARTERS and bool(tokens[index - 1].whitespace_)


def _is_split_abbreviation(tokens: list[Token], period: Token, following: Token) -> bool:
    """Whether a period belongs to a title that spaCy splits: "Lt. Gen.", "No. 242"."""
    before = tokens[period.i - 1] if period.i and period.text == "." else None
    if before is None or before.whitespace_ or not before.is_title or before.lower_ + "." not in _TITLES:
        return False
    return following.text[:1].isdigit() if before.lower_ in _BEFORE_NUMBERS else following.lower_ not in _STARTERS


def _ends_with_abbreviation(token: Token) -> bool:
    return len(token) > 2 and token.text[-1] == "." and _ABBREVIATION.fullmatch(token.text) is not None


def _line_ends(tokens: list[Token], space: int) -> bool:
    """Whether the whitespace token at ``space`` ends a sentence."""
    breaks = tokens[space].text.count("\n")
    if breaks != 1:
        return breaks > 1
    words = []
    for token in reversed(tokens[:space]):
        if "\n" in token.text:
            break
        words.append(token)
    if not words:
        return False
    closed = words[0].text in _FINAL or words[0].text in _CLOSING or words[0].text == ":"
    length = words[0].idx + len(words[0]) - words[-1].idx
    following = tokens[space + 1].text
    return closed or (length < 60 and not following[:1].islower())


def _cut(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a span that is too long for the model at the last natural break before the limit."""
    while end - start > LONGEST:
        middle = start + LONGEST
        while middle > start + LONGEST // 2 and doc[middle - 1].text not in (",", ";", ":", "–", "—", "-", ")"):
            middle -= 1
        if middle == start + LONGEST // 2:
            middle = start + LONGEST
        yield start, middle
        start = middle
    yield start, end

"""What is read together: a paragraph, or as much of it as one window holds.

Where sentences start inside a window is the model's to say (:mod:`kg.reader.model`); here are the breaks that layout
decides: a blank line always, and a single newline where the line looks like a heading or ends in final punctuation
(hard-wrapped prose goes on).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 110
"""Tokens of a window, white space left out; the model was trained on windows up to this."""

_FINAL = frozenset(". ! ? … .. ... ?! !? !! ??".split())
_CLOSING = frozenset("\" ' ” ’ » ) ] }".split())
_BREAKS = frozenset(", ; : – — - )".split())
_HEADING = 60
"""Characters: a shorter line that the next one does not go on in lower case stands alone."""


def windows(tokens: Sequence[Token], starts: Collection[int]) -> Iterator[list[int]]:
    """Token indices of each window of a document, in order: every token but white space, once.

    What is too long for one window is cut before one of ``starts``, where there is one.
    """
    block: list[int] = []
    for token in tokens:
        if not token.is_space:
            block.append(token.i)
        elif block and token.i + 1 < len(tokens) and _line_ends(tokens, token.i):
            yield from _fitting(tokens, block, starts)
            block = []
    yield from _fitting(tokens, block, starts)


def _line_ends(tokens: Sequence[Token], space: int) -> bool:
    """Whether the white space at index ``space`` ends what is read together."""
    breaks = tokens[space].text.count("\n")
    if breaks != 1:
        return breaks > 1
    last = first = space - 1
    while first > 0 and "\n" not in tokens[first - 1].text:
        first -= 1
    if "\n" in tokens[last].text:
        return True
    closed = tokens[last].text in _FINAL or tokens[last].text in _CLOSING or tokens[last].text == ":"
    length = tokens[last].idx + len(tokens[last]) - tokens[first].idx
    return closed or (length < _HEADING and not tokens[space + 1].text[:1].islower())


def _fitting(tokens: Sequence[Token], block: list[int], starts: Collection[int]) -> Iterator[list[int]]:
    """Cut a block that is too long: at the last place where a sentence starts, else at a comma or dash."""
    while len(block) > LONGEST:
        inner = range(LONGEST, LONGEST // 2, -1)
        cut = next((n for n in inner if block[n] in starts), None)
        if cut is None:
            cut = next((n for n in inner if tokens[block[n - 1]].text in _BREAKS), LONGEST)
        yield block[:cut]
        block = block[cut:]
    if block:
        yield block

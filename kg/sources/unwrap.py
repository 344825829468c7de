"""Join the lines of hard-wrapped paragraphs, as in newswire and mail, and leave headings, lists and verse alone.

A line break is soft when the next line's first word would not have fitted on the line (Reynar's observation on wrapped
text), in a document that has at least one block wrapped that way; or when a long line without sentence end is followed
by a lower-case word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

NARROWEST, WIDEST = 40, 120
"""Widths, in code points, that wrapped text comes in."""

_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"(?:[-*•–—‣▪◦>]|\(?\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’)\]]*$")


def unwrap(text: str) -> str:
    """``text`` (stripped lines, blocks parted by a blank line) with soft line breaks turned into spaces."""
    if "\n" not in text:
        return text
    blocks = [block.split("\n") for block in text.split("\n\n")]
    width = max((_width(block) for block in blocks), default=0)
    words = frozenset(_WORD.findall(text)) if "-\n" in text else frozenset()
    return "\n\n".join(_join(block, width, words) for block in blocks)


def _width(block: Sequence[str]) -> int:
    """The width that the block is wrapped at; 0 when it is not wrapped, or too short to tell."""
    width = max(map(len, block))
    if len(block) < 3 or not NARROWEST <= width <= WIDEST:
        return 0
    breaks = list(pairwise(block))
    full = sum(_fills(line, after, width) for line, after in breaks)
    open_ended = sum(not _SENTENCE_END.search(line) for line in block[:-1])
    return width if full >= 0.8 * len(breaks) and open_ended >= 0.7 * len(breaks) else 0


def _fills(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _is_soft(line: str, after: str, width: int) -> bool:
    if _ITEM.match(after) or not line or not after:
        return False
    if width and len(line) <= WIDEST and _fills(line, after, width):
        return True
    return NARROWEST <= len(line) <= WIDEST and after[0].islower() and not _SENTENCE_END.search(line)


def _join(block: Sequence[str], width: int, words: Set[str]) -> str:
    pieces = [block[0]]
    for line, after in pairwise(block):
        if not _is_soft(line, after, width):
            pieces += ["\n", after]
        elif _is_hyphenated(line, after, words):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(after)
        elif line.endswith("-") and line[-2:-1].isalpha():
            pieces.append(after)
        else:
            pieces += [" ", after]
    return "".join(pieces)


def _is_hyphenated(line: str, after: str, words: Set[str]) -> bool:
    """Whether the hyphen at the end of the line parts a word that the text has in one piece elsewhere."""
    if not (line.endswith("-") and after[:1].islower()):
        return False
    head, tail = _WORD.findall(line.rsplit(" ", 1)[-1][:-1]), _WORD.match(after)
    return bool(head and tail and head[-1] + tail[0] in words)

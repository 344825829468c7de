"""Join the lines of hard-wrapped paragraphs, as in newswire and mail, and leave headings, lists and verse alone.

A line break is soft when the next line's first word would not have fitted on the line (Reynar's observation on wrapped
text), in a document that has at least one block wrapped that way; or when a long line without sentence end is followed
by a lower-case word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

NARROWEST, WIDEST = 40, 120
"""Widths, in code points, that wrapped text comes in."""

_ITEM = re.compile(r"(?:[-*•–—‣▪◦>]|\(?\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’)\]]*$")


def unwrap(text: str) -> str:
    """``text`` (stripped lines, blocks parted by a blank line) with soft line breaks turned into spaces."""
    if "\n" not in text:
        return text
    blocks = [block.split("\n") for block in text.split("\n\n")]
    width = max((_width(block) for block in blocks), default=0)
    return "\n\n".join(_join(block, width, text) for block in blocks)


def _width(block: Sequence[str]) -> int:
    """The width that the block is wrapped at; 0 when it is not wrapped, or too short to tell."""
    width = max(map(len, block))
    if len(block) < 3 or not NARROWEST <= width <= WIDEST:
        return 0
    breaks = list(pairwise(block))
    full = sum(_fills(line, after, width) for line, after in breaks)
    open_ended = sum(not _SENTENCE_END.search(line) for line in block[:-1])
    return width if full >= 0.8 * len(breaks) and open_ended >= 0.5 * len(breaks) else 0


def _fills(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _is_soft(line: str, after: str, width: int) -> bool:
    if _ITEM.match(after) or not line or not after:
        return False
    if width and len(line) <= WIDEST and _fills(line, after, width):
        return True
    return NARROWEST <= len(line) <= WIDEST and after[0].islower() and not _SENTENCE_END.search(line)


def _join(block: Sequence[str], width: int, text: str) -> str:
    pieces = [block[0]]
    for line, after in pairwise(block):
        if not _is_soft(line, after, width):
            pieces += ["\n", after]
        elif _is_hyphenated(line, after, text):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(after)
        elif line.endswith("-") and line[-2:-1].isalpha():
            pieces.append(after)
        else:
            pieces += [" ", after]
    return "".join(pieces)


def _is_hyphenated(line: str, after: str, text: str) -> bool:
    """Whether the hyphen at the end of the line parts a word that the text has in one piece elsewhere."""
    if not (line.endswith("-") and after[:1].islower()):
        return False
    head, tail = re.search(r"\w*$", line[:-1]), re.match(r"\w+", after)
    return bool(head and head[0] and tail and re.search(rf"\b{head[0]}{tail[0]}\b", text))

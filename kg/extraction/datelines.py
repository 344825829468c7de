"""Datelines: "BAKU, Oct 3 (Agency) –" at the head of a paragraph says where it was written, and names nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LINE = re.compile(
    r"^(?P<dateline>[^\W\d_][\w.'’ /-]{1,40}(?:,[^\n–—]{0,40}?)?(?:\([^)\n]{2,40}\))?)\s*(?:[–—]|--|-\s)", re.MULTILINE
)


def dateline_tokens(doc: Doc) -> frozenset[int]:
    """Indices of the tokens that stand in a dateline: at the start of a line, up to a dash, without a verb."""
    found: set[int] = set()
    for match in _LINE.finditer(doc.text):
        span = doc.char_span(match.start(), match.end("dateline"), alignment_mode="contract")
        if span is not None and not any(token.pos_ in ("VERB", "AUX") for token in span) and len(span.text) > 2:
            found.update(range(span.start, span.end))
    return frozenset(found)

"""One normal form for text from anywhere. ``Document.text`` is in this form, and every offset counts in it.

Unicode NFC; ``\\n`` the only line break and at most two in a row; single plain spaces, none at the ends of lines; no
control, format, bidirectional or zero-width characters, no NUL and no lone surrogates (these crash spaCy, SQLite and
Arrow, or make XML that cannot be read back); hard-wrapped paragraphs joined into one line.
"""

from __future__ import annotations

import re
import unicodedata

from kg.sources.unwrap import unwrap

MAX_PUNCTUATION = 100
"""Longest run of punctuation that is kept, in code points: spaCy's tokenizer is quadratic in it (20,000 take 37 s)."""
MAX_WORD = 1000
"""Longest run without a space, in code points: a space is put after each so many, for the same reason."""

_PARAGRAPH = re.compile("\u2029")
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\u2028]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x81\x8d\x8f\x90\x9d\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_SPACES = re.compile("[ \t\x1f\xa0\u115f\u1160\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]+")
_LINE_ENDS = re.compile(" ?\n ?")
_BLANK = re.compile("\n{3,}")
_PUNCTUATION = re.compile(rf"((?:[^\w\s]|_){{{MAX_PUNCTUATION}}})(?:[^\w\s]|_)+")
_WORD = re.compile(rf"(\S{{{MAX_WORD}}})(?=\S)")
_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_C1 = re.compile("[\x80-\x9f]")


def normalize(text: str) -> str:
    """``text`` in the normal form above; normalising twice changes nothing.

    Controls U+0080-U+009F are read as what they stand for in Windows-1252, as HTML does: they come from text that
    was decoded as Latin-1.
    """
    while (once := _pass(text)) != text:
        text = once
    return text


def one_line(text: str | None) -> str | None:
    """``text`` normalised, on one line; None when nothing is left. For titles, names and identifiers."""
    return None if text is None else " ".join(normalize(text).split()) or None


def _pass(text: str) -> str:
    text = _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", text))
    if _C1.search(text):
        text = text.translate(_WINDOWS)
    text = unicodedata.normalize("NFC", _REMOVED.sub("", text))
    text = _SPACES.sub(" ", _PUNCTUATION.sub(r"\1", text))
    text = _BLANK.sub("\n\n", _LINE_ENDS.sub("\n", text)).strip()
    return _WORD.sub(r"\1 ", unwrap(text))

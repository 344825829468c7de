"""Words of names without what is written in several ways: case, diacritics, punctuation."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "þ": "th"})
_INITIALS = re.compile(r"(?<![\w.])((?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=[^\W\d_]{2}))")


def fold(name: str) -> list[str]:
    """The words of a name in one case, without diacritics and punctuation; hyphens part words, initials stand apart.

    >>> fold("Jean-Luc O’Rourke"), fold("A.Q. Erdoğan"), fold("U.S. Navy")
    (['jean', 'luc', 'orourke'], ['a', 'q', 'erdogan'], ['us', 'navy'])
    """
    name = _INITIALS.sub(lambda match: match[1].replace(".", " ") if match.end() < len(name) else match[1], name)
    name = re.sub(r"\b([uU]) ([sSkKnN])\b", r"\1\2", name)
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = plain.translate(_LETTERS).replace("&", " and ")
    return [word for part in re.split(r"[\s\-‐‑–—/]+", plain) if (word := re.sub(r"[^\w]", "", part))]

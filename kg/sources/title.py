"""The title of an article that comes as plain text."""

from __future__ import annotations

import re

from kg.sources.dates import date_in_text

_LONGEST = 25
_FIRST = 3
_END = re.compile(r"[.:;,…]['\"”’)\]]*$")
_NO_TITLE = re.compile(
    r"by\b|https?://|www\.|updated\b|published\b|posted\b|photo\b|image\b|©|(?-i:[A-Z .,]+\(\w+\))|dear\b", re.I
)


def find_title(text: str) -> str | None:
    """The title of ``text`` (in the normal form, without boilerplate), or None.

    The first short line without the punctuation of a sentence that has text below it and is no byline or date. Among
    the first three such lines, one of three words or more is preferred to a kicker such as "World".
    """
    lines = text.split("\n")
    candidates = []
    for index, line in enumerate(lines[: 2 * _FIRST]):
        if not line:
            continue
        if len(line.split()) > _LONGEST or _END.search(line):
            break
        named = not _NO_TITLE.match(line) and not date_in_text([line]) and re.search("[^\\W\\d_]{2}", line)
        if named and any(lines[index + 1 :]):
            candidates.append(line)
    return next((line for line in candidates[:_FIRST] if len(line.split()) >= 3), candidates[0] if candidates else None)

"""The years that a question limits its answer to: "since 2020", "in the 1980s", "between 1980 and 1988"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ask.words import Word

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DECADE = re.compile(r"((?:1[5-9]|20)\d)0s")
_SINGLE = frozenset("in during since after from before until till by".split())


def take_period(words: Sequence[Word]) -> tuple[list[Word], str | None]:
    """The words without the phrase that names years, and its ISO 8601 interval; the words as they are without one."""
    for at, word in enumerate(words):
        end = at + 1
        while end < len(words) and words[end].lower in ("the", "year"):
            end += 1
        years = _years(words[end]) if end < len(words) else None
        if years is None:
            continue
        preposition = word.lower
        second = _years(words[end + 2]) if end + 2 < len(words) else None
        if preposition in ("between", "from") and second and words[end + 1].lower in ("and", "to", "until", "till"):
            return [*words[:at], *words[end + 3 :]], f"{years[0]}/{second[1]}"
        if preposition in _SINGLE:
            return [*words[:at], *words[end + 1 :]], _interval(preposition, *years)
    return list(words), None


def _years(word: Word) -> tuple[str, str] | None:
    """The first and the last year of a year or a decade."""
    if _YEAR.fullmatch(word.lower):
        return word.lower, word.lower
    decade = _DECADE.fullmatch(word.lower)
    return (f"{decade[1]}0", f"{decade[1]}9") if decade else None


def _interval(preposition: str, first: str, last: str) -> str:
    if preposition in ("since", "from", "after"):
        return f"{first}/.."
    if preposition in ("before", "until", "till", "by"):
        return f"../{last}"
    return f"{first}/{last}"

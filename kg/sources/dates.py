"""Dates of publication, as ISO 8601 days, from what the source states: never from the clock, a file's time or a guess.

A date without year, with a two-digit year, or whose day and month could be swapped (03/04/2023) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from itertools import product

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = (
    rf"(?:{_YEAR}-\d\d-\d\d|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR})"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_LABELS = r"(?:first |originally )?(?:published|posted|created|issued|released|date|dated)(?: on| at)?"
_LABEL = re.compile(
    rf"^(?:.{{0,60}}?[\s.,*|·•–—-]+)?{_LABELS}\s*:?\s*.{{0,30}}?({_DAY})(?:$|[\s.,*|·•–—-]+.{{0,40}}$)", re.I
)
_UPDATED = re.compile(rf"^(?:last )?(?:updated|modified)(?: on| at)?\s*:?\s*.{{0,30}}?({_DAY})", re.I)
_ALONE = re.compile(
    rf"^{_WEEKDAY}({_DAY})(?:$|[\s,|·•–—-]+(?:at )?(?:\d{{1,2}}[:.]\d\d|by\b|updated\b|\d+ min).{{0,40}}$)", re.I
)
_BYLINE = re.compile(rf"^by\b.{{2,60}}?[\s,|·•–—-]+{_WEEKDAY}({_DAY})(?:[\s,|·•–—-].{{0,20}})?$", re.I)
_DATELINE = re.compile(
    rf"^[A-Z][A-Z .,'’-]{{2,40}}(?:, [A-Z][\w. ]{{1,20}})?, ({_DAY})\s*(?:\([\w /]+\)\s*)?[-–—:]", re.I
)
_TAIL = re.compile(rf"^.{{2,60}}?\s?[,.|·•–—-] ?{_WEEKDAY}({_DAY})[\s.*]*$", re.I)
"""A short line that ends in a date behind a separator: "The Review, 12 March 2024"; not a title, which comes first."""
_IN_PATH = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)"
    rf"(?:(?P<s>[-_./])(?P<m>\d{{1,2}}|{_MONTH})(?P=s)(?P<d>\d{{1,2}})|(?P<m2>\d\d)(?P<d2>\d\d))(?!\d)",
    re.I,
)
_LINES = 8


def iso_date(value: object) -> str | None:
    """``value`` (a date, a datetime, or text in any common English or ISO form) as ``YYYY-MM-DD``, or None.

    >>> iso_date("Mon, 12 Mar 2023 10:00:00 GMT"), iso_date("Oct 3"), iso_date("03/04/2023")
    ('2023-03-12', None, None)
    """
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if iso := re.match(r"(\d{4}-\d\d-\d\d|\d{8}$)(?!\d)", text):
        return _valid(iso[1])
    if len(text) > 64 or not re.search(rf"(?<!\d){_YEAR}(?!\d)", text):
        return None
    return _parse(text)


def date_in_text(lines: Iterable[str]) -> str | None:
    """The date that the first lines of an article give: labelled, alone on a line, after a byline, in a
    dateline, at the end of a short line, or in a URL on a line of its own."""
    head = [line for line in lines if line][:_LINES]
    for pattern in (_LABEL, _ALONE, _BYLINE, _DATELINE, _UPDATED):
        for line in head:
            if (match := pattern.match(line)) and (found := iso_date(match[1].replace(" of ", " "))):
                return found
    for line in head[1:]:
        if (match := _TAIL.match(line)) and (found := iso_date(match[1].replace(" of ", " "))):
            return found
        if re.fullmatch(r"https?://\S+", line) and (found := date_in_path(line)):
            return found
    return None


def date_in_path(path: str) -> str | None:
    """The first valid date in a URL or path: ``/2022/11/21/``, ``2022-11-21``, ``/2022/nov/21/``, ``20221121``."""
    for match in _IN_PATH.finditer(path):
        month, day = match["m"] or match["m2"], match["d"] or match["d2"]
        text = f"{match['y']}-{int(month):02}-{int(day):02}" if month.isdigit() else f"{day} {month} {match['y']}"
        if found := iso_date(text):
            return found
    return None


def _valid(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _parse(text: str) -> str | None:
    """By dateutil, four times: two defaults differ where a part is missing, two orders where it is ambiguous."""
    from dateutil import parser  # type: ignore[import-untyped, unused-ignore]

    readings = product((datetime(2001, 1, 1), datetime(2004, 2, 2)), (True, False))
    try:
        found = {parser.parse(text, default=day, dayfirst=first, ignoretz=True).date() for day, first in readings}
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    return found.pop().isoformat() if len(found) == 1 else None

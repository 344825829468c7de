"""Days that facts and claims speak of. A date may be a year or a month: what is not said could be any of its days.

Days are ISO 8601 texts of ten characters, which sort as they follow each other; a year has four digits.
"""

from __future__ import annotations

import re

Days = tuple[str, str]
"""The first and the last day, both included."""

DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
ALWAYS: Days = ("0000-01-01", "9999-12-31")


def first_day(date: str) -> str:
    """The first day of a year, a month or a day.

    >>> first_day("2024"), first_day("2024-03"), first_day("2024-03-07")
    ('2024-01-01', '2024-03-01', '2024-03-07')
    """
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """The last day of a year, a month or a day; every month has 31, which sorts the same.

    >>> last_day("2023"), last_day("2024-02")
    ('2023-12-31', '2024-02-31')
    """
    return date + "-12-31"[len(date) - 4 :]


def days_of(period: str | None, published: str | None) -> Days | None:
    """When a claim speaks of: its period, else the day of its document, else None.

    A period that goes on ("2011/..") goes on until the document; what is no ISO 8601 interval or date is not known.

    >>> days_of("2011/..", "2015-03-02"), days_of("../1991", None), days_of(None, "last week")
    (('2011-01-01', '2015-03-02'), ('0000-01-01', '1991-12-31'), None)
    """
    day = published if published and DATE.fullmatch(published) else None
    start, slash, end = (period or "").partition("/")
    if slash and all(part == ".." or DATE.fullmatch(part) for part in (start, end)):
        first = ALWAYS[0] if start == ".." else first_day(start)
        last = (last_day(day) if day else ALWAYS[1]) if end == ".." else last_day(end)
        return first, max(first, last)
    return (first_day(day), last_day(day)) if day else None


def may_hold(since: str | None, until: str | None, days: Days | None) -> bool:
    """Whether what held from ``since`` to ``until`` may have held on one of the days; on days not known, it may."""
    if days is None:
        return True
    return (since is None or first_day(since) <= days[1]) and (until is None or days[0] <= last_day(until))


def must_hold(since: str | None, until: str | None, days: Days | None) -> bool:
    """Whether what held from ``since`` to ``until`` held on all of the days, however its dates are meant."""
    first, last = days or ALWAYS
    return (since is None or last_day(since) <= first) and (until is None or last <= first_day(until))


def is_over(until: str | None, days: Days | None) -> bool:
    """Whether what held to ``until`` was, or may have been, over by the last of the days; on days not known, by now."""
    return until is not None and (days is None or first_day(until) <= days[1])

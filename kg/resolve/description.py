"""What stands beside a name and says who is meant: "British Admiral John Smith", "John Smith, the mayor of Houston"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Mention, Span
from kg.resolve import tables
from kg.resolve.fold import fold

_REACH = 100
"""Characters beside a name that are looked at."""
_STOPS = re.compile(r"[,.;:()\[\]\n—–\"“”]|\s-\s")
_AFTER = re.compile(r"\s*,\s+(?:\d{1,3},\s+)?|\s+(?:is|was|became|remains)\s+")
_BEFORE = re.compile(r"(?:^|(?<=[,.;:\n\"“])\s*|(?<=\b[Tt]he )|(?<=\b[Aa] ))([^,.;:\n\"“”]+),\s*$")
_TITLE = re.compile(r"(?:[\w’'.-]+ )+$")
_YEARS = re.compile(r"\s*\((?:born |b\. )?(\d{4})(?:\s*[-–]\s*(\d{4}))?\)")
_PLACE = re.compile(r"\b(?:of|in|from|at)\s+(?:the\s+)?((?:[A-Z][\w’'-]+\s?)+)")
_BEFORE_ROLE = re.compile(r"((?:[A-Z][\w’'-]+ )+)$")
_ABROAD = re.compile(r"\b(?:to|for|against|on|over|with|from)(?: the)?\s*$")
"""A country after these is not the person's: "ambassador to Angola"."""


@dataclass(frozen=True, slots=True)
class Description:
    """Roles as in ``roles.csv``; identifiers of countries and local identifiers of organizations named with them; places
    as folded words; the years of a life."""

    roles: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()


NOTHING = Description()
"""What a name says that stands alone."""


def describe(text: str, name: Span, mentions: Sequence[Mention]) -> Description:
    """What the words before and after a name say; ``mentions`` are those near it, in the order of the text."""
    found = [_read(text, span, mentions, title) for span, title in _spans(text, name, mentions)]
    years = _YEARS.match(text, name[1])
    return join([*found, Description(years=tuple(int(y) for y in years.groups() if y) if years else ())])


def join(descriptions: Iterable[Description]) -> Description:
    """All that any of them says."""
    parts = list(descriptions)
    return Description(
        roles=frozenset().union(*(part.roles for part in parts)),
        countries=frozenset().union(*(part.countries for part in parts)),
        bodies=frozenset().union(*(part.bodies for part in parts)),
        places=frozenset().union(*(part.places for part in parts)),
        years=tuple(sorted({year for part in parts for year in part.years})),
    )


def _spans(text: str, name: Span, mentions: Sequence[Mention]) -> Iterator[tuple[Span, bool]]:
    """Stretches that may describe the name, without other people; true for a title right before it."""
    start, end = name
    people = [(m.start, m.end) for m in mentions if m.type == "Person" and (m.start, m.end) != name]
    before = text[max(0, start - _REACH) : start]
    spans: list[tuple[Span, bool]] = []
    if title := _TITLE.search(before.replace("\n", ".")):
        spans.append(((start - len(title[0]), start), True))
    if (apart := _BEFORE.search(before)) and apart[1].strip():
        spans.append(((start - len(before) + apart.start(1), start - len(before) + apart.end(1)), False))
    if after := _AFTER.match(text, end):
        stop = _STOPS.search(text, after.end(), after.end() + _REACH)
        spans.append(((after.end(), stop.start() if stop else min(len(text), after.end() + _REACH)), False))
    for (first, last), title_ in spans:
        if title_:
            first = max([first, *(stop for _, stop in people if stop <= start)])
            yield (_title_start(text, first, last), last), True
        elif not any(a < last and first < b for a, b in people):
            yield (first, last), False


def _title_start(text: str, first: int, last: int) -> int:
    """Where the title begins: capitalized words and roles, back from the name."""
    start = last
    for word in reversed(list(re.finditer(r"\S+", text[first:last]))):
        plain = word[0].strip(".").lower()
        if not (word[0][:1].isupper() or plain in tables.roles() or plain in ("of", "former", "vice", "prime")):
            break
        start = first + word.start()
    return start


def _read(text: str, span: Span, mentions: Sequence[Mention], title: bool) -> Description:
    first, last = span
    part = text[first:last]
    roles = list(_roles().finditer(part))
    if not roles:
        return NOTHING
    inside = [m for m in mentions if first <= m.start and m.end <= last]
    own = [m for m in inside if not _ABROAD.search(text[first : m.start])]
    covered = [(m.start - first, m.end - first) for m in inside]
    return Description(
        roles=frozenset(role[0].lower() for role in roles),
        countries=frozenset(m.entity for m in own if m.type == "Country" and not _from(text, m)),
        bodies=frozenset(m.entity for m in inside if m.type == "Organization"),
        places=frozenset(_places(part, roles[0].start() if title else None, covered)),
    )


def _from(text: str, mention: Mention) -> bool:
    return text[max(0, mention.start - 5) : mention.start].endswith("from ")


def _places(part: str, role: int | None, covered: Sequence[Span]) -> Iterator[str]:
    found = [(m.start(1), m.end(1)) for m in _PLACE.finditer(part)]
    if role is not None and (before := _BEFORE_ROLE.search(part[:role])):
        found.append((before.start(1), before.end(1)))
    for first, last in found:
        words = fold(part[first:last])
        if any(a < last and first < b for a, b in covered) or not words:
            continue
        if not _NO_PLACE.intersection(words) and not tables.words("month").intersection(words):
            yield " ".join(words)


@cache
def _roles() -> re.Pattern[str]:
    roles = sorted(tables.roles(), key=lambda role: (-len(role), role))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, roles))})(?![\w-])", re.IGNORECASE)


_NO_PLACE = frozenset(
    "foreign defense defence interior finance prime vice deputy former acting justice health trade energy culture state "
    "chief general minister secretary white house national security crown sir the lord us united but and in on at as when "
    "while after before if meanwhile however also since although though because yet so then this that earlier".split()
)
"""Capitalized words before a role that name what it is about, and no place."""

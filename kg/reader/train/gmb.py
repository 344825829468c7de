"""Repairs of the Groningen Meaning Bank's names, whose labels are partly automatic.

Its people carry their titles, names break at titles and at "of", and a country, a people or a militia takes any label.
Closed classes of words decide (:mod:`kg.reader.train.gmb_words`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reader.train.gmb_words import (
    ANNOUNCED,
    BEFORE_PERSON,
    CONTINUING,
    DATE,
    DIRECTIONS,
    DOUBTFUL,
    FABLE,
    GIVEN,
    HOLDER,
    INNER,
    LEADING,
    LOCATED,
    LOOSE,
    LOWER,
    OFFICE,
    ORG_HEADS,
    OTHER_HEADS,
    PARTICLES,
    PLACE_HEADS,
    PORTFOLIOS,
    PUBLISHED,
    TITLE,
    TITLED,
    WORD,
    ambiguous_names,
    headed,
    known_names,
)

Name = tuple[int, int, str]
"""Start, end (code points, half-open), and PERSON, ORG, PLACE or NORP."""


def repaired(text: str, names: Sequence[Name]) -> list[Name] | None:
    """Names of a GMB sentence with its systematic errors repaired; None where the sentence should not be trained on:
    fables, whose animals have names as people do, and lines in capitals."""
    if FABLE.search(text) or (text.upper() == text and any(c.isalpha() for c in text)):
        return None
    parts = [part for name in names for piece in _split(text, name) for part in _untitled(text, piece)]
    whole = _addressed(text, _with_known(text, _joined(text, parts)))
    extended = [_extended(text, name, whole) for name in whole]
    typed = [new for name in extended if (new := _retyped(text, name))]
    return _consistent(text, _disjoint(typed))


def doubtful(text: str, names: Sequence[Name]) -> list[tuple[int, int]]:
    """Spans whose labels should carry no loss: ``names`` are repaired ones.

    These are words that only some guidelines take for names ("Western", "Islam"), compounds with a capital, and
    runs of capitalized words, no title among them, that nobody labelled.
    """
    spans = [match.span() for match in DOUBTFUL.finditer(text)]
    for run in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)+", text):
        if not re.search(TITLE, run[0]) and not any(word in OTHER_HEADS for word in run[0].split()):
            spans.append(run.span())
    return [s for s in _disjoint_spans(spans) if all(s[1] <= start or end <= s[0] for start, end, _ in names)]


def _disjoint_spans(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in _disjoint([(*span, "") for span in spans])]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without articles, lower-case modifiers and punctuation at its ends."""
    while start < end and not (text[start].isalnum()):
        start += 1
    while (m := LOWER.match(text, start, end)) and m[0].split()[-1] not in PARTICLES:
        start = m.end()
    while loose := LOOSE.search(text[start:end]):
        end = start + loose.start()
    return start, end


def _split(text: str, name: Name) -> Iterator[Name]:
    """The names that a dash, or "and" between two known ones, holds apart."""
    start, end, label = name
    for joint in re.finditer(r" -+ | and ", text[start:end]):
        left, right = text[start : name[0] + joint.start()], text[name[0] + joint.end() : end]
        known = re.sub("^[Tt]he ", "", left) in known_names() and re.sub("^the ", "", right) in known_names()
        if (known or joint[0] != " and ") and text[name[0] : end] not in known_names():
            yield start, name[0] + joint.start(), label
            start = name[0] + joint.end()
    yield start, end, label


def _addressed(text: str, names: list[Name]) -> list[Name]:
    """The names with the unlabelled people whom a title announces."""
    for title in ANNOUNCED.finditer(text):
        start, end = title.span(1)
        if not headed(title[1]) and all(end <= name[0] or name[1] <= start for name in names):
            names = sorted([*names, (start, end, "PERSON")])
    return names


def _untitled(text: str, name: Name) -> Iterator[Name]:
    """The name without titles and offices; two where a title stands inside."""
    start, end, label = name
    if HOLDER.match(text, end) and (half := OFFICE.search(text[start:end])):
        end = start + half.start()
    if re.search(r"(?:Secretary|Minister) (?:of )?(?:the )?$", text[:start]) and (
        portfolio := re.match(rf"(?:of )?(?:(?:{PORTFOLIOS}|and)(?:,?\s+|$))+", text[start:end])
    ):
        start, label = start + portfolio.end(), "PERSON"
        if text[start:end].startswith("for "):
            return
    if (title := LEADING.match(text[start:end])) and not headed(text[start + title.end() : end]):
        start, label = start + title.end(), "PERSON"
    for title in INNER.finditer(text[start:end]):
        rest = text[start + title.end() : end]
        office = not rest and label != "PERSON" and not re.search("King|Prince|Pope|Judge", title[0])
        if office or (rest[:1].isupper() and not headed(rest)):
            yield start, start + title.start(), label
            start, label = start + title.end(), "PERSON"
            break
    if start < end:
        yield start, end, label


def _joined(text: str, names: Sequence[Name]) -> list[Name]:
    """Names broken at a space or at "of", made whole."""
    joined: list[Name] = []
    for start, end, label in sorted(names):
        if joined:
            before, last, kind = joined[-1]
            left, gap, right = text[before:last], text[last:start], text[start:end]
            plain = not any(form in known_names() for form in (left, right, left.split()[0]))
            plain = plain and not (headed(left) or headed(right) or left.isupper())
            if gap == " " and plain and "PERSON" in (kind, label) and "NORP" not in (kind, label):
                joined[-1] = (before, end, "PERSON")
                continue
            head = left.removesuffix(" of").split()[-1:]
            linked = gap in (" of ", " of the ", " for ") or (gap == " " and left.endswith(" of"))
            if linked and kind in ("ORG", "PLACE") and label != "PERSON" and headed(" ".join(head)):
                joined[-1] = (before, end, "ORG" if head[0] in ORG_HEADS else kind)
                continue
        joined.append((start, end, label))
    return joined


def _with_known(text: str, names: list[Name]) -> list[Name]:
    """The names with those of the gazetteer added, made whole and typed."""
    words = [m.span() for m in WORD.finditer(text)]
    words = [part for word in words for part in _compound(text, *word)]
    at = 0
    while at < len(words):
        for stop in range(min(len(words), at + 6), at, -1):
            start, end = words[at][0], words[stop - 1][1]
            if label := known_names().get(text[start:end]):
                names = _placed(text, names, (start, end, label))
                at = stop - 1
                break
        at += 1
    return names


def _compound(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of "Iraqi-led" and "Israeli-Palestinian", whose first part is known."""
    first, hyphen, rest = text[start:end].partition("-")
    if (
        hyphen
        and text[start:end] not in known_names()
        and first in known_names()
        and (rest.islower() or rest in known_names())
    ):
        return [(start, start + len(first)), (start + len(first) + 1, end)]
    return [(start, end)]


def _placed(text: str, names: list[Name], new: Name) -> list[Name]:
    start, end, _ = new
    touching = [name for name in names if name[0] < end and start < name[1]]
    if any(name[0] < start or end < name[1] for name in touching):
        return names
    person = any(name[2] == "PERSON" for name in touching)
    if person and (text[start:end] in ambiguous_names() or TITLED.search(text[max(0, start - 40) : start])):
        return names
    if not touching:
        before = re.search(r"([A-Z][\w.'-]*) $", text[:start])
        after = re.match(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)([A-Z][\w'-]*)", text[end:])
        free = not before or before.start() == 0 or any(name[1] == start - 1 for name in names)
        open_right = after and not any(name[0] == end + 1 for name in names) and not re.match(TITLE, after[1])
        if not free or open_right or text[start:end] in ambiguous_names():
            return names
    return sorted([name for name in names if name not in touching] + [new])


def _extended(text: str, name: Name, names: Sequence[Name]) -> Name:
    """The name with the capitalized words that belong to it: "North" Korean, Niger "Delta", British "Embassy"."""
    start, end, label = name
    if label == "NORP" and (direction := DIRECTIONS.search(text[:start])):
        start = direction.start()
    limit = min([other[0] for other in names if other[0] >= end], default=len(text))
    for word in re.finditer(r" ([A-Z][\w'’-]*)", text[end:limit]):
        if name[1] + word.start() != end:
            break
        head = re.sub(r"['’]s?$", "", word[1])
        if label == "PERSON":
            if DATE.match(head) or re.match(TITLE, head):
                break
        elif head not in CONTINUING:
            break
        end = name[1] + word.start() + 1 + len(head)
    if end > name[1] and label == "NORP":
        label = "PLACE" if text[start:end].split()[-1] in PLACE_HEADS else "ORG"
    return start, end, label


def _retyped(text: str, name: Name) -> Name | None:
    """The name trimmed, with the label that its head word or what stands beside it asks for; None if it is no name."""
    start, end = _trimmed(text, *name[:2])
    form, label = text[start:end], name[2]
    words = form.split()
    if not words or form.islower() or form in ("Islam", "Western"):
        return None
    if words[-1] in OTHER_HEADS and label != "PERSON":
        return None
    if known := known_names().get(form):
        return start, end, label if label == "PERSON" else known
    if BEFORE_PERSON.search(text[:start]) and not headed(form):
        return start, end, "PERSON"
    if all(known_names().get(word) == "NORP" for word in words):
        label = "NORP"
    elif len(words) > 1 and (words[-1] in PLACE_HEADS or words[0] in ("Lake", "Mount", "Gulf", "Strait", "Sea")):
        label = label if (label, words[-1]) in (("PERSON", "Lake"), ("ORG", "City")) else "PLACE"
    elif (words[-1] in ORG_HEADS and (label != "PERSON" or len(words) > 1)) or (
        words[0] in ORG_HEADS and words[1:2] == ["of"]
    ):
        label = "ORG"
    elif (len(words) > 1 and words[0] in GIVEN and not headed(form)) or (
        label == "PLACE" and text.startswith(" administration", end)
    ):
        label = "PERSON"
    elif label in ("ORG", "PERSON") and LOCATED.match(text, end):
        label = "PLACE"
    elif label in ("PLACE", "PERSON") and PUBLISHED.match(text, end):
        label = "ORG"
    return start, end, label


def _disjoint(names: Sequence[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n[0] - n[1], n[0])):
        if all(name[1] <= other[0] or other[1] <= name[0] for other in kept):
            kept.append(name)
    return sorted(kept)


def _consistent(text: str, names: Sequence[Name]) -> list[Name]:
    """A surname or repeated name has the label of the full name of a person in the same sentence."""
    full = [text[start:end] for start, end, label in names if label == "PERSON" and " " in text[start:end]]
    people = {*full, *(form.split()[-1] for form in full)} - known_names().keys()
    return [(s, e, "PERSON" if text[s:e] in people else label) for s, e, label in names]

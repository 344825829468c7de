"""Read sentences annotated with mentions and claims; the two formats are described in ``data/pairs/README.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReaderError
from kg.extraction.pairs import RELATIONS
from kg.model import STATUSES, EntityType, Status

TYPES: Mapping[str, EntityType] = {"C": "Country", "P": "Person", "O": "Organization"}
_MARK = re.compile(r"⟦(\d+)([CPO])(n?)(?:=([\dx+]+))?:|⟧")
_MENTION = re.compile(r"(\d+)-(\d+)([CPO])(\d+)(=?)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: half-open code point offsets, type, the entity's number in the sentence, and whether it is a name;
    ``several`` are the entities that a group stands for ("both countries")."""

    start: int
    end: int
    type: EntityType
    entity: int
    by_name: bool
    several: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A claim between two mentions (their numbers); ``trigger`` is the offset of the word that carries the meaning."""

    subject: int
    relation: str
    object: int
    status: Status
    trigger: int | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence with its mentions and everything that it claims between them."""

    id: str
    text: str
    mentions: tuple[Marked, ...]
    claims: tuple[Said, ...]


def read_written(path: Path) -> Iterator[Annotated]:
    """Sentences with marks in the text. Raises :class:`ReaderError` that names the line of a broken one."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                marked, said = line.rsplit("\t", 1)
                text, mentions = _unmark(marked)
                claims = tuple(_claim(words, text, mentions) for words in _split(said))
            except (ValueError, IndexError, KeyError) as error:
                raise ReaderError(f"{path}:{number}: not an annotated sentence: {error}") from error
            yield Annotated(f"{path.stem}-{number}", text, mentions, claims)


def read_standoff(path: Path, texts: Mapping[str, str]) -> Iterator[Annotated]:
    """Annotations of sentences that are kept elsewhere, by their id. Raises :class:`ReaderError` as above."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                key, marks, said = line.split("\t")
                mentions = tuple(_mention(mark) for mark in marks.split())
                claims = tuple(_offset_claim(words) for words in _split(said))
                yield Annotated(key, texts[key], mentions, claims)
            except (ValueError, KeyError) as error:
                raise ReaderError(f"{path}:{number}: not an annotation of a known sentence: {error}") from error


def to_standoff(sentences: Iterable[Annotated]) -> Iterator[str]:
    """One line a sentence, as :func:`read_standoff` reads it."""
    letters = {name: letter for letter, name in TYPES.items()}
    for item in sentences:
        marks = " ".join(
            f"{m.start}-{m.end}{letters[m.type]}{m.entity}{'' if m.by_name else '='}" for m in item.mentions
        )
        said = "; ".join(
            f"{c.subject} {c.relation} {c.object} {c.status} {'-' if c.trigger is None else c.trigger}"
            for c in item.claims
        )
        yield f"{item.id}\t{marks}\t{said or '-'}"


def _unmark(marked: str) -> tuple[str, tuple[Marked, ...]]:
    text, last = "", 0
    opened: list[tuple[int, str, bool, str | None, int]] = []
    found: dict[int, tuple[int, int, str, bool, str | None]] = {}
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark[0] == "⟧":
            number, letter, named, same, start = opened.pop()
            found[number] = (start, len(text), letter, named or same is None, same)
        else:
            opened.append((int(mark[1]), mark[2], bool(mark[3]), mark[4], len(text)))
    if opened:
        raise ValueError("a mark is not closed")
    text += marked[last:]
    entities: dict[int, int] = {}
    for number in range(len(found)):
        same = found[number][4]
        entities[number] = entities[int(same)] if same and same.isdigit() and int(same) in entities else number
    return text, tuple(
        Marked(start, end, TYPES[letter], entities[number], named, _several(same, entities))
        for number, (start, end, letter, named, same) in sorted(found.items())
    )


def _several(same: str | None, entities: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(entities[int(number)] for number in same.split("+")) if same and "+" in same else ()


def _split(said: str) -> list[list[str]]:
    return [] if said.strip() == "-" else [words.split() for words in said.split(";")]


def _claim(words: list[str], text: str, mentions: tuple[Marked, ...]) -> Said:
    subject, relation, object, status, trigger = words[:5]
    ends = mentions[int(subject)], mentions[int(object)]
    return _said(subject, relation, object, status, _nearest(text, trigger, *ends))


def _offset_claim(words: list[str]) -> Said:
    subject, relation, object, status, trigger = words
    return _said(subject, relation, object, status, None if trigger == "-" else int(trigger))


def _said(subject: str, relation: str, object: str, status: str, trigger: int | None) -> Said:
    if relation not in RELATIONS or status not in STATUSES:
        raise ValueError(f"{relation} {status}")
    return Said(int(subject), relation, int(object), status, trigger)


def _mention(mark: str) -> Marked:
    match = _MENTION.fullmatch(mark)
    if match is None:
        raise ValueError(mark)
    return Marked(int(match[1]), int(match[2]), TYPES[match[3]], int(match[4]), not match[5])


def _nearest(text: str, word: str, one: Marked, other: Marked) -> int | None:
    """Where the word stands that is nearest to what lies between the two mentions."""
    first, last = min(one.start, other.start), max(one.end, other.end)
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    return min(places, key=lambda at: (max(first - at, at - last, 0), at), default=None)

"""What two names of people say of each other: the same, written otherwise, shorter, or of two people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from kg.resolve import tables
from kg.resolve.fold import fold

_LEAST = 5
"""Words shorter than this are too alike to be spelt alike by rule."""
_FIRST = frozenset("al el ul la le do di da ben ad as y".split())
"""Particles that are names, too, where a name begins with them: "Al Gore", "Ben Carson"."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """``words`` are folded, without titles and particles; ``spelt`` are the same in one spelling; ``suffix`` is "jr"."""

    words: tuple[str, ...]
    spelt: tuple[str, ...]
    suffix: str = ""

    @property
    def full(self) -> bool:
        """Whether it is more than one word."""
        return len(self.words) > 1

    @property
    def last(self) -> str:
        """The surname: the last word, or the first where that is an East Asian surname and more follow."""
        return self.words[0] if self.eastern else self.words[-1]

    @property
    def eastern(self) -> bool:
        """Whether the surname stands first: "Kim Jong-un", "Xi Jinping"."""
        east = tables.surnames("east_asian")
        return self.full and self.words[0] in east and self.words[-1] not in east and len(self.words[0]) > 1

    @property
    def common(self) -> bool:
        """Whether many people have the surname; a single given name says even less."""
        single = not self.full and self.words[0] in tables.words("given") | tables.words("suffix")
        return single or self.last in tables.surnames("common")


@lru_cache(maxsize=1 << 16)
def person_name(name: str) -> PersonName:
    """The parts of a person's name.

    >>> person_name("Dr. Charles de Gaulle Jr.")
    PersonName(words=('charles', 'gaulle'), spelt=('charles', 'gaule'), suffix='jr')
    >>> person_name("Volodymyr Zelenskyy").spelt == person_name("Vladimir Zelenskiy").spelt
    True
    """
    folded = fold(re.sub(r"'s$|’s$", "", name))
    suffix = folded.pop() if len(folded) > 2 and folded[-1] in tables.words("suffix") else ""
    while len(folded) > 1 and folded[0] in tables.words("title"):
        folded.pop(0)
    bound = bool(re.match(r"\s*(?:[a-z]|\w+-)", name))
    kept = [word for i, word in enumerate(folded) if i == len(folded) - 1 or not _particle(word, i, bound)]
    words = tuple(kept)
    return PersonName(words, _spelt(words), suffix)


def _spelt(words: tuple[str, ...]) -> tuple[str, ...]:
    """One spelling of each word; given names in one form, and those of East Asian names in one word."""
    given = tables.given_names()
    if PersonName(words, ()).eastern:
        joined = "".join(words[1:])
        return spell(words[0]), given.get(joined, joined)
    return (*(spell(given.get(word, word)) for word in words[:-1]), spell(words[-1]))


def _particle(word: str, position: int, bound: bool) -> bool:
    return word in tables.words("particle") and (position > 0 or bound or word not in _FIRST)


@lru_cache(maxsize=1 << 16)
def spell(word: str) -> str:
    """A word in one of the spellings that transcription gives it; short ones stay.

    >>> {spell(word) for word in ("zelensky", "zelenskyy", "zelenskiy")}, spell("lukashenka"), spell("reid")
    ({'zelenski'}, 'lukashenko', 'reid')
    """
    if len(word) < _LEAST:
        return word
    for pattern, replacement in tables.spelling("person"):
        word = pattern.sub(replacement, word)
    return word


def relate(one: PersonName, other: PersonName) -> str | None:
    """How two names may be of one person; None where they are names of two.

    The answers, by how much they say: ``same``, ``spelling`` (also nicknames), ``order``, ``middle``, ``longer``,
    ``initial``, ``surname``, ``misspelt``, ``given``.

    >>> names = ["John F. Kennedy", "John Kennedy", "J. Kennedy", "Kennedy", "Robert Kennedy", "John R. Kennedy"]
    >>> [relate(person_name(names[0]), person_name(name)) for name in names]
    ['same', 'middle', 'initial', 'surname', None, None]
    """
    if one.suffix != other.suffix and one.suffix and other.suffix:
        return None
    if not one.words or not other.words:
        return None
    if one.words == other.words:
        return "same" if one.suffix == other.suffix else None
    if one.spelt == other.spelt:
        return "spelling" if one.suffix == other.suffix else None
    short, long = sorted((one, other), key=lambda name: (len(name.words), name.words))
    if one.full and other.full:
        return _relate_full(short, long)
    if not long.full:
        return "misspelt" if misspelt(one.words[0], other.words[0]) else None
    return _relate_short(short.words[0], long)


def _relate_short(word: str, long: PersonName) -> str | None:
    if word == long.last or (spell(word) == spell(long.last)):
        return "surname"
    if misspelt(word, long.last):
        return "misspelt"
    return "given" if word == long.words[0] else None


def _relate_full(short: PersonName, long: PersonName) -> str | None:
    few, many = short.spelt, long.spelt
    if sorted(short.words) == sorted(long.words):
        return "order"
    if short.eastern or long.eastern:
        return None
    if few[-1] == many[-1] and (_same_given(few[0], many[0]) or _same_given(short.words[0], long.words[0])):
        return _relate_middle(short, long)
    if len(few) < len(many) and many[: len(few)] == few:
        return "longer"
    if len(few) == len(many):
        wrong = [(a, b) for a, b in zip(short.words, long.words, strict=True) if spell(a) != spell(b)]
        if few[0] == many[0]:
            wrong = [pair for pair in wrong if pair != (short.words[0], long.words[0])]
        if len(wrong) == 1 and misspelt(*wrong[0]):
            return "misspelt"
    return None


def _relate_middle(short: PersonName, long: PersonName) -> str | None:
    """One first and one last word: whether the words between can be of one person."""
    initial = len(short.words[0]) == 1 or len(long.words[0]) == 1
    between, more = short.spelt[1:-1], long.spelt[1:-1]
    if not between:
        more_initials = len(more) > 0 and len(long.words[0]) == 1 < len(short.words[0])
        return None if more_initials else "initial" if initial else "middle"
    if len(between) == len(more) and all(map(_same_given, short.words[1:-1], long.words[1:-1])):
        return "initial"
    return "middle" if between == more[: len(between)] else None


def _same_given(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def misspelt(one: str, other: str) -> bool:
    """Whether one long word is the other with a letter wrong, left out or turned round; two where it is very long.

    An added last letter makes another name ("Medvedev", "Medvedeva"), and so does another first one.

    >>> misspelt("lindestrauss", "lindenstrauss"), misspelt("medvedev", "medvedeva"), misspelt("jong", "jung")
    (True, False, False)
    """
    length = min(len(one), len(other))
    if length < 7 or one == other or one[0] != other[0] or one[-1] != other[-1]:
        return False
    if {one[-3:], other[-3:]} in ({"son", "sen"}, {"sky", "aya"}):
        return False
    return bool(OSA.distance(one, other, score_cutoff=2) <= (2 if length >= 12 else 1))

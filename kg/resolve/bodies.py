"""What two names of organizations say of each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.organs import COMMON
from kg.resolve import tables
from kg.resolve.fold import fold
from kg.resolve.people import misspelt, spell

_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_ENDINGS = ("st", "nd", "rd", "th")
_SPELT_ALIKE = 8
"""Letters from which a transcribed word can be told from another."""


@dataclass(frozen=True, slots=True)
class BodyName:
    """``words`` are folded, in American spelling, without articles, linking words, countries and corporate endings.

    ``countries`` are the codes of the countries that it names, ``marks`` what tells it from its sisters (numbers and
    directions). ``generic`` is true where all words are common ones of organs and parties, which every country has; the order of
    words means nothing in the names of organs.
    """

    words: tuple[str, ...]
    countries: frozenset[str]
    marks: frozenset[str]
    generic: bool
    acronym: str | None

    @property
    def key(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """What is the same for two ways of writing one name: "Ministry of Defence" and "Defense Ministry"."""
        return self.words, self.countries


@lru_cache(maxsize=1 << 16)
def body_name(name: str) -> BodyName:
    """The parts of an organization's name.

    >>> body_name("Russian Ministry of Defence").key == body_name("Defense Ministry of Russia").key
    True
    >>> body_name("The Vektor Corp.").words, body_name("U.S. Third Fleet").marks
    (('vektor',), frozenset({'3'}))
    """
    words, countries = _without_countries([_american(word) for word in fold(name.removesuffix("'s"))])
    linking = tables.words("linking")
    words = [word for word in words if word not in linking] or words
    while len(words) > 1 and words[-1] in tables.words("company"):
        words.pop()
    if "affairs" in words and {"ministry", "department"} & set(words):
        words.remove("affairs")
    marks = frozenset(word for word in words if word.isdigit() or word in tables.words("direction"))
    organ = bool(words) and all(word in COMMON for word in words)
    generic = organ or all(word in COMMON | tables.words("party") for word in words)
    letters = name.replace(".", "")
    acronym = letters if letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 8 else None
    ordered = tuple(sorted(words) if organ else words)
    return BodyName(ordered, frozenset(countries), marks, generic, acronym)


def relate(one: BodyName, other: BodyName) -> str | None:
    """How two names may be of one organization: ``same``, ``spelling``, ``state`` (only one names its country),
    ``acronym``, ``misspelt``; None where they are names of two.

    >>> relate(body_name("5th Fleet"), body_name("Fifth Fleet")), relate(body_name("3rd Fleet"), body_name("5th Fleet"))
    ('same', None)
    """
    if one.marks != other.marks and not (one.acronym or other.acronym):
        return None
    if one.countries != other.countries and one.countries and other.countries:
        return None
    if one.words == other.words:
        return "same" if one.countries == other.countries else "state"
    if one.countries == other.countries and len(one.words) == len(other.words):
        return _alike(one.words, other.words)
    return "acronym" if is_acronym(one, other) or is_acronym(other, one) else None


def is_acronym(short: BodyName, long: BodyName) -> bool:
    """Whether ``short`` is made of the first letters of ``long``: three letters or more."""
    return bool(
        short.acronym
        and len(short.acronym) >= 3
        and len(long.words) >= 3
        and "".join(word[0] for word in long.words) == short.acronym.casefold()
    )


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    wrong = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if all(min(map(len, pair)) >= _SPELT_ALIKE and spell(pair[0]) == spell(pair[1]) for pair in wrong):
        return "spelling"
    return "misspelt" if len(wrong) == 1 and misspelt(*wrong[0]) and not COMMON.intersection(wrong[0]) else None


def _american(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    if word[:-2].isdigit() and word.endswith(_ENDINGS):
        return word[:-2]
    for pattern, replacement in tables.spelling("word"):
        word = pattern.sub(replacement, word)
    return word


def _without_countries(words: list[str]) -> tuple[list[str], set[str]]:
    kept: list[str] = []
    countries: set[str] = set()
    position = 0
    while position < len(words):
        forms = tables.country_words().get(words[position], {})
        lengths = [len(form) for form in forms if tuple(words[position : position + len(form)]) == form]
        if lengths:
            length = max(lengths)
            countries.add(forms[tuple(words[position : position + length])])
            position += length
        else:
            kept.append(words[position])
            position += 1
    return kept or words, countries

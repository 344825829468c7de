"""Noun and verb phrases about a variable: each is put into clauses until the engine reads them whole.

A question is read by turning it into the statements that it asks about ("allies of Israel that border Iran": *X is an ally of
Israel*, *X borders Iran*). Which of several ways to cut a phrase is right is not decided by grammar: the first one whose
every clause is understood to the last word is taken. We rejected transforming the parse of the question itself, since
readers trained on prose parse questions badly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.ask.clauses import ClauseReader, Reading
from kg.ask.words import (
    BE,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    PREPOSITIONS,
    RELATIVES,
    Word,
    finite,
    is_base_form,
    is_verb,
    lemmas,
)
from kg.extraction.anchors import ORGANS
from kg.model import EntityType

_JOINTS = frozenset({"and", "but", ",", *RELATIVES})
_IS, _HAS, _WITH_A = Word("is"), Word("has"), Word("a")
_DEEPEST = 3
"""How many variables one question may have."""


@dataclass(slots=True)
class PhraseReader:
    """Reads phrases with one :class:`ClauseReader`; ``depth`` is how many variables there are."""

    clauses: ClauseReader
    depth: int = 1

    def predicate(self, subject: Sequence[Word], words: Sequence[Word]) -> Reading | None:
        """What a verb phrase says of its subject: "borders Iran and is an ally of Israel"."""
        if not words:
            return None
        subjects = {word.entity for word in subject if word.entity}
        for variant in _agreeing(words):
            reading = self.clauses.read([*subject, *variant], {str(entity) for entity in subjects})
            if reading is not None:
                return reading
        return self._coordinated(subject, words) or self._nested(subject, words)

    def clause(self, subject: Sequence[Word], words: Sequence[Word]) -> Reading | None:
        """A predicate whose subject may be a noun phrase: "any country / borders Iran"."""
        if any(word.entity for word in subject):
            return self.predicate(subject, words)
        variable = Word("x", "?x")
        held = self.noun_phrase(variable, subject)
        said = self.predicate([variable], words) if held is not None else None
        return held + said if held is not None and said is not None else None

    def noun_phrase(self, variable: Word, words: Sequence[Word]) -> Reading | None:
        """What a noun phrase says of what it stands for: "countries that border Iran", "Israel's allies"."""
        words = _without_determiners(words)
        if not words:
            return None
        kind = _kind_of(words[0])
        if kind is None:
            reading = self.predicate([variable], [_IS, *words])
            kinds = (
                ORGANS if reading is not None else frozenset()
            )  # "the Turkish army" is one thing, not any part of Turkey
            return None if kinds & (reading.words if reading else frozenset()) else reading
        narrowed = Word(variable.text, variable.entity, kind[0])
        known = Reading(types=((str(variable.entity), frozenset(kind[0])),), notes=kind[1])
        if len(words) == 1:
            return known
        rest = self._modifier(narrowed, words[1:])
        return None if rest is None else known + rest

    def gapped(self, subject: Sequence[Word], words: Sequence[Word], variable: Word) -> Reading | None:
        """A clause that lacks its object or what follows its preposition: "Russia / sells arms to"."""
        for filled in _filled(words, variable):
            if (reading := self.predicate(subject, filled)) is not None:
                return reading
        return None

    def _modifier(self, variable: Word, words: Sequence[Word]) -> Reading | None:
        """What follows a noun: a relative clause with or without its pronoun, a participle, a prepositional phrase."""
        first = words[0].lower
        rest = words[1:] if first in RELATIVES else words
        if not rest:
            return None
        if first == "with" and (reading := self.predicate([variable], [_HAS, *rest[1:]])) is not None:
            return reading
        if first in RELATIVES and (reading := self.predicate([variable], rest)) is not None:
            return reading
        if first not in RELATIVES and (reading := self.predicate([variable], [_IS, *rest])) is not None:
            return reading
        if rest[0].lower in DO:
            return None
        for cut in _cuts(rest):
            if (reading := self.gapped(rest[:cut], rest[cut:], variable)) is not None:
                return reading
        return None

    def _coordinated(self, subject: Sequence[Word], words: Sequence[Word]) -> Reading | None:
        """ "border Iran and are allies of Israel"; a relative clause is the subject's where the verb before is a copula."""
        for at in range(1, len(words) - 1):
            joint = words[at].lower
            if joint not in _JOINTS or (joint in RELATIVES and words[0].lower not in BE):
                continue
            right = list(words[at + 1 :])
            while right and right[0].lower in ("and", "but", "also", "both", *RELATIVES):
                right = right[1:]
            left = self.predicate(subject, words[:at]) if right else None
            if left is None:
                continue
            second = self.predicate(subject, right) if is_verb(right[0]) else None
            if second is None and words[0].lower in BE:
                second = self.predicate(subject, [words[0], *right])
            if second is not None:
                return left + second
        return None

    def _nested(self, subject: Sequence[Word], words: Sequence[Word]) -> Reading | None:
        """ "sells arms to / allies of Turkey": a noun phrase that names nothing is a variable of its own."""
        if self.depth >= _DEEPEST or (words[0].lower in BE and not any(w.lower in PREPOSITIONS for w in words)):
            return None
        used = {word.entity for word in subject}
        variable = next(Word(name, f"?{name}") for name in "xyzuvw" if f"?{name}" not in used)
        for at in range(1, len(words)):
            before = words[at - 1]
            if (
                not (before.lower in PREPOSITIONS or (is_verb(before) and before.lower not in BE))
                or words[at].lower in PREPOSITIONS
            ):
                continue
            if all(word.entity for word in words[at:]):
                continue
            self.depth += 1
            inner = self.noun_phrase(variable, words[at:])
            kinds = dict(inner.types).get(str(variable.entity)) if inner else None
            named = Word(variable.text, variable.entity, tuple(sorted(kinds)) if kinds else ())  # type: ignore[arg-type]
            outer = self.predicate(subject, [*words[:at], named]) if inner else None
            self.depth -= 1
            if inner is not None and outer is not None:
                return outer + inner
        return None


@cache
def _kinds() -> dict[str, tuple[tuple[EntityType, ...], bool]]:
    """The types of each noun of ``nouns.toml``, and whether they are wider than the noun."""
    table = tomllib.loads(files("kg.ask").joinpath("nouns.toml").read_text("utf-8"))
    return {noun: (tuple(row["types"]), name == "wider") for name, row in table.items() for noun in row["nouns"]}


def _kind_of(word: Word) -> tuple[tuple[EntityType, ...], tuple[str, ...]] | None:
    """The types that a noun stands for, and what to say where they are wider."""
    if word.entity:
        return None
    for lemma in sorted(lemmas(word)):
        if lemma in _kinds():
            types, wider = _kinds()[lemma]
            return types, (f"“{word.text}” is read as organizations of any kind",) if wider else ()
    return None


def _without_determiners(words: Sequence[Word]) -> Sequence[Word]:
    while words and words[0].lower in DETERMINERS:
        words = words[1:]
    return words


def _agreeing(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The verb phrase for a singular subject, then as it is."""
    first = words[0].lower
    if first in ("are", "were"):
        yield [Word("is" if first == "are" else "was"), *words[1:]]
    elif first == "have":
        yield [_HAS, *words[1:]]
    elif first not in BE | HAVE | DO | MODALS and is_base_form(words[0]):
        for verb in finite(words[0], "does"):
            if verb.lower != first:
                yield [verb, *words[1:]]
    yield words


def _filled(words: Sequence[Word], variable: Word) -> Iterator[list[Word]]:
    """The clause with the variable where something may be missing: behind a stranded preposition, else behind a verb, else last."""
    stranded = [
        at + 1
        for at, word in enumerate(words)
        if word.lower in PREPOSITIONS and (at + 1 == len(words) or words[at + 1].lower in PREPOSITIONS)
    ]
    verbs = [at + 1 for at, word in enumerate(words) if is_verb(word) and word.lower not in BE | HAVE | MODALS]
    for at in dict.fromkeys(stranded[-1:] or [*verbs, len(words)]):
        yield [*words[:at], variable, *words[at:]]


def _cuts(words: Sequence[Word]) -> list[int]:
    """Where a subject may end: behind a name first, then anywhere before a verb."""
    after = [
        at for at in range(1, len(words)) if words[at - 1].entity and words[at].lower not in ("and", "'s", "’s", ",")
    ]
    verbs = [at for at in range(1, len(words)) if is_verb(words[at])]
    return list(dict.fromkeys([*after, *verbs]))


def cuts(words: Sequence[Word]) -> list[int]:
    """Where the subject of an inverted clause may end, the likeliest first."""
    return _cuts(words)

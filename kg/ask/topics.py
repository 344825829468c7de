"""Questions that name no relation: what is known about something, how two things are related, what somebody said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ask.question import Question
from kg.ask.words import Word, lemmas
from kg.extraction.syntax import SPEECH

_N = r"(?:the )?(⟨\d+⟩)"
_ABOUT = rf"(?:about|of|on|regarding|concerning) {_N}(?: and {_N})?"
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:what|who) (?:is|was|are|were|'s) {_N}",
        rf"what (?:is|'s) (?:known|written|reported|said|there) (?:about|on) {_N}",
        rf"what do (?:we|you|the texts|the articles|the sources|they) (?:know|say) about {_N}",
        rf"(?:tell me|show me|show|give me|find|list|know|say)? ?(?:all |everything |more |anything |"
        rf"something |what is known |information |facts )?"
        rf"(?:you know )?(?:about|on) {_N}",
        rf"(?:describe|profile|summarize) {_N}",
        _N,
    )
)
_RELATED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"how (?:is|are|was|were) {_N} (?:and|to|with) {_N} (?:related|connected|linked|tied)(?: to each other)?",
        rf"how (?:is|are|was|were) {_N} (?:related|connected|linked|tied) (?:to|with) {_N}",
        rf"how (?:do|does|did) {_N} (?:and )?(?:relate to )?{_N}(?: relate(?: to each other)?)?",
        rf"what (?:is|are|was|were) the (?:relation|relations|relationship|connection|connections|link|links|ties) "
        rf"(?:between|of) {_N} (?:and|to|with) {_N}",
        rf"what (?:is|are|was|were) {_N} 's (?:relation|relations|relationship|connection|ties) (?:to|with) {_N}",
        rf"what (?:links|connects|ties|relates|joins) {_N} (?:and|to|with) {_N}",
        rf"(?:what is known )?(?:about )?{_N} and {_N}",
    )
)
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf"what (?:do|does|did|has|have|had) {_N} (\w+)(?: {_ABOUT})?",
        rf"what (?:is|was|has been|were) (\w+) by {_N}(?: {_ABOUT})?",
        rf"what (?:is|are|were|was) {_N} 's (\w+) {_ABOUT}",
    )
)
_SAYING_NOUNS = frozenset("claim statement remark view quote comment opinion".split())
_ANYBODY = re.compile(rf"who (?:has |had )?(\w+) (?:something |anything |what )?{_ABOUT}")
_THAT = re.compile(r"(?:who|which ⟨\d+⟩) (?:has |had )?(\w+)(?: that)? (.*)")
_NO_REPORT = frozenset("deny accuse blame denounce condemn criticize call describe hail pledge vow agree ask".split())
"""Verbs of saying whose object is no claim that their subject makes."""


def read_topic(words: Sequence[Word]) -> Question | None:
    """The question about, between or said, if the words are one of these."""
    names = [word.entity or "" for word in words if word.entity]
    text = _skeleton(words)
    for pattern in _RELATED:
        if (match := pattern.fullmatch(text)) and names[0] != names[1]:
            return Question("between", topics=(names[0], names[1]))
    if any(pattern.fullmatch(text) for pattern in _ASKED):
        return Question("about", topics=(names[0],))
    for pattern in _SAID:
        if (match := pattern.fullmatch(text)) and any(
            _says(word) for word in match.groups() if word and word[0] != "⟨"
        ):
            return Question("said", speaker=names[0], topics=tuple(names[1:]))
    if (match := _ANYBODY.fullmatch(text)) and _says(match[1]):
        return Question("said", speaker="?x", topics=tuple(names))
    return None


def said_clause(words: Sequence[Word]) -> Sequence[Word] | None:
    """The clause of "who says that …"; None for another question."""
    match = _THAT.fullmatch(_skeleton(words[:4]) + " ")
    if not match or not _reports(match[1]):
        return None
    at = next(index for index, word in enumerate(words) if word.lower == match[1]) + 1
    rest = words[at + 1 :] if words[at].lower == "that" else words[at:]
    return rest if rest else None


def _skeleton(words: Sequence[Word]) -> str:
    """The words without case, names as ⟨0⟩, ⟨1⟩, …"""
    count, parts = 0, []
    for word in words:
        if word.entity:
            parts.append(f"⟨{count}⟩")
            count += 1
        else:
            parts.append(re.sub("[⟨⟩]", "", word.lower.replace("’", "'")))
    return " ".join(parts)


def _says(word: str) -> bool:
    found = lemmas(Word(word))
    return bool(found & SPEECH) or bool(found & _SAYING_NOUNS)


def _reports(word: str) -> bool:
    found = lemmas(Word(word))
    return bool(found & SPEECH) and not found & _NO_REPORT

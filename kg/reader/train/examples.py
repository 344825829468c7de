"""Training examples: words with the numbers that the heads learn, sentence by sentence and in windows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.reader.corpora import NAME_LABELS, Sentence

UNKNOWN = -1
"""A number that no head learns from: the corpus does not say."""
BIO = ("O", *(f"{prefix}-{kind}" for kind in NAME_LABELS for prefix in "BI"))
ANY_NAME = (1 << len(BIO)) - 1
"""Every label of names is allowed: the corpus does not say."""
_OUTSIDE = 1 << BIO.index("O")
_NORP = 1 << BIO.index("B-NORP") | 1 << BIO.index("I-NORP")


@dataclass(slots=True)
class Example:
    """n words; heads count from 1 within the example and 0 is the root; ``names`` are bit sets of allowed BIO labels.

    ``starts`` is 1 at the first word of a sentence, else 0. Numbers are :data:`UNKNOWN` where nothing is annotated.
    """

    words: list[str]
    starts: list[int]
    parts: list[int]
    tags: list[int]
    heads: list[int]
    labels: list[int]
    names: list[int]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The labels of each head, in the order of its outputs."""

    parts_of_speech: list[str]
    tags: list[str]
    dependencies: list[str]

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Inventory:
        """All labels that the sentences have."""
        syntaxes = [sentence.syntax for sentence in sentences if sentence.syntax]
        return cls(
            sorted({part for syntax in syntaxes for part in syntax.parts_of_speech}),
            sorted({tag for syntax in syntaxes for tag in syntax.tags}),
            sorted({label for syntax in syntaxes for label in syntax.labels}),
        )


def example(sentence: Sentence, inventory: Inventory, norp: str) -> Example:
    """The example of one sentence. Labels outside the inventory become unknown.

    ``norp`` says what the corpus does with nationalities and groups: "labeled", "other" (inside its spans of another
    kind) or "unlabeled" (its O may hide them).
    """
    count = len(sentence.words)
    nothing = [UNKNOWN] * count
    names = name_sets(sentence, norp)
    starts = [1] + [0] * (count - 1)
    group = f"{sentence.document}#{sentence.id}"
    if sentence.syntax is None:
        return Example(sentence.forms, starts, nothing, nothing, nothing, nothing, names, group)
    syntax = sentence.syntax
    return Example(
        sentence.forms,
        starts,
        _numbers(syntax.parts_of_speech, inventory.parts_of_speech),
        _numbers(syntax.tags, inventory.tags),
        list(syntax.heads),
        _numbers(syntax.labels, inventory.dependencies),
        names,
        group,
    )


def name_sets(sentence: Sentence, norp: str) -> list[int]:
    """Allowed BIO labels of each word, as bit sets."""
    if sentence.names is None:
        return [ANY_NAME] * len(sentence.words)
    hidden = _OUTSIDE | _NORP
    sets = [hidden if norp == "unlabeled" else _OUTSIDE] * len(sentence.words)
    for start, end in sentence.other if norp == "other" else ():
        for index in _inside(sentence, start, end):
            sets[index] = hidden
    for start, end in sentence.unsure:
        for index in _inside(sentence, start, end):
            sets[index] = ANY_NAME
    for start, end, label in sentence.names:
        for position, index in enumerate(_inside(sentence, start, end)):
            sets[index] = 1 << BIO.index(("I-" if position else "B-") + label)
    return sets


def concatenated(parts: Sequence[Example]) -> Example:
    """One example of consecutive sentences; heads are shifted, the root stays 0."""
    heads: list[int] = []
    for part in parts:
        offset = len(heads)
        heads += [head + offset if head > 0 else head for head in part.heads]
    return Example(
        [word for part in parts for word in part.words],
        [start for part in parts for start in part.starts],
        [number for part in parts for number in part.parts],
        [number for part in parts for number in part.tags],
        heads,
        [number for part in parts for number in part.labels],
        [names for part in parts for names in part.names],
    )


def windows(
    paragraphs: Sequence[Sequence[Example]], longest: int, alone: float, chance: random.Random
) -> Iterator[list[Example]]:
    """Groups of consecutive sentences of one paragraph, as they will be read together.

    With probability ``alone`` a sentence stays alone; other groups have a random size, up to ``longest`` words.
    """
    for paragraph in paragraphs:
        group: list[Example] = []
        limit = 0
        for item in paragraph:
            if group and sum(len(other.words) for other in group) + len(item.words) > limit:
                yield group
                group = []
            if not group:
                limit = 0 if chance.random() < alone else chance.randint(longest // 10, longest)
            group.append(item)
        if group:
            yield group


def _numbers(values: Sequence[str], known: Sequence[str]) -> list[int]:
    index = {value: number for number, value in enumerate(known)}
    return [index.get(value, UNKNOWN) for value in values]


def _inside(sentence: Sentence, start: int, end: int) -> list[int]:
    return [index for index, (first, last) in enumerate(sentence.words) if first < end and start < last]

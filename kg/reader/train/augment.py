"""Variants of training sentences: the writing that news has and treebanks lack.

Every change keeps the annotation true: words are rewritten in place, or leaves of the tree are left out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.reader.train.examples import ANY_NAME, BIO, UNKNOWN, Example, concatenated

_OUTSIDE = 1 << BIO.index("O")
_NO_NAME = frozenset({_OUTSIDE, _OUTSIDE | 1 << BIO.index("B-NORP") | 1 << BIO.index("I-NORP"), ANY_NAME})
"""Allowed labels of words that are in no name that the corpus knows of."""
_DASHES = ("-", "--", "–", "—")
_LOOKALIKES = (("l", "1"), ("I", "l"), ("O", "0"), ("rn", "m"), ("m", "rn"), ("e", "c"), ("h", "b"), ("i", "í"))
_ARTICLES = frozenset({"a", "an", "the"})
_MINOR = frozenset("a an the and but or nor of in on at to for with by from as".split())
_DATELINE_PLACES = (
    "BAKU", "PARIS", "BEIRUT", "NEW DELHI", "ADDIS ABABA", "UNITED NATIONS", "WASHINGTON", "MOSCOW", "Nairobi", "Bogota",
    "BRUSSELS", "SANAA", "Tbilisi", "MEXICO CITY", "KINSHASA", "Manila", "HANOI", "LA PAZ", "RIYADH", "Tehran",
)  # fmt: skip
_AGENCIES = ("Reuters", "AP", "AFP", "Xinhua", "TASS", "DPA", "ANSA", "Kyodo")
_MONTHS = ("Jan", "Feb.", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov.", "Dec")


def lower(item: Example, chance: random.Random) -> Example:
    """All in lower case."""
    return replace(item, words=[word.lower() for word in item.words])


def upper(item: Example, chance: random.Random) -> Example:
    """All in capitals, as headlines and shouting are."""
    return replace(item, words=[word.upper() for word in item.words])


def title(item: Example, chance: random.Random) -> Example:
    """Title case: capitals on all words but the small ones."""
    words = [w if w in _MINOR and i else w[:1].upper() + w[1:] for i, w in enumerate(item.words)]
    return replace(item, words=words)


def headline(item: Example, chance: random.Random) -> Example:
    """As headlines are written: no articles, no final period, title case or capitals half of the time."""
    last = len(item.words) - 1
    dropped = {i for i, word in enumerate(item.words) if word.lower() in _ARTICLES or (i == last and word == ".")}
    shorter = without(item, dropped)
    return chance.choice((title, upper, _same, _same))(shorter, chance)


def open_end(item: Example, chance: random.Random) -> Example:
    """Without its final period."""
    return without(item, {len(item.words) - 1} if item.words[-1] == "." else set())


def quotes(item: Example, chance: random.Random) -> Example:
    """Double quotes as single ones or as the pairs of typewriters; the reader sees curly ones as straight ones."""
    opening, closing = chance.choice((("'", "'"), ("``", "''"), ('"', '"')))
    marks, words = 0, []
    for word in item.words:
        if word in ('"', "“", "”"):
            marks += 1
            word = opening if marks % 2 else closing
        words.append(word)
    return replace(item, words=words)


def dashes(item: Example, chance: random.Random) -> Example:
    """Other dashes for the dashes between words."""
    return replace(item, words=[chance.choice(_DASHES) if word in _DASHES[1:] else word for word in item.words])


def misread(item: Example, chance: random.Random) -> Example:
    """Letters confused as by optical character recognition, in about one word of fifteen."""
    return replace(item, words=[_garbled(word, chance) if chance.random() < 0.07 else word for word in item.words])


def dateline(item: Example, chance: random.Random) -> Example:
    """With a dateline before it, whose names are known and whose syntax is not."""
    place = chance.choice(_DATELINE_PLACES).split()
    bracket = ["(", chance.choice(_AGENCIES), ")"] if chance.random() < 0.6 else []
    date = [",", chance.choice(_MONTHS), str(chance.randint(1, 31))] if chance.random() < 0.5 else []
    words = [*place, *date, *bracket, chance.choice(_DASHES)]
    names = [_OUTSIDE] * len(words)
    for index in range(len(place)):
        names[index] = 1 << BIO.index("I-PLACE" if index else "B-PLACE")
    if bracket:
        names[words.index("(") + 1] = 1 << BIO.index("B-ORG")
    nothing = [UNKNOWN] * len(words)
    front = Example(words, [1] + [0] * (len(words) - 1), nothing, nothing, nothing, nothing, names)
    return concatenated([front, replace(item, starts=[0] * len(item.starts))])


AUGMENTATIONS: Mapping[str, Callable[[Example, random.Random], Example]] = {
    function.__name__: function
    for function in (lower, upper, title, headline, open_end, quotes, dashes, misread, dateline)
}
"""What a configuration can name, with the probability that a sentence is changed so."""


def augmented(item: Example, rates: Mapping[str, float], chance: random.Random) -> Example:
    """``item`` after each augmentation that its rate draws. Raises KeyError for an unknown name."""
    for name, rate in rates.items():
        if chance.random() < rate and item.words:
            item = AUGMENTATIONS[name](item, chance)
    return item


def without(item: Example, dropped: set[int]) -> Example:
    """``item`` without those of the words ``dropped`` that are leaves of its tree and inside no name; one word stays."""
    used = {head - 1 for head in item.heads if head > 0}
    gone = {i for i in dropped if i not in used and item.heads[i] != 0 and item.names[i] in _NO_NAME}
    kept = [i for i in range(len(item.words)) if i not in gone]
    if not gone or not kept:
        return item
    place = {old + 1: new + 1 for new, old in enumerate(kept)}
    starts = [item.starts[i] for i in kept]
    starts[0] = max(starts[0], item.starts[0])
    return Example(
        [item.words[i] for i in kept],
        starts,
        [item.parts[i] for i in kept],
        [item.tags[i] for i in kept],
        [place[item.heads[i]] if item.heads[i] > 0 else item.heads[i] for i in kept],
        [item.labels[i] for i in kept],
        [item.names[i] for i in kept],
        item.group,
    )


def _same(item: Example, chance: random.Random) -> Example:
    return item


def _garbled(word: str, chance: random.Random) -> str:
    possible = [(a, b) for a, b in _LOOKALIKES if a in word]
    if len(word) < 4 or not possible:
        return word
    before, after = chance.choice(possible)
    return word.replace(before, after, 1)

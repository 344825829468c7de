"""From corpora to the batches of one epoch."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kg.reader.corpora import Sentence, held_out, read
from kg.reader.load import tokenizer
from kg.reader.train import gmb, gum
from kg.reader.train.align import retokenized
from kg.reader.train.augment import augmented
from kg.reader.train.config import Config, Corpus
from kg.reader.train.examples import ANY_NAME, Example, Inventory, concatenated, example, windows
from kg.reader.wordpieces import MASK, Pieces, WordPieces, pad

if TYPE_CHECKING:
    from spacy.language import Language

Ints = npt.NDArray[np.int64]
_TOGETHER = 5
"""Sentences that are taken for a paragraph where a corpus has running text but says nothing of paragraphs."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Arrays of B windows of at most W words: the network's inputs and what its heads learn (B×W, -1 is unknown)."""

    inputs: dict[str, Ints]
    targets: dict[str, Ints]


@dataclass(slots=True)
class Prepared:
    """A corpus as paragraphs of examples, once in its own words and once in the tokens of run time."""

    corpus: Corpus
    own: list[list[Example]]
    tokenized: list[list[Example]]


def sentences_of(corpus: Corpus, folder: Path) -> list[Sentence]:
    """The sentences that a corpus trains on, with names in our labels.

    Raises OSError when the file is missing and ValueError for an unknown way of reading names.
    """
    allowed = (s for s in read(folder / corpus.path) if not s.document.startswith(tuple(corpus.without)))
    kept, out = held_out(allowed, corpus.held_out)
    if corpus.dev and corpus.held_out:
        kept = out
    if corpus.names not in _NAMES:
        raise ValueError(f"{corpus.path}: names = {corpus.names!r}; known: {', '.join(_NAMES)}")
    return [found for sentence in kept if sentence.words and (found := _NAMES[corpus.names](sentence))]


def _with_gum_names(sentence: Sentence) -> Sentence:
    return replace(sentence, names=gum.names_of(sentence))


def with_repaired_names(sentence: Sentence) -> Sentence | None:
    """A GMB sentence with its names repaired; None where it should not be trained on."""
    names = gmb.repaired(sentence.text, sentence.names or [])
    return None if names is None else replace(sentence, names=names, unsure=gmb.doubtful(sentence.text, names))


_NAMES: Mapping[str, Callable[[Sentence], Sentence | None]] = {
    "own": lambda sentence: sentence, "gum": _with_gum_names, "gmb": with_repaired_names
}  # fmt: skip
"""How the names of a corpus are read; None leaves a sentence out."""


def prepare(corpus: Corpus, sentences: Sequence[Sentence], inventory: Inventory) -> Prepared:
    """Paragraphs of a corpus; sentences without trees come only in the tokens of run time."""
    split = tokenizer()
    paragraphs: list[list[Sentence]] = []
    for number, sentence in enumerate(sentences):
        if number % _TOGETHER == 0 if corpus.running else sentence.opens_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    tokenized = [[_tokenized(s, split) for s in paragraph] for paragraph in paragraphs]
    own = [
        [s if s.syntax else t for s, t in zip(a, b, strict=True)] for a, b in zip(paragraphs, tokenized, strict=True)
    ]
    return Prepared(
        corpus,
        *(
            [[example(s, inventory, corpus.norp) for s in paragraph] for paragraph in version]
            for version in (own, tokenized)
        ),
    )


def dev_windows(prepared: Prepared, config: Config) -> list[Example]:
    """The windows of a development set, in its own words and of random lengths."""
    groups = windows(prepared.own, config.longest, 0.0, random.Random(config.seed))
    return [concatenated(group) for group in groups]


def epoch_windows(prepared: Sequence[Prepared], config: Config, epoch: int) -> list[Example]:
    """The windows of one epoch, augmented; the same for the same configuration and epoch."""
    chance = random.Random(f"{config.seed}/{epoch}")
    chosen: list[Example] = []
    for item in prepared:
        share = _share(len(item.own), item.corpus.passes, config, epoch)
        version = [item.own[i] if chance.random() < 0.5 else item.tokenized[i] for i in share]
        for group in windows(version, config.longest, config.alone, chance):
            chosen.append(concatenated([augmented(part, config.augment, chance) for part in group]))
    return chosen


def batches(examples: Sequence[Example], config: Config, words: WordPieces, epoch: int) -> Iterator[Batch]:
    """Batches of windows of like length, in random order; some pieces are masked."""
    chance = random.Random(f"{config.seed}/{epoch}/batches")
    pieces = [_masked(words(item.words), config.masked, chance) for item in examples]
    order = sorted(range(len(examples)), key=lambda i: len(pieces[i].ids) + chance.random() * 8)
    groups: list[list[int]] = [[]]
    for index in order:
        longest = max([len(pieces[i].ids) for i in groups[-1]] + [len(pieces[index].ids)])
        if groups[-1] and longest * (len(groups[-1]) + 1) > config.pieces:
            groups.append([])
        groups[-1].append(index)
    chance.shuffle(groups)
    for group in filter(None, groups):
        yield collate([examples[i] for i in group], [pieces[i] for i in group])


def collate(examples: Sequence[Example], pieces: Sequence[Pieces]) -> Batch:
    """Arrays of some windows and their pieces."""
    width = max(len(item.words) for item in examples)
    targets = {
        name: np.full((len(examples), width), -1, np.int64)
        for name in ("starts", "parts", "tags", "heads", "labels", "names", "sentence")
    }
    targets["names"][:] = ANY_NAME
    for row, item in enumerate(examples):
        count = len(item.words)
        for name in ("starts", "parts", "tags", "heads", "labels", "names"):
            targets[name][row, :count] = getattr(item, name)
        targets["sentence"][row, :count] = np.cumsum([start == 1 for start in item.starts])
    return Batch(pad(pieces), targets)


def _share(count: int, passes: float, config: Config, epoch: int) -> list[int]:
    """Paragraphs of one epoch: the next part of an endless sequence of shuffled passes over all of them."""
    begin, end = (round(count * passes * step / config.epochs) for step in (epoch, epoch + 1))
    orders: dict[int, list[int]] = {}
    chosen = []
    for position in range(begin, end):
        lap = position // count
        if lap not in orders:
            orders[lap] = list(range(count))
            random.Random(f"{config.seed}/{lap}").shuffle(orders[lap])
        chosen.append(orders[lap][position % count])
    return chosen


def _masked(pieces: Pieces, rate: float, chance: random.Random) -> Pieces:
    inner = range(1, len(pieces.ids) - 1)
    hidden = {i for i in inner if chance.random() < rate}
    return Pieces([MASK if i in hidden else piece for i, piece in enumerate(pieces.ids)], pieces.case, pieces.first)


def _tokenized(sentence: Sentence, split: Language) -> Sentence:
    spans = [(t.idx, t.idx + len(t)) for t in split.make_doc(sentence.text) if not t.is_space]
    return retokenized(sentence, spans) if spans else sentence

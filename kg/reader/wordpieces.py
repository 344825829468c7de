"""Words to the arrays that the model reads: word pieces, their case, and the first piece of every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

START, END, UNKNOWN, MASK = 101, 102, 100, 103
LONGEST = 500
"""Word pieces that the encoder has positions for, less its two special ones and some room."""
_CACHE = 100_000
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_TYPED_QUOTES = {"``": '"', "''": '"'}


@dataclass(frozen=True, slots=True)
class Pieces:
    """One sentence: piece ids and case classes (length L, with the start and end piece), first piece of each word."""

    ids: list[int]
    case: list[int]
    first: list[int]


class WordPieces:
    """Splits words with the encoder's tokenizer; remembers the words that it has seen."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, tuple[list[int], int]] = {}

    def __call__(self, words: Sequence[str]) -> Pieces:
        """Pieces of one sentence of at least one word; words with many pieces are shortened where space is short."""
        split = [self._split(word) for word in words]
        room = max(1, LONGEST // len(words))
        crowded = sum(len(pieces) for pieces, _ in split) > LONGEST
        ids, case, first = [START], [0], []
        for pieces, kind in split:
            kept = pieces[:room] if crowded else pieces
            first.append(len(ids))
            ids += kept
            case += [kind] * len(kept)
        return Pieces([*ids, END], [*case, 0], first)

    def _split(self, word: str) -> tuple[list[int], int]:
        if (known := self._known.get(word)) is not None:
            return known
        plain = _TYPED_QUOTES.get(word) or word.translate(_PLAIN)
        result = (self._tokenizer.encode(plain, add_special_tokens=False).ids or [UNKNOWN], case_class(word))
        if len(self._known) < _CACHE:
            self._known[word] = result
        return result


def case_class(word: str) -> int:
    """1 lower, 2 Title, 3 UPPER, 4 mIxed, 5 digits without letters, 6 other; 0 is kept for special pieces.

    >>> [case_class(w) for w in ("news", "Baku", "NATO", "al-Assad", "2022", "--")]
    [1, 2, 3, 4, 5, 6]
    """
    if not any(c.isalpha() for c in word):
        return 5 if any(c.isdigit() for c in word) else 6
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 4


def pad(batch: Sequence[Pieces]) -> dict[str, Ints]:
    """Arrays of a batch of B sentences, padded to L pieces and W words: ids, mask, case (B×L) and first (B×W)."""
    length = max(len(item.ids) for item in batch)
    width = max(len(item.first) for item in batch)
    ids, mask, case = (np.zeros((len(batch), length), np.int64) for _ in range(3))
    first = np.zeros((len(batch), width), np.int64)
    for row, item in enumerate(batch):
        ids[row, : len(item.ids)] = item.ids
        mask[row, : len(item.ids)] = 1
        case[row, : len(item.case)] = item.case
        first[row, : len(item.first)] = item.first
    return {"ids": ids, "mask": mask, "case": case, "first": first}

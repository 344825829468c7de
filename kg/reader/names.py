"""The best BIO sequence from name scores: greedy where it is well formed, Viterbi where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt


def decode_names(scores: npt.NDArray[np.floating], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names of one sentence as (first word, word after the last, label). ``scores`` is words × BIO labels."""
    inside_of = _allowed(tuple(labels))
    best: list[int] = scores.argmax(axis=1).tolist()
    if not _well_formed(best, inside_of):
        best = _viterbi(np.asarray(scores, np.float64), inside_of)
    return name_spans([labels[index] for index in best])


@cache
def _allowed(labels: tuple[str, ...]) -> list[frozenset[int] | None]:
    return [_allowed_before(index, labels) for index in range(len(labels))]


def _allowed_before(index: int, labels: Sequence[str]) -> frozenset[int] | None:
    """Labels that may stand before label ``index``; None where any may (and where a sentence may start)."""
    if not labels[index].startswith("I-"):
        return None
    kind = labels[index][2:]
    return frozenset(i for i, label in enumerate(labels) if label in (f"B-{kind}", f"I-{kind}"))


def _well_formed(sequence: list[int], before: Sequence[frozenset[int] | None]) -> bool:
    previous = -1
    for label in sequence:
        if (allowed := before[label]) is not None and previous not in allowed:
            return False
        previous = label
    return True


def _viterbi(scores: npt.NDArray[np.float64], before: Sequence[frozenset[int] | None]) -> list[int]:
    size = scores.shape[1]
    step = np.zeros((size, size))
    for label, allowed in enumerate(before):
        if allowed is not None:
            step[[i for i in range(size) if i not in allowed], label] = -1e9
    total = scores[0] + np.array([0.0 if allowed is None else -1e9 for allowed in before])
    back = []
    for row in scores[1:]:
        reach = total[:, None] + step
        back.append(reach.argmax(axis=0))
        total = reach.max(axis=0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def name_spans(sequence: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names of a well-formed BIO sequence as (first word, word after the last, label)."""
    spans: list[tuple[int, int, str]] = []
    for index, label in enumerate(sequence):
        if label.startswith("B-"):
            spans.append((index, index + 1, label[2:]))
        elif label.startswith("I-"):
            start, _, kind = spans[-1]
            spans[-1] = (start, index + 1, kind)
    return spans

"""Examples of different lengths as one padded batch of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.extraction.train.examples import Example


@dataclass(frozen=True, slots=True)
class Batch:
    """``inputs`` are the network's, by name; the rest is what it should say, by pair."""

    inputs: dict[str, Tensor]
    targets: Tensor
    weights: Tensor
    statuses: Tensor
    triggers: Tensor


def batched(examples: Sequence[Example]) -> Batch:
    """One batch of all ``examples``, in their order."""
    longest = max(len(example.pairs.kinds) for example in examples)
    most = max(len(example.pairs.spans) for example in examples)
    width = examples[0].pairs.words.shape[1]
    words = np.zeros((len(examples), longest, width), np.float32)
    kinds = np.zeros((len(examples), longest), np.int64)
    mask = np.zeros((len(examples), longest), np.float32)
    spans = np.zeros((len(examples), most, longest), np.float32)
    labels = np.zeros((len(examples), longest), np.int64)
    up, down = (np.zeros((sum(len(e.targets) for e in examples), longest), np.float32) for _ in range(2))
    row = 0
    for number, example in enumerate(examples):
        pairs, length = example.pairs, len(example.pairs.kinds)
        words[number, :length], kinds[number, :length], mask[number, :length] = pairs.words, pairs.kinds, 1
        spans[number, : len(pairs.spans), :length] = pairs.spans
        labels[number, :length] = pairs.labels
        here = slice(row, row + len(pairs.subjects))
        up[here, :length], down[here, :length] = pairs.from_subject, pairs.from_object
        row = here.stop
    whole = {"words": words, "kinds": kinds, "labels": labels, "mask": mask, "spans": spans}
    whole |= {"from_subject": up, "from_object": down}
    by_pair = {
        name: np.concatenate([getattr(example.pairs, name) for example in examples])
        for name in ("subjects", "objects", "distances", "rules")
    }
    sentence = np.repeat(np.arange(len(examples)), [len(example.targets) for example in examples])
    inputs = {name: torch.from_numpy(value) for name, value in (whole | by_pair | {"batch": sentence}).items()}
    said = (np.concatenate([getattr(example, name) for example in examples]) for name in _SAID)
    return Batch(inputs, *(torch.from_numpy(value) for value in said))


_SAID = ("targets", "weights", "statuses", "triggers")

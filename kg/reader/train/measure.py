"""Quick scores of a network during training, on gold words and gold sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from kg.reader.names import decode_names
from kg.reader.train.data import collate
from kg.reader.train.examples import ANY_NAME, BIO, Example, Inventory
from kg.reader.train.losses import within_sentences
from kg.reader.train.network import Network
from kg.reader.wordpieces import WordPieces


@torch.no_grad()
def measure(
    network: Network, words: WordPieces, dev: dict[str, list[Example]], inventory: Inventory
) -> dict[str, dict[str, float]]:
    """By development set: UAS, LAS (greedy heads), UPOS, tags, F1 of sentence starts and of names, in percent."""
    return {name: _measure_one(network, words, examples, inventory) for name, examples in dev.items()}


def _measure_one(
    network: Network, words: WordPieces, examples: Sequence[Example], inventory: Inventory
) -> dict[str, float]:
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].words))
    counts: dict[str, np.ndarray[Any, Any]] = {}
    for start in range(0, len(order), 16):
        chosen = [examples[i] for i in order[start : start + 16]]
        batch = collate(chosen, [words(item.words) for item in chosen])
        targets = {name: torch.from_numpy(value) for name, value in batch.targets.items()}
        outputs = network(**{name: torch.from_numpy(value) for name, value in batch.inputs.items()})
        names, parts, tags, starts, arcs, as_head, as_dependent = outputs
        heads = within_sentences(arcs, targets["sentence"]).argmax(-1)
        known = targets["heads"] >= 0
        row, word = known.nonzero(as_tuple=True)
        if len(row):
            labels = network.label_scores(as_head[row, heads[row, word]], as_dependent[row, word]).argmax(-1)
            attached = heads[row, word] == targets["heads"][row, word]
            _add(counts, "UAS", attached.sum(), len(row))
            _add(counts, "LAS", (attached & (labels == targets["labels"][row, word])).sum(), len(row))
            _add(counts, "UPOS", (parts.argmax(-1) == targets["parts"])[known].sum(), len(row))
            _add(counts, "tags", (tags.argmax(-1) == targets["tags"])[known].sum(), len(row))
        inner = targets["starts"][:, 1:]
        guess = (starts[:, 1:] > 0) & (inner >= 0)
        _add(counts, "starts", 2 * (guess & (inner == 1)).sum(), guess.sum() + (inner == 1).sum())
        for index, item in enumerate(chosen):
            if all(allowed == ANY_NAME for allowed in item.names):
                continue
            found = decode_names(names[index, : len(item.words)].numpy(), BIO)
            _add_names(counts, {span for span in found if span[2] != "NORP"}, _gold(item))
    return {name: round(100 * float(right) / max(1.0, float(total)), 2) for name, (right, total) in counts.items()}


def _gold(item: Example) -> set[tuple[int, int, str]]:
    labels = [BIO[allowed.bit_length() - 1] if allowed.bit_count() == 1 else "O" for allowed in item.names]
    spans: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        if label.startswith("B-"):
            spans.append((index, index + 1, label[2:]))
        elif label.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], index + 1, spans[-1][2])
    return {span for span in spans if span[2] != "NORP"}


def _add_names(
    counts: dict[str, np.ndarray[Any, Any]], found: set[tuple[int, int, str]], gold: set[tuple[int, int, str]]
) -> None:
    for kind in ("PERSON", "ORG", "PLACE"):
        a, b = ({span for span in spans if span[2] == kind} for spans in (found, gold))
        _add(counts, f"names.{kind}", 2 * len(a & b), len(a) + len(b))
    _add(counts, "names", 2 * len(found & gold), len(found) + len(gold))


def _add(counts: dict[str, np.ndarray[Any, Any]], name: str, right: Any, total: Any) -> None:
    counts[name] = counts.get(name, np.zeros(2)) + np.array([float(right), float(total)])

"""What each head is trained to minimize; words that a corpus does not annotate for a head count for nothing there."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from kg.reader.train.network import Network

Outputs = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def losses(network: Network, outputs: Outputs, targets: dict[str, Tensor]) -> dict[str, Tensor]:
    """Mean loss by head: names, parts, tags, starts, arcs, labels; heads that nothing is known for are left out."""
    names, parts, tags, starts, arcs = (scores.float() for scores in outputs[:5])
    as_head, as_dependent = outputs[5:]
    heads = targets["heads"]
    found = {
        "names": _partial(names, targets["names"]),
        "parts": _classes(parts, targets["parts"]),
        "tags": _classes(tags, targets["tags"]),
        "starts": _starts(starts, targets["starts"]),
        "arcs": _classes(within_sentences(arcs, targets["sentence"]), heads),
    }
    where = (heads >= 0) & (targets["labels"] >= 0)
    if where.any():
        row, word = where.nonzero(as_tuple=True)
        scores = network.label_scores(as_head[row, heads[row, word]], as_dependent[row, word])
        found["labels"] = _classes(scores.float(), targets["labels"][row, word])
    return {name: loss for name, loss in found.items() if loss is not None}


def within_sentences(arcs: Tensor, sentence: Tensor) -> Tensor:
    """``arcs`` (B×W×(W+1)) where only the root, and other words of the same sentence, can be a head."""
    same = sentence.unsqueeze(2) == sentence.unsqueeze(1)
    same = same & ~torch.eye(sentence.shape[1], dtype=torch.bool)
    allowed = functional.pad(same, (1, 0), value=True)
    return arcs.masked_fill(~allowed, -1e4)


def _classes(scores: Tensor, target: Tensor) -> Tensor | None:
    known = int((target >= 0).sum())
    if not known:
        return None
    total = functional.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=-1, reduction="sum")
    return total / max(known, target.numel() // 5)


def _starts(scores: Tensor, target: Tensor) -> Tensor | None:
    """The first word of a window starts a sentence anyway, and is not learned from."""
    known = target >= 0
    known[:, 0] = False
    if not known.any():
        return None
    return functional.binary_cross_entropy_with_logits(scores[known], target[known].float())


def _partial(scores: Tensor, allowed: Tensor) -> Tensor | None:
    """Negative log of the summed probability of the allowed labels: the loss of partial annotation."""
    bits = (allowed.unsqueeze(-1) >> torch.arange(scores.shape[-1])) & 1 == 1
    known = ~bits.all(-1)
    if not known.any():
        return None
    scores, bits = scores[known], bits[known]
    inside = scores.masked_fill(~bits, -1e4).logsumexp(-1)
    return (scores.logsumexp(-1) - inside).sum() / max(int(known.sum()), allowed.numel() // 5)

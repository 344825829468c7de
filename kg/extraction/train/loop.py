"""Train the pair network, seeded: the same data and seed give the same weights on one machine and thread."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.extraction.pairs import RELATIONS
from kg.extraction.train.batches import Batch, batched
from kg.extraction.train.examples import IGNORED, Example
from kg.extraction.train.measure import probabilities, tally
from kg.extraction.train.network import PairNetwork

EPOCHS, SENTENCES, RATE, DECAY = 12, 24, 1e-3, 0.05
AVERAGING = 0.99
"""Decay of the running average of the weights, which is what comes out (Polyak and Juditsky, 1992)."""
_ALIKE = 40
"""So many batches are filled together from sentences sorted by length."""
_PART = 0.3
"""Weight of the losses of statuses and triggers beside that of the relations."""


def split(examples: Sequence[Example], share: int) -> tuple[list[Example], list[Example]]:
    """(train, dev): one in ``share`` by the hash of its id is for dev, of the sentences that news agencies wrote."""
    dev = {e.id for e in examples if e.id.startswith("gmb") and _number(e.id) % share == 0}
    return [e for e in examples if e.id not in dev], [e for e in examples if e.id in dev]


def train(
    examples: Sequence[Example],
    dev: Sequence[Example],
    seed: int,
    epochs: int,
    log: Callable[[dict[str, object]], None],
) -> PairNetwork:
    """A network trained on ``examples``; after every third epoch ``log`` gets its scores on ``dev``."""
    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    network = PairNetwork(examples[0].pairs.words.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * -(-len(examples) // SENTENCES)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1, pct_start=0.1)
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(AVERAGING))
    order = list(examples)
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for some in _batches(order, shuffler):
            loss = _loss(network, batched(some))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(network)
            total += loss.item()
        if dev and (epoch % 3 == 2 or epoch == epochs - 1):
            log({"epoch": epoch + 1, "loss": round(total * SENTENCES / len(order), 3), **scores(averaged.module, dev)})
    assert isinstance(averaged.module, PairNetwork)
    return averaged.module


def _batches(examples: list[Example], shuffler: random.Random) -> list[list[Example]]:
    """The examples in a new order, in batches of about one length: less padding; shuffles ``examples``."""
    shuffler.shuffle(examples)
    batches = []
    for start in range(0, len(examples), SENTENCES * _ALIKE):
        some = sorted(examples[start : start + SENTENCES * _ALIKE], key=lambda example: len(example.pairs.kinds))
        batches += [some[at : at + SENTENCES] for at in range(0, len(some), SENTENCES)]
    shuffler.shuffle(batches)
    return batches


def scores(network: nn.Module, examples: Sequence[Example], threshold: float = 0.5) -> dict[str, object]:
    """Percentages on annotated sentences: of all claims and by relation; the share of right statuses."""
    counts = tally(examples, probabilities(network, examples), threshold)
    status = round(100 * counts.status / max(1, sum(counts.right.values())), 1)
    return {**counts.shares(), "status": status, **{name: counts.shares(name) for name in RELATIONS}}


def _loss(network: PairNetwork, batch: Batch) -> Tensor:
    relations, statuses, attention = network(**batch.inputs)
    cells = functional.binary_cross_entropy_with_logits(relations, batch.targets, reduction="none")
    loss: Tensor = (cells * batch.weights).sum() / (2 * len(batch.inputs["words"]))
    for outputs, wanted in ((attention, batch.triggers), (statuses, batch.statuses)):
        if (wanted != IGNORED).any():
            loss = loss + _PART * functional.cross_entropy(outputs, wanted, ignore_index=IGNORED)
    return loss


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)

"""The training loop: seeded, resumable after every epoch, logged as JSON lines."""

from __future__ import annotations

import copy
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kg.reader.train.config import Config
from kg.reader.train.data import Batch, Prepared, batches, epoch_windows
from kg.reader.train.examples import BIO, Example, Inventory
from kg.reader.train.losses import losses
from kg.reader.train.measure import measure
from kg.reader.train.network import Network
from kg.reader.wordpieces import WordPieces

CHECKPOINT = "checkpoint.pt"


class Trainer:
    """One run. ``folder`` gets ``log.jsonl`` and, after each epoch, ``checkpoint.pt``, from which a run goes on."""

    def __init__(
        self,
        config: Config,
        encoder: Path,
        folder: Path,
        inventory: Inventory,
        training: Sequence[Prepared],
        dev: dict[str, list[Example]],
    ) -> None:
        torch.manual_seed(config.seed)
        self.config, self.folder, self.inventory = config, folder, inventory
        self.training, self.dev = training, dev
        self.words = WordPieces(encoder / "tokenizer.json")
        self.network = new_network(encoder, inventory)
        self.averaged = {name: value.detach().clone() for name, value in self.network.named_parameters()}
        self.epoch = self.step = 0
        self.half = torch.cpu._is_avx512_bf16_supported()  # elsewhere bfloat16 is emulated, and ten times slower
        inside = list(self.network.encoder.parameters())
        outside = [value for name, value in self.network.named_parameters() if not name.startswith("encoder.")]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [value for value in inside if value.requires_grad], "lr": config.encoder_rate},
                {"params": outside, "lr": config.heads_rate},
            ],
            weight_decay=config.weight_decay,
            betas=(0.9, 0.98),
            fused=True,
        )
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        if (folder / CHECKPOINT).exists():
            self._resume(torch.load(folder / CHECKPOINT, weights_only=True))

    def run(self) -> None:
        """Train to the last epoch; a finished run does nothing."""
        total = self._steps()
        while self.epoch < self.config.epochs:
            torch.manual_seed(self.config.seed * 1000 + self.epoch)
            self._one_epoch(total)
            self.epoch += 1
            self._save()
            scores = measure(self.averaged_network(), self.words, self.dev, self.inventory)
            self.log("scores", epoch=self.epoch, **scores)

    def averaged_network(self) -> Network:
        """The network with the running average of its weights (Polyak and Juditsky, 1992), for use."""
        result: Network = copy.deepcopy(self.network).eval()
        result.load_state_dict({**result.state_dict(), **self.averaged})
        return result

    def log(self, event: str, **values: Any) -> None:
        """Append one line to the log and print it."""
        line = json.dumps({"event": event, **values})
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)

    def _steps(self) -> int:
        """Steps of the whole run, estimated from its first epoch."""
        first = epoch_windows(self.training, self.config, 0)
        return self.config.epochs * sum(1 for _ in batches(first, self.config, self.words, 0))

    def _one_epoch(self, total: int) -> None:
        self.network.train()
        sums: dict[str, float] = defaultdict(float)
        counts: dict[str, int] = defaultdict(int)
        pieces, since = 0, time.monotonic()
        examples = epoch_windows(self.training, self.config, self.epoch)
        for batch in batches(examples, self.config, self.words, self.epoch):
            for name, loss in self._one_step(batch, total).items():
                sums[name] += loss
                counts[name] += 1
            pieces += int(batch.inputs["mask"].sum())
            if self.step % 100 == 0:
                means = {name: round(value / counts[name], 4) for name, value in sums.items()}
                speed = round(pieces / (time.monotonic() - since))
                self.log("step", epoch=self.epoch, step=self.step, of=total, pieces_per_second=speed, losses=means)
                sums.clear()
                counts.clear()

    def _one_step(self, batch: Batch, total: int) -> dict[str, float]:
        progress = self.step / total
        factor = min(1.0, (progress + 1e-3) / self.config.warmup) * max(0.0, 1.0 - progress)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor
        inputs = {name: torch.from_numpy(value) for name, value in batch.inputs.items()}
        targets = {name: torch.from_numpy(value) for name, value in batch.targets.items()}
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
            outputs = self.network(**inputs, dropout=self.config.dropout)
            found = losses(self.network, outputs, targets)
        weighted = [self.config.losses.get(name, 1.0) * loss for name, loss in found.items()]
        self.optimizer.zero_grad()
        torch.stack(weighted).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.clip)
        self.optimizer.step()
        self.step += 1
        self._average()
        return {name: float(loss.detach()) for name, loss in found.items()}

    @torch.no_grad()
    def _average(self) -> None:
        keep = min(self.config.average, self.step / (self.step + 10))
        for name, value in self.network.named_parameters():
            if value.requires_grad:
                self.averaged[name].lerp_(value, 1 - keep)

    def _save(self) -> None:
        state: dict[str, Any] = {
            "epoch": self.epoch,
            "step": self.step,
            "network": self.network.state_dict(),
            "averaged": self.averaged,
            "optimizer": self.optimizer.state_dict(),
            "inventory": asdict(self.inventory),
        }
        partial = self.folder / (CHECKPOINT + ".part")
        torch.save(state, partial)
        partial.replace(self.folder / CHECKPOINT)

    def _resume(self, state: dict[str, Any]) -> None:
        if state["inventory"] != asdict(self.inventory):
            raise ValueError(f"{self.folder / CHECKPOINT} was trained on other labels; choose another folder")
        self.epoch, self.step = state["epoch"], state["step"]
        self.network.load_state_dict(state["network"])
        self.averaged = state["averaged"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.log("resumed", epoch=self.epoch, step=self.step)


def new_network(encoder: Path, inventory: Inventory) -> Network:
    """A network with the encoder's weights and fresh heads for the labels of ``inventory``."""
    return Network(
        encoder,
        names=len(BIO),
        parts=len(inventory.parts_of_speech),
        tags=len(inventory.tags),
        labels=len(inventory.dependencies),
    )


def averaged_weights(checkpoint: Path) -> tuple[dict[str, Tensor], Inventory]:
    """The averaged weights of a checkpoint and its labels."""
    state = torch.load(checkpoint, weights_only=True)
    weights = dict(state["network"])
    weights.update(state["averaged"])
    return weights, Inventory(**state["inventory"])

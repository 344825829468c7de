"""The reader's network: a BERT encoder (Devlin et al., 2019) with a case feature, and one small head for each task."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

CASES = 7
"""Classes of :func:`kg.reader.wordpieces.case_class`, with 0 for the special pieces."""
ARCS, LABELS = 256, 128
"""Widths of the biaffine arc and label scorers."""


class Layer(nn.Module):
    """One transformer layer, post-norm, with attention written out (several times faster on a CPU when training)."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm_attention = nn.LayerNorm(width, eps=1e-12)
        self.norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, blocked: Tensor, keep: Tensor | None) -> Tensor:
        """``x`` (B×L×D); ``blocked`` (B×1×1×L) is added to the scores; ``keep`` (2×B×1×D) is a dropout mask."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = qkv[:, :, 0].transpose(1, 2), qkv[:, :, 1].transpose(1, 2), qkv[:, :, 2].transpose(1, 2)
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + blocked
        mixed = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, width)
        attended = self.out(mixed)
        x = self.norm_attention(x + (attended if keep is None else attended * keep[0]))
        changed = self.down(functional.gelu(self.up(x)))
        normed: Tensor = self.norm(x + (changed if keep is None else changed * keep[1]))
        return normed


class Encoder(nn.Module):
    """Word pieces to vectors. Starts from a folder with ``config.json`` and ``model.safetensors`` of a BERT model."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text("utf-8"))
        self.width: int = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], self.width)
        self.positions = nn.Embedding(config["max_position_embeddings"], self.width)
        self.cases = nn.Embedding(CASES, self.width)
        self.norm = nn.LayerNorm(self.width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(self.width, config["num_attention_heads"], config["intermediate_size"])
            for _ in range(config["num_hidden_layers"])
        )
        nn.init.zeros_(self.cases.weight)
        self._load(folder / "model.safetensors")
        self.words.weight.requires_grad = False

    def _load(self, path: Path) -> None:
        from safetensors.torch import load_file

        weights = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
        own: dict[str, Tensor] = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "cases.weight": self.cases.weight.data,
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for index in range(len(self.layers)):
            old, new = f"encoder.layer.{index}.", f"layers.{index}."
            for kind in ("weight", "bias"):
                own[f"{new}qkv.{kind}"] = torch.cat(
                    [weights[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                )
                own[f"{new}out.{kind}"] = weights[f"{old}attention.output.dense.{kind}"]
                own[f"{new}norm_attention.{kind}"] = weights[f"{old}attention.output.LayerNorm.{kind}"]
                own[f"{new}up.{kind}"] = weights[f"{old}intermediate.dense.{kind}"]
                own[f"{new}down.{kind}"] = weights[f"{old}output.dense.{kind}"]
                own[f"{new}norm.{kind}"] = weights[f"{old}output.LayerNorm.{kind}"]
        self.load_state_dict(own)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, dropout: float = 0.0) -> Tensor:
        """Vectors (B×L×D) of pieces; ``ids``, ``mask`` and ``case`` are B×L. One dropout mask a sequence and layer."""
        return self.states(ids, mask, case, dropout)[-1]

    def states(self, ids: Tensor, mask: Tensor, case: Tensor, dropout: float = 0.0) -> list[Tensor]:
        """What :meth:`forward` gives, after every layer."""
        found = []
        length = ids.shape[1]
        x: Tensor = self.norm(self.words(ids) + self.positions.weight[:length] + self.cases(case))
        blocked = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            keep = None
            if dropout and self.training:
                keep = (torch.rand(2, ids.shape[0], 1, self.width) >= dropout).to(x.dtype) / (1 - dropout)
            x = layer(x, blocked, keep)
            found.append(x)
        return found


class Network(nn.Module):
    """Encoder and heads: names, parts of speech, tags, sentence starts, biaffine arcs and their labels.

    Source of the parser: Dozat and Manning (2017). The start piece of the sequence stands for the root.
    """

    def __init__(self, encoder: Path, *, names: int, parts: int, tags: int, labels: int) -> None:
        super().__init__()
        self.encoder = Encoder(encoder)
        width = self.encoder.width
        self.names = nn.Linear(width, names)
        self.parts = nn.Linear(width, parts)
        self.tags = nn.Linear(width, tags)
        self.starts = nn.Linear(width, 1)
        self.arc_head, self.arc_dependent = nn.Linear(width, ARCS), nn.Linear(width, ARCS)
        self.arc_bias = nn.Linear(ARCS, 1)
        self.arc_weight = nn.Parameter(torch.empty(ARCS, ARCS))
        self.label_head, self.label_dependent = nn.Linear(width, LABELS), nn.Linear(width, LABELS)
        self.label_weight = nn.Parameter(torch.empty(LABELS + 1, labels * (LABELS + 1)))
        nn.init.xavier_uniform_(self.arc_weight)
        nn.init.normal_(self.label_weight, std=0.02)

    def forward(
        self, ids: Tensor, mask: Tensor, case: Tensor, first: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Scores of n words: names, parts, tags, starts, arcs (B×W×(W+1)), and the vectors that labels are scored from.

        ``first`` (B×W) is the first piece of each word. The last two outputs are B×(W+1)×S and B×W×S, with a constant
        one as their last column.
        """
        return self.heads(self.encoder(ids, mask, case, dropout), first, dropout)

    def heads(
        self, pieces: Tensor, first: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What :meth:`forward` gives, from the encoder's vectors of the pieces (B×L×D)."""
        pieces = pieces.float()
        words = pieces.gather(1, first.unsqueeze(-1).expand(-1, -1, pieces.shape[-1]))
        nodes = torch.cat([pieces[:, :1], words], 1)
        words, nodes = self._dropped(words, dropout), self._dropped(nodes, dropout)
        heads = self._dropped(functional.relu(self.arc_head(nodes)), dropout)
        dependents = self._dropped(functional.relu(self.arc_dependent(words)), dropout)
        arcs = (dependents @ self.arc_weight) @ heads.transpose(1, 2) + self.arc_bias(heads).transpose(1, 2)
        as_head = self._dropped(functional.relu(self.label_head(nodes)), dropout)
        as_dependent = self._dropped(functional.relu(self.label_dependent(words)), dropout)
        one_more = (0, 1)
        return (
            self.names(words),
            self.parts(words),
            self.tags(words),
            self.starts(words).squeeze(-1),
            arcs,
            functional.pad(as_head, one_more, value=1.0),
            functional.pad(as_dependent, one_more, value=1.0),
        )

    def label_scores(self, as_head: Tensor, as_dependent: Tensor) -> Tensor:
        """Scores N×R of the labels of N arcs, from the vectors (N×S) of their ends."""
        size = LABELS + 1
        projected = (as_dependent @ self.label_weight).view(len(as_dependent), -1, size)
        return (projected @ as_head.unsqueeze(-1)).squeeze(-1)

    def _dropped(self, x: Tensor, dropout: float) -> Tensor:
        """One mask for all positions of a sequence (Gal and Ghahramani, 2016)."""
        if not dropout or not self.training:
            return x
        return x * ((torch.rand(x.shape[0], 1, x.shape[2]) >= dropout).to(x.dtype) / (1 - dropout))

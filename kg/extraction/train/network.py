"""The pair scorer: for two mentions in a sentence, which relations the sentence states between them, and how.

Words in context come from the reader's encoder, which stays as it is. Two transformer blocks over them, with embeddings of
what each word is a mention of; a pair is the two mentions, what the pair attends to (its trigger), the words on the
dependency path (pooled), and the pattern matches. After the span-pair classifiers of Wadden et al. (2019) and Zhong and Chen (2021).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.pairs import DISTANCES, KINDS, LABELS, RELATIONS
from kg.model import STATUSES

WIDTH, HEADS, BLOCKS = 192, 6, 2
_MASKED = -1e4


class Block(nn.Module):
    """A pre-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.norm_attention, self.norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, blocked: Tensor) -> Tensor:
        """``x`` B×n×H; ``blocked`` B×1×1×n is added to the attention scores."""
        batch, length, _ = x.shape
        parts = self.qkv(self.norm_attention(x)).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = parts[0] @ parts[1].transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + blocked
        mixed = (scores.softmax(-1) @ parts[2]).transpose(1, 2).reshape(batch, length, WIDTH)
        x = x + self.dropout(self.out(mixed))
        changed: Tensor = x + self.dropout(self.down(functional.gelu(self.up(self.norm(x)))))
        return changed


class PairNetwork(nn.Module):
    """Scores of relations (P×R), statuses (P×S) and triggers (P×n) for P pairs; see the module."""

    def __init__(self, words: int, dropout: float = 0.25) -> None:
        super().__init__()
        self.words, self.kinds = nn.Linear(words, WIDTH), nn.Embedding(KINDS, WIDTH)
        self.labels = nn.Embedding(len(LABELS) + 1, WIDTH)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)
        self.subject, self.object = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.both, self.distance = nn.Linear(WIDTH, WIDTH, bias=False), nn.Embedding(DISTANCES, WIDTH)
        self.norm_pair = nn.LayerNorm(WIDTH)
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.on_path = nn.Parameter(torch.zeros(1))
        self.from_subject, self.from_object = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.hidden = nn.Linear(4 * WIDTH + len(RELATIONS), WIDTH)
        self.relations, self.statuses = nn.Linear(WIDTH, len(RELATIONS)), nn.Linear(WIDTH, len(STATUSES))
        self.matched = nn.Parameter(torch.zeros(len(RELATIONS)))
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.kinds.weight, std=0.02)
        nn.init.normal_(self.labels.weight, std=0.02)
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(
        self,
        words: Tensor,
        kinds: Tensor,
        labels: Tensor,
        mask: Tensor,
        spans: Tensor,
        batch: Tensor,
        subjects: Tensor,
        objects: Tensor,
        distances: Tensor,
        from_subject: Tensor,
        from_object: Tensor,
        rules: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """``words`` B×n×D, ``kinds``, ``labels`` and ``mask`` B×n, ``spans`` B×m×n; the rest is by pair, ``batch`` its sentence."""
        blocked = (1 - mask) * _MASKED
        x = self.words(self.dropout(words)) + self.kinds(kinds) + self.labels(labels)
        for block in self.blocks:
            x = block(x, blocked[:, None, None, :])
        x = self.norm(x)
        mentions = spans @ x
        one, other = mentions[batch, subjects], mentions[batch, objects]
        pair = self.subject(one) + self.object(other) + self.both(one * other) + self.distance(distances)
        pair = self.dropout(self.norm_pair(functional.gelu(pair)))
        attention = (self.key(x)[batch] @ self.query(pair)[:, :, None]).squeeze(-1) / math.sqrt(WIDTH)
        attention = attention + blocked[batch] + torch.maximum(from_subject, from_object) * self.on_path
        context = (attention.softmax(-1)[:, None, :] @ self.value(x)[batch]).squeeze(1)
        up = (self.from_subject(x)[batch] + (1 - from_subject[:, :, None]) * _MASKED).amax(1)
        down = (self.from_object(x)[batch] + (1 - from_object[:, :, None]) * _MASKED).amax(1)
        if self.training:  # the words must do without the patterns, too
            rules = rules * (torch.rand(len(rules), 1) > 0.15).to(rules.dtype)
        hidden = self.dropout(functional.gelu(self.hidden(torch.cat([pair, context, up, down, rules], -1))))
        return self.relations(hidden) + rules * self.matched, self.statuses(hidden), attention


class OneSentence(nn.Module):
    """The network as it is used: one sentence, no padding, probabilities out."""

    def __init__(self, network: PairNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        words: Tensor,
        kinds: Tensor,
        labels: Tensor,
        spans: Tensor,
        subjects: Tensor,
        objects: Tensor,
        distances: Tensor,
        from_subject: Tensor,
        from_object: Tensor,
        rules: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """The fields of :class:`kg.extraction.pairs.Pairs` to relations (P×R), statuses (P×S), triggers (P×n)."""
        mask = torch.ones_like(kinds, dtype=words.dtype)[None]
        batch = torch.zeros_like(subjects)
        relations, statuses, attention = self.network(
            words[None],
            kinds[None],
            labels[None],
            mask,
            spans[None],
            batch,
            subjects,
            objects,
            distances,
            from_subject,
            from_object,
            rules,
        )
        return torch.sigmoid(relations), statuses.softmax(-1), attention

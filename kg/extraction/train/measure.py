"""Score a pair network on annotated sentences: precision, recall and F1 of claims between entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn

from kg.extraction.pairs import RELATIONS, SYMMETRIC, Floats
from kg.extraction.train.batches import batched
from kg.extraction.train.examples import Example
from kg.model import STATUSES


@dataclass(slots=True)
class Tally:
    """Claims found rightly, wrongly and missed, by relation; of those found rightly, how many have the right status."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    status: int = 0

    def shares(self, relation: str | None = None) -> dict[str, float]:
        """Precision, recall and F1 in percent, of one relation or of all."""
        names = [relation] if relation else list(RELATIONS)
        right, wrong, missed = (sum(counts[name] for name in names) for counts in (self.right, self.wrong, self.missed))
        shares = (
            right / max(1, right + wrong),
            right / max(1, right + missed),
            2 * right / max(1, 2 * right + wrong + missed),
        )
        return {name: round(100 * share, 1) for name, share in zip(("P", "R", "F1"), shares, strict=True)}


def probabilities(network: nn.Module, examples: Sequence[Example]) -> list[tuple[Floats, Floats]]:
    """Of each example, the probabilities of relations (P×R) and statuses (P×S)."""
    network.eval()
    found: list[tuple[Floats, Floats]] = []
    with torch.no_grad():
        for start in range(0, len(examples), 32):
            some = examples[start : start + 32]
            relations, statuses, _ = network(**batched(some).inputs)
            ends = np.cumsum([len(example.targets) for example in some])[:-1]
            both = torch.sigmoid(relations).numpy(), statuses.softmax(-1).numpy()
            found += zip(*(np.split(scored, ends) for scored in both), strict=True)
    return found


def best_claims(example: Example, relations: Floats, statuses: Floats) -> dict[tuple[int, str, int], tuple[float, str]]:
    """The most probable pair of mentions for each (subject entity, relation, object entity): probability and status."""
    best: dict[tuple[int, str, int], tuple[float, str]] = {}
    for row, (s, o) in enumerate(zip(example.pairs.subjects, example.pairs.objects, strict=True)):
        for column, name in enumerate(RELATIONS):
            if not example.weights[row, column] and not _same_said(example, row, column):
                continue
            ends = example.entities[s], example.entities[o]
            one, other = sorted(ends) if name in SYMMETRIC else ends
            score = float(relations[row, column])
            if score > best.get((one, name, other), (0.0, ""))[0]:
                best[one, name, other] = score, STATUSES[int(statuses[row].argmax())]
    return best


def tally(examples: Sequence[Example], scored: Iterable[tuple[Floats, Floats]], threshold: float = 0.5) -> Tally:
    """Counts over all examples of the claims whose probability reaches ``threshold``."""
    result = Tally()
    for example, (relations, statuses) in zip(examples, scored, strict=True):
        said = {(s, name, o): status for s, name, o, status in example.said}
        made = {key: value for key, value in best_claims(example, relations, statuses).items() if value[0] >= threshold}
        for key in said.keys() | made.keys():
            counts = result.right if key in said and key in made else result.wrong if key in made else result.missed
            counts[key[1]] += 1
            result.status += key in said and key in made and said[key] == made[key][1]
    return result


def _same_said(example: Example, row: int, column: int) -> bool:
    """Whether a cell was left open because other mentions of the two entities state the relation."""
    ends = example.entities[example.pairs.subjects[row]], example.entities[example.pairs.objects[row]]
    one, other = sorted(ends) if RELATIONS[column] in SYMMETRIC else ends
    return any((s, name, o) == (one, RELATIONS[column], other) for s, name, o, _ in example.said)

"""How far confidence is to be trusted: the share of right claims against what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of a range of confidence: how many, their mean confidence, and the share that is right."""

    count: int
    confidence: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """The claims in bins of equal width by confidence, without empty ones (DeGroot and Fienberg, 1983)."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        held.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        Bin(len(some), sum(c for c, _ in some) / len(some), sum(r for _, r in some) / len(some))
        for _, some in sorted(held.items())
    ]


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: how far confidence and share of right claims lie apart, on average over the claims
    (Naeini et al., 2015)."""
    return sum(bin.count * abs(bin.confidence - bin.right) for bin in reliability(judged)) / max(1, len(judged))


def brier(judged: Sequence[tuple[float, bool]]) -> float:
    """Mean squared difference of confidence and outcome (Brier, 1950); 0 is best."""
    return sum((confidence - right) ** 2 for confidence, right in judged) / max(1, len(judged))

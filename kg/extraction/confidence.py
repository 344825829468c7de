"""How probable a claim is: a logistic regression over what the patterns and the scorer say of it.

Coefficients are fit on annotated text by ``python -m kg.calibrate`` and kept in ``confidence.json``
(Platt, 1999).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

_FEW = 0.01


@dataclass(frozen=True, slots=True)
class Signal:
    """What speaks for a claim: the ``kind`` of evidence, and its ``features``, of which the confidence is computed."""

    kind: Literal["match", "alone", "pair"]
    features: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The probability that the claim is right, in [0, 1]."""
        return logistic(_coefficients()[self.kind], self.features)


def of_match(certainty: float, probability: float | None) -> Signal:
    """Of a pattern match of that certainty; ``probability`` is the scorer's, None where it has none."""
    return Signal("alone", (certainty,)) if probability is None else Signal("match", (certainty, log_odds(probability)))


def of_pair(probability: float, certainty: float, explained: bool) -> Signal:
    """Of a pair that only the scorer relates; ``certainty`` is of its mentions, and ``explained`` says whether a pattern of the
    relation already matched the word that carries it."""
    return Signal("pair", (log_odds(probability), certainty, float(explained)))


def log_odds(probability: float) -> float:
    """Natural logarithm of the odds, of a probability kept from 0 and 1."""
    kept = min(max(probability, _FEW), 1 - _FEW)
    return math.log(kept / (1 - kept))


def probability_of(log_odds: float) -> float:
    """The probability of log odds: what :func:`log_odds` was given, within its bounds."""
    return 1 / (1 + math.exp(-log_odds))


def logistic(coefficients: Sequence[float], features: Sequence[float]) -> float:
    """The probability of the logistic model; the first coefficient is the constant."""
    total = coefficients[0] + sum(c * f for c, f in zip(coefficients[1:], features, strict=True))
    return probability_of(total)


@cache
def _coefficients() -> dict[str, list[float]]:
    table: dict[str, list[float]] = json.loads(files("kg.extraction").joinpath("confidence.json").read_text("utf-8"))
    return table

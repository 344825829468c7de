"""Fit the coefficients of confidence on annotated text: ``python -m kg.calibrate GOLD SOURCES [GOLD SOURCES]...``.

Prints the JSON that ``kg/extraction/confidence.json`` holds. What is learned on is every candidate of every sentence, also those
that are too weak to become claims; right is what the annotations have in the same sentence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.evaluate import plain, read_gold
from kg.extraction import Extractor
from kg.extraction.anchors import anchor_tokens
from kg.extraction.candidates import find_candidates
from kg.extraction.confidence import Signal
from kg.pipeline import load_extractor
from kg.sources import Problem, read_sources

_PULL = 0.05
"""Strength of the pull of the coefficients towards 0."""
_CERTAINTY = {"match": 0, "pair": 1}
"""Which feature of a kind of signal is the certainty of the mentions and of the words between them."""
_PRIOR, _FAITH = 3.0, 2.0
"""Where, and how strongly, its coefficient is pulled: few annotated claims hang on unsure mentions, and fewer is no proof."""


def signals(extractor: Extractor, gold: Path, sources: str) -> Iterator[tuple[Signal, bool]]:
    """Of each (sentence, subject, relation, object) the strongest signal, and whether the annotations have it."""
    annotated = read_gold(gold)
    for document in read_sources([sources]):
        if isinstance(document, Problem) or document.id not in annotated:
            continue
        found = extractor.find(document.text)
        anchors = anchor_tokens(found.doc, found.references)
        for sentence in found.doc.sents:
            said = _said(plain(sentence.text), annotated[document.id]["claims"])
            best: dict[tuple[str, str, str], Signal] = {}
            for candidate in find_candidates(sentence, found.references, anchors, extractor.rules):
                one, other = (found.references[end].entity for end in (candidate.subject, candidate.object))
                if extractor.relations[candidate.relation].symmetric:
                    one, other = sorted((one, other))
                key = (one, candidate.relation, other)
                if key not in best or candidate.signal.confidence > best[key].confidence:
                    best[key] = candidate.signal
            yield from ((signal, key in said) for key, signal in best.items())


def fit(features: npt.NDArray[np.float64], right: npt.NDArray[np.float64], certainty: int | None = None) -> list[float]:
    """Logistic regression by Newton's method; the first coefficient is the constant, which is not pulled. ``certainty`` is the
    column that is expected to speak for a claim."""
    rows = np.column_stack([np.ones(len(features)), features])
    pull = _PULL * np.eye(rows.shape[1])
    pull[0, 0] = 1e-6
    expected = np.zeros(rows.shape[1])
    if certainty is not None:
        pull[certainty + 1, certainty + 1], expected[certainty + 1] = _FAITH, _PRIOR
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (right - chance) - pull @ (weights - expected)
        curvature = (rows * (chance * (1 - chance))[:, None]).T @ rows + pull
        weights = weights + np.linalg.solve(curvature, slope)
    return [round(float(weight), 3) for weight in weights]


def _said(sentence: str, claims: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {
        (claim["subject"], claim["relation"], claim["object"])
        for claim in claims
        if (quote := plain(claim["quote"])) in sentence or sentence in quote
    }


def main() -> None:
    """See the module."""
    extractor = load_extractor()
    pairs = zip(sys.argv[1::2], sys.argv[2::2], strict=True)
    found = [item for gold, sources in pairs for item in signals(extractor, Path(gold), sources)]
    table = {}
    for kind in ("alone", "match", "pair"):
        some = [(signal.features, right) for signal, right in found if signal.kind == kind]
        table[kind] = fit(
            np.array([row for row, _ in some]), np.array([right for _, right in some], np.float64), _CERTAINTY.get(kind)
        )
    print(json.dumps(table))


if __name__ == "__main__":
    main()

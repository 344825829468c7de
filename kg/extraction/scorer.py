"""The learned part: how probable each relation between two mentions is, given the sentence.

The network (:mod:`kg.extraction.train`) reads the bundled reader's vectors, so it scores only what that reader read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from kg.extraction.pairs import Floats, Pairs

FILE = "pairs.onnx"
FIELDS = (
    "words", "kinds", "labels", "spans", "subjects", "objects", "distances", "from_subject", "from_object", "rules",
)  # fmt: skip
"""Of :class:`~kg.extraction.pairs.Pairs`, in the order of the network's inputs."""
_BY_PAIR = FIELDS[4:]
_MOST = 256
"""Pairs that are scored at once: a list of forty names has 1,560."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Of p pairs in a sentence of n words: probabilities of relations (p×R) and statuses (p×S); ``triggers`` (p×n) is
    higher for a word that carries the meaning."""

    relations: Floats
    statuses: Floats
    triggers: Floats


class Scorer:
    """Runs the network on one thread."""

    def __init__(self, model: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def __call__(self, pairs: Pairs) -> Scores:
        """The scores of all pairs of a sentence; what a pair gets does not depend on the other pairs."""
        parts = []
        for start in range(0, len(pairs.subjects), _MOST):
            some = {name: getattr(pairs, name)[start : start + _MOST] for name in _BY_PAIR}
            part = replace(pairs, **some)
            parts.append(self._session.run(None, {name: getattr(part, name) for name in FIELDS}))
        relations, statuses, triggers = (np.concatenate(found) for found in zip(*parts, strict=True))
        return Scores(relations, statuses, triggers)


@cache
def bundled_scorer() -> Scorer:
    """The scorer that comes with the package."""
    return Scorer(scorer_file().read_bytes())


def scorer_file() -> Path:
    """Where the scorer's weights are."""
    return Path(str(files("kg.extraction").joinpath(FILE)))

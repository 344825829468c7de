"""The pair network as ONNX, for one sentence at a time."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch

from kg.extraction.pairs import RELATIONS
from kg.extraction.scorer import FIELDS
from kg.extraction.train.network import OneSentence, PairNetwork

INPUTS = FIELDS
OUTPUTS = ("relations", "statuses", "triggers")
_OPSET = 17


def write_onnx(network: PairNetwork, path: Path) -> None:
    """Write the network to ``path``. Raises OSError when it cannot."""
    length, mentions, pairs = 7, 3, 6
    example = (
        torch.zeros(length, network.words.in_features), *(torch.zeros(length, dtype=torch.long) for _ in range(2)),
        torch.zeros(mentions, length), *(torch.zeros(pairs, dtype=torch.long) for _ in range(3)),
        *(torch.zeros(pairs, length) for _ in range(2)),
        torch.zeros(pairs, len(RELATIONS)),
    )  # fmt: skip
    axes = {name: {0: "P"} for name in (*INPUTS, *OUTPUTS)}
    axes |= {"words": {0: "n"}, "kinds": {0: "n"}, "labels": {0: "n"}, "spans": {0: "m", 1: "n"}}
    axes |= {name: {0: "P", 1: "n"} for name in ("from_subject", "from_object", "triggers")}
    path.parent.mkdir(parents=True, exist_ok=True)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own, about folding constants
        torch.onnx.export(
            OneSentence(network).eval(), example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip

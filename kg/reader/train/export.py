"""From a checkpoint to the files that the reader loads: ``python -m kg.reader.train.export CHECKPOINT.pt ENCODER OUT``.

Writes ``model.onnx`` and ``labels.onnx`` (int8), ``labels.json`` and ``tokenizer.json`` to the folder OUT.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from torch import Tensor

from kg.reader.train.examples import BIO, Inventory
from kg.reader.train.loop import averaged_weights, new_network
from kg.reader.train.network import Network
from kg.reader.train.quantize import label_scorer, quantized

INPUTS = ("ids", "case", "first")
OUTPUTS = ("names", "parts", "tags", "starts", "arcs", "as_head", "as_dependent", "context")
CONTEXT = 4
"""The layer whose vectors of the words are given as ``context``: later ones know more of syntax and less of meaning."""
_OPSET = 17


class OneWindow(torch.nn.Module):
    """The network as it is used: one window at a time, without padding, so that nothing else can change its reading."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, case: Tensor, first: Tensor) -> list[Tensor]:
        """Pieces (L), their case (L) and the first piece of each word (W) to scores, without the batch dimension."""
        states = self.network.encoder.states(ids[None], torch.ones_like(ids)[None], case[None])
        outputs = self.network.heads(states[-1], first[None])
        return [*(output[0] for output in outputs), states[min(CONTEXT, len(states)) - 1][0][first]]


def export(name: str, checkpoint: Path, encoder: Path, out: Path, *, plain: bool = False) -> None:
    """Write the reader called ``name`` to the folder ``out``; ``plain`` keeps 32-bit floats, to measure what int8 costs.

    ``encoder`` is the folder that training started from. Raises OSError when a file cannot be read or written.
    """
    import onnx

    weights, inventory = averaged_weights(checkpoint)
    network = new_network(encoder, inventory)
    network.load_state_dict(weights)
    out.mkdir(parents=True, exist_ok=True)
    models = {"model.onnx": to_onnx(network), "labels.onnx": label_scorer(network.label_weight.detach().numpy())}
    for file, model in models.items():
        onnx.save(model if plain else quantized(model), out / file)
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    (out / "labels.json").write_text(labels_json(name, inventory), "utf-8")


def to_onnx(network: Network) -> Any:
    """The network for one window, as an ``onnx.ModelProto``."""
    import onnx

    example = tuple(torch.ones(9 if name == "first" else 12, dtype=torch.long) for name in INPUTS)
    axes = {name: {0: "W" if name == "first" else "L"} for name in INPUTS}
    axes |= {name: {0: "nodes" if name == "as_head" else "W"} for name in OUTPUTS}
    axes["arcs"] = {0: "W", 1: "nodes"}
    with TemporaryDirectory() as folder, torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own, about folding constants
        path = Path(folder) / "network.onnx"
        torch.onnx.export(
            OneWindow(network).eval(), example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip
        return onnx.load(path)


def labels_json(name: str, inventory: Inventory) -> str:
    """The labels of each output, in order, and the reader's name."""
    return json.dumps(
        {
            "name": name,
            "parts_of_speech": inventory.parts_of_speech,
            "tags": inventory.tags,
            "dependencies": inventory.dependencies,
            "names": list(BIO),
        }
    )


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m kg.reader.train.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("encoder", type=Path, help="folder of the model that training started from")
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", default="kg-en-2")
    parser.add_argument("--plain", action="store_true", help="32-bit floats: to measure what int8 costs")
    arguments = parser.parse_args()
    export(arguments.name, arguments.checkpoint, arguments.encoder, arguments.out, plain=arguments.plain)


if __name__ == "__main__":
    main()

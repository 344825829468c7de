"""Rewrite a dynamically quantized ONNX model so that every token has its own activation scale.

Plain dynamic quantization takes one scale for a whole batch, so what a sentence is read as depends on its neighbors.
Here each row of an activation is scaled by its own largest magnitude: no decision depends on the batch, and accuracy
returns to that of the unquantized model. The row scale is multiplied in first and the weight scale second; the other
order is folded wrongly by the graph optimizer of onnxruntime.

Used when a model is exported, never at run time: ``python -m kg.reader.row_scales IN.onnx OUT.onnx``
(needs the package ``onnx``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

ZERO_POINT = 128
"""Activations are uint8 with this zero point: int8 activations run several times slower on x86."""


def rewrite(model: Any) -> Any:
    """Replace each DynamicQuantizeLinear of ``model`` (an ``onnx.ModelProto``) by per-row scaling, in place."""
    from onnx import helper, numpy_helper

    graph = model.graph
    for name, value in (
        ("row_zero_point", np.array(ZERO_POINT, np.uint8)),
        ("row_offset", np.array(ZERO_POINT, np.float32)),
        ("row_step", np.array(1 / 127, np.float32)),
        ("row_floor", np.array(1e-8, np.float32)),
    ):
        graph.initializer.append(numpy_helper.from_array(value, name))
    activation_scales = {node.output[1] for node in graph.node if node.op_type == "DynamicQuantizeLinear"}
    combined = {
        node.output[0]: tuple(sorted(node.input, key=lambda name: name not in activation_scales))
        for node in graph.node
        if node.op_type == "Mul" and activation_scales & set(node.input)
    }  # output of (activation scale × weight scale) -> (activation scale, weight scale)
    nodes = []
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            nodes += _quantize_rows(helper, node.input[0], node.output[0], node.output[1])
        elif node.op_type == "MatMulInteger":
            inputs = [node.input[0], node.input[1], "row_zero_point", *node.input[3:]]
            nodes.append(helper.make_node("MatMulInteger", inputs, list(node.output), name=node.name))
        elif node.op_type == "Mul" and (scales := set(node.input) & set(combined)):
            scale = scales.pop()
            (product,) = (name for name in node.input if name != scale)
            row, weight = combined[scale]
            partial = node.output[0] + "_rows"
            nodes.append(helper.make_node("Mul", [product, row], [partial]))
            nodes.append(helper.make_node("Mul", [partial, weight], list(node.output)))
        elif node.output[0] not in combined:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def _quantize_rows(helper: Any, source: str, quantized: str, scale: str) -> list[Any]:
    """Nodes for: scale = max(|row|) / 127; quantized = round(row / scale) + 128."""
    node = helper.make_node
    return [
        node("Abs", [source], [quantized + "_abs"]),
        node("ReduceMax", [quantized + "_abs"], [quantized + "_max"], axes=[-1], keepdims=1),
        node("Mul", [quantized + "_max", "row_step"], [quantized + "_raw"]),
        node("Max", [quantized + "_raw", "row_floor"], [scale]),
        node("Div", [source, scale], [quantized + "_div"]),
        node("Round", [quantized + "_div"], [quantized + "_round"]),
        node("Add", [quantized + "_round", "row_offset"], [quantized + "_shift"]),
        node("Cast", [quantized + "_shift"], [quantized], to=2),  # onnx.TensorProto.UINT8
    ]


if __name__ == "__main__":
    import onnx

    onnx.save(rewrite(onnx.load(Path(sys.argv[1]))), Path(sys.argv[2]))

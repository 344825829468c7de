"""Make the ONNX files of the bundled reader: per-token activation scales, and the scorer of dependency labels.

Plain dynamic quantization takes one scale for a whole batch, so what a sentence is read as depends on its neighbors.
Here each row of an activation is scaled by its own largest magnitude: no decision depends on the batch, and accuracy
returns to that of the unquantized model. The row scale is multiplied in first and the weight scale second; the other
order is folded wrongly by the graph optimizer of onnxruntime.

Used when a model is exported, never at run time (needs the package ``onnx``):
``python -m kg.reader.export QUANTIZED.onnx LABEL_WEIGHTS.npy FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

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


def label_scorer(weights: npt.NDArray[np.floating]) -> Any:
    """An ONNX model of the biaffine label scores: inputs ``dependent`` and ``head`` (N × S), output ``scores`` (N × R).

    ``weights`` is S × (R·S): score[n, r] = dependent[n] · weights[:, r·S:(r+1)·S] · head[n]. Quantized like the encoder.
    """
    from onnx import TensorProto, helper, numpy_helper

    size = weights.shape[0]
    labels = weights.shape[1] // size
    nodes = [
        helper.make_node("MatMul", ["dependent", "weights"], ["flat"]),
        helper.make_node("Reshape", ["flat", "shape"], ["projected"]),
        helper.make_node("Unsqueeze", ["head", "last"], ["column"]),
        helper.make_node("MatMul", ["projected", "column"], ["product"]),
        helper.make_node("Squeeze", ["product", "last"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "label_scorer",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", size]) for name in ("dependent", "head")],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", labels])],
        [
            numpy_helper.from_array(weights.astype(np.float32), "weights"),
            numpy_helper.from_array(np.array([-1, labels, size]), "shape"),
            numpy_helper.from_array(np.array([-1]), "last"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return rewrite(_quantized(model))


def _quantized(model: Any) -> Any:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(model, plain)
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, nodes_to_quantize=None)
        return onnx.load(small)


if __name__ == "__main__":
    import onnx

    encoder, label_weights, target = (Path(argument) for argument in sys.argv[1:])
    onnx.save(rewrite(onnx.load(encoder)), target / "model.onnx")
    onnx.save(label_scorer(np.load(label_weights)), target / "labels.onnx")

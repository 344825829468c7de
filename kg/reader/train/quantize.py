"""Eight-bit ONNX with one activation scale a token, and the scorer of dependency labels.

Plain dynamic quantization takes one scale for a whole input, so what a word is read as depends on the largest number
anywhere. Here each row of an activation is scaled by its own largest magnitude, and accuracy returns to that of the
unquantized model. Weights use 7 of their 8 bits: with all of them, sums saturate on processors without VNNI
instructions, and two machines read differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

ZERO_POINT = 128
"""Activations are uint8 with this zero point: int8 activations run several times slower on x86."""
FUSED = "com.microsoft"
"""The domain of MatMulIntegerToFloat, which multiplies eight-bit numbers and scales the columns in one step."""


def quantized(model: Any, kept: Sequence[str] = ()) -> Any:
    """``model`` (an ``onnx.ModelProto``) with int8 weights per output channel and per-row activations.

    Weights named in ``kept`` stay float.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    floats = [node.name for node in model.graph.node if set(node.input) & set(kept)]
    with TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(model, plain)
        quantize_dynamic(
            plain, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=floats
        )
        return rewrite(onnx.load(small))


def rewrite(model: Any) -> Any:
    """Replace what ``quantize_dynamic`` makes of each matrix product by a product with per-row scaling, in place."""
    from onnx import helper, numpy_helper

    graph = model.graph
    for name, value in (
        ("row_zero_point", np.array(ZERO_POINT, np.uint8)),
        ("row_step", np.array(1 / 127, np.float32)),
        ("row_floor", np.array(1e-8, np.float32)),
        ("row_one", np.array(1, np.float32)),
        ("row_flat", np.array([-1])),
    ):
        graph.initializer.append(numpy_helper.from_array(value, name))
    casts = {node.input[0]: node.output[0] for node in graph.node if node.op_type == "Cast"}
    products = {casts[node.output[0]]: node for node in graph.node if node.op_type == "MatMulInteger"}
    activations = {node.output[1] for node in graph.node if node.op_type == "DynamicQuantizeLinear"}
    scales = {
        node.output[0]: sorted(node.input, key=lambda name: name not in activations)
        for node in graph.node
        if node.op_type == "Mul" and activations & set(node.input)
    }  # output of (activation scale × weight scale) -> [activation scale, weight scale]
    replaced = {*scales, *products, *(node.output[0] for node in products.values())}
    nodes = []
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            nodes += _quantize_rows(helper, node.input[0], node.output[0], node.output[1])
        elif node.op_type == "Mul" and set(node.input) & products.keys():
            product, scale = sorted(node.input, key=lambda name: name not in products)
            left, right = products[product].input[:2]
            row, column = scales[scale]
            inputs = [left, right, "row_one", column, "row_zero_point"]
            nodes.append(helper.make_node("MatMulIntegerToFloat", inputs, [product], domain=FUSED))
            nodes.append(helper.make_node("Mul", [product, row], list(node.output)))
        elif node.output[0] not in replaced:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    for initializer in [item for item in graph.initializer if item.name not in used]:
        graph.initializer.remove(initializer)
    if all(opset.domain != FUSED for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid(FUSED, 1))
    return model


def _quantize_rows(helper: Any, source: str, quantized: str, scale: str) -> list[Any]:
    """Nodes for: scale = max(|row|) / 127; quantized = round(row / scale) + 128. Rows are the last axis but one."""
    from onnx import TensorProto

    node = helper.make_node
    zero = helper.make_tensor("value", TensorProto.UINT8, [1], [ZERO_POINT])
    return [
        node("Abs", [source], [quantized + "_abs"]),
        node("ReduceMax", [quantized + "_abs"], [quantized + "_max"], axes=[-1], keepdims=1),
        node("Mul", [quantized + "_max", "row_step"], [quantized + "_raw"]),
        node("Max", [quantized + "_raw", "row_floor"], [scale]),
        node("Reshape", [scale, "row_flat"], [quantized + "_scales"]),
        node("Shape", [quantized + "_scales"], [quantized + "_count"]),
        node("ConstantOfShape", [quantized + "_count"], [quantized + "_zeros"], value=zero),
        node("QuantizeLinear", [source, quantized + "_scales", quantized + "_zeros"], [quantized], axis=-2),
    ]


def label_scorer(weights: npt.NDArray[np.floating]) -> Any:
    """An ONNX model of the biaffine label scores: inputs ``dependent`` and ``head`` (N × S), output ``scores`` (N × R).

    ``weights`` is S × (R·S): score[n, r] = dependent[n] · weights[:, r·S:(r+1)·S] · head[n].
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
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)

"""The weights of an exported network in eight bits, and back out of such a network. Needs onnx."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def in_eight_bits(graph: onnx.GraphProto) -> None:
    """Stores matrices and word vectors as int8 with scales; what is computed stays in 32 bits.

    Quantised activations would be twice as fast, but then the same pair comes out differently in another batch
    and on another processor.
    """
    weights = {one.name: one for one in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            name = node.input[1]
            _stored(graph, weights[name], axis=0)
            nodes.append(
                helper.make_node("DequantizeLinear", [f"{name}.int8", f"{name}.scale"], [name], axis=1)
            )
        elif node.op_type == "Gather" and len(getattr(weights.get(node.input[0]), "dims", ())) == 2:
            name, wanted, out = node.input[0], node.input[1], node.output[0]
            _stored(graph, weights[name], axis=1)
            nodes += [
                helper.make_node("Gather", [f"{name}.int8", wanted], [f"{out}.int8"]),
                helper.make_node("Cast", [f"{out}.int8"], [f"{out}.float"], to=TensorProto.FLOAT),
                helper.make_node("Gather", [f"{name}.scale", wanted], [f"{out}.scale"]),
                helper.make_node("Mul", [f"{out}.float", f"{out}.scale"], [out]),
            ]
            continue
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)


def _stored(graph: onnx.GraphProto, weight: onnx.TensorProto, axis: int) -> None:
    """Replaces a matrix by int8 and a scale for each column (``axis`` 0) or each row (1)."""
    values = numpy_helper.to_array(weight)
    scale = np.abs(values).max(axis=axis, keepdims=True).astype(np.float32) / 127
    whole = np.round(values / np.where(scale == 0, 1, scale)).astype(np.int8)
    graph.initializer.remove(weight)
    graph.initializer.append(numpy_helper.from_array(whole, f"{weight.name}.int8"))
    graph.initializer.append(numpy_helper.from_array(scale if axis else scale[0], f"{weight.name}.scale"))


def weights_of(path: Path) -> dict[str, np.ndarray]:
    """The weights of a stored network under the names that its modules had; matrices as they were before export."""
    graph = onnx.load(path).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    named = {
        name: values.copy() for name, values in stored.items() if name[:1].islower() and "::" not in name
    }
    for name in [name for name in named if name.endswith(".int8")]:
        whole = named.pop(name).astype(np.float32)
        named[name.removesuffix(".int8")] = whole * named.pop(f"{name.removesuffix('int8')}scale")
    for node in graph.node:
        if node.op_type == "MatMul" and f"{node.input[1]}.int8" in stored:
            scale = stored[f"{node.input[1]}.scale"]
            matrix = stored[f"{node.input[1]}.int8"].astype(np.float32) * scale
            named[_module(node.name) + ".weight"] = np.ascontiguousarray(matrix.T)
    return named


def _module(node: str) -> str:
    """``encoder.layer.0.query`` of ``/encoder/layer.0/query/MatMul``."""
    return node.strip("/").rpartition("/")[0].replace("/", ".")

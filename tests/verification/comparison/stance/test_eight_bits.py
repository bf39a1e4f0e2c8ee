"""Weights stored in eight bits come back as they were, to within half a step of their scale."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from verification.comparison.stance.eight_bits import in_eight_bits, weights_of


def test_a_matrix_and_word_vectors_come_back_under_the_names_of_their_modules(tmp_path):
    random = np.random.default_rng(3)
    words, matrix = random.normal(size=(9, 4)), random.normal(size=(4, 6))
    nodes = [
        helper.make_node("Gather", ["words.weight", "input_ids"], ["each"]),
        helper.make_node("MatMul", ["each", "onnx::MatMul_7"], ["out"], name="/layer.0/dense/MatMul"),
    ]
    graph = helper.make_graph(
        nodes, "small",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["n", 6])],
        [
            numpy_helper.from_array(words.astype(np.float32), "words.weight"),
            numpy_helper.from_array(matrix.astype(np.float32), "onnx::MatMul_7"),
        ],
    )  # fmt: skip
    network = helper.make_model(graph)
    in_eight_bits(network.graph)
    onnx.save(network, tmp_path / "model.onnx")

    found = weights_of(tmp_path / "model.onnx")
    assert set(found) == {"words.weight", "layer.0.dense.weight"}
    assert np.abs(found["words.weight"] - words).max() <= np.abs(words).max() / 254 + 1e-6
    assert np.abs(found["layer.0.dense.weight"] - matrix.T).max() <= np.abs(matrix).max() / 254 + 1e-6

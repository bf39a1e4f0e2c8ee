"""Makes a model folder of a checkpoint: ``python -m verification.comparison.stance.export DATA ENCODER RUN OUT``.

Finds the temperature on pairs kept aside from training, stores the linear layers and the word embeddings in
eight bits, each column or word with a scale of its own, writes ``model.onnx``, ``tokenizer.json`` and
``config.json`` with the checksum, and prints the accuracy (by source, too) and the reliability curve on the second
half of what was kept aside, of which the temperature knows nothing, beside the accuracy of a model that reads the
claim alone.
Needs torch, transformers and onnx.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from verification.comparison.stance.contrasts import Pair
from verification.comparison.stance.model import StanceModel
from verification.comparison.stance.rows import LABELS, claim_only_accuracy
from verification.comparison.stance.train import SEED, TOKENS, built, material
from verification.comparison.types import Stance


def export(encoder: str, checkpoint: Path, out: Path) -> None:
    """Writes the network with weights in eight bits and its tokenizer; the temperature is still 1."""
    model = built(encoder)
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    sizes = {0: "batch", 1: "tokens"}
    path = out / "model.onnx"
    torch.onnx.export(
        model, tuple(torch.ones(2, 16, dtype=torch.long) for _ in names), str(path), dynamo=False,
        input_names=names, output_names=["logits"], dynamic_axes=dict.fromkeys(names, sizes),
    )  # fmt: skip
    network = onnx.load(path)
    in_eight_bits(network.graph)
    onnx.save(network, path)
    shutil.copy(Path(encoder) / "tokenizer.json", out)
    write_config(out, 1.0)


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


def write_config(out: Path, temperature: float) -> None:
    config = {
        "id2label": dict(enumerate(LABELS)),
        "max_length": TOKENS,
        "temperature": round(temperature, 3),
        "sha256": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest(),
    }
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def judged(folder: Path, pairs: Sequence[Pair]) -> list[Stance]:
    return StanceModel(folder).probabilities([(pair.evidence, pair.claim) for pair in pairs])


def fitted_temperature(stances: Sequence[Stance], pairs: Sequence[Pair]) -> float:
    """The temperature, in steps of a twentieth, under which the right labels are likeliest (Guo et al., 2017)."""
    logits = torch.tensor([[s.supports, s.contradicts, s.neutral] for s in stances]).clamp_min(1e-9).log()
    labels = torch.tensor([LABELS.index(pair.label) for pair in pairs])
    tried = [step / 20 for step in range(6, 81)]
    return min(tried, key=lambda t: torch.nn.functional.cross_entropy(logits / t, labels).item())


def reliability(stances: Sequence[Stance], pairs: Sequence[Pair]) -> list[tuple[float, float, int]]:
    """For each tenth of confidence: the mean confidence, how often it was right, how many pairs."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for stance, pair in zip(stances, pairs, strict=True):
        best = _likeliest(stance)
        sure = getattr(stance, best)
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, best == pair.label))
    return [
        (sum(s for s, _ in found) / len(found), sum(r for _, r in found) / len(found), len(found))
        for _, found in sorted(bins.items())
    ]


def _likeliest(stance: Stance) -> str:
    return max(LABELS, key=lambda label: float(getattr(stance, label)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("encoder")
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    wanted = parser.parse_args()
    export(wanted.encoder, wanted.run / "checkpoint.pt", wanted.out)
    _, aside = material(wanted.data, 0)
    Random(SEED).shuffle(aside)  # noqa: S311 - not for secrets
    fit, shown = aside[::2], aside[1::2]
    write_config(wanted.out, fitted_temperature(judged(wanted.out, fit), fit))
    stances = judged(wanted.out, shown)
    curve = reliability(stances, shown)
    right = sum(accuracy * number for _, accuracy, number in curve) / len(shown)
    print(f"accuracy {right:.3f} of {len(shown)}, by the claim alone {claim_only_accuracy(shown):.3f}")  # noqa: T201
    for source in sorted({pair.source for pair in shown}):
        of_source = [(s, pair) for s, pair in zip(stances, shown, strict=True) if pair.source == source]
        hits = sum(_likeliest(s) == pair.label for s, pair in of_source)
        print(f"{source:24} right {hits / len(of_source):.3f} of {len(of_source)}")  # noqa: T201
    for confidence, accuracy, number in curve:
        print(f"confidence {confidence:.2f}  right {accuracy:.2f}  pairs {number}")  # noqa: T201


if __name__ == "__main__":
    main()

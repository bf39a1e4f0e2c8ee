"""Makes a model folder of a checkpoint: ``python -m verification.comparison.stance.export DATA ENCODER RUN OUT``.

Finds the temperature on pairs kept aside from training, quantises the linear layers and the word embeddings
to eight bits, writes ``model.onnx``, ``tokenizer.json`` and ``config.json`` with the checksum, and prints
the accuracy and the reliability curve on the second half of what was kept aside, of which the temperature
knows nothing, beside the accuracy of a model that reads the claim alone. Needs torch, transformers, onnx and
onnxruntime.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from verification.comparison.stance.contrasts import Pair
from verification.comparison.stance.model import StanceModel
from verification.comparison.stance.rows import LABELS, claim_only_accuracy
from verification.comparison.stance.train import SEED, TOKENS, built, material
from verification.comparison.types import Stance


def export(encoder: str, checkpoint: Path, out: Path) -> None:
    """Writes the quantised network and its tokenizer; the temperature is still 1."""
    model = built(encoder)
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    sizes = {0: "batch", 1: "tokens"}
    whole = out / "whole.onnx"
    torch.onnx.export(
        model, tuple(torch.ones(2, 16, dtype=torch.long) for _ in names), str(whole), dynamo=False,
        input_names=names, output_names=["logits"], dynamic_axes=dict.fromkeys(names, sizes),
    )  # fmt: skip
    quantize_dynamic(whole, out / "model.onnx", per_channel=True, weight_type=QuantType.QInt8)
    whole.unlink()
    shutil.copy(Path(encoder) / "tokenizer.json", out)
    write_config(out, 1.0)


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
        best = max(LABELS, key=lambda label: getattr(stance, label))
        sure = getattr(stance, best)
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, best == pair.label))
    return [
        (sum(s for s, _ in found) / len(found), sum(r for _, r in found) / len(found), len(found))
        for _, found in sorted(bins.items())
    ]


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
    for confidence, accuracy, number in curve:
        print(f"confidence {confidence:.2f}  right {accuracy:.2f}  pairs {number}")  # noqa: T201


if __name__ == "__main__":
    main()

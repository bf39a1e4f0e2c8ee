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
from itertools import islice
from pathlib import Path
from random import Random

import onnx
import torch

from verification.comparison.stance.contrasts import NEUTRAL, Pair, contrasts
from verification.comparison.stance.eight_bits import in_eight_bits
from verification.comparison.stance.model import LABELS, RELATIONS, StanceModel
from verification.comparison.stance.rows import claim_only_accuracy, drawn
from verification.comparison.stance.train import SEED, TOKENS, built, material, started
from verification.comparison.types import Stance

#: added to the logit of neutral: as many pairs of every label were trained on, and elsewhere most are neutral.
#: Chosen on development sets of three classes.
LEANING = 0.5


def export(encoder: str, checkpoint: Path, out: Path) -> None:
    """Writes the network with weights in eight bits and its tokenizer; the temperature is still 1."""
    model = built(encoder)
    started(model, checkpoint)
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    sizes = {0: "batch", 1: "tokens"}
    path = out / "model.onnx"
    torch.onnx.export(
        model, tuple(torch.ones(2, 16, dtype=torch.long) for _ in names), str(path), dynamo=False,
        input_names=names, output_names=["logits", "relations"], dynamic_axes=dict.fromkeys(names, sizes),
    )  # fmt: skip
    network = onnx.load(path)
    in_eight_bits(network.graph)
    onnx.save(network, path)
    shutil.copy(Path(encoder) / "tokenizer.json", out)
    write_config(out, 1.0)


def write_config(out: Path, temperature: float) -> None:
    config = {
        "id2label": dict(enumerate(LABELS)),
        "relations": list(RELATIONS),
        "max_length": TOKENS,
        "temperature": round(temperature, 3),
        "bias": {NEUTRAL: LEANING},
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
    parser.add_argument("--squares", type=Path, help="the folder that training was given")
    wanted = parser.parse_args()
    export(wanted.encoder, wanted.run / "checkpoint.pt", wanted.out)
    _, kept = material(wanted.data, wanted.squares)
    draws = drawn([*kept, *contrasts(600, SEED + 1)], Random(SEED))  # noqa: S311 - not for secrets
    aside = list(dict.fromkeys(islice(draws, 6000)))
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

"""Trains the stance model: ``python -m verification.comparison.stance.train DATA ENCODER OUT --minutes 120``.

DATA is a folder with ``train.jsonl.gz`` (rows of evidence, claim, label, source and licence; restricted rows
are left out), ENCODER a folder with a small BERT encoder and its tokenizer as transformers reads them, OUT
where checkpoints and a log go. Needs torch and transformers, which Twosource itself does not.

The encoder reads "[CLS] evidence [SEP] claim [SEP]"; a linear layer over the first and the mean vector gives
three labels. Word embeddings are frozen (half of the weights, and new rows would only unlearn them), batches
hold pairs of one length, the weights that are kept are a moving average. Seeded: on one machine and for a
number of steps, the same weights come out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from verification.comparison.stance.contrasts import Pair, contrasts
from verification.comparison.stance.rows import (
    LABELS,
    balanced,
    claim_only_accuracy,
    completed,
    read_rows,
    set_aside,
)

SEED = 20
TOKENS = 96
BATCH = 32


class CrossEncoder(nn.Module):
    """A transformer over both texts and a linear layer over its first and its mean vector."""

    def __init__(self, encoder: nn.Module, size: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * size, len(LABELS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        return self.head(self.drop(torch.cat([states[:, 0], mean], dim=-1)))


def built(folder: str) -> CrossEncoder:
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    return CrossEncoder(encoder, encoder.config.hidden_size)


def material(data: Path, generated: int, seed: int = SEED) -> tuple[list[Pair], list[Pair]]:
    """The pairs to train on and those kept aside for calibration."""
    random = Random(seed)  # noqa: S311 - not for secrets
    rows, aside = set_aside(read_rows(data / "train.jsonl.gz"), 20, random)
    train = balanced(completed(rows, random), 10**6, random)
    kept = balanced(completed(aside, random), 10**6, random)
    return train + list(contrasts(generated, seed)), kept + list(contrasts(600, seed + 1))


def batches(pairs: Sequence[Pair], tokenizer, random: Random) -> Iterator[tuple[dict[str, Tensor], Tensor]]:  # type: ignore[no-untyped-def]
    """Endless batches, each of pairs about as long; every pair once a round."""
    for _ in count():
        order = random.sample(list(pairs), len(pairs))
        for start in range(0, len(order), 50 * BATCH):
            chunk = sorted(order[start : start + 50 * BATCH], key=lambda p: len(p.evidence) + len(p.claim))
            cut = [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
            random.shuffle(cut)
            for batch in cut:
                coded = tokenizer(
                    [p.evidence for p in batch], [p.claim for p in batch], truncation="longest_first",
                    max_length=TOKENS, padding=True, return_tensors="pt",
                )  # fmt: skip
                yield dict(coded), torch.tensor([LABELS.index(p.label) for p in batch])


def train(model: CrossEncoder, feed, minutes: float, rate: float, out: Path, device: str) -> None:  # type: ignore[no-untyped-def]
    """Trains for so long: a short warm-up, then down to nothing in a straight line; saves the average."""
    for weights in model.encoder.embeddings.parameters():
        weights.requires_grad = False
    trained = [weights for weights in model.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    average = [weights.detach().clone() for weights in trained]
    model.to(device).train()
    start, saved, seen, recent = time.monotonic(), 0.0, 0, 0.0
    for step, (inputs, labels) in enumerate(feed, 1):
        gone = (time.monotonic() - start) / 60
        if gone >= minutes:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(step / 100, 1 - gone / minutes)
        logits = model(**{name: value.to(device) for name, value in inputs.items()})
        loss = loss_of(logits, labels.to(device))
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        with torch.no_grad():
            keep = min(0.98, step / (step + 10))
            for mean, weights in zip(average, trained, strict=True):
                mean.lerp_(weights.to(mean.device), 1 - keep)
        seen += len(labels)
        recent += 0.02 * (loss.item() - recent) if step > 1 else loss.item()
        if gone - saved > 2:
            saved = gone
            save(model, trained, average, out)
            with (out / "log.jsonl").open("a") as log:
                log.write(
                    json.dumps({"minutes": round(gone, 1), "examples": seen, "loss": round(recent, 3)}) + "\n"
                )
    save(model, trained, average, out)


def save(model: CrossEncoder, trained: list[Tensor], average: list[Tensor], out: Path) -> None:
    """Writes the model with its averaged weights."""
    names = {id(weights): name for name, weights in model.named_parameters()}
    state = {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}
    state |= {names[id(weights)]: mean.clone() for weights, mean in zip(trained, average, strict=True)}
    torch.save(state, out / "checkpoint.new")
    (out / "checkpoint.new").replace(out / "checkpoint.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("encoder")
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from, instead of the bare encoder")
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--generated", type=int, default=6000)
    parser.add_argument("--threads", type=int, default=2)
    wanted = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(wanted.threads)
    wanted.out.mkdir(parents=True, exist_ok=True)
    pairs, _ = material(wanted.data, wanted.generated)
    with (wanted.out / "log.jsonl").open("a") as log:
        log.write(
            json.dumps({"pairs": len(pairs), "claim_only": round(claim_only_accuracy(pairs), 3)}) + "\n"
        )
    tokenizer = AutoTokenizer.from_pretrained(wanted.encoder)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    feed = batches(pairs, tokenizer, Random(SEED))  # noqa: S311 - not for secrets
    model = built(wanted.encoder)
    if wanted.start:
        model.load_state_dict(torch.load(wanted.start, weights_only=True))
    train(model, feed, wanted.minutes, wanted.rate, wanted.out, device)


if __name__ == "__main__":
    main()

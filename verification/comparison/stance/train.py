"""Trains the stance model: ``python -m verification.comparison.stance.train DATA ENCODER OUT --minutes 120``.

DATA is a folder with ``train.jsonl.gz`` (rows of evidence, claim, label, source and licence; restricted rows
are left out), ENCODER a folder with a small BERT encoder and its tokenizer as transformers reads them, OUT
where checkpoints and a log go. Needs torch and transformers, which Twosource itself does not.

The encoder reads "[CLS] evidence [SEP] claim [SEP]"; one linear layer over the first and the mean vector gives the
labels of stance, another the relations of news claims. Word embeddings are frozen (half of the weights, and new rows
would only unlearn them), batches hold pairs of one length, products are taken in sixteen bits (three times as fast on
processors that know them), the weights that are kept are a moving average. Seeded: on one machine and for a number of
steps, the same weights come out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from verification.comparison.stance.contrasts import FOOTHOLDS, Pair, contrasts
from verification.comparison.stance.eight_bits import weights_of
from verification.comparison.stance.figures import written_alike
from verification.comparison.stance.model import LABELS, RELATIONS
from verification.comparison.stance.rows import (
    claim_only_accuracy,
    completed,
    drawn,
    read_relations,
    read_rows,
    read_squares,
    set_aside,
)
from verification.comparison.stance.substituted import Neighbours, substituted

SEED = 20
TOKENS = 128
BATCH = 32
HEADS = (LABELS, RELATIONS)
_NO_LABEL = -100  # of the head that a pair says nothing about
_LONGER = 0.12  # of pairs, whose evidence stands among other sentences

Batch = tuple[dict[str, Tensor], Tensor]


class CrossEncoder(nn.Module):
    """A transformer over both texts and, for stance and relations, linear layers over its first and its mean vector."""

    def __init__(self, encoder: nn.Module, size: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * size, len(LABELS))
        self.relation = nn.Linear(2 * size, len(RELATIONS))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state.float()
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        read = self.drop(torch.cat([states[:, 0], mean], dim=-1))
        return self.head(read), self.relation(read)


def built(folder: str) -> CrossEncoder:
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    return CrossEncoder(encoder, encoder.config.hidden_size)


def started(model: CrossEncoder, start: Path) -> None:
    """Puts the weights of a checkpoint into the model, or of the folder of an exported model."""
    if start.is_dir():
        weights = {
            name: torch.from_numpy(values) for name, values in weights_of(start / "model.onnx").items()
        }
    else:
        weights = torch.load(start, weights_only=True)
    model.load_state_dict(model.state_dict() | weights)


def material(data: Path, squares: Path | None, seed: int = SEED) -> tuple[list[Pair], list[Pair]]:
    """The rows to train on, with what completes them, and those kept aside for calibration."""
    random = Random(seed)  # noqa: S311 - not for secrets
    rows, aside = set_aside(read_rows(data / "train.jsonl.gz"), random)
    if squares:
        more, kept = set_aside(read_squares(squares), random)
        rows, aside = rows + more, aside + kept
    return completed(rows, random), completed(aside, random)


def made(rows: Sequence[Pair], encoder: str, model: CrossEncoder, generated: int) -> list[Pair]:
    """Generated contrasts, and pairs made of the rows with a word exchanged for one that the encoder puts near it."""
    lines = (Path(encoder) / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vectors = model.encoder.embeddings.word_embeddings.weight.detach().numpy()
    alike = Neighbours(rows, {word: at for at, word in enumerate(lines)}, vectors)
    real = [row for row in rows if row.source.startswith(("fever", "fm2", "factcheck", "squares"))]
    exchanged = substituted(real, alike, Random(SEED))  # noqa: S311 - not for secrets
    return [*contrasts(generated, SEED), *contrasts(generated // 8, SEED, FOOTHOLDS), *exchanged]


def batches(pairs: Iterator[Pair], tokenizer, random: Random) -> Iterator[Batch]:  # type: ignore[no-untyped-def]
    """Endless batches, each of pairs about as long."""
    while True:
        chunk = [next(pairs) for _ in range(50 * BATCH)]
        chunk = [_as_read(_among_others(pair, random.choice(chunk), random)) for pair in chunk]
        chunk.sort(key=lambda p: len(p.evidence) + len(p.claim))
        cut = [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
        for batch in random.sample(cut, len(cut)):
            coded = tokenizer(
                [p.evidence for p in batch], [p.claim for p in batch], truncation="longest_first",
                max_length=TOKENS, padding=True, pad_to_multiple_of=8, return_tensors="pt",
            )  # fmt: skip
            yield dict(coded), torch.tensor([[_index(p, labels) for labels in HEADS] for p in batch])


def _index(pair: Pair, labels: Sequence[str]) -> int:
    return labels.index(pair.label) if pair.label in labels else _NO_LABEL


def _among_others(pair: Pair, other: Pair, random: Random) -> Pair:
    """Now and then the evidence before or after what is told elsewhere, as pages and articles have it."""
    if (
        pair.label not in LABELS
        or len(pair.evidence) + len(other.evidence) > 500
        or random.random() > _LONGER
    ):
        return pair
    told = random.sample([pair.evidence, other.evidence], 2)
    return replace(pair, evidence=" ".join(told))


def _as_read(pair: Pair) -> Pair:
    """With large numbers written as they are put to the model at run time, where it is asked for a stance."""
    if pair.label not in LABELS:
        return pair
    evidence, claim = written_alike(pair.evidence, pair.claim)
    return replace(pair, evidence=evidence, claim=claim)


def loss_of(outputs: tuple[Tensor, ...], labels: Tensor) -> Tensor:
    """The mean over the pairs, of each by the head that it is labelled for."""
    losses = [
        nn.functional.cross_entropy(
            logits, labels[:, at], ignore_index=_NO_LABEL, label_smoothing=0.05, reduction="sum"
        )
        for at, logits in enumerate(outputs)
    ]
    return torch.stack(losses).sum() / len(labels)


def train(model: CrossEncoder, feed, minutes: float, rate: float, out: Path, device: str) -> None:  # type: ignore[no-untyped-def]
    """Trains for so long: a short warm-up, then down to nothing in a straight line; saves the average."""
    for weights in model.encoder.embeddings.parameters():
        weights.requires_grad = False
    trained = [weights for weights in model.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    average = [weights.detach().clone() for weights in trained]
    model.to(device).train()
    start, saved, seen, recent = time.monotonic(), 0.0, 0, 0.0
    for step, (inputs, labels) in enumerate(feed, 1):
        gone = (time.monotonic() - start) / 60
        if gone >= minutes:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(step / 100, 1 - gone / minutes)
        with torch.autocast(device, dtype=torch.bfloat16):
            outputs = model(**{name: value.to(device) for name, value in inputs.items()})
        loss = loss_of(outputs, labels.to(device))
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        with torch.no_grad():
            keep = min(0.998, step / (step + 10))
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
    parser.add_argument(
        "--start", type=Path, help="a checkpoint, or the folder of an exported model, to go on from"
    )
    parser.add_argument("--relations", type=Path, help="pairs of news claims, of tests.benchmarks.relations")
    parser.add_argument("--squares", type=Path, help="a folder with squares: two texts and what they decide")
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--generated", type=int, default=30_000)
    parser.add_argument("--threads", type=int, default=2)
    wanted = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(wanted.threads)
    wanted.out.mkdir(parents=True, exist_ok=True)
    random = Random(SEED)  # noqa: S311 - not for secrets
    model = built(wanted.encoder)
    rows, _ = material(wanted.data, wanted.squares)
    rows += made(rows, wanted.encoder, model, wanted.generated)
    if wanted.relations:
        rows += read_relations(wanted.relations, random)
    sample = list(islice(drawn(rows, random), 30_000))
    guessed = [claim_only_accuracy([pair for pair in sample if pair.label in labels]) for labels in HEADS]
    with (wanted.out / "log.jsonl").open("a") as log:
        log.write(json.dumps({"pairs": len(rows), "claim_only": [round(one, 3) for one in guessed]}) + "\n")
    tokenizer = AutoTokenizer.from_pretrained(wanted.encoder)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    feed = batches(drawn(rows, random), tokenizer, random)
    if wanted.start:
        started(model, wanted.start)
    train(model, feed, wanted.minutes, wanted.rate, wanted.out, device)


if __name__ == "__main__":
    main()

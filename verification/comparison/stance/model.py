"""A cross-encoder at run time: pairs of evidence and claim in, calibrated probabilities out.

A model is a folder with ``model.onnx`` (a BERT-like encoder over both texts, logits of three labels),
``tokenizer.json`` and ``config.json``, which names the labels as ``id2label`` does in published models
(entailment, contradiction and neutral, or supports, contradicts and neutral) and may give ``temperature``,
``bias`` (of a label, added to its logit), ``max_length`` and the ``sha256`` of ``model.onnx``. It may have a second
output, logits of how two claims of news stand to each other; ``relations`` in ``config.json`` then names what these
are of.

The setting ``STANCE_MODEL`` names the folder, or says ``none``: then nothing is loaded and there are no
probabilities. Without it, the one beside this file is taken.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from verification.comparison.stance.figures import written_alike
from verification.comparison.types import Stance

_NONE = "none"
_SHIPPED = str(Path(__file__).parent / "minilm")
_REMEMBERED = 50_000  # pairs; a few dozen megabytes
_NAMES = {"entailment": "supports", "contradiction": "contradicts"}
LABELS = ("supports", "contradicts", "neutral")
#: a full stop or the like and, behind a blank, what may begin a sentence; "St. Mary" cut in two does little harm
_SENTENCE_ENDS = re.compile(r"""(?:(?<=[.!?])|(?<=[.!?]["'”’)]))\s+(?=["'“‘(]?[A-Z0-9])""")
RELATIONS = ("same/agree", "contradict", "different-time", "unrelated")

Pair = tuple[str, str]


class StanceModelUnusable(ValueError):
    """What STANCE_MODEL names cannot be used; says why."""


def probabilities(pairs: Sequence[Pair]) -> list[Stance]:
    """For each pair of evidence and claim how likely the first supports, contradicts, does not touch the second.

    Empty without a model. Raises StanceModelUnusable where the model that STANCE_MODEL names cannot be used.
    """
    model = loaded()
    return model.probabilities(pairs) if model else []


def loaded() -> StanceModel | None:
    """The model that STANCE_MODEL names, or the one shipped, loaded once; None if it says ``none``."""
    named = os.environ.get("STANCE_MODEL") or _SHIPPED
    return None if named == _NONE else _load(named)


@cache
def _load(named: str) -> StanceModel:
    return StanceModel(Path(named).expanduser())


@dataclass(frozen=True, slots=True)
class Said:
    """What a model says of one pair; ``relations`` in the order of RELATIONS, None where it does not tell them."""

    stance: Stance
    relations: tuple[float, ...] | None
    whole: bool  # both texts were read to their ends


class StanceModel:
    """One loaded model. ``version`` changes with its weights; what it said of a pair is remembered."""

    def __init__(self, folder: Path) -> None:
        config = _config(folder)
        self._order = _order(config, folder)
        self._temperature = float(config.get("temperature", 1.0))
        bias = config.get("bias", {})
        self._bias = np.array([float(bias.get(label, 0.0)) for label in LABELS])
        self.version = _checked_sum(folder, config)
        self._session, self._tokenizer = _opened(folder, int(config.get("max_length", 96)))
        self._inputs = {given.name for given in self._session.get_inputs()}
        self._relations = _order_of_relations(config, len(self._session.get_outputs()))
        self._known: dict[Pair, Said] = {}

    @property
    def relates(self) -> bool:
        """Whether it tells relations of claims of news."""
        return self._relations is not None

    def probabilities(self, pairs: Sequence[Pair]) -> list[Stance]:
        """What the model makes of each pair of evidence and claim, in the order asked."""
        return [self._stance(pair) for pair in pairs]

    def relations(self, pairs: Sequence[Pair]) -> list[tuple[float, ...]]:
        """How likely each relation is of each pair of claims; empty if the model does not tell relations."""
        said = (self._of(pair).relations for pair in pairs)
        return [one for one in said if one is not None]

    def _of(self, pair: Pair) -> Said:
        if pair not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[pair] = self._judged(pair)
        return self._known[pair]

    def _stance(self, pair: Pair) -> Stance:
        """By the whole of the evidence or, where that does not fit, by the sentence of it that is least neutral."""
        pair = written_alike(*pair)
        said = self._of(pair)
        if said.whole:
            return said.stance
        parts = [self._of((part, pair[1])).stance for part in _SENTENCE_ENDS.split(pair[0].strip())]
        return min(parts, key=lambda stance: stance.neutral)

    def _judged(self, pair: Pair) -> Said:
        """Of one pair at a time: on a processor batches gain little, and padding would change the last digits."""
        coded = self._tokenizer.encode(*pair)
        columns = {
            "input_ids": coded.ids,
            "attention_mask": coded.attention_mask,
            "token_type_ids": coded.type_ids,
        }
        given = {name: np.array([row], np.int64) for name, row in columns.items() if name in self._inputs}
        logits, *more = self._session.run(None, given)
        stance = Stance(*_shares(logits[0, self._order] / self._temperature + self._bias))
        relations = _shares(more[0][0, self._relations]) if self._relations else None
        return Said(stance, relations, whole=not coded.overflowing)


def _shares(logits: np.ndarray) -> tuple[float, ...]:
    odds = np.exp(logits - logits.max())
    return tuple(map(float, odds / odds.sum()))


def _config(folder: Path) -> dict[str, Any]:
    for name in ("config.json", "model.onnx", "tokenizer.json"):
        if not (folder / name).is_file():
            raise StanceModelUnusable(f"STANCE_MODEL={folder}: there is no file {name} in it")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise StanceModelUnusable(f"STANCE_MODEL={folder}: config.json is no JSON ({error})") from error
    return config if isinstance(config, dict) else {}


def _order(config: dict[str, Any], folder: Path) -> list[int]:
    """Where in the logits supports, contradicts and neutral stand."""
    found = {}
    for index, name in config.get("id2label", {}).items():
        found[_NAMES.get(name.lower(), name.lower())] = int(index)
    if set(found) != set(LABELS):
        raise StanceModelUnusable(
            f"STANCE_MODEL={folder}: id2label in config.json names {sorted(found)}, not {sorted(LABELS)}"
        )
    return [found[label] for label in LABELS]


def _order_of_relations(config: dict[str, Any], outputs: int) -> list[int] | None:
    """Where in the second output each relation stands, None where there is no such output."""
    named = config.get("relations")
    if outputs < 2 or not isinstance(named, list) or set(named) != set(RELATIONS):
        return None
    return [named.index(one) for one in RELATIONS]


def _checked_sum(folder: Path, config: dict[str, Any]) -> str:
    """The checksum of the weights, which config.json may state."""
    with (folder / "model.onnx").open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if config.get("sha256", found) != found:
        raise StanceModelUnusable(
            f"STANCE_MODEL={folder}: model.onnx is not the file that config.json describes"
        )
    return found[:12]


def _opened(folder: Path, tokens: int) -> tuple[Any, Any]:
    # Not at the top: both take a while, and most processes never judge a pair.
    import onnxruntime
    from tokenizers import Tokenizer

    try:
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry(
            "session.disable_quant_qdq", "1"
        )  # unpack weights once, not each time
        options.intra_op_num_threads = 1  # workers share the cores
        session = onnxruntime.InferenceSession(
            folder / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both raise their own, bare Exception among them
        raise StanceModelUnusable(f"STANCE_MODEL={folder}: cannot be read ({error})") from error
    tokenizer.enable_truncation(tokens, strategy="longest_first")
    tokenizer.no_padding()
    return session, tokenizer

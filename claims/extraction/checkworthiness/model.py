"""A logistic regression small enough to read: one weight a named feature."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from heapq import nsmallest
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")
_USUAL = 0.3  # mean value


@dataclass(frozen=True, slots=True)
class Model:
    """``bias`` already holds the threshold: 0.5 is where the training data is best divided (F1)."""

    bias: float
    weights: Mapping[str, float]
    #: mean value of each feature in training: what a reason is measured against
    means: Mapping[str, float]
    #: the features that most sentences have, so that going without one is a reason too
    _usual: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        usual = tuple(name for name in self.weights if self.means.get(name, 0.0) > _USUAL)
        object.__setattr__(self, "_usual", usual)

    def score(self, features: Mapping[str, float]) -> float:
        """Between 0 (not worth checking) and 1."""
        total = self.bias + sum(value * self.weights.get(name, 0.0) for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def reasons(self, features: Mapping[str, float], limit: int = 6) -> tuple[tuple[str, float], ...]:
        """The features that move this sentence farthest from an average one, strongest first."""
        moves = {
            name: self.weights[name] * (features.get(name, 0.0) - self.means.get(name, 0.0))
            for name in {*features, *self._usual}
            if name in self.weights
        }
        ranked = nsmallest(limit, moves.items(), key=lambda item: (-abs(item[1]), item[0]))
        return tuple((name, round(move, 3)) for name, move in ranked)


@cache
def load(path: Path = WEIGHTS) -> Model:
    data = json.loads(path.read_text(encoding="utf-8"))
    features = data["features"]
    return Model(
        data["bias"],
        {name: weight for name, (weight, _) in features.items()},
        {name: mean for name, (_, mean) in features.items()},
    )

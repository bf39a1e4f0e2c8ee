"""A logistic regression small enough to read: one weight a named feature."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Model:
    """``bias`` already holds the threshold: 0.5 is where the training data is best divided (F1)."""

    bias: float
    weights: Mapping[str, float]
    #: mean value of each feature in training: what a reason is measured against
    means: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """Between 0 (not worth checking) and 1."""
        total = self.bias + sum(value * self.weights.get(name, 0.0) for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def reasons(self, features: Mapping[str, float], limit: int = 6) -> tuple[tuple[str, float], ...]:
        """The features that move this sentence farthest from an average one, strongest first."""
        moves = {
            name: weight * (features.get(name, 0.0) - self.means.get(name, 0.0))
            for name, weight in self.weights.items()
            if name in features or self.means.get(name, 0.0) > 0.3
        }
        ranked = sorted(moves.items(), key=lambda item: (-abs(item[1]), item[0]))
        return tuple((name, round(move, 3)) for name, move in ranked[:limit])


@cache
def load(path: Path = WEIGHTS) -> Model:
    data = json.loads(path.read_text(encoding="utf-8"))
    features = data["features"]
    return Model(
        data["bias"],
        {name: weight for name, (weight, _) in features.items()},
        {name: mean for name, (_, mean) in features.items()},
    )

"""Does the evidence support the claim: accuracy and macro-F1 over three classes, or over two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verification.comparison.types import Stance
from verification.evaluation.reading import Row
from verification.evaluation.scores import ClassScores, classify

LABELS = ("supports", "contradicts", "neutral")


@dataclass(frozen=True, slots=True)
class GoldStance:
    evidence: str
    claim: str
    label: str
    source: str


def read_stance(row: Row) -> GoldStance:
    return GoldStance(
        row.text("evidence"),
        row.text("claim"),
        row.choice("label", LABELS),
        row.optional_text("source") or "",
    )


def score_stance(pairs: Sequence[tuple[GoldStance, Stance]]) -> ClassScores:
    """Each pair counts as its most probable class, among the classes that the gold has.

    Where the gold knows no neutral, that is the larger of ``supports`` and ``contradicts``. Ties go to
    neutral, then to supports.
    """
    present = {gold.label for gold, _ in pairs}
    labels = LABELS if "neutral" in present else LABELS[:2]
    return classify(labels, ((gold.label, _largest(stance, labels)) for gold, stance in pairs))


def _largest(stance: Stance, labels: Sequence[str]) -> str:
    preferred = ("neutral", "supports", "contradicts") if "neutral" in labels else labels
    return max(preferred, key=lambda label: getattr(stance, label))

"""What an evaluation says: measures with their bars, on one set of data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from verification.evaluation.scores import Counts, Share


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. ``of`` is the number of cases behind it; ``bar`` what the project wants to reach.

    Without a bar it is None; with ``at_most`` less is better.
    """

    name: str
    value: float  # 0 to 1
    of: int
    bar: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the bar is reached, None without a bar."""
        if self.bar is None:
            return None
        return self.value <= self.bar if self.at_most else self.value >= self.bar


@dataclass(frozen=True, slots=True)
class Report:
    """``data`` names the file or folder, ``cases`` its rows, ``note`` says what to know about the figures.

    ``misses`` are lines for the developer, one for each case that came out wrong.
    """

    task: str
    data: str
    cases: int
    measures: tuple[Measure, ...]
    note: str = ""
    misses: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON: values rounded to four places, ``reached`` null where there is no bar."""
        return {
            "task": self.task,
            "data": self.data,
            "cases": self.cases,
            "measures": [
                {"name": m.name, "value": round(m.value, 4), "of": m.of, "bar": m.bar, "reached": m.reached}
                for m in self.measures
            ],
            "note": self.note,
            "misses": list(self.misses),
        }


def of_share(name: str, share: Share, bar: float | None = None, *, at_most: bool = False) -> Measure:
    return Measure(name, share.value, share.of, bar, at_most)


def of_counts(name: str, counts: Counts, bar: float | None = None) -> tuple[Measure, ...]:
    """F1, the one with the bar, then the precision and recall that make it."""
    return (
        Measure(f"{name}: F1", counts.f1, counts.right + counts.missed, bar),
        Measure(f"{name}: precision", counts.precision, counts.right + counts.spurious),
        Measure(f"{name}: recall", counts.recall, counts.right + counts.missed),
    )


def joined(*groups: Measure | Iterable[Measure]) -> tuple[Measure, ...]:
    """One tuple of measures and groups of measures."""
    found: list[Measure] = []
    for group in groups:
        found.extend([group] if isinstance(group, Measure) else group)
    return tuple(found)

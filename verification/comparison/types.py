"""What comparison returns: frozen values that can be stored and shown as they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How two claims stand to each other."""

    SAME = "same"  # the same proposition within the precision each states
    SUPPORTS = "supports"  # one makes the other more likely, without being it
    CONTRADICTS = "contradicts"  # same slot, scope and time; both cannot be true
    UPDATES = "updates"  # same slot, another reference time
    UNRELATED = "unrelated"  # not comparable, or about something else


@dataclass(frozen=True, slots=True)
class Stance:
    """Probabilities that the first supports, contradicts or does not touch the second; they sum to 1."""

    supports: float
    contradicts: float
    neutral: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One step of the trace: a feature, the level it reached, the words on each side, its weight.

    ``weight`` is a weight of evidence in bits (log2 of a Bayes factor, as in Fellegi and Sunter, 1969):
    positive speaks for "about the same thing", negative against. ``conflict`` and ``shift`` are such
    weights too, for "both cannot be true of it at one time" and for "they speak of different times".
    """

    feature: str  # "entities", "predicate", "quantity", "time", "polarity", ...
    level: str  # "equal", "overlap", "disjoint", "missing", ...
    weight: float
    a: str  # the words of the first that this rests on, "" if none
    b: str
    note: str = ""  # one plain sentence for the reviewer
    conflict: float = 0.0
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The judgement on a pair. ``newer`` is "a" or "b" where ``relation`` is updates and the order is known."""

    relation: Relation
    confidence: float  # 0 to 1
    stance: Stance
    trace: tuple[Evidence, ...]
    newer: str | None = None

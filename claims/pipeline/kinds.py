"""What kinds of steps there are, and what they may answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step: a sentence for people, and the revisions that the steps after it shall work on."""

    note: str = ""
    revisions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StepKind:
    """One kind of work, on a submission, a revision, or a part of a job.

    ``compute(subject_id)`` does the slow part outside any transaction and writes nothing;
    ``store(subject_id, work)`` writes, inside the transaction that also marks the step done. Both may be
    run twice, at once, on several machines. ``after`` names the kind whose revisions this one follows.
    """

    name: str
    subject: Literal["submission", "revision", "part"]
    queue: str
    compute: Callable[[int], Any]
    store: Callable[[int, Any], Done]
    after: str | None = None


_KINDS: dict[str, StepKind] = {}


def register(kind: StepKind) -> None:
    """Make ``kind`` known. Raises ValueError for a name that another kind has."""
    if _KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"two kinds of steps are called {kind.name!r}")


def get(name: str) -> StepKind:
    return _KINDS[name]


def followers(name: str) -> tuple[StepKind, ...]:
    return tuple(kind for kind in _KINDS.values() if kind.after == name)

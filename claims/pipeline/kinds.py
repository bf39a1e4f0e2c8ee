"""What kinds of steps there are, and what they may answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


class Later(Exception):
    """Raised by ``compute``: this cannot be done before ``until``, which is nobody's fault and no attempt."""

    def __init__(self, until: datetime, why: str) -> None:
        super().__init__(why)
        self.until = until
        self.why = why


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step: a sentence for people, and the revisions that the steps after it shall work on."""

    note: str = ""
    revisions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StepKind:
    """One kind of work, on a submission, a revision, a part of a job, a feed, an article or a delivery.

    ``compute(subject_id)`` does the slow part outside any transaction and writes nothing (but for its turn at a
    web server, see :mod:`claims.services.politeness`); it may raise :class:`Later`.
    ``store(subject_id, work)`` writes, inside the transaction that also marks the step done. Both may be
    run twice, at once, on several machines. ``after`` names the kinds whose revisions this one follows. ``attempts``
    is how often it is tried, if not as often as others (``STEP_ATTEMPTS``).
    """

    name: str
    subject: Literal["submission", "revision", "part", "feed", "article", "delivery"]
    queue: str
    compute: Callable[[int], Any]
    store: Callable[[int, Any], Done]
    after: tuple[str, ...] = ()
    attempts: int | None = None


_KINDS: dict[str, StepKind] = {}


def register(kind: StepKind) -> None:
    """Make ``kind`` known. Raises ValueError for a name that another kind has."""
    if _KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"two kinds of steps are called {kind.name!r}")


def get(name: str) -> StepKind:
    return _KINDS[name]


def with_own_attempts() -> dict[str, int]:
    """How often each kind is tried that has a number of its own."""
    return {kind.name: kind.attempts for kind in _KINDS.values() if kind.attempts is not None}


def followers(name: str) -> tuple[StepKind, ...]:
    return tuple(kind for kind in _KINDS.values() if name in kind.after)

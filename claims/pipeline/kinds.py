"""What kinds of steps there are, and what they may answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, Value
from django.db.models.expressions import Combinable

#: characters that are worked on together; an article has some thousands, a report may have a million
ENOUGH = 300_000


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
class Together:
    """How several steps of one kind are done at once, which costs less than one after the other.

    ``compute(subject_ids)`` gives for each what the kind's own ``compute`` would, or the
    :class:`claims.fetching.Unreadable` that it would raise. ``store(pairs)`` takes subjects with their work and says
    what came of each, in order. What they leave must be what one after the other leaves.

    Of the steps that wait, those that were never tried and that ``fit`` are put together, at most ``most``, and no
    more than ``enough`` in all, where ``size`` is an expression for how much one is: they share the time and the
    memory of one task. Where anything else is raised, each goes back to be tried alone, so that what one of them is
    made of costs no other more than one attempt. ``compute`` calls :func:`claims.pipeline.stopping.check` between two
    of them, so that a worker that is asked to stop need not do all of them first.
    """

    compute: Callable[[Sequence[int]], Sequence[Any]]
    store: Callable[[Sequence[tuple[int, Any]]], Sequence[Done]]
    fit: Q = field(default_factory=Q)
    most: int = 32
    size: Combinable = field(default_factory=lambda: Value(0))
    enough: int = ENOUGH


@dataclass(frozen=True, slots=True)
class StepKind:
    """One kind of work, on a submission, a revision, a part of a job, a feed, an article or a delivery.

    ``compute(subject_id)`` does the slow part outside any transaction and writes nothing (but for its turn at a
    web server, see :mod:`claims.services.politeness`); it may raise :class:`Later`.
    ``store(subject_id, work)`` writes, inside the transaction that also marks the step done. Both may be
    run twice, at once, on several machines. ``after`` names the kinds whose revisions this one follows. ``attempts``
    is how often it is tried, if not as often as others (``STEP_ATTEMPTS``). ``together`` is how several are done at
    once.
    """

    name: str
    subject: Literal["submission", "revision", "part", "feed", "article", "delivery"]
    queue: str
    compute: Callable[[int], Any]
    store: Callable[[int, Any], Done]
    after: tuple[str, ...] = ()
    attempts: int | None = None
    together: Together | None = None


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


def queues() -> frozenset[str]:
    """The queues of all kinds."""
    return frozenset(kind.queue for kind in _KINDS.values())


def followers(name: str) -> tuple[StepKind, ...]:
    return tuple(kind for kind in _KINDS.values() if name in kind.after)

"""How far what was handed in has come, and what is stuck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min
from django.utils import timezone

from claims.models import Step

_LOUDEST_FIRST = (Step.State.FAILED, Step.State.RUNNING, Step.State.PENDING, Step.State.DONE)

#: codes are few: they are ours
MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps of one submission or revision, oldest first, and the state they amount to."""

    steps: tuple[Step, ...]
    state: str  # "failed" if one failed, else "running", "pending", "done"; "" without a step

    @property
    def trouble(self) -> Step | None:
        """The step whose error a person should see: the failed one, else one that waits for another try."""
        with_error = [step for step in self.steps if step.error]
        return min(with_error, key=lambda step: _LOUDEST_FIRST.index(Step.State(step.state)), default=None)

    @property
    def attempts(self) -> int:
        return max((step.attempts for step in self.steps), default=0)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Steps that are not done, of one kind, state and error."""

    kind: str
    state: str
    error_code: str
    count: int
    oldest: datetime
    error: str  # of one of them
    next_try: datetime


def progress(steps: Iterable[Step]) -> Progress:
    found = tuple(sorted(steps, key=lambda step: step.pk))
    states = {step.state for step in found}
    return Progress(found, next((state.value for state in _LOUDEST_FIRST if state in states), ""))


def backlog() -> tuple[Backlog, ...]:
    """All that is not done, the largest heap first. One query."""
    rows = (
        Step.objects.exclude(state=Step.State.DONE)
        .order_by()
        .values("kind", "state", "error_code")
        .annotate(count=Count("pk"), oldest=Min("created_at"), error=Max("error"), next_try=Min("due_at"))
    )
    heaps = [Backlog(**row) for row in rows]
    return tuple(sorted(heaps, key=lambda heap: (-heap.count, heap.kind, heap.error_code)))


def queue_ages() -> dict[str, datetime]:
    """Since when the oldest waiting step of each kind has been due. One query."""
    waiting = Step.objects.filter(state=Step.State.PENDING, due_at__lte=timezone.now()).order_by()
    return dict(waiting.values_list("kind").annotate(since=Min("due_at")))


def open_errors() -> tuple[str, ...]:
    """The codes of the errors that stand on steps that are not done, in order."""
    steps = Step.objects.exclude(state=Step.State.DONE).exclude(error_code="")
    return tuple(steps.order_by("error_code").values_list("error_code", flat=True).distinct()[:MOST_ERRORS])

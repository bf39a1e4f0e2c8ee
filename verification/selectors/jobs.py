"""How far bulk changes have come, and what they left alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet, Sum

from claims.models import Job, Step
from verification.models import BulkChange

MOST_LEFT = 200


@dataclass(frozen=True, slots=True)
class JobProgress:
    """``changed`` and ``left`` count claims; ``failed`` are steps that need a person."""

    total: int
    changed: int
    left: int
    failed: tuple[Step, ...]
    unfinished: int  # parts that wait or run
    stopped: bool
    ended_at: datetime | None

    @property
    def state(self) -> str:
        if self.unfinished:
            return "running" if not self.stopped else "stopping"
        if self.failed:
            return "failed"
        return "stopped" if self.stopped else "done"

    @property
    def done(self) -> int:
        return self.changed + self.left


def with_counts(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """``jobs`` with how many claims each ``changed`` and ``left_alone``, and how many parts are ``unfinished``."""
    return jobs.select_related("started_by").annotate(
        changed=Sum("parts__changed"),
        left_alone=Sum("parts__left"),
        unfinished=Count("parts", filter=Q(parts__changed=None)),
    )


def job_progress(job: Job) -> JobProgress:
    """Two queries, and one for what failed."""
    counts = job.parts.aggregate(changed=Sum("changed"), left=Sum("left"))
    steps = Step.objects.filter(part__job=job).order_by()
    rows = list(steps.values_list("state").annotate(n=Count("pk"), last=Max("finished_at")))
    states = Counter({state: n for state, n, _ in rows})
    ends = [last for _, _, last in rows if last is not None]
    failed = steps.filter(state=Step.State.FAILED).order_by("pk") if states[Step.State.FAILED] else ()
    unfinished = states[Step.State.PENDING] + states[Step.State.RUNNING]
    return JobProgress(
        total=job.total,
        changed=counts["changed"] or 0,
        left=counts["left"] or 0,
        failed=tuple(failed[:MOST_LEFT]),
        unfinished=unfinished,
        stopped=job.stopped_at is not None,
        ended_at=max(ends, default=None) if not unfinished else None,
    )


def left_alone(job: Job) -> list[BulkChange]:
    """The first claims that the job did not change, with why."""
    rows = BulkChange.objects.filter(part__job=job).exclude(refusal="").select_related("claim")
    return list(rows.order_by("part", "claim")[:MOST_LEFT])

"""The same change to all claims of a query, in the background, and taking it back.

What is to be changed is frozen when it starts: each claim with the version it had. A part of some claims is a
step of the pipeline; in it every claim goes through :mod:`verification.workflow` by itself, with its own event,
and what changed since, is held by another or may not go there is left alone and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims import pipeline
from claims.models import Claim, Job, JobPart, Step
from claims.services.locks import one_at_a_time
from verification import workflow
from verification.models import BulkChange, Event, Standing
from verification.models.words import Workflow
from verification.refusals import NotAllowed
from verification.workflow import MOVES, NEEDS_REASON

KIND = "bulk"
#: claims in a part: about a third of a second, for which SQLite lets nobody else write
PART = 50
START = ("claims.add_job", "verification.change_standing")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done to many claims: a move to ``to``, or a flag set or taken away."""

    name: str
    label: str
    to: Workflow | None = None
    flag: bool | None = None

    @property
    def needs_reason(self) -> bool:
        return self.to in NEEDS_REASON or self.flag is True

    def is_possible(self, workflow: str, flagged: bool) -> bool:
        """Whether it can be done to a claim that is there, and is flagged or not."""
        if self.flag is not None:
            return flagged is not self.flag and workflow != Workflow.MERGED_INTO
        return self.to in MOVES[workflow]

    def possible(self, standings: QuerySet[Standing]) -> QuerySet[Standing]:
        """Those of ``standings`` to which it can be done as they stand."""
        flags = [flagged for flagged in (False, True) if any(self.is_possible(w, flagged) for w in Workflow)]
        places = [w for w in Workflow if any(self.is_possible(w, flagged) for flagged in flags)]
        return standings.filter(workflow__in=places, flagged__in=flags)


ACTIONS = {
    action.name: action
    for action in (
        Action("queue", "Queue", to=Workflow.QUEUED),
        Action("take", "Take for review", to=Workflow.IN_REVIEW),
        Action("dismiss", "Dismiss", to=Workflow.DISMISSED),
        Action("reopen", "Reopen", to=Workflow.REOPENED),
        Action("flag", "Flag for a lead", flag=True),
        Action("unflag", "Take the flag away", flag=False),
    )
}


def standings_of(claims: QuerySet[Claim]) -> QuerySet[Standing]:
    """How the claims of a query stand, without all else that the query gathers."""
    return Standing.objects.filter(claim__in=claims.order_by().values("pk"))


@transaction.atomic
def start(claims: QuerySet[Claim], action: Action, *, actor: User, reason: str = "", query: str = "") -> Job:
    """Begin to do ``action`` to all of ``claims`` to which it can be done. ``query``: how they were found.

    Raises NotAllowed without the permissions, without a reason where one is needed, or for no claim at all.
    """
    check_may_start(actor)
    if action.needs_reason and not reason.strip():
        raise NotAllowed(f"give a reason: it stands in the history of every claim that you {action.name}")
    rows = action.possible(standings_of(claims)).order_by("claim").values_list("claim_id", "version")
    parameters = {"action": action.name, "reason": reason.strip(), "query": query}
    return _start(action.label, [list(row) for row in rows], parameters, actor)


@transaction.atomic
def undo(job_id: int, *, actor: User) -> Job:
    """Begin to take back what a job did, on each claim that nobody has touched since.

    Raises NotAllowed while it still runs, when it changed nothing, or when it was undone already.
    """
    check_may_start(actor)
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.undoes_id is not None:
        raise NotAllowed("this took a bulk change back already: start the change again instead")
    if Job.objects.filter(undoes=job).exists():
        raise NotAllowed("this bulk change was taken back already")
    open_ones = job.parts.filter(changed=None)
    if open_ones.filter(steps__state__in=[Step.State.PENDING, Step.State.RUNNING]).exists():
        raise NotAllowed("it is still running: stop it first, then take back what it did")
    if open_ones.exists():  # a part that broke changes nothing any more, if it is tried again
        stop(job_id, actor=actor)
    done = BulkChange.objects.filter(part__job=job, event__isnull=False).order_by("claim")
    rows = [list(row) for row in done.values_list("claim_id", "event_id")]
    return _start(f"Undo: {job.title}"[:200], rows, job.parameters, actor, undoes=job)


def stop(job_id: int, *, actor: User) -> None:
    """Parts that are not begun yet will do nothing. What is done stays done."""
    check_may_start(actor)
    Job.objects.filter(pk=job_id, stopped_at=None).update(stopped_at=timezone.now())


def do_part(part_id: int, _: object) -> pipeline.Done:
    """Change the claims of one part, each by itself. Doing it again changes nothing more."""
    one_at_a_time("crosscheck")
    part = JobPart.objects.select_related("job__started_by").get(pk=part_id)
    if part.job.stopped_at is None:
        done = set(part.changes.values_list("claim_id", flat=True))
        change = _taking_back if part.job.undoes_id is not None else _changing
        rows = [row for row in part.rows if row[0] not in done]
        BulkChange.objects.bulk_create(_changes(part, rows, change))
    part.changed = part.changes.exclude(event=None).count()
    part.left = len(part.rows) - part.changed
    part.save(update_fields=["changed", "left"])
    return pipeline.Done(note=f"{part.changed} changed, {part.left} left alone")


def nothing_ahead(part_id: int) -> None:
    """A part has nothing to be computed before it is written."""


def check_may_start(actor: User) -> None:
    missing = [permission for permission in START if not actor.has_perm(permission)]
    if missing:
        raise NotAllowed(f"{actor.get_username()} may not do this: it needs {' and '.join(missing)}")


def _start(
    label: str, rows: Sequence[list[int]], parameters: dict[str, str], actor: User, undoes: Job | None = None
) -> Job:
    if not rows:
        raise NotAllowed("there is no claim to which this can be done: look at the numbers again")
    title = label if undoes else f"{label}: {len(rows):,} claim{'' if len(rows) == 1 else 's'}"
    job = Job.objects.create(
        kind=KIND, title=title, parameters=parameters, started_by=actor, total=len(rows), undoes=undoes
    )
    parts = JobPart.objects.bulk_create(
        (
            JobPart(job=job, number=number, rows=rows[first : first + PART])
            for number, first in enumerate(range(0, len(rows), PART), start=1)
        ),
        batch_size=500,
    )
    pipeline.enqueue_all(KIND, [part.pk for part in parts])
    return job


Change = Callable[[Job, int, int], object]


def _changes(part: JobPart, rows: Sequence[Sequence[int]], change: Change) -> Iterator[BulkChange]:
    for claim_id, number in rows:
        try:
            with transaction.atomic():
                change(part.job, claim_id, number)
                event = Event.objects.filter(claim_id=claim_id).only("pk").latest("pk")
        except NotAllowed as refusal:
            yield BulkChange(part=part, claim_id=claim_id, refusal=str(refusal))
        else:
            yield BulkChange(part=part, claim_id=claim_id, event=event)


def _changing(job: Job, claim_id: int, version: int) -> None:
    action, reason = ACTIONS[job.parameters["action"]], job.parameters["reason"]
    evidence = {"job": job.pk}
    if action.to is not None:
        workflow.move(
            claim_id,
            action.to,
            actor=job.started_by,
            reason=reason,
            expected_version=version,
            evidence=evidence,
        )
    else:
        workflow.flag(
            claim_id,
            bool(action.flag),
            actor=job.started_by,
            reason=reason,
            expected_version=version,
            evidence=evidence,
        )


def _taking_back(job: Job, claim_id: int, event_id: int) -> None:
    event = Event.objects.get(pk=event_id)
    workflow.put_back(event, actor=job.started_by, evidence={"job": job.pk})

"""How far a submission has come, derived from the rows of its steps and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When

from claims.models import Step, Submission
from claims.pipeline import kinds


class State(TextChoices):
    """The one word that a client watches. It ends at ``done`` or ``failed``."""

    RECEIVED = "received"
    FETCHING = "fetching"
    EXTRACTING = "extracting"
    CROSS_CHECKING = "cross-checking"
    DONE = "done"
    FAILED = "failed"


ENDED = (State.DONE, State.FAILED)


def with_state(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """``submissions`` with their ``progress``, a :class:`State` that can be filtered and ordered by.

    The first step that is not done tells it; one that failed tells it whatever the others do. What comes
    after extraction is cross-checking, whichever app it belongs to. What lies between two steps does not
    show: a step's end and the next one's row are written in one transaction.
    """
    own = Step.objects.filter(submission=OuterRef("pk"))
    later = Step.objects.filter(revision=OuterRef("revision_id"))
    failed, open_ = Q(state=Step.State.FAILED), ~Q(state=Step.State.DONE)
    untouched = Q(state=Step.State.PENDING, attempts=0)
    return submissions.annotate(
        progress=Case(
            When(Exists(own.filter(failed)) | Exists(later.filter(failed)), then=Value(State.FAILED.value)),
            When(Exists(own.filter(untouched)), then=Value(State.RECEIVED.value)),
            When(Exists(own.filter(open_)), then=Value(State.FETCHING.value)),
            When(Exists(later.filter(open_, kind="extract")), then=Value(State.EXTRACTING.value)),
            When(Exists(later.filter(open_)), then=Value(State.CROSS_CHECKING.value)),
            default=Value(State.DONE.value),
            output_field=CharField(),
        )
    )


def with_progress(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """``submissions`` with their state, their steps and the article that came of them: three queries."""
    return (
        with_state(submissions)
        .select_related("revision__article__source")
        .defer("payload", "revision__text")
        .prefetch_related("steps", "revision__steps")
    )


def found(ids: Iterable[int]) -> dict[int, Submission]:
    """The submissions by id, with their progress."""
    return {row.pk: row for row in with_progress(Submission.objects.filter(pk__in=list(ids)))}


def steps_in_order(submission: Submission) -> Sequence[Step]:
    """The steps of a submission and of the revision that came of it, in the order in which they are done."""
    rows = list(submission.steps.all())
    if submission.revision is not None:
        rows += submission.revision.steps.all()
    return sorted(rows, key=lambda step: (_depth(step.kind), step.pk))


def trouble(submission: Submission) -> Step | None:
    """The step whose error a person should see: the one that failed, else one that waits for another try."""
    with_error = [step for step in steps_in_order(submission) if step.error and step.state != Step.State.DONE]
    failed = [step for step in with_error if step.state == Step.State.FAILED]
    return next(iter(failed or with_error), None)


def _depth(kind_name: str) -> int:
    """How many kinds come before this one; a kind that no app registers any more comes last."""
    try:
        before = kinds.get(kind_name).after
    except KeyError:
        return 99
    return max((_depth(name) + 1 for name in before), default=0)

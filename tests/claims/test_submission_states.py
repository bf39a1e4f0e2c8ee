"""The one word that tells how far a submission has come."""

from __future__ import annotations

import pytest

from claims.models import Submission
from claims.selectors.submissions import State, steps_in_order, trouble, with_progress
from tests.factories import RevisionFactory, StepFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
LEASE = {"lease_token": "8c1b9a2e-3c5a-4a54-9a0c-5d1c7f0e6f10", "lease_until": "2025-02-18T09:35:00Z"}


def _submission(**states: str) -> Submission:
    """A submission whose steps have these states; "tried" is pending after a first attempt."""
    read = states.get("fetch") == "done"
    submission = SubmissionFactory(revision=RevisionFactory() if read else None)
    for kind, state in states.items():
        subject = {"submission": submission} if kind == "fetch" else {"revision": submission.revision}
        more = {"failed": {"error": "why", "error_code": "x"}, "running": LEASE}.get(state, {})
        attempts = 0 if state == "pending" else 1
        StepFactory(kind=kind, state=state.replace("tried", "pending"), attempts=attempts, **subject, **more)
    return with_progress(Submission.objects.all()).get(pk=submission.pk)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ({"fetch": "pending"}, State.RECEIVED),
        ({"fetch": "running"}, State.FETCHING),
        ({"fetch": "tried"}, State.FETCHING),
        ({"fetch": "failed"}, State.FAILED),
        ({"fetch": "done", "extract": "pending"}, State.EXTRACTING),
        ({"fetch": "done", "extract": "running"}, State.EXTRACTING),
        ({"fetch": "done", "extract": "failed"}, State.FAILED),
        ({"fetch": "done", "extract": "done", "crosscheck": "pending"}, State.CROSS_CHECKING),
        ({"fetch": "done", "extract": "done", "crosscheck": "running"}, State.CROSS_CHECKING),
        ({"fetch": "done", "extract": "done", "crosscheck": "failed"}, State.FAILED),
        ({"fetch": "done", "extract": "done", "crosscheck": "done"}, State.DONE),
        ({"fetch": "done", "extract": "running", "crosscheck": "done"}, State.EXTRACTING),
        ({"fetch": "done", "extract": "done", "of-another-app": "pending"}, State.CROSS_CHECKING),
    ],
)
def test_the_first_step_that_is_not_done_tells_the_state(steps: dict[str, str], state: str) -> None:
    assert _submission(**steps).progress == state  # type: ignore[attr-defined]


def test_a_feed_is_done_once_it_is_read() -> None:
    submission = SubmissionFactory()
    StepFactory(submission=submission, state="done", note="a feed of 3 entries, 3 of them new")
    assert with_progress(Submission.objects.all()).get().progress == State.DONE  # type: ignore[attr-defined]


def test_two_submissions_of_one_text_share_what_comes_after_reading() -> None:
    revision = RevisionFactory()
    for _ in range(2):
        StepFactory(submission=SubmissionFactory(revision=revision), state="done")
    StepFactory(revision=revision, kind="extract")
    states = [row.progress for row in with_progress(Submission.objects.all())]  # type: ignore[attr-defined]
    assert states == [State.EXTRACTING, State.EXTRACTING]


def test_steps_stand_in_the_order_in_which_they_are_done() -> None:
    submission = _submission(fetch="done", crosscheck="done", extract="done")
    assert [step.kind for step in steps_in_order(submission)] == ["fetch", "extract", "crosscheck"]


def test_the_error_shown_is_that_of_the_failed_step_else_of_one_tried_again() -> None:
    submission = SubmissionFactory()
    step = StepFactory(submission=submission, attempts=1, error="no answer", error_code="timeout")
    assert trouble(submission) == step
    assert trouble(_submission(fetch="done", extract="failed")).error == "why"  # type: ignore[union-attr]
    assert trouble(_submission(fetch="done", extract="done")) is None


def test_a_step_that_is_done_has_no_trouble_left() -> None:
    submission = SubmissionFactory()
    StepFactory(submission=submission, state="done", error="no answer", error_code="timeout")
    assert trouble(submission) is None

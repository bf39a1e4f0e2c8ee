"""Daily counts: each event is counted once, and how claims stood on a day follows from them."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from verification.models import DailyCount, Event, Standing
from verification.models.words import VerdictWord, Workflow
from verification.selectors.dashboard import dashboard
from verification.services.counting import changes, count
from verification.workflow import Decision, absorb, decide, move, revive

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def detect(text: str, **axes: object):
    """A claim as cross-checking makes it, with the event."""
    claim = make.ClaimFactory(text=text, **{f"standing__{name}": value for name, value in axes.items()})
    make.EventFactory(claim=claim, kind="detected")
    return claim


def at(name: str, chart) -> tuple[int, ...]:
    return next((one.values for one in chart.series if one.name == name), (0,) * len(chart.days))


@pytest.mark.django_db
def test_days_tell_what_came_in_what_was_decided_and_how_claims_stood() -> None:
    anna = make.UserFactory()
    with time_machine.travel(NOON, tick=False) as clock:
        one, other = detect("one"), detect("other")
        make.SubmissionFactory()
        make.ArticleFactory()
        move(one.pk, Workflow.QUEUED, actor=anna)
        clock.shift(timedelta(days=1))
        decide(one.pk, Decision(VerdictWord.SUPPORTED), actor=anna)
        move(other.pk, Workflow.DISMISSED, actor=anna, reason="a joke")
        clock.shift(timedelta(days=1))
        detect("third")
        count()
        board = dashboard(days=4)
    assert at("submissions", board.arrivals) == (0, 1, 0, 0)
    assert at("new articles", board.arrivals) == (0, 1, 0, 0)
    assert at("new claims", board.arrivals) == (0, 2, 0, 1)
    assert at("decided", board.decisions) == (0, 0, 1, 0)
    assert at("dismissed", board.decisions) == (0, 0, 1, 0)
    assert at("unverified", board.mix) == (0, 2, 1, 2)
    assert at("supported", board.mix) == (0, 0, 1, 1)
    assert at("queued", board.queue) == (0, 1, 0, 0)
    assert board.counted_at == NOON + timedelta(days=2)


@pytest.mark.django_db
def test_what_happened_before_the_days_shown_is_in_their_sums() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        detect("old")
        clock.shift(timedelta(days=20))
        count()
        assert at("unverified", dashboard(days=3).mix) == (1, 1, 1)


@pytest.mark.django_db
def test_counting_again_changes_nothing_and_goes_on_from_there() -> None:
    detect("one")
    assert count() == 1
    before = set(DailyCount.objects.values_list("day", "name", "value"))
    assert count() == 0
    assert set(DailyCount.objects.values_list("day", "name", "value")) == before
    detect("two")
    assert count() == 1
    assert DailyCount.objects.get(name="claims").value == 2


@pytest.mark.django_db
def test_the_sums_are_how_claims_stand_now() -> None:
    """Whatever is done to claims, merges and undoing too, the log's sums are what the standings say."""
    anna: User = make.UserFactory()
    claims = [detect(f"claim {n}") for n in range(6)]
    ids = [claim.pk for claim in claims]
    move(ids[0], Workflow.QUEUED, actor=anna)
    decide(ids[0], Decision(VerdictWord.SUPPORTED), actor=anna)
    absorb(ids[1], ids[0], mentions=[], reason="the same", actor=None)
    absorb(ids[2], ids[0], mentions=[], reason="the same", actor=None)
    revive(ids[2], reason="not the same", actor=None)
    move(ids[3], Workflow.DISMISSED, actor=anna, reason="a joke")
    move(ids[3], Workflow.REOPENED, actor=anna, reason="no joke")
    decide(ids[4], Decision(VerdictWord.UNVERIFIABLE, "no register"), actor=anna, second_review=True)
    count()
    stand = Standing.objects.exclude(workflow=Workflow.MERGED_INTO)
    now = Counter(f"status:{word}" for word in stand.values_list("status", flat=True))
    now.update(f"workflow:{word}" for word in stand.values_list("workflow", flat=True))
    sums: Counter[str] = Counter()
    for name, value in DailyCount.objects.filter(name__contains=":").values_list("name", "value"):
        sums[name] += value
    assert +sums == now


@given(st.sampled_from(["detected", "assessed", "decided", "odd"]), st.text(), st.text())
def test_no_event_breaks_the_count(kind: str, before: str, after: str) -> None:
    for name, by in changes(kind, before, after):
        assert name and by in (1, -1)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 12])
def test_counting_takes_the_same_queries_for_any_number_of_events(
    rows: int, django_assert_max_num_queries
) -> None:
    for n in range(rows):
        detect(f"claim {n}")
    with django_assert_max_num_queries(40):
        count()
    assert Event.objects.filter(position=None).count() == 0

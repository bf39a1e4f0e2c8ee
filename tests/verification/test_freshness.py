"""Shelf lives: short for tolls and prices, long for laws; due is not wrong, and a newer value supersedes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Claim
from tests import factories as make
from tests.verification.test_revisions import STAFF, claim_of, decided, publish
from verification import freshness
from verification.freshness import Said, due_at, shelf_life
from verification.models import Event, ShelfLife, Standing
from verification.services.assessing import assess
from verification.services.falling_due import MOST_AT_ONCE, fall_due

SAID = datetime(2025, 3, 3, 8, tzinfo=UTC)


def days(kind: str, *words: str, as_of: date | None = None) -> int | None:
    due = due_at(Said(kind, words, as_of, SAID), {})
    return (due - SAID).days if due else None


def test_how_long_claims_hold_by_what_they_say():
    assert days("quantity", "flood", "kill", "people") == 2
    assert days("quantity", "bridge", "Toll", "car") == 30
    assert days("state", "law", "forbid", "fishing") == 1825
    assert days("quantity", "unemployment", "fall") == 120
    assert days("quantity", "terminal", "employ", "people") == 180
    assert days("state", "harbour", "be", "deep") == 365
    assert days("event", "terminal", "open") is None
    assert days("statement", "minister", "say") is None


def test_a_period_that_is_over_does_not_go_stale_and_a_forecast_is_due_after_its_day():
    assert days("quantity", "port", "handle", as_of=date(2024, 12, 31)) is None
    assert days("quantity", "toll", as_of=date(2025, 3, 1)) == 30
    assert due_at(Said("forecast", ["bridge", "open"], date(2025, 6, 30), SAID), {}) == datetime(
        2025, 7, 1, tzinfo=UTC
    )
    assert days("forecast", "growth", "slow") == 90


def test_a_newsroom_has_its_own_shelf_lives():
    said = Said("quantity", ["toll"], None, SAID)
    assert due_at(said, {"prices": 7}) == SAID + timedelta(days=7)
    assert due_at(said, {"prices": 0}) is None
    assert due_at(said, {"laws": 7}) == SAID + timedelta(days=30)


def test_the_table_has_a_life_for_everything():
    names = [life.name for life in freshness.shelf_lives()]
    assert len(names) == len(set(names))
    assert not freshness.shelf_lives()[-1].kinds and not freshness.shelf_lives()[-1].words


@given(
    st.text(max_size=10),
    st.lists(st.text(max_size=10), max_size=4),
    st.one_of(st.none(), st.dates()),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)),
)
def test_whatever_is_said_has_a_shelf_life(kind, words, as_of, said_at):
    assert shelf_life(kind, words).name
    due = due_at(Said(kind, words, as_of, said_at), {})
    assert due is None or due > said_at or kind == "forecast"


@pytest.mark.django_db
def test_a_claim_falls_due_when_its_time_has_come_and_nothing_else_changes():
    claim = claim_of("340 people", publish(STAFF))
    decided(claim)
    due = Standing.objects.get(claim=claim).due_at
    assert due > datetime.now(UTC) + timedelta(days=179)  # from the verdict, not from the article
    assert fall_due(due - timedelta(seconds=1)) == 0
    assert fall_due(due) == 1
    standing = Standing.objects.get(claim=claim)
    assert (standing.freshness, standing.status, standing.needs_review) == ("due", "supported", False)
    assert not standing.outdated
    assert Event.objects.filter(claim=claim, kind="due").count() == 1
    assert fall_due(due) == 0


@pytest.mark.django_db
def test_a_due_claim_stays_so_until_it_is_said_or_decided_anew():
    claim = claim_of("340 people", publish(STAFF))
    assert fall_due(datetime(2026, 1, 1, tzinfo=UTC)) == 1
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        assess([claim.pk])
        assert Standing.objects.get(claim=claim).freshness == "due"
        decided(claim)
        standing = Standing.objects.get(claim=claim)
        assert (standing.freshness, standing.due_at) == ("current", datetime(2026, 6, 30, tzinfo=UTC))
        assess([claim.pk])
        standing = Standing.objects.get(claim=claim)
        assert (standing.freshness, standing.needs_review) == ("current", False)


@pytest.mark.django_db
def test_a_newer_mention_renews_it():
    claim = claim_of("340 people", publish(STAFF))
    now = datetime(2025, 8, 31, tzinfo=UTC)
    assert fall_due(now) == 1
    with time_machine.travel(now, tick=False):
        later = SAID + timedelta(days=2)
        other = publish(STAFF, url="https://gazette.example/1", source="Gazette", published=later)
    assert claim_of("340 people", other) == claim
    standing = Standing.objects.get(claim=claim)
    assert (standing.freshness, standing.due_at) == ("current", later + timedelta(days=180))


@pytest.mark.django_db
def test_a_newsrooms_row_counts_from_the_next_assessment_on():
    claim = claim_of("340 people", publish(STAFF))
    ShelfLife.objects.create(name="other figures", days=10)
    assess([claim.pk])
    assert Standing.objects.get(claim=claim).due_at == datetime(2025, 3, 13, 8, tzinfo=UTC)


@pytest.mark.django_db
def test_a_newer_value_of_the_same_thing_supersedes_the_older():
    old = publish("In 2023 the port of Skarn handled 1.1 million tonnes of cargo.", url="https://a.example/1")
    new = publish(
        "In 2024 the port of Skarn handled 1.2 million tonnes of cargo.",
        url="https://b.example/1",
        source="B",
    )
    older, newer = claim_of("1.1 million", old), claim_of("1.2 million", new)
    assert (older.standing.freshness, older.standing.outdated) == ("superseded", True)
    assert newer.standing.freshness == "current"
    assert fall_due(datetime(2035, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.django_db
def test_it_costs_by_what_falls_due_not_by_what_is_stored(django_assert_max_num_queries):
    now = datetime(2025, 6, 1, tzinfo=UTC)
    later = [make.ClaimFactory(standing=None) for _ in range(30)]
    Standing.objects.bulk_create(Standing(claim=c, due_at=now + timedelta(days=9)) for c in later)
    with CaptureQueriesContext(connection) as captured:
        assert fall_due(now) == 0
    Standing.objects.filter(claim__in=later[:20]).update(due_at=now)
    with django_assert_max_num_queries(len(captured) + 4):
        assert fall_due(now) == 20
    assert MOST_AT_ONCE <= 1000
    ripe = Standing.objects.filter(freshness="current", due_at__lte=now).order_by("due_at", "claim")
    assert "standing_due" in ripe.explain() or connection.vendor == "postgresql"


@pytest.mark.django_db
def test_a_lead_sets_a_shelf_life_in_the_admin(admin_client):
    page = admin_client.get("/admin/verification/shelflife/add/").content.decode()
    assert "prices, tolls, fares" in page
    admin_client.post("/admin/verification/shelflife/add/", {"name": "prices", "days": "7"})
    assert ShelfLife.objects.get().days == 7
    listed = admin_client.get("/admin/verification/shelflife/").content.decode()
    assert "30 days" in listed
    assert Claim.objects.count() == 0

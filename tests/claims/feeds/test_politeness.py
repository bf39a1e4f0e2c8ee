"""One server, many workers: nobody comes too early, and robots.txt is heeded."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.fetching import Unreadable
from claims.models import Host
from claims.pipeline import Later
from claims.services.politeness import fetch_politely, rules, take_turn
from tests.claims.fetching.conftest import redirect, reply

pytestmark = pytest.mark.django_db
URL = "https://post.example/a"


def turn(url: str = URL) -> float:
    """Seconds until the next turn, 0 if it is ours now."""
    try:
        take_turn(url)
    except Later as later:
        return (later.until - timezone.now()).total_seconds()
    return 0.0


def test_two_requests_to_one_server_are_apart_and_others_do_not_wait(clock, settings):
    settings.FETCH_DELAY = 4
    assert turn() == 0
    assert turn() > 0
    assert turn("https://other.example/a") == 0
    assert turn("https://post.example:8443/a") == 0
    clock.shift(3.9)
    assert turn() > 0
    clock.shift(0.2)
    assert turn() == 0


def test_a_crowd_is_served_one_by_one_each_at_the_time_it_was_told(clock, settings):
    settings.FETCH_DELAY = 4
    assert turn() == 0
    start = timezone.now()
    waiting = sorted(turn() for _ in range(8))
    assert all(later - sooner == pytest.approx(5) for sooner, later in itertools.pairwise(waiting))
    for told in waiting:
        clock.move_to(start + timedelta(seconds=told + 0.5))  # a worker is never quite on time
        assert turn() == 0


def test_no_two_turns_are_within_the_delay_however_often_all_ask(clock, settings):
    settings.FETCH_DELAY = 2
    turns = []
    for _ in range(200):
        if turn() == 0:
            turns.append(timezone.now())
        clock.shift(0.3)
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(turns)]
    assert min(gaps) >= 2
    assert len(turns) >= 20


def test_a_clock_that_jumped_does_not_close_a_server(clock, settings):
    clock.shift(timedelta(days=30))
    assert turn() == 0
    clock.shift(timedelta(days=-30))
    assert turn() == 0


def test_robots_txt_is_read_once_a_day_and_heeded(clock, local):
    local.routes["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /private\n", "text/plain")
    local.routes["/open"] = reply(200, b"open")
    assert fetch_politely(local.url("/open"), as_robot=True).body == b"open"
    with pytest.raises(Unreadable) as caught:
        fetch_politely(local.url("/private/x"), as_robot=True)
    assert caught.value.code == "robots"
    assert not caught.value.transient
    clock.shift(timedelta(hours=23))
    fetch_politely(local.url("/open"), as_robot=True)
    asked = [path for path, _ in local.requests]
    assert (asked.count("/robots.txt"), "/private/x" in asked) == (1, False)
    clock.shift(timedelta(hours=2))
    fetch_politely(local.url("/open"), as_robot=True)
    assert [path for path, _ in local.requests].count("/robots.txt") == 2


def test_a_redirect_leads_nowhere_that_robots_may_not_read(clock, local):
    local.routes["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /private\n", "text/plain")
    local.routes["/way"] = redirect("/private/x")
    local.routes["/private/x"] = reply(200, b"secret")
    with pytest.raises(Unreadable) as caught:
        fetch_politely(local.url("/way"), as_robot=True)
    assert caught.value.code == "robots"
    assert "/private/x" not in [path for path, _ in local.requests]
    assert fetch_politely(local.url("/way"), as_robot=False).body == b"secret"


def test_the_delay_that_robots_txt_asks_for_counts_from_the_page_it_came_with(clock, local):
    local.routes["/robots.txt"] = reply(200, b"User-agent: *\nCrawl-delay: 20\n", "text/plain")
    local.routes["/a"] = reply(200, b"a")
    fetch_politely(local.url("/a"), as_robot=True)
    with pytest.raises(Later) as caught:
        fetch_politely(local.url("/a"), as_robot=True)
    assert caught.value.until >= timezone.now() + timedelta(seconds=20)
    clock.move_to(caught.value.until)
    fetch_politely(local.url("/a"), as_robot=True)


def test_without_robots_txt_all_may_be_read_and_while_the_server_fails_nothing(clock, local):
    local.routes["/a"] = reply(200, b"a")
    assert fetch_politely(local.url("/a"), as_robot=True).body == b"a"  # 404
    Host.objects.all().delete()
    local.routes["/robots.txt"] = reply(503)
    with pytest.raises(Unreadable) as caught:
        fetch_politely(local.url("/a"), as_robot=True)
    assert (caught.value.code, caught.value.transient) == ("robots-unreachable", True)


def test_old_rules_hold_while_no_new_ones_are_to_be_had(clock, local):
    local.routes["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /private\n", "text/plain")
    rules(local.url("/a"))
    clock.shift(timedelta(days=2))
    local.routes["/robots.txt"] = reply(500)
    with pytest.raises(Unreadable) as caught:
        rules(local.url("/private")).check(local.url("/private"))
    assert caught.value.code == "robots"


def test_a_server_that_asks_to_be_left_alone_is(clock, local):
    local.routes["/a"] = reply(429, Retry_After="600")
    with pytest.raises(Unreadable):
        fetch_politely(local.url("/a"), as_robot=False)
    with pytest.raises(Later) as caught:
        fetch_politely(local.url("/b"), as_robot=False)
    assert caught.value.until == timezone.now() + timedelta(seconds=600)
    assert len(local.requests) == 1

"""Articles over months: looked at often while young, rarely when old, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from claims import pipeline
from claims.fetching.sameness import gist
from claims.models import Article, Revision, Step, Submission, Watch
from claims.services import polling, rechecking
from claims.services.submitting import Incoming, submit
from tests.claims.feeds.pages import FIRST, SECOND, article, rss
from tests.claims.fetching.conftest import Site, redirect, reply

pytestmark = pytest.mark.django_db
LONG = "The authority said that the quays were repaired in 2023 and that two cranes were bought from a yard in Ellery."


@pytest.fixture
def watched(clock, local: Site) -> Article:
    local.routes["/a"] = reply(200, article(FIRST, SECOND), ETag='"v1"')
    submit(
        Incoming(kind=Submission.Kind.LINK, channel=Submission.Channel.API, label="a", url=local.url("/a"))
    )
    pipeline.drain()
    return Article.objects.get()


def look(when: timedelta | None = None) -> str:
    """One round of beat and workers; only when the look is due."""
    if when is None:
        Watch.objects.update(due_at=timezone.now())
    assert rechecking.start_due() == 1
    step = Step.objects.get(kind="recheck")
    pipeline.run(step.pk, "test")
    pipeline.drain()
    step.refresh_from_db()
    assert step.state == "done"
    return step.note


def test_young_articles_are_looked_at_often_and_old_ones_rarely_and_not_for_ever(watched, local: Site, clock):
    local.routes["/a"] = reply(304)
    looks, gaps = 0, []
    while (due := Watch.objects.get().due_at) is not None:
        gaps.append(due - timezone.now())
        clock.move_to(due)
        assert look(due) == "not changed"
        looks += 1
    assert gaps[0] <= timedelta(hours=2)
    assert gaps[-1] >= timedelta(days=25)
    assert 10 <= looks <= 40
    assert rechecking.start_due() == 0


def test_it_is_asked_with_its_validators_and_nothing_new_makes_no_revision(watched, local: Site):
    local.routes["/a"] = reply(304)
    assert look() == "not changed"
    assert local.requests[-1][1]["if-none-match"] == '"v1"'
    assert (Revision.objects.count(), Watch.objects.get().unchanged) == (1, 1)


def test_a_silent_edit_is_the_next_revision_and_the_article_counts_as_young_again(
    watched, local: Site, clock
):
    clock.shift(timedelta(days=60))
    local.routes["/a"] = reply(200, article(FIRST, SECOND.replace("340", "290")), ETag='"v2"')
    assert look() == "changed: revision 2"
    assert list(Revision.objects.order_by("number").values_list("number", "is_current")) == [
        (1, False),
        (2, True),
    ]
    row = Watch.objects.get()
    assert (row.etag, row.changed_at, row.unchanged) == ('"v2"', timezone.now(), 0)
    assert row.due_at <= timezone.now() + timedelta(hours=1)
    assert "340" in Revision.objects.get(number=1).text


def test_a_page_that_changes_by_itself_has_no_endless_revisions(watched, local: Site, clock):
    for number in range(1, 6):
        clock.shift(timedelta(hours=1))
        marks = (f"Updated {number} hours ago", f"{number}2 comments", FIRST.replace("’", "'"), SECOND + "  ")
        local.routes["/a"] = reply(200, article(*marks, title=f"Title {number}"))
        assert look() == "not changed"
    assert Revision.objects.count() == 1


def test_a_server_that_shows_one_of_two_texts_by_lot_has_no_endless_revisions(watched, local: Site, clock):
    for number in range(12):
        clock.shift(timedelta(hours=1))
        local.routes["/a"] = reply(
            200, article(FIRST, SECOND, LONG) if number % 2 else article(FIRST, SECOND)
        )
        look()
    assert Revision.objects.count() <= 5
    clock.shift(timedelta(hours=1))
    local.routes["/a"] = reply(200, article(FIRST, SECOND, LONG, "A third crane followed in May 2024."))
    assert look().startswith("changed")


@pytest.mark.parametrize(("status", "looks"), [(410, 1), (404, 3)])
def test_a_page_that_is_gone_is_not_asked_for_again(watched, local: Site, clock, status, looks):
    local.routes["/a"] = reply(status)
    for _ in range(looks):
        assert Watch.objects.get().gone_at is None
        clock.shift(timedelta(days=1))
        assert look().startswith(f"http-{status}")
    row = Watch.objects.get()
    assert (row.due_at, row.gone_at, row.error_code) == (None, timezone.now(), f"http-{status}")
    assert Revision.objects.count() == 1


def test_a_server_in_trouble_is_asked_more_and_more_rarely_and_forgiven(watched, local: Site, clock):
    local.routes["/a"] = reply(500)
    waits = []
    for _ in range(3):
        look()
        waits.append(Watch.objects.get().due_at - timezone.now())
    assert waits == sorted(waits) and waits[2] > 2 * waits[0]
    local.routes["/a"] = reply(304)
    look()
    assert (Watch.objects.get().failures, Watch.objects.get().error) == (0, "")


def test_what_a_wall_or_another_page_shows_is_no_edit(watched, local: Site):
    Revision.objects.all().delete()
    Submission.objects.all().delete()
    local.routes["/a"] = reply(200, article(FIRST, SECOND, LONG, LONG.replace("2023", "2022")))
    submit(
        Incoming(kind=Submission.Kind.LINK, channel=Submission.Channel.API, label="a", url=local.url("/a"))
    )
    pipeline.drain()
    local.routes["/a"] = reply(200, article(FIRST))
    assert look().startswith("cut-short")
    local.routes["/front"] = reply(200, article("The front page says that 12 ships came on Monday."))
    local.routes["/a"] = redirect("/front", 302)
    assert look().startswith("redirected")
    assert Revision.objects.count() == 1


def test_a_feed_that_says_edited_has_the_article_looked_at_soon_but_is_not_believed_for_ever(
    feed, local: Site, clock
):
    local.routes["/a"] = reply(200, article())

    def listed() -> bytes:
        updated = timezone.now().isoformat()
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>a</title><id>1</id>'
            f'<link href="{local.url("/a")}"/><published>2025-03-03T07:00:00Z</published>'
            f"<updated>{updated}</updated></entry></feed>"
        ).encode()

    looks = 0
    for _ in range(24 * 4):
        local.routes["/feed.xml"] = reply(200, listed(), "text/xml")
        feed.due_at = timezone.now()
        feed.save()
        polling.start_due()
        looks += rechecking.start_due()
        pipeline.drain()
        clock.shift(timedelta(minutes=15))
    assert 5 <= looks <= 15  # of 96 polls in a day, each with the entry as edited
    assert Revision.objects.count() == 1


def test_texts_handed_in_are_not_fetched(clock, local: Site):
    submit(
        Incoming(
            kind=Submission.Kind.TEXT,
            channel=Submission.Channel.API,
            label="a",
            payload=FIRST.encode(),
            url=local.url("/a"),
        )
    )
    pipeline.drain()
    assert not Watch.objects.exists()


def test_looking_again_can_be_turned_off(local: Site, clock, settings):
    settings.RECHECK_DAYS = 0
    local.routes["/a"] = reply(200, article())
    submit(
        Incoming(kind=Submission.Kind.LINK, channel=Submission.Channel.API, label="a", url=local.url("/a"))
    )
    pipeline.drain()
    assert Watch.objects.get().due_at is None


def test_an_empty_feed_costs_no_look(feed, local: Site):
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml")
    polling.start_due()
    pipeline.drain()
    assert rechecking.start_due() == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It fell.\n\nUpdated 3 minutes ago", "It fell.\n\nLast updated: 4 March", True),
        ("It fell.\n12 comments", "It  fell.\n13 comments", True),
        (
            "It fell.\nUpdated: Wednesday 26 November 2025 14:05 GMT",
            "It fell.\nPosted on 3 May at 3 pm",
            True,
        ),
        ("Share · 12 comments · 3 min read\nIt fell.", "It fell.", True),
        ("“It fell”, he said.", '"It fell", he said.', True),
        ("It fell by 3%.", "It fell by 4%.", False),
        ("The figures were updated on Monday.", "The figures were updated on Tuesday.", False),
        ("Published figures fell by 3 percent", "Published figures fell by 4 percent", False),
    ],
)
def test_what_a_reader_would_call_the_same_text(one, other, same):
    assert (gist(one) == gist(other)) is same


@hypothesis_settings(max_examples=100)
@given(st.text(max_size=200))
def test_the_gist_of_a_gist_is_the_same(text):
    assert gist(gist(text)) == gist(text)

"""Feeds over weeks: what is new is taken once, what churns is not, and what is gone is paused."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims import pipeline
from claims.fetching import Unreadable
from claims.models import Article, Feed, FeedEvent, Revision, Step, Submission
from claims.services import feeds, polling
from claims.services.feeds import CannotKeep, add_feed, edit_feed, pause, resume, try_feed
from claims.services.submitting import Incoming, submit
from tests import factories as make
from tests.claims.feeds.pages import FIRST, SECOND, article, item, rss
from tests.claims.fetching.conftest import Site, redirect, reply
from verification.services.removing import remove_article

pytestmark = pytest.mark.django_db


def poll(feed: Feed, *, fetching: bool = False) -> str:
    """One round of beat and workers when the feed is due. Returns the note of the poll."""
    Feed.objects.filter(pk=feed.pk).update(due_at=timezone.now())
    assert polling.start_due() == 1
    step = Step.objects.get(kind="poll", feed=feed)
    pipeline.run(step.pk, "test")
    if fetching:
        pipeline.drain()
    feed.refresh_from_db()
    step.refresh_from_db()
    assert step.state == "done"
    return step.note


def test_new_entries_are_handed_in_once_under_the_name_of_the_source(feed, local: Site):
    local.routes["/1"] = reply(200, article(FIRST))
    local.routes["/2"] = reply(200, article(FIRST.replace("Skarn", "Ellery"), SECOND))
    local.routes["/feed.xml"] = reply(200, rss([item(local.url("/1")), item(local.url("/2"))]), "text/xml")
    assert poll(feed, fetching=True) == "2 entries, 2 new, 0 edited"
    assert (
        sorted(Article.objects.values_list("source__name", "revisions__number")) == [("Skarn Courier", 1)] * 2
    )
    assert Submission.objects.filter(feed=feed, channel="feed").count() == 2
    assert poll(feed) == "not changed"
    assert Submission.objects.count() == 2
    assert (feed.taken, feed.format, feed.title, feed.new_at) == (2, "rss", "Skarn", timezone.now())


def test_what_a_person_removed_comes_back_by_a_person_and_by_no_feed(feed, local: Site):
    local.routes["/1"] = reply(200, article(FIRST))
    first = item(local.url("/1"))
    local.routes["/feed.xml"] = reply(200, rss([first]), "text/xml")
    poll(feed, fetching=True)
    lead = make.UserFactory(permissions=["claims.delete_article"])
    remove_article(Article.objects.get().pk, actor=lead, reason="handed in by mistake")
    local.routes["/2"] = reply(200, article(SECOND))
    local.routes["/feed.xml"] = reply(200, rss([item(local.url("/2")), first]), "text/xml")
    assert poll(feed, fetching=True) == "2 entries, 1 new, 0 edited"
    assert [row.url for row in Article.objects.all()] == [local.url("/2")]
    link = Incoming(
        Submission.Kind.LINK, Submission.Channel.ADMIN, local.url("/1"), url=local.url("/1"), source="Other"
    )
    again, new = submit(link, by=lead)
    assert (new, again.feed, again.submitted_by) == (True, feed, lead)
    assert submit(link, by=lead) == (again, False)
    pipeline.drain()
    assert Article.objects.get(url=local.url("/1")).source.name == "Other"
    assert Submission.objects.count() == 2


def test_a_feed_that_a_person_hands_in_again_brings_what_is_new_and_not_what_was_removed(local: Site, db):
    lead = make.UserFactory(permissions=["claims.delete_article"])
    local.routes["/1"], local.routes["/2"] = reply(200, article(FIRST)), reply(200, article(SECOND))
    address = local.url("/feed.xml")
    link = Incoming(Submission.Kind.LINK, Submission.Channel.ADMIN, address, url=address)
    local.routes["/feed.xml"] = reply(200, rss([item(local.url("/1"))]), "text/xml")
    submit(link, by=lead)
    pipeline.drain()
    remove_article(Article.objects.get().pk, actor=lead, reason="handed in by mistake")
    both = [item(local.url("/1")), item(local.url("/2"))]
    local.routes["/feed.xml"] = reply(200, rss(both), "text/xml")
    assert submit(link, by=lead)[1]
    pipeline.drain()
    assert [row.url for row in Article.objects.all()] == [local.url("/2")]


def test_entries_that_churn_are_no_news(feed, local: Site, clock):
    local.routes["/1"] = reply(200, article())
    local.routes["/2"] = reply(200, article(FIRST))
    urls = [local.url("/1"), local.url("/2")]
    local.routes["/feed.xml"] = reply(200, rss(map(item, urls)), "text/xml")
    poll(feed, fetching=True)
    assert Revision.objects.count() == 2
    for number in range(5):
        clock.shift(timedelta(hours=1))
        churned = [
            item(
                f"{url}?utm_source=rss{number}&fbclid={number}#x",
                f"Edited title {number}",
                guid=f"{number}-{url}",
            )
            for url in reversed(urls)
        ]
        local.routes["/feed.xml"] = reply(200, rss(churned), "text/xml")
        assert poll(feed, fetching=True) == "2 entries, 0 new, 0 edited"
    assert (Submission.objects.count(), Revision.objects.count(), Article.objects.count()) == (2, 2, 2)


def test_a_feed_is_asked_with_its_validators(feed, local: Site):
    validators = {"ETag": '"v1"', "Last_Modified": "Mon, 03 Mar 2025 09:00:00 GMT"}
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml", **validators)
    poll(feed)
    local.routes["/feed.xml"] = reply(304)
    assert poll(feed) == "not changed"
    _, headers = local.requests[-1]
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Mon, 03 Mar 2025 09:00:00 GMT"
    assert (feed.etag, feed.failures) == ('"v1"', 0)


def test_polling_adapts_between_its_bounds_and_the_jitter_is_the_rows_own(feed, local: Site, clock):
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml")
    quiet = []
    for _ in range(20):
        poll(feed)
        quiet.append(feed.interval)
        wait = (feed.due_at - timezone.now()).total_seconds()
        assert 0.9 * feed.interval <= wait <= 1.1 * feed.interval
        clock.move_to(feed.due_at)
    assert quiet == sorted(quiet)
    assert quiet[-1] == feed.interval_max
    for number in range(10):
        local.routes[f"/{number}"] = reply(200, article())
        local.routes["/feed.xml"] = reply(200, rss([item(local.url(f"/{number}"))]), "text/xml")
        poll(feed)
    assert feed.interval == feed.interval_min
    local.routes["/feed.xml"] = reply(200, rss([item(local.url("/99"))], "<ttl>60</ttl>"), "text/xml")
    poll(feed)
    assert feed.interval == 3600


def test_the_same_row_is_due_at_the_same_moment(feed, local: Site):
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml")
    Feed.objects.filter(pk=feed.pk).update(seed=7)
    other = add_feed(local.url("/other.xml"), feed.source, actor=None)
    local.routes["/other.xml"] = local.routes["/feed.xml"]
    Feed.objects.filter(pk=other.pk).update(seed=7, due_at=timezone.now() + timedelta(days=1))
    poll(feed)
    Feed.objects.filter(pk=feed.pk).update(due_at=feed.due_at)
    poll(other)
    assert feed.due_at == other.due_at
    Feed.objects.filter(pk=feed.pk).update(seed=8, polls=0, interval=900)
    before = feed.due_at
    poll(feed)
    assert feed.due_at != before


def test_a_feed_that_moved_for_good_is_followed_with_an_event(feed, local: Site):
    local.routes["/feed.xml"] = redirect("/new.xml", 301)
    local.routes["/new.xml"] = reply(200, rss([]), "text/xml")
    poll(feed)
    assert feed.url == local.url("/new.xml")
    event = feed.events.first()
    assert (event.kind, event.before, event.after) == ("moved", local.url("/feed.xml"), local.url("/new.xml"))
    local.routes["/new.xml"] = redirect("/third.xml", 302)
    local.routes["/third.xml"] = reply(200, rss([]), "text/xml")
    poll(feed)
    assert feed.url == local.url("/new.xml")


def test_a_feed_that_moved_to_where_another_is_kept_is_paused(feed, local: Site):
    other = add_feed(local.url("/new.xml"), feed.source, actor=None)
    Feed.objects.filter(pk=other.pk).update(due_at=timezone.now() + timedelta(days=1))
    local.routes["/feed.xml"] = redirect("/new.xml", 308)
    local.routes["/new.xml"] = reply(200, rss([]), "text/xml")
    poll(feed)
    assert feed.paused_at is not None
    assert f"kept as feed {other.pk}" in feed.paused_reason


def test_a_feed_that_is_gone_is_paused_at_once_and_can_be_resumed(feed, local: Site):
    local.routes["/feed.xml"] = reply(410)
    assert poll(feed).startswith("http-410")
    assert "gone for good (410)" in feed.paused_reason
    assert feed.events.first().kind == "paused"
    assert polling.start_due() == 0
    assert resume(feed.pk, actor=None)
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml")
    assert poll(feed) == "0 entries, 0 new, 0 edited"
    assert (feed.paused_at, feed.failures, feed.error) == (None, 0, "")


def test_a_feed_that_fails_is_asked_more_rarely_and_paused_in_the_end(feed, local: Site, clock):
    local.routes["/feed.xml"] = reply(500)
    waits = []
    for _ in range(polling.MOST_FAILURES):
        assert feed.paused_at is None
        poll(feed)
        waits.append((feed.due_at - timezone.now()).total_seconds())
        clock.move_to(feed.due_at)
    assert waits[0] > feed.interval
    assert all(later > 1.5 * sooner for sooner, later in itertools.pairwise(waits[:5]))
    assert max(waits) <= 86_400
    assert f"{polling.MOST_FAILURES} failures one after another" in feed.paused_reason
    assert feed.error_code == "http-500"


def test_one_answer_makes_up_for_all_failures(feed, local: Site):
    local.routes["/feed.xml"] = reply(500)
    poll(feed)
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml")
    poll(feed)
    assert (feed.failures, feed.error_code) == (0, "")


def test_a_busy_server_says_when_to_come_again(feed, local: Site, clock):
    local.routes["/feed.xml"] = reply(503, Retry_After="7200")
    poll(feed)
    assert feed.due_at >= timezone.now() + timedelta(seconds=7200)


def test_robots_txt_is_heeded_and_told(feed, local: Site):
    local.routes["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /feed.xml\n", "text/plain")
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml")
    assert poll(feed).startswith("robots: ")
    assert feed.error_code == "robots"
    assert "/feed.xml" not in [path for path, _ in local.requests]


def test_old_entries_are_not_taken(feed, local: Site):
    entries = [item(local.url("/old"), day=1).replace("Mar 2025", "Jan 2024"), item(local.url("/new"))]
    local.routes["/feed.xml"] = reply(200, rss(entries), "text/xml")
    assert poll(feed) == "2 entries, 1 new, 0 edited"
    assert Submission.objects.get().url == local.url("/new")


def test_a_feed_of_feeds_ends(feed, local: Site):
    local.routes["/inner.xml"] = reply(200, rss([item(local.url("/inner2.xml"))]), "text/xml")
    local.routes["/feed.xml"] = reply(200, rss([item(local.url("/inner.xml"))]), "text/xml")
    poll(feed, fetching=True)
    assert Submission.objects.count() == 1
    assert Step.objects.get(kind="fetch").error_code == "feed-in-feed"


def test_an_index_keeps_its_newest_sitemaps_as_feeds(feed, local: Site):
    def index(*names: str) -> bytes:
        entries = "".join(f"<sitemap><loc>{local.url('/' + name)}</loc></sitemap>" for name in names)
        return f"<sitemapindex>{entries}</sitemapindex>".encode()

    local.routes["/feed.xml"] = reply(200, index("a.xml", "b.xml"), "text/xml")
    assert poll(feed) == "an index of 2 sitemaps, 2 of them new"
    news = f"<urlset><url><loc>{local.url('/1')}</loc><lastmod>2025-03-03</lastmod></url></urlset>"
    local.routes["/a.xml"] = reply(200, news.encode(), "text/xml")
    child = Feed.objects.get(url=local.url("/a.xml"))
    Feed.objects.exclude(pk=child.pk).update(due_at=timezone.now() + timedelta(days=1))
    assert poll(child) == "1 entries, 1 new, 0 edited"
    local.routes["/feed.xml"] = reply(200, index("a.xml"), "text/xml")
    Feed.objects.update(due_at=timezone.now() + timedelta(days=1))
    poll(feed)
    assert "does not list it any more" in Feed.objects.get(url=local.url("/b.xml")).paused_reason
    local.routes["/a.xml"] = reply(200, index("c.xml"), "text/xml")
    Feed.objects.update(due_at=timezone.now() + timedelta(days=1))
    assert poll(child).startswith("index-in-index")


def test_many_sitemaps_are_bounded(feed, local: Site):
    entries = "".join(f"<sitemap><loc>{local.url(f'/{n}.xml')}</loc></sitemap>" for n in range(400))
    local.routes["/feed.xml"] = reply(200, f"<sitemapindex>{entries}</sitemapindex>".encode(), "text/xml")
    poll(feed)
    assert feed.children.count() == polling.MOST_SITEMAPS


def test_a_json_feed_that_has_ended_is_paused(feed, local: Site):
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "expired": true, "items": []}'
    local.routes["/feed.xml"] = reply(200, body, "application/feed+json")
    poll(feed)
    assert "expired" in feed.paused_reason


def test_two_beats_start_a_poll_once(feed):
    assert polling.start_due() == 1
    assert polling.start_due() == 0


def test_a_poll_that_broke_counts_as_a_failure(feed, local: Site, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(polling, "read_feed", broken)
    local.routes["/feed.xml"] = reply(200, rss([]), "text/xml")
    polling.start_due()
    step = Step.objects.get(kind="poll")
    for _ in range(5):
        Step.objects.update(due_at=timezone.now())
        pipeline.run(step.pk, "test")
    step.refresh_from_db()
    assert step.state == "failed"
    Feed.objects.update(due_at=timezone.now())
    polling.start_due()
    feed.refresh_from_db()
    assert (feed.failures, feed.error_code) == (1, "unexpected")


def test_trying_a_feed_shows_what_would_be_taken_and_keeps_nothing(clock, local: Site):
    submit(
        Incoming(kind=Submission.Kind.LINK, channel=Submission.Channel.API, label="x", url=local.url("/1"))
    )
    entries = [
        item(local.url("/1")),
        item(local.url("/2")),
        item(local.url("/old"), day=1).replace("2025", "2020"),
    ]
    local.routes["/feed.xml"] = reply(200, rss(entries), "text/xml")
    trial = try_feed(local.url("/feed.xml"), backfill_days=7)
    assert [e.url for e in trial.new] == [local.url("/2")]
    assert [e.url for e in trial.known] == [local.url("/1")]
    assert [e.url for e in trial.left] == [local.url("/old")]
    assert (Feed.objects.count(), Submission.objects.count(), Step.objects.count()) == (0, 1, 1)
    local.routes["/page"] = reply(200, article())
    with pytest.raises(Unreadable, match="neither RSS, Atom, JSON Feed nor a sitemap"):
        try_feed(local.url("/page"), backfill_days=7)


def test_what_people_do_to_a_feed_stands_in_its_events(feed):
    lead = make.UserFactory()
    other = make.SourceFactory(name="Ellery Post")
    edit_feed(
        feed.pk, actor=lead, url=feed.url, source=other, interval_min=120, interval_max=240, backfill_days=1
    )
    pause(feed.pk, "too many copies", actor=lead)
    resume(feed.pk, actor=lead)
    told = [(e.kind, e.actor_id, e.reason) for e in feed.events.order_by("pk")]
    assert told == [
        ("added", None, ""),
        ("edited", lead.pk, ""),
        ("paused", lead.pk, "too many copies"),
        ("resumed", lead.pk, "was paused: too many copies"),
    ]
    feed.refresh_from_db()
    assert (feed.source, feed.interval) == (other, 240)
    with pytest.raises(DatabaseError), transaction.atomic():
        FeedEvent.objects.update(reason="never happened")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"interval_min": 5, "interval_max": 100}, "at least 60"),
        ({"interval_min": 600, "interval_max": 300}, "give the longer one"),
    ],
)
def test_a_feed_that_cannot_be_kept_is_refused_with_a_remedy(feed, options, says):
    with pytest.raises(CannotKeep, match=says):
        add_feed("https://other.example/feed", feed.source, actor=None, **options)
    with pytest.raises(CannotKeep, match="kept already"):
        add_feed(feed.url, feed.source, actor=None)
    with pytest.raises(CannotKeep, match="give a reason"):
        feeds.pause(feed.pk, " ", actor=None)
    with pytest.raises(Unreadable):
        add_feed("ftp://x.example/feed", feed.source, actor=None)

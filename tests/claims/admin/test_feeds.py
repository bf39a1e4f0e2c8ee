"""The feeds' pages: trying one out, adding it, pausing it, and who may."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Feed, Host, Submission
from claims.services import polling
from tests import factories as make
from tests.claims.feeds.conftest import clock, local  # noqa: F401 # pytest finds the fixtures here
from tests.claims.feeds.pages import item, rss
from tests.claims.fetching.conftest import Site, reply, site  # noqa: F401

pytestmark = pytest.mark.django_db
ADD = "/admin/claims/feed/add/"


@pytest.fixture
def fields(local: Site) -> dict[str, object]:  # noqa: F811
    local.routes["/feed.xml"] = reply(
        200, rss([item(local.url("/1"), "Cargo <b>falls</b>"), item(local.url("/2"), "Ferry")]), "text/xml"
    )
    source = make.SourceFactory(name="Skarn Courier")
    return {"url": local.url("/feed.xml"), "source": source.pk, "least": 5, "most": 60, "backfill_days": 7}


def person(*permissions: str) -> Client:
    client = Client()
    client.force_login(make.UserFactory(is_staff=True, permissions=list(permissions)))
    return client


def test_trying_shows_what_would_be_taken_and_adding_keeps_it(admin_client, fields, clock):  # noqa: F811
    page = admin_client.post(ADD, {**fields, "try": "1"}).content.decode()
    assert "2 would be taken" in page and "Ferry" in page
    assert "<b>falls" not in page
    assert (Feed.objects.count(), Submission.objects.count()) == (0, 0)
    shown = admin_client.post(ADD, fields, follow=True).content.decode()
    feed = Feed.objects.get()
    assert (feed.interval_min, feed.interval_max, feed.source.name) == (300, 3600, "Skarn Courier")
    assert feed.events.get().kind == "added"
    assert "Skarn Courier" in shown and "not yet" in shown


def test_what_is_no_feed_says_so_at_the_address(admin_client, fields, local: Site):  # noqa: F811
    local.routes["/feed.xml"] = reply(200, b"<html><body>no</body></html>")
    page = admin_client.post(ADD, {**fields, "try": "1"}).content.decode()
    assert "neither RSS, Atom, JSON Feed nor a sitemap" in page
    page = admin_client.post(ADD, {**fields, "least": 90, "most": 60}).content.decode()
    assert "give the longer one as the longest" in page
    assert not Feed.objects.exists()


def test_a_paused_feed_says_why_and_is_resumed_with_a_button(admin_client, fields, clock, local: Site):  # noqa: F811
    admin_client.post(ADD, fields)
    feed = Feed.objects.get()
    local.routes["/feed.xml"] = reply(410)
    polling.store_poll(feed.pk, polling.poll(feed.pk))
    page = admin_client.get(f"/admin/claims/feed/{feed.pk}/change/").content.decode()
    assert "gone for good (410)" in page
    assert "paused" in admin_client.get("/admin/claims/feed/?state=paused").content.decode()
    act = f"/admin/claims/feed/{feed.pk}/act/"
    admin_client.post(act, {"action": "resume"})
    feed.refresh_from_db()
    assert feed.paused_at is None
    assert "give a reason" in admin_client.post(act, {"action": "pause"}, follow=True).content.decode()
    admin_client.post(act, {"action": "pause", "reason": "only copies"})
    feed.refresh_from_db()
    assert feed.paused_reason == "only copies"


def test_settings_are_changed_through_an_event(admin_client, fields):
    admin_client.post(ADD, fields)
    feed = Feed.objects.get()
    admin_client.post(f"/admin/claims/feed/{feed.pk}/change/", {**fields, "most": 120})
    feed.refresh_from_db()
    assert feed.interval_max == 7200
    assert [e.kind for e in feed.events.all()] == ["edited", "added"]


def test_who_may_only_look_changes_nothing(admin_client, fields):
    admin_client.post(ADD, fields)
    feed = Feed.objects.get()
    reader = person("claims.view_feed")
    page = reader.get(f"/admin/claims/feed/{feed.pk}/change/")
    assert page.status_code == 200
    assert "Reason to pause" not in page.content.decode()
    for path in (ADD, f"/admin/claims/feed/{feed.pk}/change/", f"/admin/claims/feed/{feed.pk}/act/"):
        assert reader.post(path, {**fields, "action": "poll", "try": "1"}).status_code == 403
    assert person().get(f"/admin/claims/feed/{feed.pk}/change/").status_code == 403
    assert Host.objects.count() == 0


def test_the_list_takes_as_many_queries_for_many_feeds(admin_client, django_assert_max_num_queries):
    for number in range(30):
        Feed.objects.create(url=f"https://p{number}.example/feed", source=make.SourceFactory())
    with django_assert_max_num_queries(10):
        admin_client.get("/admin/claims/feed/")

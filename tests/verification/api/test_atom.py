"""A saved query as an Atom feed."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest

from tests.claims.api.calling import ROOT, as_admin, fault
from tests.factories import ClaimFactory, EventFactory, UserFactory

pytestmark = pytest.mark.django_db
ATOM = f"{ROOT}/claims/atom/"


def _entries(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert feed.version == "atom10" and not feed.bozo
    return list(feed.entries)


def test_a_feed_has_what_happened_to_the_claims_of_its_query_newest_first() -> None:
    disputed = ClaimFactory(standing__basis="conflicting", text="Fish & chips cost <5> euros.")
    EventFactory(claim=disputed, kind="detected")
    EventFactory(claim=ClaimFactory())
    EventFactory(
        claim=disputed,
        before="unverified: single_origin, current",
        after="disputed: conflicting, current",
        reason="1 independent origin for, 1 against",
        actor=UserFactory(username="ada"),
    )
    newest, oldest = _entries(as_admin().get(ATOM, {"status": "disputed"}))
    assert newest.title == "Disputed: Fish & chips cost <5> euros."
    assert (newest.author, newest.summary) == ("ada", "1 independent origin for, 1 against")
    assert newest.link.endswith(f"/admin/claims/claim/{disputed.pk}/change/")
    assert oldest.title.startswith("Detected: ")
    assert newest.id != oldest.id


def test_signs_in_a_reason_are_no_markup() -> None:
    EventFactory(claim=ClaimFactory(), reason="5 < 6 & <b>bold</b>")
    (entry,) = _entries(as_admin().get(ATOM))
    assert entry.summary == "5 &lt; 6 &amp; &lt;b&gt;bold&lt;/b&gt;", "as HTML, which a summary is"


def test_a_reader_that_has_the_feed_is_spared_it_until_something_happens() -> None:
    claim, api = ClaimFactory(), as_admin()
    EventFactory(claim=claim)
    first = api.get(ATOM)
    again = api.get(ATOM, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    ids = [entry.id for entry in _entries(first)]
    EventFactory(claim=claim)
    later = api.get(ATOM, HTTP_IF_NONE_MATCH=first["ETag"])
    assert [entry.id for entry in _entries(later)][1:] == ids, "entries keep their ids"


def test_any_reader_gets_atom_and_an_error_is_a_problem() -> None:
    assert _entries(as_admin().get(ATOM, HTTP_ACCEPT="text/html")) == []
    assert fault(as_admin().get(ATOM, {"status": "x"}))["field"] == "status"
    assert fault(as_admin().get(ATOM, {"cursor": "x"}))["field"] == "cursor"


def test_what_xml_cannot_hold_does_not_stop_the_feed() -> None:
    EventFactory(claim=ClaimFactory(text="Bells \x07 rang in Ostra."), reason="heard\x0btwice")
    (entry,) = _entries(as_admin().get(ATOM))
    assert entry.title.endswith("Bells � rang in Ostra.")
    assert as_admin().get(ATOM, {"unit": "a\x1db"}).status_code == 200

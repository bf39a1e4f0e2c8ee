"""Asking again: answers that need not be sent, requests that need not be done, and parts of answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from claims.models import Answered, Submission
from claims.services.answering import forget
from tests.claims.api.calling import ROOT, as_admin, fault, with_key
from tests.factories import TEXT, AdminFactory, MentionFactory, RevisionFactory, SourceFactory

pytestmark = pytest.mark.django_db
SUBMISSIONS = f"{ROOT}/submissions/"
SOURCES = f"{ROOT}/sources/"


def test_what_one_has_already_is_not_sent_again() -> None:
    api, source = as_admin(), SourceFactory()
    for address in (SOURCES, f"{SOURCES}{source.pk}/"):
        first = api.get(address)
        again = api.get(address, HTTP_IF_NONE_MATCH=f'"other", {first["ETag"]}')
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert api.get(address, HTTP_IF_NONE_MATCH=f"W/{first['ETag']}").status_code == 304
        assert api.head(address)["ETag"] == first["ETag"]
    source.kind = "agency"
    source.save()
    assert api.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_answers_are_each_clients_own() -> None:
    answer = as_admin().get(SOURCES)
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_a_text_that_stays_says_since_when_it_stands() -> None:
    revision, api = RevisionFactory(), as_admin()
    answer = api.get(f"{ROOT}/revisions/{revision.pk}/")
    since = answer["Last-Modified"]
    assert api.get(f"{ROOT}/revisions/{revision.pk}/", HTTP_IF_MODIFIED_SINCE=since).status_code == 304


def test_of_rows_only_the_fields_that_are_asked_for_are_told() -> None:
    api, mention = as_admin(), MentionFactory()
    (row,) = api.get(f"{ROOT}/mentions/", {"fields": "id,wording"}).json()["results"]
    assert row == {"id": mention.pk, "wording": mention.wording}
    page = api.get(f"{ROOT}/mentions/", {"fields": "id", "page_size": 1})
    assert page["Content-Type"] == "application/vnd.twosource.sparse+json"
    assert page.json()["next"] is None
    assert api.get(f"{ROOT}/articles/{mention.revision.article_id}/", {"fields": "text"}).json() == {
        "text": TEXT
    }
    claim = api.get(f"{ROOT}/claims/{mention.claim_id}/", {"fields": "status,relations"}).json()
    assert claim == {"status": "unverified", "relations": []}


@pytest.mark.parametrize("fields", ["idd", "id,,text", "id, text", "__class__"])
def test_a_field_that_there_is_not_is_refused(fields: str) -> None:
    found = fault(as_admin().get(SOURCES, {"fields": fields}))
    assert (found["field"], "publisher" in found["remedy"]) == ("fields", True)


def test_a_request_that_names_itself_is_done_once() -> None:
    api = as_admin()
    first = api.post(SUBMISSIONS, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY="7f3a")
    Submission.objects.all().delete()
    again = api.post(SUBMISSIONS, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY="7f3a")
    assert (again.status_code, again.json(), again["Location"]) == (202, first.json(), first["Location"])
    assert (again["Idempotent-Replayed"], "Idempotent-Replayed" in first) == ("true", False)
    assert not Submission.objects.exists(), "it was not done again"


def test_a_key_that_was_used_for_something_else_is_refused() -> None:
    api = as_admin()
    api.post(SUBMISSIONS, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY="7f3a")
    found = fault(api.post(SUBMISSIONS, {"text": "Another."}, HTTP_IDEMPOTENCY_KEY="7f3a"), 422)
    assert (found["where"], found["field"], found["value"]) == ("header", "Idempotency-Key", "7f3a")
    assert Submission.objects.count() == 1


def test_the_order_of_fields_does_not_make_another_request() -> None:
    api = as_admin()
    for sent in ('{"text": "a", "title": "b"}', '{"title": "b", "text": "a"}'):
        answer = api.post(SUBMISSIONS, sent, content_type="application/json", HTTP_IDEMPOTENCY_KEY="1")
        assert answer.status_code == 202


def test_what_was_refused_can_be_put_right_under_the_same_key() -> None:
    api = as_admin()
    assert api.post(SUBMISSIONS, {"text": " "}, HTTP_IDEMPOTENCY_KEY="1").status_code == 400
    assert api.post(SUBMISSIONS, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY="1").status_code == 202


def test_keys_are_each_accounts_own_and_forgotten_after_a_day() -> None:
    ada = AdminFactory()
    for api in (as_admin(), with_key("submit", owner=ada)):
        assert api.post(SUBMISSIONS, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY="1").status_code in (200, 202)
    assert Answered.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        again = with_key("submit", owner=ada).post(SUBMISSIONS, {"text": "New."}, HTTP_IDEMPOTENCY_KEY="1")
        assert again.status_code == 202
        assert forget() == 1
    assert Answered.objects.get().asked_by == ada


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 201])
def test_a_key_that_is_none_is_refused(key: Any) -> None:
    answer = as_admin().post(SUBMISSIONS, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY=key)
    assert fault(answer)["code"] == "bad_key"


def test_a_batch_that_names_itself_is_done_once() -> None:
    api = as_admin()
    sent = [{"text": TEXT}, {"text": " "}]
    first, again = (api.post(SUBMISSIONS, sent, HTTP_IDEMPOTENCY_KEY="1") for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (207, 207, first.json())

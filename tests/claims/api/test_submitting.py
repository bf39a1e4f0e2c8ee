"""Handing articles in, alone and by the list."""

from __future__ import annotations

from typing import Any

import pytest

from claims import pipeline
from claims.models import Step, Submission
from tests.claims.api.calling import ROOT, as_admin, fault, ids
from tests.factories import TEXT, RevisionFactory, StepFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
SUBMISSIONS = f"{ROOT}/submissions/"
LINK = {"url": "https://harbour-post.example/news/cargo"}


def test_a_text_is_taken_in_and_says_where_to_watch_it() -> None:
    api = as_admin()
    answer = api.post(SUBMISSIONS, {"text": TEXT, "title": "Cargo falls", "source": "Harbour Post"})
    assert answer.status_code == 202
    body = answer.json()
    assert body["state"] == "received"
    assert (body["kind"], body["channel"], body["label"]) == ("text", "api", "Cargo falls")
    assert body["article"] is None
    assert [step["kind"] for step in body["steps"]] == ["fetch"]
    watched = api.get(answer["Location"])
    assert watched.status_code == 200
    assert watched.json() == body


def test_what_comes_of_a_submission_can_be_followed_to_its_claims() -> None:
    api = as_admin()
    sent = {"text": TEXT, "source": "Harbour Post", "published": "2025-06-02T08:00:00+02:00"}
    where = api.post(SUBMISSIONS, sent)["Location"]
    pipeline.drain()
    body = api.get(where).json()
    assert body["state"] == "done"
    assert [step["kind"] for step in body["steps"]] == ["fetch", "extract", "crosscheck"]
    article = api.get(f"{ROOT}/articles/{body['article']['id']}/").json()
    assert article["text"] == TEXT
    assert article["published"] == "2025-06-02T06:00:00Z"
    for mention in article["mentions"]:
        assert TEXT[mention["start"] : mention["end"]] == mention["text"]
        assert api.get(f"{ROOT}/claims/{mention['claim']}/").json()["mentions"][0]["id"] == mention["id"]
    assert article["mentions"]


def test_a_link_alone_is_fetched_and_beside_a_text_it_is_the_address() -> None:
    api = as_admin()
    assert api.post(SUBMISSIONS, LINK).json()["kind"] == "link"
    assert api.post(SUBMISSIONS, {**LINK, "text": TEXT}).json()["kind"] == "text"
    assert api.post(SUBMISSIONS, {**LINK, "html": f"<p>{TEXT}"}).json()["kind"] == "html"


def test_who_handed_it_in_is_kept() -> None:
    api = as_admin()
    api.post(SUBMISSIONS, LINK)
    submission = Submission.objects.get()
    assert submission.submitted_by is not None
    assert submission.submitted_by.username.startswith("admin")


def test_the_same_again_is_the_same_submission() -> None:
    api = as_admin()
    first = api.post(SUBMISSIONS, {"text": TEXT})
    again = api.post(SUBMISSIONS, {"text": TEXT})
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json()["id"] == first.json()["id"]
    assert again["Location"] == first["Location"]


def test_the_same_link_in_another_spelling_is_the_same_submission() -> None:
    api = as_admin()
    first = api.post(SUBMISSIONS, LINK).json()
    again = api.post(
        SUBMISSIONS, {"url": "HTTPS://Harbour-Post.example:443/news/cargo?utm_source=x#top"}
    ).json()
    assert again["id"] == first["id"]


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    api = as_admin()
    first = api.post(SUBMISSIONS, {"text": TEXT, "published": "2025-02-18T09:30:00Z"}).json()
    again = api.post(SUBMISSIONS, {"text": TEXT, "published": "2025-02-18T10:30:00+01:00"}).json()
    assert again["id"] == first["id"]


def test_what_had_failed_is_tried_again() -> None:
    api = as_admin()
    first = api.post(SUBMISSIONS, LINK).json()
    Step.objects.update(state="failed", error="no such page", error_code="http-404")
    assert api.get(f"{SUBMISSIONS}{first['id']}/").json()["error"] == {
        "code": "http-404",
        "message": "no such page",
    }
    again = api.post(SUBMISSIONS, LINK)
    assert again.status_code == 200
    assert (again.json()["state"], again.json()["error"]) == ("received", None)


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({}, "text", "not_one_content"),
        ({"title": "Cargo falls"}, "text", "not_one_content"),
        ({"text": TEXT, "html": TEXT}, "html", "not_one_content"),
        ({"text": " \n\t"}, "text", "empty_text"),
        ({"html": ""}, "html", "empty_text"),
        ({"text": ["a"]}, "text", "invalid"),
        ({"text": None}, "text", "null"),
        ({"text": 20250218}, "text", "invalid"),
        ({"text": TEXT, "title": 7}, "title", "invalid"),
        ({"text": "a\x00b"}, "text", "null_characters_not_allowed"),
        ({"url": "ftp://harbour-post.example/a"}, "url", "bad-url"),
        ({"url": "harbour-post.example"}, "url", "bad-url"),
        ({"url": "https://user:secret@harbour-post.example/"}, "url", "bad-url"),
        ({"url": "https://[::1/"}, "url", "bad-url"),
        ({"url": "https://harbour-post.example/" + "é" * 329 + "a" * 10}, "url", "max_length"),
        ({"url": "https://harbour-post.example/" + "a" * 2000}, "url", "max_length"),
        ({"text": TEXT, "published": "2025-02-18"}, "published", "no_timezone"),
        ({"text": TEXT, "published": "2025-02-18T09:30:00"}, "published", "no_timezone"),
        ({"text": TEXT, "published": "yesterday"}, "published", "not_a_moment"),
        ({"text": TEXT, "published": "2025-02-30T09:30:00Z"}, "published", "not_a_moment"),
        ({"text": TEXT, "published": "0001-01-01T00:00:00+14:00"}, "published", "not_a_moment"),
        ({"text": TEXT, "title": "x" * 501}, "title", "max_length"),
        ({"text": TEXT, "headline": "x"}, "headline", "unknown_field"),
    ],
)
def test_a_refusal_names_field_value_and_remedy(sent: dict[str, Any], field: str, code: str) -> None:
    found = fault(as_admin().post(SUBMISSIONS, sent))
    assert (found["where"], found["field"], found["code"]) == ("body", field, code)
    assert found["message"]
    if isinstance(sent.get(field), str) and len(sent[field]) <= 200:
        assert found["value"] == sent[field]
    assert not Submission.objects.exists()


def test_all_that_is_wrong_is_named_at_once() -> None:
    answer = as_admin().post(SUBMISSIONS, {"url": "nowhere", "published": "yesterday", "title": "x" * 501})
    assert {error["field"] for error in answer.json()["errors"]} == {"url", "published", "title"}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"text": NaN}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 100_000,
        b'{"text": "\xed\xa0\x80"}',
        b"\xff",
        b'"a"',
        b"7",
    ],
)
def test_what_is_no_article_is_refused_as_a_whole(body: bytes) -> None:
    answer = as_admin().post(SUBMISSIONS, body, content_type="application/json")
    assert fault(answer)["field"] == ""


@pytest.mark.parametrize("body", [b'{"text": "\\ud800"}', b'{"text": "a", "\\ud800": 1}'])
def test_half_a_character_is_refused_and_can_still_be_shown(body: bytes) -> None:
    assert fault(as_admin().post(SUBMISSIONS, body, content_type="application/json"))


def test_a_form_is_not_json() -> None:
    answer = as_admin().post(SUBMISSIONS, "text=a", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")


def test_a_text_that_is_too_large_is_refused(settings: Any) -> None:
    settings.MAX_ARTICLE_BYTES = 100
    found = fault(as_admin().post(SUBMISSIONS, {"text": "é" * 51}), 413)
    assert (found["field"], found["code"]) == ("text", "too_large")
    assert "102 bytes" in found["message"]
    assert as_admin().post(SUBMISSIONS, {"text": "é" * 50}).status_code == 202


def test_a_request_that_is_too_large_is_not_read_to_its_end(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert fault(as_admin().post(SUBMISSIONS, {"text": "a" * 1000}), 413)["code"] == "too_large"


def test_a_list_is_taken_in_article_by_article() -> None:
    answer = as_admin().post(SUBMISSIONS, [LINK, {"text": TEXT}, LINK])
    assert answer.status_code == 202
    results = answer.json()["results"]
    assert [result["status"] for result in results] == [202, 202, 200]
    assert results[0]["submission"]["id"] == results[2]["submission"]["id"]
    assert all(result["problem"] is None for result in results)


def test_one_bad_article_does_not_keep_the_others_out(settings: Any) -> None:
    settings.MAX_ARTICLE_BYTES = 1000
    sent = [{"text": " "}, {"text": TEXT}, {"text": "a" * 1001}, "a string", LINK]
    answer = as_admin().post(SUBMISSIONS, sent)
    assert answer.status_code == 207
    results = answer.json()["results"]
    assert [result["status"] for result in results] == [400, 202, 413, 400, 202]
    assert results[0]["problem"]["errors"][0]["field"] == "text"
    assert results[0]["submission"] is None
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(("sent", "status"), [("é" * 600, 413), (" ", 400)])
def test_a_list_of_which_each_is_refused_is_refused(sent: str, status: int, settings: Any) -> None:
    settings.MAX_ARTICLE_BYTES = 1000
    answer = as_admin().post(SUBMISSIONS, [{"text": sent}, {"text": "é" * 600, "title": "Cargo falls"}])
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == ["0.text", "1.text"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (101, "too_many")])
def test_a_list_has_one_to_a_hundred_articles(size: int, code: str) -> None:
    assert fault(as_admin().post(SUBMISSIONS, [LINK] * size))["code"] == code


def test_a_list_costs_the_same_queries_for_each_article(django_assert_max_num_queries: Any) -> None:
    api = as_admin()
    with django_assert_max_num_queries(2 + 5 + 12 * 20):
        api.post(SUBMISSIONS, [{"text": f"{TEXT} {n}"} for n in range(20)])


def test_submissions_can_be_found_by_their_state() -> None:
    waiting = SubmissionFactory()
    StepFactory(submission=waiting)
    failed = SubmissionFactory(kind="link", url="https://harbour-post.example/a")
    StepFactory(submission=failed, state="failed", error="gone", error_code="http-410")
    done = SubmissionFactory(revision=RevisionFactory(), channel="cli")
    StepFactory(submission=done, state="done")
    api = as_admin()
    assert ids(api.get(SUBMISSIONS)) == [done.pk, failed.pk, waiting.pk]
    assert ids(api.get(SUBMISSIONS, {"state": "failed"})) == [failed.pk]
    assert ids(api.get(SUBMISSIONS, {"state": "received,done"})) == [done.pk, waiting.pk]
    assert ids(api.get(SUBMISSIONS, {"channel": "cli"})) == [done.pk]
    assert ids(api.get(SUBMISSIONS, {"kind": "link"})) == [failed.pk]

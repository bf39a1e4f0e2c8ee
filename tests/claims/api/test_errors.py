"""Errors are problems (RFC 9457), also those that nobody foresaw."""

from __future__ import annotations

from typing import Any

import pytest

from claims.api import views
from tests.claims.api.calling import ROOT, as_admin, fault

pytestmark = pytest.mark.django_db


def test_a_server_error_is_a_problem_that_tells_nothing_of_the_inside(monkeypatch: Any) -> None:
    def broken(article_id: int) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(views, "reading", broken)
    api = as_admin()
    api.raise_request_exception = False
    answer = api.get(f"{ROOT}/articles/1/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize("number", [2**63, 10**19 - 1])
def test_there_is_nothing_at_a_number_that_no_row_can_have(number: int) -> None:
    api = as_admin()
    for name in ("articles", "claims", "imports", "mentions", "relations", "submissions", "webhooks"):
        assert api.get(f"{ROOT}/{name}/{number}/").status_code == 404
    for name in ("lease", "moves", "verdicts", "verdicts/undo"):
        assert api.post(f"{ROOT}/claims/{number}/{name}/", {}, HTTP_IF_MATCH='"1"').status_code == 404


def test_a_representation_that_there_is_not_is_a_problem() -> None:
    answer = as_admin().get(f"{ROOT}/sources/", HTTP_ACCEPT="text/html")
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")


def test_a_problem_says_what_kind_it_is_and_what_to_do() -> None:
    body = as_admin().get(f"{ROOT}/sources/", {"kind": "shop"}).json()
    assert body["type"] == "urn:twosource:problem:bad-request"
    assert body["title"]
    assert body["detail"].startswith("kind: shop is not one of outlet, agency")
    assert body["remedy"]


def test_an_address_with_a_line_break_in_it_is_a_problem_too() -> None:
    for path in ("nothing%0A/", "webhooks/a%0Ab/rotate/"):
        answer = as_admin().post(f"{ROOT}/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_list_of_words_with_nothing_between_two_commas_is_refused() -> None:
    for words in (",", "unverified,", "unverified,,disputed"):
        assert fault(as_admin().get(f"{ROOT}/claims/", {"status": words}))["field"] == "status"

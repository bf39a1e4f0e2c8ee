"""The page that everybody may see of a published claim."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AssessmentFactory,
    ClaimFactory,
    ComparisonFactory,
    MentionFactory,
    OriginFactory,
    OriginMemberFactory,
    PublishedClaimFactory,
    RelationFactory,
    VerdictFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.PUBLIC_PAGES = True
    settings.PUBLISHER_NAME = "The Checkers"


def _page(claim: Any) -> Any:
    return Client().get(f"/claims/{claim.pk}")


def _data(page: Any) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.S)
    return dict(json.loads(block))


def test_a_page_tells_the_verdict_its_reason_and_its_origins() -> None:
    claim = PublishedClaimFactory(standing__verdict="refuted")
    VerdictFactory(
        claim=claim,
        word="refuted",
        note="The port's own books say otherwise.",
        evidence=["https://port.example/books", "mention:3", "javascript:alert(1)"],
    )
    mention = MentionFactory(claim=claim)
    OriginMemberFactory(origin=OriginFactory(claim=claim), mention=mention)
    page = _page(claim)
    words = page.content.decode()
    assert page.status_code == 200
    assert claim.text in words
    assert "Refuted" in words
    assert "The port&#x27;s own books say otherwise." in words
    assert 'href="https://port.example/books"' in words
    assert "javascript:" not in words and "mention:3" not in words
    assert f"<blockquote>{mention.text}</blockquote>" in words
    assert f'href="{mention.revision.article.url}"' in words
    assert _data(page)["reviewRating"]["ratingValue"] == 1


def test_a_page_can_be_kept_by_anybody_and_sets_no_cookie() -> None:
    claim = PublishedClaimFactory()
    page = _page(claim)
    assert page["Cache-Control"] == "public, max-age=300"
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    again = Client().get(f"/claims/{claim.pk}", HTTP_IF_NONE_MATCH=page["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    OriginMemberFactory(origin=OriginFactory(claim=claim))
    assert Client().get(f"/claims/{claim.pk}", HTTP_IF_NONE_MATCH=page["ETag"]).status_code == 200
    assert "script-src 'self'" in page["Content-Security-Policy"]


def test_what_a_stranger_wrote_cannot_end_the_data_block() -> None:
    claim = PublishedClaimFactory(text='</script><script>alert("x")</script> & <!-- costs 5 euros')
    page = _page(claim)
    assert _data(page)["claimReviewed"] == claim.text
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("workflow", ["decided", "reopened", "retracted", "in_review"])
def test_what_is_not_published_is_not_there(workflow: str) -> None:
    claim = ClaimFactory(standing__verdict="refuted", standing__workflow=workflow)
    VerdictFactory(claim=claim, word="refuted")
    assert _page(claim).status_code == 404


def test_nothing_is_there_until_pages_are_switched_on(settings: Any) -> None:
    claim = PublishedClaimFactory()
    settings.PUBLIC_PAGES = False
    assert _page(claim).status_code == 404
    assert Client().get("/claims/99999999999999999999").status_code == 404


def test_a_merged_claim_leads_to_the_one_it_is_part_of() -> None:
    heir, private = PublishedClaimFactory(), ClaimFactory()
    page = _page(ClaimFactory(merged_into=heir, standing__workflow="merged_into"))
    assert (page.status_code, page["Location"]) == (302, f"/claims/{heir.pk}")
    assert _page(ClaimFactory(merged_into=private, standing__workflow="merged_into")).status_code == 404


def test_only_published_claims_are_named_beside_it() -> None:
    claim, shown, hidden = PublishedClaimFactory(), PublishedClaimFactory(), ClaimFactory()
    for other in (shown, hidden):
        comparison = ComparisonFactory(a=MentionFactory(claim=claim), b=MentionFactory(claim=other))
        one, two = sorted((claim, other), key=lambda row: row.pk)
        RelationFactory(comparison=comparison, a=one, b=two, relation="contradicts")
    words = _page(claim).content.decode()
    assert shown.text in words and f"/claims/{shown.pk}" in words
    assert hidden.text not in words


def test_a_verdict_that_waits_for_another_look_says_so() -> None:
    claim = PublishedClaimFactory(standing__needs_review=True, standing__freshness="superseded")
    words = _page(claim).content.decode()
    assert "New evidence has come in" in words and "A newer value is known" in words


def test_queries_do_not_grow_with_what_is_shown() -> None:
    claim = PublishedClaimFactory()
    AssessmentFactory(claim=claim)
    counts = []
    for number in (1, 2, 3):
        OriginMemberFactory(
            origin=OriginFactory(claim=claim, number=number), mention=MentionFactory(claim=claim)
        )
        with CaptureQueriesContext(connection) as queries:
            assert _page(claim).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[-1] <= 6

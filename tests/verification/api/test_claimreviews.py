"""Published verdicts as ClaimReview, and searched for as in Google's Fact Check Tools."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.claims.api.calling import ROOT, as_admin, fault
from tests.factories import ClaimFactory, EntityFactory, MentionFactory, PublishedClaimFactory, VerdictFactory
from verification.api import searching

pytestmark = pytest.mark.django_db
REVIEWS, SEARCH = f"{ROOT}/claimreviews/", f"{ROOT}/claims/search/"
SCALE = ["refuted", "mostly_refuted", "mixed", "mostly_supported", "supported"]


def _review(claim: Any) -> dict[str, Any]:
    answer = as_admin().get(f"{REVIEWS}{claim.pk}/")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/ld+json"
    return dict(answer.json())


def test_a_verdict_is_a_claim_review_with_what_search_engines_ask_for() -> None:
    claim = PublishedClaimFactory(standing__verdict="mostly_supported")
    speaker = EntityFactory(name="Mara Quist", kind="person")
    mention = MentionFactory(claim=claim, speaker=speaker)
    article = mention.revision.article
    review = _review(claim)
    assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
    assert review["claimReviewed"] == claim.text
    assert review["author"]["name"] == "Twosource"
    assert review["url"] == f"http://testserver{REVIEWS}{claim.pk}/"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Mostly supported",
        "ratingValue": 4,
        "worstRating": 1,
        "bestRating": 5,
    }
    item = review["itemReviewed"]
    assert item["author"] == {"@type": "Person", "name": "Mara Quist"}
    assert item["datePublished"] == "2025-02-18"
    assert [work["url"] for work in item["appearance"]] == [article.url]
    assert item["firstAppearance"]["publisher"]["name"] == article.source.name
    assert review["datePublished"] < review["expires"]


def test_the_truer_a_claim_the_higher_its_number() -> None:
    numbers = [_review(PublishedClaimFactory(standing__verdict=word))["reviewRating"] for word in SCALE]
    assert [rating["ratingValue"] for rating in numbers] == [1, 2, 3, 4, 5]
    assert (
        "ratingValue" not in _review(PublishedClaimFactory(standing__verdict="unverifiable"))["reviewRating"]
    )


def test_the_page_is_the_address_where_there_are_pages(settings: Any) -> None:
    settings.PUBLIC_PAGES = True
    claim = PublishedClaimFactory()
    assert _review(claim)["url"] == f"http://testserver/claims/{claim.pk}"


def test_what_is_not_published_is_in_no_feed_and_has_no_review() -> None:
    decided = ClaimFactory(standing__verdict="refuted", standing__workflow="decided")
    VerdictFactory(claim=decided, word="refuted")
    assert as_admin().get(f"{REVIEWS}{decided.pk}/").status_code == 404
    assert as_admin().get(REVIEWS).json()["dataFeedElement"] == []


def test_all_verdicts_are_one_feed_in_pages() -> None:
    claims = [PublishedClaimFactory() for _ in range(3)]
    first = as_admin().get(REVIEWS, {"page_size": 2})
    body = first.json()
    assert (body["@type"], len(body["dataFeedElement"])) == ("DataFeed", 2)
    assert body["dataFeedElement"][0]["item"][0]["claimReviewed"] == claims[2].text
    address = first["Link"].split(">")[0].removeprefix("<")
    second = as_admin().get(address)
    assert [e["item"][0]["claimReviewed"] for e in second.json()["dataFeedElement"]] == [claims[0].text]
    assert "Link" not in second


def _search(**given: Any) -> dict[str, Any]:
    answer = as_admin().get(SEARCH, given)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_fact_checks_are_found_by_words_in_the_shape_of_google() -> None:
    claim = PublishedClaimFactory(
        text="The harbour lost 12 percent of its cargo.", standing__verdict="refuted"
    )
    PublishedClaimFactory(text="A tram line opened.")
    ClaimFactory(text="The harbour lost a crane.")
    MentionFactory(claim=claim, speaker=EntityFactory(name="Mara Quist", kind="person"))
    (found,) = _search(query="harbour lost")["claims"]
    (review,) = found.pop("claimReview")
    assert found == {"text": claim.text, "claimant": "Mara Quist", "claimDate": "2025-02-18T00:00:00Z"}
    assert review["publisher"] == {"name": "Twosource", "site": "testserver"}
    assert (review["textualRating"], review["languageCode"]) == ("Refuted", "en")
    assert review["title"] == f"Refuted: {claim.text}"
    assert datetime.fromisoformat(review["reviewDate"]) <= datetime.now(UTC)


def test_a_search_is_narrowed_and_paged() -> None:
    claims = [PublishedClaimFactory() for _ in range(3)]
    first = _search(query="harbour", pageSize=2)
    assert [c["text"] for c in first["claims"]] == [claims[2].text, claims[1].text]
    second = _search(query="harbour", pageSize=2, pageToken=first["nextPageToken"])
    assert [c["text"] for c in second["claims"]] == [claims[0].text]
    assert "nextPageToken" not in second
    assert len(_search(query="harbour", offset=2)["claims"]) == 1
    assert _search(q="harbour")["claims"] == _search(query="harbour")["claims"]
    assert _search(query="harbour", q="tram")["claims"] == []
    assert len(_search(reviewPublisherSiteFilter="testserver")["claims"]) == 3
    assert _search(reviewPublisherSiteFilter="other.example")["claims"] == []
    assert len(_search(query="harbour", languageCode="en-US", maxAgeDays=2)["claims"]) == 3
    assert _search(query="harbour", languageCode="fr")["claims"] == []


def test_a_search_gives_no_token_that_it_would_not_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "FURTHEST", 2)
    for _ in range(4):
        PublishedClaimFactory()
    first = _search(query="harbour", pageSize=2)
    second = _search(query="harbour", pageSize=2, pageToken=first["nextPageToken"])
    assert len(second["claims"]) == 2 and "nextPageToken" not in second


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "query"), ({"query": "a", "pageSize": "0"}, "pageSize"), ({"query": "a", "pageToken": "x"}, "pageToken"),
     ({"query": "a", "maxAgeDays": "-1"}, "maxAgeDays"), ({"query": "a" * 501}, "query"), ({"q": "a" * 501}, "q"),
     ({"query": "a", "key": "x"}, "key")],
)  # fmt: skip
def test_a_search_that_cannot_be_done_is_refused(given: dict[str, str], field: str) -> None:
    assert fault(as_admin().get(SEARCH, given))["field"] == field

"""Others' fact checks over the API: taken in, read, and found beside our own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claims import pipeline
from tests.claims.api.calling import ROOT, as_admin, fault, with_key
from tests.verification.test_importing import CLAIM, review
from verification.models import ImportedReview

pytestmark = pytest.mark.django_db
IMPORTS = f"{ROOT}/imports/"


def _import(**sent: Any) -> Any:
    answer = as_admin().post(IMPORTS, sent)
    with pipeline.in_process():
        pipeline.drain()
    return answer


def test_a_review_is_taken_in_once_and_read_with_its_own_label() -> None:
    answer = _import(jsonld=review("Four lighthouses"))
    assert answer.status_code == 200, answer.content
    (new,) = answer.json()["results"]
    assert (new["status"], new["review"]["label"], new["problem"]) == (201, "Four lighthouses", None)
    (known,) = _import(jsonld=[review("Four lighthouses")]).json()["results"]
    assert (known["status"], known["review"]["id"]) == (200, new["review"]["id"])
    api = with_key("read")
    (listed,) = api.get(IMPORTS, {"publisher": "the checkers"}).json()["results"]
    assert listed == api.get(f"{IMPORTS}{listed['id']}/").json() == new["review"]
    (mention,) = api.get(f"{ROOT}/mentions/", {"article": listed["article"]}).json()["results"]
    assert (mention["attribution"], mention["speaker"]["name"]) == ("alleged", "Mara Quist")


def test_what_is_wrong_with_one_does_not_keep_the_others_out() -> None:
    page = (
        f'<script type="application/ld+json">{json.dumps([review("False"), review(url="ftp://x")])}</script>'
    )
    answer = _import(html=page)
    assert answer.status_code == 207
    good, bad = answer.json()["results"]
    assert (good["status"], good["review"]["bearing"]) == (201, "rejects")
    assert (bad["status"], bad["problem"]["errors"][0]["code"]) == (422, "no_review")
    assert ImportedReview.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field", "status"),
    [({}, "", 400), ({"jsonld": {}, "html": "a"}, "", 400), ([], "", 400),
     ({"jsonld": None}, "jsonld", 422),
     ({"jsonld": {"@type": "Recipe"}}, "jsonld", 422), ({"html": "<p>no data</p>"}, "html", 422),
     ({"jsonld": [review()] * 101}, "jsonld", 422), ({"jsonld": review(url="ftp://x")}, "jsonld.0", 422)],
)  # fmt: skip
def test_what_holds_no_review_is_refused(sent: Any, field: str, status: int) -> None:
    assert fault(as_admin().post(IMPORTS, sent), status)["field"] == field


@pytest.mark.parametrize(
    "odd",
    [
        {"url": "http://["},
        {"url": "https://"},
        {"author": {"name": "\u0000"}, "note": "a\u0000b"},
        {"reviewRating": {"ratingValue": 10**400, "worstRating": 1, "bestRating": 5}},
        {"about": json.loads("[" * 200 + "]" * 200)},
        {"claimReviewed": "…"},
    ],
)
def test_what_is_odd_is_taken_in_or_refused(odd: dict[str, Any]) -> None:
    answer = as_admin().post(IMPORTS, {"jsonld": review(**odd)})
    assert answer.status_code in (200, 422), answer.content


def test_a_search_shows_the_reviews_of_others() -> None:
    _import(
        jsonld=[review("False"), review("Wrong", url="https://other.example/7", author={"name": "Others"})]
    )
    search = f"{ROOT}/claims/search/"
    (found,) = as_admin().get(search, {"query": "harbour"}).json()["claims"]
    assert (found["text"], found["claimant"]) == (CLAIM, "Mara Quist")
    told = {
        (one["publisher"]["name"], one["publisher"]["site"]): one["textualRating"]
        for one in found["claimReview"]
    }
    assert told == {("The Checkers", "checkers.example"): "False", ("Others", "other.example"): "Wrong"}
    (theirs,) = as_admin().get(search, {"reviewPublisherSiteFilter": "other.example"}).json()["claims"]
    assert [one["publisher"]["name"] for one in theirs["claimReview"]] == ["Others"]
    for none in ({"maxAgeDays": "1"}, {"languageCode": "fr"}, {"query": "tram"}):
        assert as_admin().get(search, {"query": "harbour", **none}).json()["claims"] == []

"""Others' fact checks become evidence from their publishers."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from claims.models import Claim, Mention
from tests.factories import AdminFactory
from verification.foreign import Bearing, NoReview, find_reviews, read_page, read_review
from verification.models import ImportedReview
from verification.services.importing import import_review

CLAIM = "The harbour of Port Ellery handled 4.2 million tonnes of cargo in 2024."


def review(label: str = "False", **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checkers.example/port",
        "claimReviewed": CLAIM,
        "datePublished": "2025-02-20",
        "author": {"@type": "Organization", "name": "The Checkers"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Mara Quist"}},
        "reviewRating": {"@type": "Rating", "alternateName": label},
        **more,
    }


def rated(value: Any, worst: Any = None, best: Any = None) -> Bearing:
    rating = {
        "alternateName": "Two lighthouses",
        "ratingValue": value,
        "worstRating": worst,
        "bestRating": best,
    }
    return read_review(review(reviewRating=rating)).bearing


def _import(path: Path, data: Any) -> list[dict[str, Any]]:
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    out = io.StringIO()
    call_command("import_reviews", str(path), wait=True, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_label_is_kept_and_its_bearing_is_told_only_where_it_is_plain() -> None:
    assert read_review(review("Pants on Fire!")).label == "Pants on Fire!"
    assert read_review(review("Pants on Fire!")).bearing == Bearing.REJECTS
    assert read_review(review("Mostly true")).bearing == Bearing.AFFIRMS
    assert read_review(review("Missing context")).bearing == Bearing.NEITHER
    assert read_review(review("Two lighthouses")).bearing == Bearing.NEITHER
    assert [rated(n, 1, 5) for n in (1, 2, 3, 4, 5)] == [
        "rejects",
        "rejects",
        "neither",
        "affirms",
        "affirms",
    ]
    assert rated(1, 5, 1) == "affirms", "a scale may count the other way"
    assert rated("-1", "1", "5") == rated(3) == rated("x", 1, 5) == "neither"


def test_reviews_are_found_wherever_a_document_puts_them() -> None:
    one = review()
    feed = {"@type": ["DataFeed"], "dataFeedElement": [{"item": [one]}]}
    for document in (one, [one], {"@graph": [{"@type": "WebPage"}, one]}, feed):
        assert list(find_reviews(document)) == [one]
    block = '<script type="application/ld+json">{}</script>'
    page = f"<html>{block.format('{broken')}{block.format(json.dumps(one))}</html>"
    assert list(read_page(page)) == [one]
    assert list(read_page("")) == list(find_reviews(7)) == []


@pytest.mark.parametrize("lacking", ["url", "claimReviewed", "reviewRating"])
def test_what_lacks_an_address_a_claim_or_a_label_is_no_review(lacking: str) -> None:
    with pytest.raises(NoReview, match=lacking):
        read_review({**review(), lacking: None})


@pytest.mark.django_db
def test_a_review_that_rejects_a_claim_is_evidence_against_it(tmp_path: Path) -> None:
    known = tmp_path / "known.txt"
    known.write_text(CLAIM, "utf-8")
    call_command("ingest", str(known), wait=True, source="Harbour Post", published="2025-02-18T09:00:00Z")
    claim = Claim.objects.get()
    (told,) = _import(tmp_path / "feed.json", {"@type": "DataFeed", "dataFeedElement": [{"item": review()}]})
    assert (told["publisher"], told["label"], told["bearing"], told["new"]) == (
        "The Checkers",
        "False",
        "rejects",
        True,
    )
    row = ImportedReview.objects.get()
    assert row.raw == review()
    claim.standing.refresh_from_db()
    assert claim.standing.status == "disputed"
    assert claim.origins.filter(against=True).get().root == "The Checkers"


@pytest.mark.django_db
def test_a_review_is_imported_once_and_anew_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = '<script type="application/ld+json">{}</script>'
    _import(path, page.format(json.dumps(review())))
    assert [told["new"] for told in _import(path, page.format(json.dumps(review())))] == [False]
    _import(path, page.format(json.dumps(review("True"))))
    row = ImportedReview.objects.get()
    assert (row.label, row.bearing) == ("True", "affirms")
    (mention,) = Mention.objects.filter(revision__is_current=True)
    assert (mention.attribution, mention.negated) == ("asserted", False)


@pytest.mark.django_db
def test_a_review_that_changed_says_what_it_says_now_and_no_longer_what_it_said(tmp_path: Path) -> None:
    known, path = tmp_path / "known.txt", tmp_path / "page.json"
    known.write_text(CLAIM, "utf-8")
    call_command("ingest", str(known), wait=True, source="Harbour Post", published="2025-02-18T09:00:00Z")
    claim = Claim.objects.get()
    told = []
    for label in ("False", "True", "Missing context", "False", "False"):
        _import(path, review(label, itemReviewed={}, dateModified=str(len(told))))
        claim.standing.refresh_from_db()
        told.append(claim.standing.basis)
    assert told == ["conflicting", "multi_origin", "single_origin", "conflicting", "conflicting"]
    rejected = Claim.objects.exclude(pk=claim.pk).earliest("pk")
    moved = rejected.events.get(kind="source_changed")
    assert moved.reason == f"The Checkers says “{CLAIM}” instead of “It is not so that {CLAIM}”"
    revisions = ImportedReview.objects.get().revision.article.revisions
    assert [row.title.split(":")[0] for row in revisions.order_by("number")] == [
        "False",
        "True",
        "Missing context",
        "False",
    ]


@pytest.mark.django_db
def test_what_cannot_be_imported_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps([{"@type": "ClaimReview"}, review()]), "utf-8")
    told = io.StringIO()
    with pytest.raises(CommandError, match="1 could not be imported"):
        call_command("import_reviews", str(path), stdout=io.StringIO(), stderr=told)
    assert "review 1: url" in told.getvalue()
    assert ImportedReview.objects.count() == 1


@pytest.mark.django_db
def test_reviewers_see_the_label_of_the_publisher() -> None:
    row, _ = import_review(read_review(review("Two lighthouses")))
    client = Client()
    client.force_login(AdminFactory())
    for address in ("", f"{row.pk}/change/"):
        page = client.get(f"/admin/verification/importedreview/{address}")
        assert page.status_code == 200 and "Two lighthouses" in page.content.decode()

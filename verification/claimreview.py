"""Published verdicts as ClaimReview (schema.org), for search engines and those who gather fact checks.

https://schema.org/ClaimReview, with what Google asks of it
(https://developers.google.com/search/docs/appearance/structured-data/factcheck).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from claims.models import Mention
from verification.models.words import VerdictWord
from verification.selectors.published import Published

#: The more is true of a claim, the higher; what is on no scale of true and false has no number.
SCALE = {
    VerdictWord.SUPPORTED: 5,
    VerdictWord.MOSTLY_SUPPORTED: 4,
    VerdictWord.MIXED: 3,
    VerdictWord.MOSTLY_REFUTED: 2,
    VerdictWord.REFUTED: 1,
}
_CONTEXT = "https://schema.org"
_PERSON, _ORGANIZATION = "Person", "Organization"


def claim_review(found: Published, *, url: str, publisher: dict[str, str]) -> dict[str, Any]:
    """One ClaimReview.

    :param url: where the verdict can be read
    :param publisher: ``name`` and ``url`` of who publishes it
    """
    return {
        "@context": _CONTEXT,
        "@type": "ClaimReview",
        "@id": url,
        "url": url,
        "inLanguage": "en",
        "claimReviewed": found.claim.text,
        "datePublished": _day(found.published),
        "dateModified": found.changed.isoformat(),
        "expires": _day(found.expires),
        "author": {"@type": _ORGANIZATION, **publisher},
        "reviewRating": rating(VerdictWord(found.verdict.word)),
        "itemReviewed": _item(found.appearances),
        **({"reviewBody": found.verdict.note} if found.verdict.note else {}),
    }


def rating(word: VerdictWord) -> dict[str, Any]:
    """A Rating: ``alternateName`` for people, and a number from 1 (refuted) to 5 (supported) where there is one."""
    named = {"@type": "Rating", "alternateName": word.label.capitalize()}
    if word not in SCALE:
        return named
    return {**named, "ratingValue": SCALE[word], "worstRating": 1, "bestRating": 5}


def data_feed(
    reviews: Iterable[tuple[Published, dict[str, Any]]], *, name: str, modified: datetime
) -> dict[str, Any]:
    """A DataFeed of ClaimReviews, as the fact-check dumps of others are one."""
    elements = []
    for found, review in reviews:
        item = {key: value for key, value in review.items() if key != "@context"}
        elements.append(
            {
                "@type": "DataFeedItem",
                "dateCreated": found.published.isoformat(),
                "dateModified": found.changed.isoformat(),
                "item": [item],
            }
        )
    return {
        "@context": _CONTEXT,
        "@type": "DataFeed",
        "name": name,
        "dateModified": modified.isoformat(),
        "dataFeedElement": elements,
    }


def claimant(appearances: Iterable[Mention]) -> tuple[str, str]:
    """(type, name) of who makes the claim: the first speaker who is named, else the first outlet; "" if nobody."""
    mentions = list(appearances)
    for mention in mentions:
        if mention.speaker:
            return (_PERSON if mention.speaker.kind == "person" else _ORGANIZATION), mention.speaker.name
    return _ORGANIZATION, next((m.revision.article.source.name for m in mentions), "")


def claimed_on(appearances: Iterable[Mention]) -> date | None:
    """The day on which the claim was first made, as far as is known."""
    days = [m.revision.article.published_at for m in appearances if m.revision.article.published_at]
    return min(days).date() if days else None


def _item(appearances: tuple[Mention, ...]) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": "Claim"}
    kind, name = claimant(appearances)
    if name:
        item["author"] = {"@type": kind, "name": name}
    day = claimed_on(appearances)
    if day:
        item["datePublished"] = day.isoformat()
    works = list({m.revision.article_id: _work(m) for m in reversed(appearances)}.values())[::-1]
    if works:
        item["firstAppearance"], item["appearance"] = works[0], works
    return item


def _work(mention: Mention) -> dict[str, Any]:
    """The article in which the claim is made."""
    article = mention.revision.article
    work: dict[str, Any] = {"@type": "CreativeWork"}
    if article.url.startswith(("http://", "https://")):  # what was handed in as a text has no address
        work["url"] = article.url
    if mention.revision.title:
        work["headline"] = mention.revision.title
    if article.published_at:
        work["datePublished"] = article.published_at.isoformat()
    work["publisher"] = {"@type": _ORGANIZATION, "name": article.source.name}
    return work


def _day(moment: datetime) -> str:
    return moment.date().isoformat()

"""Taking in others' fact checks, as evidence from their publisher."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, time

from django.db import transaction

from claims import pipeline
from claims.extraction import VERSION, as_mention
from claims.extraction.types import Attribution, Mention
from claims.models import Article, Revision, Source
from claims.services import continuity
from claims.services.articles import Reading, revise
from claims.services.mentions import store_mentions
from verification.foreign import Bearing, ForeignReview
from verification.models import ImportedReview

#: what a review says; where only the rest of its document changed, it says what it said
_SAYS = ("label", "bearing", "claimant", "reviewed_on", "claimed_on")


def import_review(review: ForeignReview) -> tuple[ImportedReview, bool]:
    """Keep a review; returns it and whether it is new. The same address with the same claim is one review.

    What it says of the claim becomes a mention of its own article, and is cross-checked like any other: who affirms
    a claim asserts it, who rejects it asserts that it is not so, else it is the claimant's word that is passed on.
    A review that neither decides nor names a claimant is kept without bearing on anything. One that says something
    else now is the next revision of its article: what it said before no longer counts.
    """
    key = hashlib.sha256(f"{review.url}\n{review.claim}".encode()).hexdigest()[:16]
    known = ImportedReview.objects.filter(key=key).first()
    if known is not None and known.raw == review.raw:
        return known, False
    mention = _mention(review)
    with transaction.atomic():
        article = _article(review, key)
        known = ImportedReview.objects.filter(key=key).select_related("revision").first()
        revision = known.revision if known is not None and _same(known, review) else None
        if revision is None:
            revision = _revision(article, review)
            store_mentions({revision.pk: [mention] if mention else []}, VERSION)
            continuity.link(revision, ())
            if mention is not None or revision.number > 1:
                pipeline.enqueue("crosscheck", revision.pk)
        return _store(review, key, revision), known is None


def _same(known: ImportedReview, review: ForeignReview) -> bool:
    return all(getattr(known, name) == getattr(review, name) for name in _SAYS)


def _article(review: ForeignReview, key: str) -> Article:
    """The review's article, locked: one import of it at a time."""
    source, _ = Source.objects.get_or_create(name=review.publisher)
    url = f"{review.url}#claimreview-{key}"
    Article.objects.get_or_create(url=url, defaults={"source": source})
    article = Article.objects.select_for_update().get(url=url)
    day = review.reviewed_on
    article.source, article.published_at = source, datetime.combine(day, time(), UTC) if day else None
    article.save(update_fields=["source", "published_at"])
    return article


def _revision(article: Article, review: ForeignReview) -> Revision:
    title = f"{review.label}: {review.claim}"[:500]
    revision, _ = revise(article, Reading(text=review.claim, title=title), anew=True)
    return revision


def _store(review: ForeignReview, key: str, revision: Revision) -> ImportedReview:
    row, _ = ImportedReview.objects.update_or_create(
        key=key,
        defaults={
            "source": revision.article.source,
            "revision": revision,
            "url": review.url,
            "claim_text": review.claim,
            "claimant": review.claimant,
            "label": review.label,
            "bearing": review.bearing.value,
            "reviewed_on": review.reviewed_on,
            "claimed_on": review.claimed_on,
            "language": review.language,
            "raw": review.raw,
        },
    )
    return row


def _mention(review: ForeignReview) -> Mention | None:
    """The claim as the publisher stands to it, read with the day on which it was made."""
    read = as_mention(review.claim, published=review.claimed_on or review.reviewed_on)
    if review.bearing is Bearing.REJECTS:
        # Not as a denial: that is of what somebody else says in the same article.
        claim = f"It is not so that {review.claim}"
        return replace(
            read, claim=claim, negated=True, attribution=Attribution.ASSERTED, speaker=None, speaker_kind=""
        )
    if review.bearing is Bearing.AFFIRMS:
        return replace(read, attribution=Attribution.ASSERTED, speaker=None, speaker_kind="")
    if review.claimant:
        return replace(read, attribution=Attribution.ALLEGED, speaker=review.claimant, speaker_kind="other")
    return None

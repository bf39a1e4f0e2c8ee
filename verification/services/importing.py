"""Taking in others' fact checks, as evidence from their publisher."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, time

from django.db import transaction

from claims import pipeline
from claims.extraction import VERSION, as_mention
from claims.extraction.types import Attribution, Mention
from claims.models import Article, Source
from claims.services.articles import Reading, revise
from claims.services.mentions import store_mentions
from verification.foreign import Bearing, ForeignReview
from verification.models import ImportedReview


def import_review(review: ForeignReview) -> tuple[ImportedReview, bool]:
    """Keep a review; returns it and whether it is new. The same address with the same claim is one review.

    What it says of the claim becomes a mention of its own article, and is cross-checked like any other: who affirms
    a claim asserts it, who rejects it asserts that it is not so, else it is the claimant's word that is passed on.
    A review that neither decides nor names a claimant is kept without bearing on anything. One that was changed is
    taken anew.
    """
    key = hashlib.sha256(f"{review.url}\n{review.claim}".encode()).hexdigest()[:16]
    known = ImportedReview.objects.filter(key=key).first()
    if known is not None and known.raw == review.raw:
        return known, False
    mention = _mention(review)
    with transaction.atomic():
        row = _store(review, key)
        if mention is not None and row.revision is not None:
            pipeline.renew("crosscheck", row.revision.pk)
            store_mentions(row.revision, [mention], VERSION)
    return row, known is None


def _store(review: ForeignReview, key: str) -> ImportedReview:
    source, _ = Source.objects.get_or_create(name=review.publisher)
    day = review.reviewed_on
    article, _ = Article.objects.get_or_create(
        url=f"{review.url}#claimreview-{key}",
        defaults={"source": source, "published_at": datetime.combine(day, time(), UTC) if day else None},
    )
    title = f"{review.label}: {review.claim}"[:500]
    revision, _ = revise(article, Reading(text=review.claim, title=title))
    row, _ = ImportedReview.objects.update_or_create(
        key=key,
        defaults={
            "source": source,
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

"""Storing what was read as an article's revision."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from claims.fetching import registered_domain
from claims.models import Article, Publisher, Revision, Source, Submission

UNNAMED_SOURCE = "Unnamed source"


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read. ``url`` is canonical, "" for a text without an address."""

    text: str
    url: str = ""
    title: str = ""
    byline: str = ""
    published: datetime | None = None
    source: str = ""
    publisher: str = ""


@transaction.atomic
def store_reading(submission: Submission, reading: Reading) -> tuple[Revision, bool]:
    """Keep ``reading`` as the current revision of the article at its address.

    Returns the revision and whether it is new: a text that has not changed makes none. The submission
    is tied to it and its payload, which is no longer needed, let go.
    """
    article = _article(reading)
    digest = hashlib.sha256(reading.text.encode()).hexdigest()
    revision = article.revisions.filter(is_current=True).first()
    new = revision is None or revision.sha256 != digest
    if new:
        number = revision.number + 1 if revision else 1
        article.revisions.filter(is_current=True).update(is_current=False)
        revision = article.revisions.create(
            number=number,
            title=reading.title[:500],
            text=reading.text,
            length=len(reading.text),
            sha256=digest,
        )
    submission.revision = revision
    submission.payload = None
    submission.save(update_fields=["revision", "payload"])
    assert revision is not None
    return revision, new


def text_urn(reading: Reading) -> str:
    """The address of a text that came without one: the same for the same text of the same source."""
    identity = "\0".join((reading.source, reading.text))
    return f"urn:sha256:{hashlib.sha256(identity.encode()).hexdigest()}"


def _article(reading: Reading) -> Article:
    """The article at the reading's address, locked; made if there is none."""
    url = reading.url or text_urn(reading)
    article = Article.objects.select_for_update().filter(url=url).first()
    if article is None:
        article, _ = Article.objects.get_or_create(
            url=url,
            defaults={
                "source": _source(reading),
                "byline": reading.byline[:300],
                "published_at": reading.published,
            },
        )
    elif article.published_at is None and reading.published is not None:
        article.published_at = reading.published
        article.save(update_fields=["published_at"])
    return article


def _source(reading: Reading) -> Source:
    name = reading.source or (registered_domain(reading.url) if reading.url else "") or UNNAMED_SOURCE
    source, _ = Source.objects.get_or_create(name=name[:200])
    if reading.publisher and source.publisher_id is None:
        source.publisher, _ = Publisher.objects.get_or_create(name=reading.publisher[:200])
        source.save(update_fields=["publisher"])
    return source

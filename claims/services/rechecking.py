"""Looking at an article again, and keeping what has changed as its next revision."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from claims import extraction, pipeline
from claims.fetching import (
    Fetched,
    Readable,
    Unreadable,
    canonical_url,
    looks_like_feed,
    read_html,
    read_text,
)
from claims.fetching.sameness import gist
from claims.models import Article, Watch
from claims.pipeline import Done
from claims.services import watching
from claims.services.articles import Reading, revise
from claims.services.politeness import fetch_politely

MOST_AT_ONCE = 200
WALL = 0.6


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking: a reading, nothing new, or an error that says why there is none."""

    reading: Reading | None = None
    error: Unreadable | None = None


def start_due() -> int:
    """Start looking at the articles that are due. Returns how many."""
    due = watching.take_due(timezone.now(), MOST_AT_ONCE)
    for article_id in due:
        pipeline.enqueue("recheck", article_id, again=True)
    return len(due)


def look(article_id: int) -> Look:
    """Ask for the article again, with its validators. What goes wrong is part of the answer. May raise Later."""
    watch = Watch.objects.select_related("article").get(pk=article_id)
    url = watch.article.url
    try:
        answer = fetch_politely(url, as_robot=True, etag=watch.etag, modified=watch.last_modified)
        if answer.not_modified:
            return Look()
        if canonical_url(answer.url) != url and answer.moved_to is None:
            raise Unreadable(
                "redirected", f"{url!r} leads to {answer.url!r} now, which may be another page", True
            )
        readable = read_page(answer)
        refuse_foreign(readable.text)
    except Unreadable as error:
        return Look(error=error)
    return Look(
        Reading(
            text=readable.text,
            url=url,
            title=readable.title or "",
            etag=answer.etag or "",
            modified=answer.last_modified or "",
        )
    )


@transaction.atomic
def store_look(article_id: int, found: Look) -> Done:
    """Keep a changed text as a new revision. Where the article is gone, what it said is looked at again, too."""
    article = Article.objects.select_for_update().get(pk=article_id)
    watch = Watch.objects.select_for_update().get(pk=article_id)
    latest = article.revisions.order_by("-number").first()
    if found.error is not None:
        gone = watching.failed(watch, found.error.code, found.error.message, found.error.retry_after)
        note = f"{found.error.code}: {found.error.message}"
        return Done(note=note, revisions=(latest.pk,) if gone and latest else ())
    if found.reading is None:
        watching.watch(article, etag=watch.etag, modified=watch.last_modified, new=False)
        return Done(note="not changed")
    if latest is not None and cut_short(latest.text, found.reading.text):
        why = "only the beginning of the text is shown now, as before a wall of payment or consent"
        watching.failed(watch, "cut-short", why, None)
        return Done(note=f"cut-short: {why}")
    revision, new = revise(article, found.reading)
    watching.watch(article, etag=found.reading.etag, modified=found.reading.modified, new=new)
    if not new:
        return Done(note="not changed")
    return Done(note=f"changed: revision {revision.number}", revisions=(revision.pk,))


def cut_short(old: str, new: str) -> bool:
    """Whether ``new`` is but the beginning of ``old``, and less than :data:`WALL` of it."""
    before, after = gist(old), gist(new).rstrip(". …")
    return len(after) < WALL * len(before) and before.startswith(after)


def read_page(answer: Fetched) -> Readable:
    """The article in an answer. Raises Unreadable."""
    if looks_like_feed(answer.body):
        raise Unreadable("no-article", f"{answer.url!r} is a feed, not an article")
    if answer.content_type == "text/plain":
        return read_text(answer.body)
    return read_html(answer.body, answer.url, answer.charset)


def refuse_foreign(text: str) -> None:
    """Raise Unreadable, "not-english", unless ``text`` is in the language whose claims are extracted."""
    if not extraction.is_english(text):
        raise Unreadable(
            "not-english",
            "the text is not in English, the only language whose claims are extracted; hand in a translation",
        )

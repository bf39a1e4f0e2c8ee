"""The steps that ``claims`` adds to the pipeline: poll a feed, fetch a submission, look at an article again,
extract a revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import Length

from claims import extraction, pipeline
from claims.extraction.types import Mention
from claims.fetching import (
    FeedEntry,
    FeedFormat,
    Fetched,
    Readable,
    Unreadable,
    canonical_url,
    looks_like_feed,
    read_feed,
    read_html,
    read_text,
)
from claims.models import Revision, Submission
from claims.pipeline import stopping
from claims.services import continuity, polling, rechecking, webhooks
from claims.services.articles import Reading, store_readings
from claims.services.mentions import store_mentions
from claims.services.politeness import fetch_politely
from claims.services.rechecking import read_page, refuse_foreign
from claims.services.submitting import Incoming, submit

#: what needs no server of others, and so no turn and no time to speak of
AT_HAND = (Submission.Kind.TEXT, Submission.Kind.HTML)
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})


def register() -> None:
    pipeline.register(
        pipeline.StepKind(
            webhooks.KIND,
            subject="delivery",
            queue="fetch",
            compute=webhooks.send,
            store=webhooks.store_sent,
            attempts=webhooks.ATTEMPTS,
        )
    )
    pipeline.register(
        pipeline.StepKind(
            "poll", subject="feed", queue="fetch", compute=polling.poll, store=polling.store_poll
        )
    )
    pipeline.register(
        pipeline.StepKind(
            "fetch",
            subject="submission",
            queue="fetch",
            compute=read,
            store=store_read,
            together=pipeline.Together(
                read_many,
                store_read_many,
                fit=Q(submission__kind__in=AT_HAND),
                size=Length("submission__payload"),
            ),
        )
    )
    pipeline.register(
        pipeline.StepKind(
            "recheck", subject="article", queue="fetch", compute=rechecking.look, store=rechecking.store_look
        )
    )
    pipeline.register(
        pipeline.StepKind(
            "extract",
            subject="revision",
            queue="nlp",
            compute=extract,
            store=store_extracted,
            after=("fetch", "recheck"),
            together=pipeline.Together(extract_many, store_extracted_many, size=F("revision__length")),
        )
    )


def read(submission_id: int) -> Reading | tuple[FeedEntry, ...]:
    """Fetch what is a link and turn what came into an article, or into a feed's entries.

    Raises :class:`Unreadable`, with a code and a message for the submission's row.
    """
    return _read(Submission.objects.get(pk=submission_id))


def read_many(submission_ids: Sequence[int]) -> list[Reading | tuple[FeedEntry, ...] | Unreadable]:
    """:func:`read` of each, or what it raises."""
    submissions = Submission.objects.in_bulk(submission_ids)
    found: list[Reading | tuple[FeedEntry, ...] | Unreadable] = []
    for submission_id in submission_ids:
        stopping.check()
        try:
            found.append(_read(submissions[submission_id]))
        except Unreadable as error:
            found.append(error)
    return found


def _read(submission: Submission) -> Reading | tuple[FeedEntry, ...]:
    if submission.kind == Submission.Kind.LINK:
        return _read_link(submission)
    if submission.payload is None:
        raise Unreadable("payload-gone", "what was handed in was too large to keep; hand it in again")
    body = bytes(submission.payload)
    if submission.kind == Submission.Kind.HTML:
        return _reading(submission, read_html(body, submission.url or None), submission.url)
    return _reading(submission, read_text(body), submission.url)


def store_read(submission_id: int, work: Reading | tuple[FeedEntry, ...]) -> pipeline.Done:
    """Store the article that was read, or hand in each entry of the feed."""
    return store_read_many([(submission_id, work)])[0]


def store_read_many(
    pairs: Sequence[tuple[int, Reading | tuple[FeedEntry, ...]]],
) -> list[pipeline.Done]:
    """:func:`store_read` of each."""
    submissions = Submission.objects.defer("payload").in_bulk([submission_id for submission_id, _ in pairs])
    readings = [(submissions[pk], work) for pk, work in pairs if isinstance(work, Reading)]
    kept = iter(store_readings(readings))
    return [
        _kept(*next(kept)) if isinstance(work, Reading) else _listed(submissions[pk], work)
        for pk, work in pairs
    ]


def _listed(submission: Submission, entries: tuple[FeedEntry, ...]) -> pipeline.Done:
    new = sum(submit(_entry(entry, submission), by=submission.submitted_by)[1] for entry in entries)
    return pipeline.Done(note=f"a feed of {len(entries)} entries, {new} of them new")


def _kept(revision: Revision, new_text: bool) -> pipeline.Done:
    if not new_text:
        return pipeline.Done(note="this text was known already")
    return pipeline.Done(note=f"{revision.length} characters", revisions=(revision.pk,))


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was found in a revision, and how its text differs from the one before it."""

    mentions: tuple[Mention, ...]
    cut: continuity.Cut


def extract(revision_id: int) -> Extracted:
    (found,) = extract_many([revision_id])
    return found


def extract_many(revision_ids: Sequence[int]) -> list[Extracted]:
    """What is found in each, parsed together."""
    rows = Revision.objects.select_related("article").in_bulk(revision_ids)
    revisions = [rows[pk] for pk in revision_ids]
    texts = [(row.text, row.article.published_at or row.created_at) for row in revisions]
    found: list[Extracted] = []
    for row, analysis in zip(revisions, extraction.analyze_many(texts), strict=True):
        if found:  # there is nothing between one and none
            stopping.check()
        cut = continuity.compare_texts(row) if row.number > 1 else ()
        found.append(Extracted(analysis.mentions, cut))
    return found


def store_extracted(revision_id: int, found: Extracted) -> pipeline.Done:
    (done,) = store_extracted_many([(revision_id, found)])
    return done


def store_extracted_many(pairs: Sequence[tuple[int, Extracted]]) -> list[pipeline.Done]:
    """Store what was found in each, and link it to what the article said before."""
    counts = store_mentions({pk: found.mentions for pk, found in pairs}, extraction.VERSION)
    later = Revision.objects.filter(pk__in=list(counts), number__gt=1).in_bulk()
    for pk, found in pairs:
        if pk in later:
            continuity.link(later[pk], found.cut)
    return [_extracted(pk, counts[pk]) for pk, _ in pairs]


def _extracted(revision_id: int, count: int) -> pipeline.Done:
    note = f"{count} mentions" if count else "no claims found in this text"
    return pipeline.Done(note=note, revisions=(revision_id,))


def _read_link(submission: Submission) -> Reading | tuple[FeedEntry, ...]:
    listed = submission.channel == Submission.Channel.FEED
    answer = fetch_politely(submission.url, as_robot=listed)
    if looks_like_feed(answer.body) or answer.content_type in FEED_TYPES:
        return _entries(answer, listed)
    return _reading(submission, read_page(answer), canonical_url(answer.url), answer)


def _entries(answer: Fetched, listed: bool) -> tuple[FeedEntry, ...]:
    """Of a feed that a person handed in. What a feed lists is articles: a feed of feeds would never end."""
    if listed:
        raise Unreadable(
            "feed-in-feed",
            f"a feed lists {answer.url!r}, which is itself a feed; if it is wanted, add it to the feeds",
        )
    feed = read_feed(answer.body, answer.url, answer.charset)
    if feed.format == FeedFormat.INDEX:
        raise Unreadable(
            "sitemap-index",
            f"{answer.url!r} is an index of sitemaps, which is read again and again: add it to the feeds",
        )
    return feed.entries


def _reading(submission: Submission, readable: Readable, url: str, answer: Fetched | None = None) -> Reading:
    """What was handed in with the submission counts before what the page says of itself."""
    refuse_foreign(readable.text)
    return Reading(
        text=readable.text,
        url=url,
        title=submission.title or readable.title or "",
        byline=submission.byline or readable.byline or "",
        published=submission.published_at or readable.published,
        source=submission.source_name or readable.site_name or "",
        publisher=submission.publisher_name,
        etag=(answer.etag if answer else None) or "",
        modified=(answer.last_modified if answer else None) or "",
    )


def _entry(entry: FeedEntry, feed: Submission) -> Incoming:
    return Incoming(
        kind=Submission.Kind.LINK,
        channel=Submission.Channel.FEED,
        label=entry.url,
        url=entry.url,
        title=entry.title or "",
        source=feed.source_name,
        publisher=feed.publisher_name,
        published=entry.published,
    )

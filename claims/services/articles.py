"""Storing what was read as an article's revision."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from claims.fetching import registered_domain
from claims.fetching.sameness import gist
from claims.models import Article, Publisher, Revision, Source, Submission
from claims.services.watching import watch
from claims.writing import add_all, set_each

UNNAMED_SOURCE = "Unnamed source"
#: texts seen before that may come back, before an article counts as one that shows several in turn
MOST_RETURNS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read. ``url`` is canonical, "" for a text without an address; ``etag`` and ``modified``
    are the server's, for asking again."""

    text: str
    url: str = ""
    title: str = ""
    byline: str = ""
    published: datetime | None = None
    source: str = ""
    publisher: str = ""
    etag: str = ""
    modified: str = ""


@transaction.atomic
def store_reading(submission: Submission, reading: Reading) -> tuple[Revision, bool]:
    """Keep ``reading`` as the latest revision of the article at its address.

    Returns the revision and whether it is new: a text that has not changed makes none. The submission
    is tied to it and its payload, which is no longer needed, let go. What was fetched is watched from now on.
    """
    article = _article(reading)
    revision, new = revise(article, reading)
    submission.revision = revision
    submission.payload = None
    submission.save(update_fields=["revision", "payload"])
    if submission.kind == Submission.Kind.LINK:
        watch(article, etag=reading.etag, modified=reading.modified, new=new)
    return revision, new


@transaction.atomic
def store_readings(pairs: Sequence[tuple[Submission, Reading]]) -> list[tuple[Revision, bool]]:
    """:func:`store_reading` of many, in their order: those of new addresses in a constant number of queries.

    Sources are made and known articles locked in the order of their names and addresses: of two transactions that
    did it otherwise each would wait for the other.
    """
    sources = make_sources([reading for _, reading in pairs])
    urls = [reading.url or text_urn(reading) for _, reading in pairs]
    known = set(Article.objects.filter(url__in=urls).values_list("url", flat=True))
    first = {url: place for place, url in reversed(list(enumerate(urls)))}
    fresh = [
        place
        for url, place in sorted(first.items(), key=lambda item: item[1])
        if url not in known and pairs[place][0].kind != Submission.Kind.LINK
    ]
    made = _first_revisions([(urls[n], *pairs[n]) for n in fresh], sources)
    stored = {place: (revision, True) for place, revision in zip(fresh, made, strict=True)}
    rest = [place for place in range(len(pairs)) if place not in stored]
    for place in sorted(rest, key=urls.__getitem__):  # those of one address stay in their order
        stored[place] = store_reading(*pairs[place])
    return [stored[place] for place in range(len(pairs))]


def _first_revisions(
    given: Sequence[tuple[str, Submission, Reading]], sources: Mapping[str, Source]
) -> list[Revision]:
    """The first revisions of articles at new addresses, which the submissions are tied to."""
    articles = [_new_article(url, reading, sources[_source_name(reading)]) for url, _, reading in given]
    add_all(articles)
    rows = [_new_revision(a, r, 1, current=True) for a, (_, _, r) in zip(articles, given, strict=True)]
    add_all(rows)
    of = {submission.pk: (row.pk, None) for row, (_, submission, _) in zip(rows, given, strict=True)}
    set_each(Submission, ["revision", "payload"], of)
    return rows


def _new_article(url: str, reading: Reading, source: Source) -> Article:
    return Article(url=url, source=source, byline=reading.byline[:300], published_at=reading.published)


def _new_revision(article: Article, reading: Reading, number: int, *, current: bool) -> Revision:
    return Revision(
        article=article,
        number=number,
        is_current=current,
        title=reading.title[:500],
        text=reading.text,
        length=len(reading.text),
        sha256=_digest(reading.text),
    )


def revise(article: Article, reading: Reading, *, anew: bool = False) -> tuple[Revision, bool]:
    """The latest revision of ``article``, locked by the caller: a new one if its text reads otherwise than before,
    or with ``anew``, for whom it says something else in the same words.

    No new one for what pages change by themselves (:mod:`claims.fetching.sameness`), nor for an old text that
    comes back again and again: some servers give one of two texts by lot. A new one becomes current once it has
    been read and cross-checked (:func:`make_current`): until then what the one before it says still counts.
    """
    latest = article.revisions.order_by("-number").first()
    if latest is not None and not anew and _nothing_new(article, latest, reading):
        return latest, False
    number = latest.number + 1 if latest else 1
    revision = _new_revision(article, reading, number, current=latest is None)
    revision.save()
    return revision, True


def make_current(revision: Revision) -> Revision | None:
    """Let ``revision`` be what its article says, unless a later one is already.

    Within the transaction that gives its mentions their claims. Returns the revision that was current before,
    ``revision`` itself if it was, None if a later one is.
    """
    Article.objects.select_for_update().get(pk=revision.article_id)
    before = Revision.objects.get(article=revision.article_id, is_current=True)
    if before.number > revision.number:
        return None
    if before != revision:
        Revision.objects.filter(pk=before.pk).update(is_current=False)
        Revision.objects.filter(pk=revision.pk).update(is_current=True)
    return before


def _nothing_new(article: Article, latest: Revision, reading: Reading) -> bool:
    return gist(latest.text) == gist(reading.text) or _alternates(article, reading)


def _alternates(article: Article, reading: Reading) -> bool:
    seen = Counter(article.revisions.order_by("number").values_list("sha256", flat=True))
    returns = sum(count - 1 for count in seen.values())
    return returns >= MOST_RETURNS and _digest(reading.text) in seen


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
                "source": make_sources([reading])[_source_name(reading)],
                "byline": reading.byline[:300],
                "published_at": reading.published,
            },
        )
    elif article.published_at is None and reading.published is not None:
        article.published_at = reading.published
        article.save(update_fields=["published_at"])
    return article


def _source_name(reading: Reading) -> str:
    named = reading.source or (registered_domain(reading.url) if reading.url else "") or UNNAMED_SOURCE
    return named[:200]


def make_sources(readings: Iterable[Reading]) -> dict[str, Source]:
    """The sources that the readings name, by name, with the publishers that they name of them; made where missing."""
    publisher_of: dict[str, str] = {}
    for reading in readings:
        name = _source_name(reading)
        publisher_of[name] = publisher_of.get(name) or reading.publisher[:200]
    found = {source.name: source for source in Source.objects.filter(name__in=publisher_of)}
    lacking = [
        name
        for name, publisher in sorted(publisher_of.items())
        if name not in found or (publisher and found[name].publisher_id is None)
    ]
    wanted = sorted({publisher_of[name] for name in lacking} - {""})
    publishers = {name: Publisher.objects.get_or_create(name=name)[0] for name in wanted}
    for name in lacking:
        source, _ = Source.objects.get_or_create(name=name)
        if source.publisher_id is None and publisher_of[name]:
            source.publisher = publishers[publisher_of[name]]
            source.save(update_fields=["publisher"])
        found[name] = source
    return found

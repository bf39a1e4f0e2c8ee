"""Looking at articles again: young ones often, old ones rarely, until they are gone or too old to change."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from claims.models import Article, Watch

SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(days=30)
#: when an article is looked at again whose look came to nothing, not even to an error
IF_LOST = timedelta(days=1)
#: of the time since an article last changed, what passes until the next look: some twenty looks a year
SHARE = 0.5
JITTER = 0.1
#: a feed that says "updated" at every poll is believed less and less
HINT = timedelta(minutes=15)
#: "not found" may pass, "gone" does not. Of anything else so many looks are taken, and no more
GONE_AFTER = {"http-410": 1, "http-404": 3}
GIVE_UP_AFTER = 10


def watch(article: Article, *, etag: str, modified: str, new: bool) -> None:
    """Look at ``article`` from now on; ``new``: its text is not the one that was known."""
    now = timezone.now()
    row = Watch.objects.select_for_update().filter(article=article).first()
    if row is None:
        published = article.published_at if article.published_at and article.published_at < now else now
        row = Watch(article=article, changed_at=published)
    if new and row.checked_at is not None:
        row.changed_at, row.unchanged = now, 0
    elif not new:
        row.unchanged += 1
    row.checked_at, row.failures, row.error_code, row.error, row.gone_at = now, 0, "", "", None
    row.etag, row.last_modified = etag[:500], modified[:100]
    row.due_at = next_look(article.pk, row.changed_at, now)
    row.save()


def failed(row: Watch, code: str, message: str, retry_after: float | None) -> bool:
    """Record that ``row`` (locked) could not be looked at. Returns whether its article was taken down."""
    now = timezone.now()
    row.failures += 1
    row.error_code, row.error, row.checked_at = code, message, now
    gone = row.failures >= GONE_AFTER.get(code, row.failures + 1)
    if gone:
        row.due_at, row.gone_at = None, now
    elif row.failures >= GIVE_UP_AFTER:
        row.due_at = None
    else:
        wait = max(SHORTEST * 2**row.failures, timedelta(seconds=retry_after or 0))
        row.due_at = now + min(wait, LONGEST)
    row.save()
    return gone


def hint(urls: dict[str, datetime], now: datetime) -> int:
    """Feeds say that the articles at these addresses were edited then: have them looked at soon.

    Each fruitless look doubles the least time until the next one. Returns how many are looked at earlier.
    """
    rows = Watch.objects.filter(article__url__in=urls, due_at__gt=now).select_related("article")
    earlier = 0
    for row in rows:
        if urls[row.article.url] <= row.checked_at:
            continue
        due = max(now, row.checked_at + min(HINT * 2 ** min(row.unchanged, 10), LONGEST))
        earlier += Watch.objects.filter(pk=row.pk, due_at__gt=due).update(due_at=due)
    return earlier


def next_look(article_id: int, changed_at: datetime, now: datetime) -> datetime | None:
    """When to look next at an article that last changed then; None if it is too old (RECHECK_DAYS)."""
    age = now - changed_at
    if age >= timedelta(days=settings.RECHECK_DAYS):
        return None
    spread = random.Random(f"{article_id} {changed_at.isoformat()}").uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    return now + min(max(age * SHARE, SHORTEST), LONGEST) * spread


def take_due(now: datetime, most: int) -> list[int]:
    """The articles to be looked at now, oldest first; each is given to one caller only."""
    rows = list(Watch.objects.filter(due_at__lte=now).order_by("due_at")[:most].values_list("pk", "due_at"))
    return [
        pk
        for pk, due in rows
        # moved on before it is looked at: if the look is lost, there is another
        if Watch.objects.filter(pk=pk, due_at=due).update(due_at=now + IF_LOST)
    ]

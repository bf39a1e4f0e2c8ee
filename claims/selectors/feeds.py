"""Feeds: which of their entries are worth taking, and which are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from claims.fetching import FeedEntry, FeedFormat
from claims.models import Submission


def wanted(entry: FeedEntry, form: FeedFormat, backfill_days: int, since: datetime) -> bool:
    """Whether an entry is taken: not what was published more than ``backfill_days`` before ``since``.

    A feed lists news, so that an entry without a date is new; a sitemap lists pages of every sort.
    """
    dated = entry.published or entry.updated
    if dated is None:
        return form not in (FeedFormat.SITEMAP, FeedFormat.INDEX)
    return dated >= since - timedelta(days=backfill_days)


def known_addresses(urls: Iterable[str]) -> set[str]:
    """Those of ``urls`` that were handed in as links before, through whichever channel."""
    by_fingerprint = {Submission.link_fingerprint(url): url for url in urls}
    rows = Submission.objects.filter(fingerprint__in=by_fingerprint)
    return {by_fingerprint[fingerprint] for fingerprint in rows.values_list("fingerprint", flat=True)}

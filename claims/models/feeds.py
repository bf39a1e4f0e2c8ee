import random

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.fetching import FeedFormat
from claims.models.sources import Source


def _seed() -> int:
    return random.randrange(2**31)  # noqa: S311 # spreads polls, keeps no secret


class Feed(models.Model):
    """A feed or sitemap of a source that is read again and again. Written by :mod:`claims.services.feeds` and
    :mod:`claims.services.polling`.

    ``interval`` is what adaptive polling has come to, between ``interval_min`` and ``interval_max``; ``seed`` and
    ``polls`` give the jitter, so that the same row is always due at the same moment.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    url = models.CharField("address", max_length=2048, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children",
        help_text="the index of sitemaps that lists it",
    )  # fmt: skip
    format = models.CharField(max_length=10, choices=[(f.value, f.value) for f in FeedFormat], blank=True)
    title = models.CharField(max_length=300, blank=True)
    interval_min = models.PositiveIntegerField("at most every", default=300, help_text="seconds")
    interval_max = models.PositiveIntegerField("at least every", default=21_600, help_text="seconds")
    interval = models.PositiveIntegerField(default=900, help_text="seconds, as its entries come")
    backfill_days = models.PositiveIntegerField(
        default=7, help_text="what was published more days before the feed was added is not taken"
    )
    seed = models.PositiveIntegerField(default=_seed)
    due_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_reason = models.TextField(blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what it answered last")
    polls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0, help_text="one after another, up to now")
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    new_at = models.DateTimeField(null=True, blank=True, help_text="when it last held something new")
    taken = models.PositiveIntegerField(default=0, help_text="entries handed in, in all")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["source__name", "url"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(paused_at__isnull=True), name="feed_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="feed_has_an_address"),
            models.CheckConstraint(
                condition=Q(interval_min__gte=60) & Q(interval_max__gte=F("interval_min")),
                name="feed_intervals_in_order",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, paused_reason="")
                | (Q(paused_at__isnull=False) & ~Q(paused_reason="")),
                name="feed_paused_says_why",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="feed_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.url


class FeedEvent(models.Model):
    """Something happened to a feed: append-only. ``actor`` empty: the machine."""

    class Kind(models.TextChoices):
        ADDED = "added"
        EDITED = "edited"
        MOVED = "moved"
        PAUSED = "paused"
        RESUMED = "resumed"

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    before = models.CharField(max_length=2048, blank=True)
    after = models.CharField(max_length=2048, blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["added", "edited", "moved", "paused", "resumed"]),
                name="feed_event_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reason}".strip()

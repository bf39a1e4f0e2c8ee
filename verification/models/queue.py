from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models import Claim
from verification.models.standing import Standing


class Lease(models.Model):
    """A reviewer holds a claim, so that no other takes it up: until ``until``, or until it ends before.

    Written by :mod:`verification.services.leasing` alone. One that ran out is ended when somebody takes the
    claim next; until then ``ending`` is empty, and what counts is ``until``.
    """

    class Ending(models.TextChoices):
        DECIDED = "decided"
        RELEASED = "released"
        SKIPPED = "skipped"
        EXPIRED = "expired"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="leases")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leases")
    taken_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    class Meta:
        ordering = ["-taken_at", "-id"]
        permissions = [("release_lease", "Can release what another person holds")]
        indexes = [models.Index(fields=["holder", "-taken_at"], name="lease_of_holder")]
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=Q(ended_at=None), name="lease_one_a_claim"),
            models.CheckConstraint(condition=Q(until__gt=F("taken_at")), name="lease_has_a_length"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="lease_ended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(ending="") | Q(ending__in=["decided", "released", "skipped", "expired"]),
                name="lease_ending_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} held by {self.holder_id}"


class SavedFilter(models.Model):
    """A person's own way to look at the queue. ``wanted`` holds the fields of the queue's filter."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="queue_filters"
    )
    name = models.CharField(max_length=60)
    wanted = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Waiting(Standing):
    """A standing as a row of the queue: the admin's page of that name, with a permission of its own."""

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = "waiting claim"
        verbose_name_plural = "queue"

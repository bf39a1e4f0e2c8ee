from django.db import models
from django.db.models import Q

from claims.models import Claim, JobPart
from verification.models.reviews import Event


class BulkChange(models.Model):
    """What a bulk change did to one claim: the event it left, or why it left the claim alone."""

    part = models.ForeignKey(JobPart, on_delete=models.CASCADE, related_name="changes")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, null=True, blank=True, related_name="bulk")
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ["part", "claim"]
        indexes = [models.Index(fields=["part"], condition=~Q(refusal=""), name="bulk_refused")]
        constraints = [
            models.UniqueConstraint(fields=["part", "claim"], name="bulk_change_once_a_part"),
            models.CheckConstraint(
                condition=Q(event__isnull=False, refusal="") | (Q(event__isnull=True) & ~Q(refusal="")),
                name="bulk_change_done_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.refusal or self.event_id}"

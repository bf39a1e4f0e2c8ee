from django.db import models
from django.db.models import Q

from claims.models import Revision, Source
from verification.foreign import Bearing


class ImportedReview(models.Model):
    """Another's fact check as it was published, with its own label; what it says is a mention in ``revision``."""

    key = models.CharField(max_length=16, unique=True, help_text="digest of address and claim")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="reviews", help_text="who publishes it"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    url = models.CharField("address", max_length=2000)
    claim_text = models.TextField("claim")
    claimant = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=200, help_text="in the publisher's own words")
    bearing = models.CharField(max_length=10, choices=[(b.value, b.value) for b in Bearing])
    reviewed_on = models.DateField(null=True, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=20, blank=True)
    raw = models.JSONField(help_text="the ClaimReview as it was published")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bearing__in=[b.value for b in Bearing]), name="imported_review_bearing_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.claim_text}"

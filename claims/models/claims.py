from django.db import models
from django.db.models import F, Q


class Claim(models.Model):
    """The canonical, self-contained proposition that one or more mentions make.

    Its wording, kind and times are those of the mention that founded it. Its status stands on
    :class:`verification.models.Standing`. A claim that was merged keeps its row and its address.
    """

    text = models.TextField()
    kind = models.CharField(max_length=20)
    checkworthiness = models.FloatField(default=0.0, db_index=True)
    as_of_first = models.DateField(null=True, blank=True)
    as_of_last = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_text"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="claim_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(checkworthiness__gte=0, checkworthiness__lte=1),
                name="claim_checkworthiness_range",
            ),
            models.CheckConstraint(
                condition=Q(as_of_first__isnull=True)
                | Q(as_of_last__isnull=True)
                | Q(as_of_last__gte=F("as_of_first")),
                name="claim_as_of_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text

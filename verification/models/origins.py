from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models import Claim, Mention
from verification.origins.types import OriginKind

KINDS = [(kind.value, kind.value) for kind in OriginKind]


class Origin(models.Model):
    """Where a claim's information comes from once copies are collapsed. Belongs to a claim, not to an article.

    Written anew by every assessment.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="origins")
    number = models.PositiveIntegerField(help_text="1 for the first of the claim, counting up")
    kind = models.CharField(max_length=20, choices=KINDS)
    root = models.CharField(max_length=300, help_text="who or what is at the root")
    against = models.BooleanField(default=False)
    reason = models.TextField()

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="origin_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in OriginKind]), name="origin_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.root


class OriginMember(models.Model):
    """A mention in an origin, with the rule that put it there and the words the rule rests on.

    ``parent`` is the mention it hangs on; empty where it hangs on the root itself.
    """

    origin = models.ForeignKey(Origin, on_delete=models.CASCADE, related_name="members")
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="origin_members")
    parent = models.ForeignKey(Mention, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=20, choices=KINDS)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["origin", "id"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "mention"], name="origin_member_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("mention")),
                name="origin_member_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} in {self.origin_id}"


class OriginOverride(models.Model):
    """A reviewer cut two mentions of a claim apart, or joined them, for good."""

    class Word(models.TextChoices):
        CUT = "cut"
        JOIN = "join"

    a = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=10, choices=Word)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="origin_override_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="origin_override_in_order"),
            models.CheckConstraint(condition=Q(word__in=["cut", "join"]), name="origin_override_word_known"),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.a_id} {self.b_id}"

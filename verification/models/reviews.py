from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models import Claim
from verification.models.words import EventKind, VerdictWord


class Verdict(models.Model):
    """What a person decided on a claim. Append-only: a change of mind is another verdict."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    word = models.CharField(max_length=20, choices=VerdictWord)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdicts")
    confirms = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmations",
        help_text="the first reviewer's verdict, where this is a second review",
    )
    first_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="of a second review: who decided first",
    )
    blind = models.BooleanField(
        default=False, help_text="of a first verdict: not shown to others before the second is given"
    )
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list, help_text="addresses and mention ids it rests on")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [("view_agreement", "Can view how often reviewers agree")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(blind=True) | Q(confirms=None), name="verdict_blind_is_first"
            ),
            models.CheckConstraint(condition=Q(word__in=VerdictWord.values), name="verdict_word_known"),
            models.CheckConstraint(
                condition=Q(confirms__isnull=True, first_reviewer__isnull=True)
                | (
                    Q(confirms__isnull=False, first_reviewer__isnull=False) & ~Q(first_reviewer=F("reviewer"))
                ),
                name="verdict_second_reviewer_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.word}"


class Event(models.Model):
    """Something happened to a claim: append-only, for people and machines alike. ``actor`` empty: the machine.

    On PostgreSQL ids are given out when rows are written and not when they are committed, so that a lower id can
    be seen later than a higher one. Who follows events goes by ``position``.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30, choices=EventKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    position = models.BigIntegerField(
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="its place in the order of commits, given once by verification.services.sequencing",
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(position=None), name="event_without_a_place")]
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="event_has_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.before} -> {self.after}".strip()

    @property
    def from_status(self) -> str | None:
        """The claim's status before it, with which ``before`` begins; None if it is not told."""
        return _status(self.before)

    @property
    def to_status(self) -> str | None:
        return _status(self.after)


def _status(told: str) -> str | None:
    word, colon, _ = told.partition(":")
    return word or None if colon else None


class Withdrawal(models.Model):
    """A verdict that its reviewer took back at once. The verdict stays on record; append-only like it."""

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="withdrawal")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"verdict {self.verdict_id}, taken back"

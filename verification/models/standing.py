from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from claims.models import Claim
from verification import ranking
from verification.models.words import Basis, Freshness, Status, VerdictWord, Workflow

DECIDED = (Workflow.DECIDED.value, Workflow.PUBLISHED.value)
UNDER_REVIEW = (Workflow.IN_REVIEW.value, Workflow.SECOND_REVIEW.value)
#: where a ground that moved asks for a person
MOVABLE_GROUND = (Workflow.DETECTED.value, *DECIDED)


def _worth(points: float, condition: Q) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0.0))


_POINTS = (
    F("merit")
    + _worth(ranking.CONFLICT, Q(basis=Basis.CONFLICTING.value))
    + _worth(ranking.GROUND_MOVED, Q(needs_review=True))
    + _worth(ranking.SECOND_REVIEW, Q(workflow=Workflow.SECOND_REVIEW.value))
)


class Standing(models.Model):
    """How a claim stands: four axes, and the status that the database derives from them.

    ``basis`` and ``freshness`` are the machine's (:mod:`verification.services.assessing`), ``verdict`` and
    ``workflow`` are people's (:mod:`verification.workflow`); ``version`` counts changes, for readers who
    want to know whether what they saw is what they change.

    ``rank`` is the place in the queue, greatest first, empty where no person is waited for; see
    :mod:`verification.ranking`. ``merit``, the part of it that other tables give, is the machine's.
    """

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.NONE)
    freshness = models.CharField(max_length=20, choices=Freshness, default=Freshness.CURRENT)
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="when its shelf life ends; empty: it has no end"
    )
    verdict = models.CharField(max_length=20, choices=VerdictWord, blank=True)
    workflow = models.CharField(max_length=20, choices=Workflow, default=Workflow.DETECTED)
    needs_review = models.BooleanField(default=False)
    flagged = models.BooleanField(default=False, help_text="a person asked a lead to look at it")
    waiting_day = models.FloatField(
        default=ranking.today, help_text="when it began to wait for a person: days since 2020-01-01 UTC"
    )
    merit = models.FloatField(default=0.0, help_text="its rank without what follows from its state")
    version = models.PositiveIntegerField(default=1)
    status = models.GeneratedField(
        expression=Case(
            When(~Q(verdict="") & Q(workflow__in=DECIDED), then=F("verdict")),
            When(basis=Basis.MULTI_ORIGIN.value, then=Value(Status.CORROBORATED.value)),
            When(basis=Basis.CONFLICTING.value, then=Value(Status.DISPUTED.value)),
            default=Value(Status.UNVERIFIED.value),
        ),
        output_field=models.CharField(max_length=20, choices=Status.choices + VerdictWord.choices),
        db_persist=True,
    )
    outdated = models.GeneratedField(
        expression=Case(When(freshness=Freshness.SUPERSEDED.value, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    rank = models.GeneratedField(
        expression=Case(
            When(
                Q(workflow__in=ranking.ASKED) | Q(needs_review=True, workflow__in=MOVABLE_GROUND),
                then=Value(ranking.FIRST) + _POINTS - F("waiting_day") * Value(ranking.A_DAY),
            ),
            When(
                workflow=Workflow.DETECTED.value,
                then=_POINTS + F("waiting_day") * Value(ranking.A_DAY),
            ),
            default=None,
        ),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )

    class Meta:
        permissions = [("publish_standing", "Can publish and retract a decided claim")]
        indexes = [
            models.Index(fields=["-rank", "claim"], name="standing_queue"),
            models.Index(fields=["flagged", "-rank", "claim"], name="standing_flagged_queue"),
            # also for lists by freshness: beside one of freshness alone SQLite would sort all that is current
            models.Index(fields=["freshness", "due_at"], name="standing_due"),
            # with the claim, so that those of one status or verdict are read in the order of ids
            models.Index(fields=["status", "claim"], name="standing_status_claim"),
            models.Index(fields=["verdict", "claim"], name="standing_verdict_claim"),
            models.Index(fields=["workflow", "-rank", "claim"], name="standing_workflow_queue"),
            models.Index(fields=["basis", "-rank", "claim"], name="standing_basis_queue"),
            models.Index(fields=["needs_review", "-rank", "claim"], name="standing_review_queue"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="standing_basis_known"),
            models.CheckConstraint(
                condition=Q(freshness__in=Freshness.values), name="standing_freshness_known"
            ),
            models.CheckConstraint(condition=Q(workflow__in=Workflow.values), name="standing_workflow_known"),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict__in=VerdictWord.values), name="standing_verdict_known"
            ),
            models.CheckConstraint(
                condition=~Q(workflow__in=DECIDED) | ~Q(verdict=""), name="standing_decided_has_a_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.status}"


class Assessment(models.Model):
    """Why the machine concludes what stands on :class:`Standing`; always recomputable."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="assessment")
    origins_for = models.PositiveIntegerField(default=0)
    origins_against = models.PositiveIntegerField(default=0)
    confidence = models.FloatField(default=0.0)
    explanation = models.JSONField(
        default=dict, help_text="what speaks for it, what against, what is missing, what would flip it"
    )
    engine_version = models.CharField(max_length=80)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["origins_for", "claim"], name="assessment_origins_for")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="assessment_confidence_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.origins_for} for, {self.origins_against} against"

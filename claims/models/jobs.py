from django.conf import settings
from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Work on many rows that a person started: frozen at its start, done in parts, each part a step.

    ``kind`` names the kind of step that does a part, ``parameters`` what it is to do. A job that ``undoes``
    another takes back what that one did.
    """

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    total = models.PositiveIntegerField(help_text="how many rows it is to work on")
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="parts not begun by then do nothing")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "bulk change"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="job_has_a_title"),
            models.CheckConstraint(condition=Q(total__gt=0), name="job_has_something_to_do"),
        ]

    def __str__(self) -> str:
        return self.title


class JobPart(models.Model):
    """Some rows of a job, done in one transaction. ``changed`` and ``left`` are counted when it is done."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(help_text="1 for the first, counting up")
    rows = models.JSONField(help_text="what to work on, as the job's kind wants it")
    changed = models.PositiveIntegerField(null=True, blank=True)
    left = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["job", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="job_part_number_once"),
            models.CheckConstraint(
                condition=Q(changed__isnull=True, left__isnull=True)
                | Q(changed__isnull=False, left__isnull=False),
                name="job_part_counts_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}, part {self.number}"

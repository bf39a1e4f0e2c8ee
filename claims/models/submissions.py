import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.articles import Article, Revision
from claims.models.feeds import Feed
from claims.models.jobs import JobPart
from claims.models.webhooks import Delivery

#: what a step may be on: the names of its foreign keys
SUBJECTS = ("submission", "revision", "part", "feed", "article", "delivery")


def _one_subject() -> Q:
    """Exactly one of the subjects is there."""
    one = Q()
    for subject in SUBJECTS:
        one |= Q(**{f"{name}__isnull": name != subject for name in SUBJECTS})
    return one


class Submission(models.Model):
    """Something handed in to be read: a text, an HTML page, or a link.

    ``fingerprint`` is a digest of all that was handed in: the same again is the same submission.
    ``payload`` is what was handed in, kept until it has been read; ``revision`` is what came of it.
    """

    class Kind(models.TextChoices):
        TEXT = "text"
        HTML = "html", "HTML"
        LINK = "link"

    class Channel(models.TextChoices):
        API = "api", "API"
        ADMIN = "admin"
        CLI = "cli", "command line"
        FEED = "feed"
        SAMPLE = "sample"

    kind = models.CharField(max_length=10, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel)
    fingerprint = models.CharField(max_length=64, unique=True)
    label = models.CharField(
        max_length=2048, help_text="what a person knows it by: a URL, a file's path, a title"
    )
    url = models.CharField(max_length=2048, blank=True)
    payload = models.BinaryField(null=True, blank=True)
    title = models.CharField(max_length=500, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    publisher_name = models.CharField(max_length=200, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )
    feed = models.ForeignKey(
        Feed, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions",
        help_text="that listed it",
    )  # fmt: skip
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["created_at"], name="submission_created")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="link") | ~Q(url=""), name="submission_link_has_url"),
        ]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def link_fingerprint(cls, url: str) -> str:
        """The fingerprint of a link, whoever hands it in."""
        return hashlib.sha256(json.dumps([cls.Kind.LINK, url, "", "", ""]).encode()).hexdigest()


class Step(models.Model):
    """One piece of work on one row: its state, attempts, lease and last error.

    The record of all background work; a Celery message only carries its id. Written by
    :mod:`claims.pipeline` alone.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=20)
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="steps"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, null=True, blank=True, related_name="steps"
    )
    part = models.ForeignKey(JobPart, on_delete=models.CASCADE, null=True, blank=True, related_name="steps")
    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, null=True, blank=True, related_name="steps")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="steps"
    )
    delivery = models.OneToOneField(
        Delivery, on_delete=models.CASCADE, null=True, blank=True, related_name="step"
    )
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="not to be tried before")
    rung_at = models.DateTimeField(null=True, blank=True, help_text="when the broker was last told")
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=200, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="what came of it, in a sentence")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="step_pending_due"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="step_running_lease"),
            models.Index(fields=["state", "kind"], condition=~Q(state="done"), name="step_not_done"),
        ]
        constraints = [
            models.CheckConstraint(condition=_one_subject(), name="step_one_subject"),
            models.UniqueConstraint(fields=["kind", "submission"], name="step_once_a_submission"),
            models.UniqueConstraint(fields=["kind", "revision"], name="step_once_a_revision"),
            models.UniqueConstraint(fields=["kind", "part"], name="step_once_a_part"),
            models.UniqueConstraint(fields=["kind", "feed"], name="step_once_a_feed"),
            models.UniqueConstraint(fields=["kind", "article"], name="step_once_an_article"),
            models.CheckConstraint(
                condition=Q(state="running", lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_token__isnull=True, lease_until__isnull=True)),
                name="step_leased_while_running",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="step_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"

    @property
    def subject_id(self) -> int:
        """The id of what it is on; its kind says of which sort."""
        ids = (getattr(self, f"{name}_id") for name in SUBJECTS)
        return next(pk for pk in ids if pk is not None)

from django.db import models
from django.db.models import Q

from claims.models.articles import Article


class Watch(models.Model):
    """When an article is looked at again. Written by :mod:`claims.services.watching`.

    ``due_at`` is empty once it is not looked at any more: it is old, it could not be
    read too often (``error``), or it was taken down (``gone_at``).
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="watch")
    due_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(help_text="when it was last looked at")
    changed_at = models.DateTimeField(help_text="when it was published, or last found changed")
    unchanged = models.PositiveIntegerField(default=0, help_text="looks without a change, one after another")
    failures = models.PositiveIntegerField(default=0, help_text="one after another, up to now")
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name_plural = "watches"
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="watch_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(due_at__isnull=True), name="watch_ends_when_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.due_at or 'no more'}"

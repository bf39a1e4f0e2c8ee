from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from claims.models.sources import Source


class Article(models.Model):
    """One document at one address.

    A text that came without an address has ``urn:sha256:<digest of source and text>`` for one, so that the same
    text of the same source is the same article.
    """

    url = models.CharField("canonical URL", max_length=2048, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    byline = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["created_at"], name="article_created")]
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="article_has_a_url"),
        ]

    def __str__(self) -> str:
        return self.url


class Revision(models.Model):
    """An article's text as it stood when it was fetched. Never changed: a silent edit makes a new one.

    ``is_current``: what it says counts. Of several that is the latest one that has been cross-checked.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(help_text="1 for the first text seen, counting up")
    is_current = models.BooleanField(default=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    length = models.PositiveIntegerField(help_text="in code points")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_current=True), name="revision_one_current"
            ),
            models.CheckConstraint(condition=Q(length=Length("text")), name="revision_length_is_true"),
            models.CheckConstraint(condition=Q(length__gt=0), name="revision_has_text"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.article.url} #{self.number}"

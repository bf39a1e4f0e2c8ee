from django.conf import settings
from django.db import models


class Answered(models.Model):
    """The answer to a request that named itself (``Idempotency-Key``), for a day: the same again is not done again.

    Written in the transaction of what was asked for: there is a row if and only if it was done.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was asked for")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "answered request"
        constraints = [models.UniqueConstraint(fields=["asked_by", "key"], name="answered_once")]

    def __str__(self) -> str:
        return self.key

from django.conf import settings
from django.db import models
from django.db.models import Q


class Webhook(models.Model):
    """An address that wants to be told what happens; see :mod:`claims.services.webhooks`.

    The secret signs what is sent, so it is kept as it is and shown only when it is made. After a rotation the
    one before it signs as well, until ``previous_until``.
    """

    name = models.CharField(max_length=100, help_text="what it is for, such as the program behind it")
    url = models.URLField("address", max_length=2000)
    kinds = models.JSONField(default=list, blank=True, help_text="the kinds of events it wants; none: all")
    active = models.BooleanField(default=True)
    secret = models.CharField(max_length=100, editable=False)
    previous_secret = models.CharField(max_length=100, blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, blank=True)
    follows = models.BigIntegerField(
        default=0, help_text="the position of the last event that was looked at for it"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(secret=""), name="webhook_has_a_secret"),
            models.CheckConstraint(
                condition=Q(previous_secret="", previous_until__isnull=True)
                | (~Q(previous_secret="") & Q(previous_until__isnull=False)),
                name="webhook_previous_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one webhook. Its step says how far it is; one that failed is kept and can be sent again."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(
        max_length=60, help_text="the same at every try, for who must not count twice"
    )
    kind = models.CharField(max_length=40)
    body = models.TextField(help_text="JSON, as it is sent and signed")
    delivered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["delivered_at"], condition=Q(delivered_at__isnull=False), name="delivery_done"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "message_id"], name="delivery_once_a_message"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook_id}"

from __future__ import annotations

from itertools import combinations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Scope(models.TextChoices):
    """What a key may be used for. ``admin`` is all of it."""

    READ = "read", "read what there is"
    SUBMIT = "submit", "hand in articles"
    REVIEW = "review", "give verdicts and move claims through review"
    ADMIN = "admin", "everything, and what is for administrators alone"


#: what may stand on a key: one or more scopes in the order of :class:`Scope`, divided by spaces (RFC 6749, 3.3)
SCOPE_SETS = [
    " ".join(chosen)
    for size in range(1, len(Scope) + 1)
    for chosen in combinations([scope.value for scope in Scope], size)
]


class ApiKey(models.Model):
    """A program's way in. It acts for its owner: it may do what the owner may, within its scopes.

    Only the SHA-256 ``digest`` of the key is kept; it has 256 random bits, so that a slow hash would add
    nothing. ``prefix`` is the part that may be shown, and by which it is found.
    """

    name = models.CharField(max_length=100, help_text="what it is for, such as the program that uses it")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="api_keys",
        help_text="for whom it acts",
    )
    scopes = models.CharField(max_length=40, help_text="what it may be used for")
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="UTC; empty: it does not expire")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="to the minute")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = "API key"
        constraints = [
            models.CheckConstraint(condition=Q(scopes__in=SCOPE_SETS), name="api_key_scopes_known"),
            models.CheckConstraint(condition=~Q(name=""), name="api_key_has_a_name"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="api_key_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    def allows(self, scope: str) -> bool:
        """Whether it may be used for this. ``admin`` may be used for all."""
        return not {scope, Scope.ADMIN.value}.isdisjoint(self.scopes.split())

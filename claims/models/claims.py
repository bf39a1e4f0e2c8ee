from typing import Any

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

#: by how many days apart their first and last are, claims that hold for a time fall into classes: 0 for one day, n for
#: less than 4 to the power of n, then a last one for more
SPANS = tuple(4**n for n in range(7))
#: and those whose last, or first, day is not known
SINCE, UNTIL = -1, -2


class Span(Func):
    """The class of a claim that holds for a time, as :data:`SPANS` tells; null for one that holds without any."""

    _CLASSES = " ".join(f"WHEN %(days)s < {days} THEN {place}" for place, days in enumerate(SPANS))
    template = (
        f"CASE WHEN %(first)s IS NULL THEN CASE WHEN %(last)s IS NULL THEN NULL ELSE {UNTIL} END "
        f"WHEN %(last)s IS NULL THEN {SINCE} {_CLASSES} ELSE {len(SPANS)} END"
    )
    output_field = models.SmallIntegerField()

    def __init__(self, *ends: Any, **extra: Any) -> None:
        super().__init__(*(ends or ("as_of_first", "as_of_last")), **extra)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        first, last = (compiler.compile(end)[0] for end in self.source_expressions)
        days = f"({last} - {first})"
        if connection.vendor == "sqlite":
            days = f"(julianday({last}) - julianday({first}))"
        return self.template % {"first": first, "last": last, "days": days}, ()


class Claim(models.Model):
    """The canonical, self-contained proposition that one or more mentions make.

    Its wording, kind and times are those of the mention that founded it. Its status stands on
    :class:`verification.models.Standing`. A claim that was merged keeps its row and its address.
    """

    text = models.TextField()
    kind = models.CharField(max_length=20)
    checkworthiness = models.FloatField(default=0.0, db_index=True)
    as_of_first = models.DateField(null=True, blank=True)
    as_of_last = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(Span(), Coalesce("as_of_first", "as_of_last"), name="claim_span_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_text"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="claim_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(checkworthiness__gte=0, checkworthiness__lte=1),
                name="claim_checkworthiness_range",
            ),
            models.CheckConstraint(
                condition=Q(as_of_first__isnull=True)
                | Q(as_of_last__isnull=True)
                | Q(as_of_last__gte=F("as_of_first")),
                name="claim_as_of_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ClaimWords(models.Model):
    """The words of a claim as SQLite's FTS5 keeps them, in a table of its own; there is none on PostgreSQL.

    Read by :mod:`claims.fulltext` alone, and written by triggers.
    """

    claim = models.OneToOneField(
        Claim, on_delete=models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="words"
    )
    text = models.TextField()

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "claims_claimwords"

    def __str__(self) -> str:
        return self.text


@models.TextField.register_lookup
class Match(models.Lookup):
    """FTS5's own operator, for :class:`ClaimWords`."""

    lookup_name = "match"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, of_column = self.process_lhs(compiler, connection)
        value, of_value = self.process_rhs(compiler, connection)
        return f"{column} MATCH {value}", (*of_column, *of_value)

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Upper
from django.db.models.lookups import GreaterThan

from claims.extraction.types import Attribution, Change, Kind
from claims.models.articles import Revision
from claims.models.claims import Claim
from claims.models.entities import Entity


def _choices(enum: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


class Mention(models.Model):
    """One place in one revision where a claim is made.

    ``claim`` is empty between extraction and cross-checking. Offsets are code points of the
    revision's text, end exclusive.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="mentions")
    claim = models.ForeignKey(
        Claim, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    text = models.TextField(help_text="verbatim")
    wording = models.TextField(help_text="the same, made self-contained")
    kind = models.CharField(max_length=20, choices=_choices(Kind))
    speaker = models.ForeignKey(
        Entity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="spoken",
        help_text="empty: the outlet",
    )
    attribution = models.CharField(max_length=20, choices=_choices(Attribution))
    hedged = models.BooleanField(default=False)
    negated = models.BooleanField(default=False)
    checkworthiness = models.FloatField(default=0.0)
    subject = models.TextField(blank=True)
    predicate = models.CharField(max_length=200, blank=True)
    object = models.TextField(blank=True)
    terms = models.JSONField(default=list, help_text="content lemmas in order, for comparison")
    links = models.JSONField(default=list, help_text="governor, relation, dependent; for comparison")
    as_of_first = models.DateField(null=True, blank=True)
    as_of_last = models.DateField(null=True, blank=True)
    extraction_version = models.CharField(max_length=40)
    predecessor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors",
        help_text="the mention of an earlier revision in whose place it stands",
    )  # fmt: skip
    continuity = models.CharField(
        max_length=10,
        choices=[("", "new"), ("kept", "kept"), ("changed", "changed")],
        blank=True,
        default="",
        db_default="",
        help_text="what became of its predecessor",
    )
    entities = models.ManyToManyField(Entity, through="claims.EntityMention", related_name="mentions")

    class Meta:
        ordering = ["revision", "start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "start", "end"], name="mention_span_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_span"),
            models.CheckConstraint(
                condition=Q(sentence_start__lte=F("start"), sentence_end__gte=F("end")),
                name="mention_inside_sentence",
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="mention_has_wording"),
            models.CheckConstraint(
                condition=Q(attribution__in=[a.value for a in Attribution]), name="mention_attribution_known"
            ),
            models.CheckConstraint(
                condition=Q(continuity__in=["", "kept", "changed"]), name="mention_continuity_known"
            ),
            models.CheckConstraint(
                condition=Q(attribution="asserted", speaker__isnull=True) | ~Q(attribution="asserted"),
                name="mention_asserted_by_the_outlet",
            ),
        ]

    def __str__(self) -> str:
        return self.text


#: the least and the greatest number that the words of a quantity state
LEAST, MOST = Coalesce("low", "value", "high"), Coalesce("high", "value", "low")
#: whether these are two: "18 to 20 percent", not "20 percent" nor "more than 20 percent"
RANGE = Q(GreaterThan(MOST, LEAST))


class Quantity(models.Model):
    """An amount in a mention; see :class:`claims.extraction.types.Quantity` for what the fields mean."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="quantities")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=80, blank=True, help_text="ISO 4217 for money")
    approximate = models.BooleanField(default=False)
    change = models.CharField(max_length=4, choices=_choices(Change), default=Change.EQUAL.value)
    measure = models.CharField(max_length=200, blank=True, help_text="what is measured")

    class Meta:
        ordering = ["mention", "start"]
        verbose_name_plural = "quantities"
        indexes = [
            models.Index(Upper("unit"), LEAST, name="quantity_unit_least"),
            models.Index(LEAST, name="quantity_least"),
            models.Index(Upper("unit"), MOST, name="quantity_unit_range_most", condition=RANGE),
            models.Index(MOST, name="quantity_range_most", condition=RANGE),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quantity_span"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False),
                name="quantity_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="quantity_low_high_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class TimeExpression(models.Model):
    """A TIMEX3 in a mention; ``first`` and ``last`` are the days it spans, both inclusive."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="times")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    type = models.CharField(max_length=10, choices=[(t, t) for t in ("DATE", "TIME", "DURATION", "SET")])
    value = models.CharField(max_length=80)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["mention", "start"]
        indexes = [models.Index(fields=["first", "last"], name="time_first_last")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="time_span"),
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(last__isnull=True) | Q(last__gte=F("first")),
                name="time_first_last_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text

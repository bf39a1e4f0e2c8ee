"""Finding claims by what is known of them and of the places where they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from claims.fulltext import with_words
from claims.models import Claim, Mention, Quantity

__all__ = ["Place", "holding_on", "made_at", "with_words"]


@dataclass(frozen=True, slots=True)
class Place:
    """What one and the same mention must meet; None where it does not matter.

    ``entity``, ``source``, ``speaker`` and ``unit`` are whole names without regard to case. A quantity meets
    ``value_min`` and ``value_max`` (both inclusive) if the numbers that its words state reach between them:
    "18 to 20 percent" meets 19 to 30, "more than 15,000" meets 15,000 and not a million.
    """

    entity: str | None = None
    source: str | None = None
    speaker: str | None = None
    published_after: datetime | None = None
    published_before: datetime | None = None
    unit: str | None = None
    value_min: float | None = None
    value_max: float | None = None

    @property
    def matters(self) -> bool:
        return self != Place()


def made_at(claims: QuerySet[Claim], place: Place) -> QuerySet[Claim]:
    """``claims`` that a mention in a current revision makes which meets all of ``place``."""
    if not place.matters:
        return claims
    return claims.filter(pk__in=_mentions(place).values("claim"))


def holding_on(claims: QuerySet[Claim], day: date) -> QuerySet[Claim]:
    """``claims`` that are said to hold on ``day``; one whose time is open on a side holds on from there."""
    begun = Q(as_of_first__lte=day) | Q(as_of_first__isnull=True, as_of_last__isnull=False)
    return claims.filter(begun, Q(as_of_last__gte=day) | Q(as_of_last__isnull=True))


def _mentions(place: Place) -> QuerySet[Mention]:
    found = Mention.objects.filter(revision__is_current=True, claim__isnull=False)
    if place.entity is not None:
        found = found.filter(entities__name__iexact=place.entity)
    if place.source is not None:
        found = found.filter(revision__article__source__name__iexact=place.source)
    if place.speaker is not None:
        found = found.filter(speaker__name__iexact=place.speaker)
    if place.published_after is not None:
        found = found.filter(revision__article__published_at__gte=place.published_after)
    if place.published_before is not None:
        found = found.filter(revision__article__published_at__lt=place.published_before)
    if (place.unit, place.value_min, place.value_max) != (None, None, None):
        found = found.filter(pk__in=_quantities(place).values("mention"))
    return found


def _quantities(place: Place) -> QuerySet[Quantity]:
    found = Quantity.objects.all()
    if place.unit is not None:
        found = found.filter(unit__iexact=place.unit)
    if place.value_min is not None:
        found = found.annotate(most=Coalesce(F("high"), F("value"), F("low"))).filter(
            most__gte=place.value_min
        )
    if place.value_max is not None:
        found = found.annotate(least=Coalesce(F("low"), F("value"), F("high"))).filter(
            least__lte=place.value_max
        )
    return found

"""Finding claims by what is known of them and of the places where they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Upper
from django.db.models.lookups import Exact

from claims.fulltext import with_words
from claims.models import Claim, Mention
from verification.selectors.listing import made_in

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
    named = (place.entity, place.source, place.speaker) != (None, None, None)
    return made_in(claims, _mentions(place), beside=_mentions(place, by_index=False), named=named)


def holding_on(claims: QuerySet[Claim], day: date) -> QuerySet[Claim]:
    """``claims`` that are said to hold on ``day``; one whose time is open on a side holds on from there."""
    begun = Q(as_of_first__lte=day) | Q(as_of_first__isnull=True, as_of_last__isnull=False)
    return claims.filter(begun, Q(as_of_last__gte=day) | Q(as_of_last__isnull=True))


def _mentions(place: Place, by_index: bool = True) -> QuerySet[Mention]:
    """The mentions that meet ``place``; with ``by_index`` false, for who comes from a claim and tests its few."""
    found = Mention.objects.filter(revision__is_current=True, claim__isnull=False)
    named = (
        ("entities__name", place.entity),
        ("revision__article__source__name", place.source),
        ("speaker__name", place.speaker),
    )
    for field, name in named:
        if name is not None:
            found = found.filter(_named(field, name, by_index))
    if place.published_after is not None:
        found = found.filter(revision__article__published_at__gte=place.published_after)
    if place.published_before is not None:
        found = found.filter(revision__article__published_at__lt=place.published_before)
    return _with_quantity(found, place, by_index)


def _with_quantity(mentions: QuerySet[Mention], place: Place, by_index: bool) -> QuerySet[Mention]:
    """Those of ``mentions`` one quantity of which meets ``place``."""
    if (place.unit, place.value_min, place.value_max) == (None, None, None):
        return mentions
    found = mentions.filter(quantities__isnull=False)
    if place.unit is not None:
        found = mentions.filter(_named("quantities__unit", place.unit, by_index))
    low, value, high = (F(f"quantities__{name}") for name in ("low", "value", "high"))
    found = found.alias(most=Coalesce(high, value, low), least=Coalesce(low, value, high))
    if place.value_min is not None:
        found = found.filter(most__gte=place.value_min)
    if place.value_max is not None:
        found = found.filter(least__lte=place.value_max)
    return found


def _named(field: str, name: str, by_index: bool) -> Q:
    """Where ``field`` is ``name`` without regard to case."""
    wanted = Upper(Value(name))
    if by_index:
        return Q(**{f"{field}__upper": wanted})
    return Q(Exact(Coalesce(Upper(field), Value("")), wanted))

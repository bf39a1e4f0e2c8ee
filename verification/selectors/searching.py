"""Finding claims by what is known of them and of the places where they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connections
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Upper
from django.db.models.lookups import Exact

from claims.fulltext import with_words
from claims.models import Claim, Mention, Quantity
from claims.models.claims import SINCE, SPANS, UNTIL, Span
from claims.models.mentions import LEAST, MOST, RANGE
from verification.selectors.listing import few, frequent, made_in

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

    @property
    def measure(self) -> Place:
        """What it says of a quantity, by itself."""
        return Place(unit=self.unit, value_min=self.value_min, value_max=self.value_max)

    @property
    def measured(self) -> bool:
        return self.measure.matters


def made_at(claims: QuerySet[Claim], place: Place) -> QuerySet[Claim]:
    """``claims`` that a mention in a current revision makes which meets all of ``place``.

    Asks the database how many quantities meet what it says of one. From few the claims are gathered; of many, it is as
    :func:`made_in` has it.
    """
    if not place.matters:
        return claims
    named = (place.entity, place.source, place.speaker) != (None, None, None)
    beside = _mentions(place, by_index=False)
    if not place.measured:
        return made_in(claims, _mentions(place), beside=beside, named=named)
    quantities, alone = _quantities(place), place == place.measure
    sqlite = connections[claims.db].vendor == "sqlite"
    made = Exists(beside.filter(claim=OuterRef("pk")))
    if not frequent(quantities):
        if sqlite:  # which then looks at those alone that a page needs
            return claims.filter(made, pk__in=quantities.values("mention__claim"))
        current = quantities.filter(mention__revision__is_current=True, mention__claim__isnull=False)
        claims = claims.filter(pk__in=list(current.values_list("mention__claim", flat=True)))
        return claims if alone else claims.filter(made)
    if alone and sqlite:
        return claims.filter(made)
    return made_in(claims, _mentions(place), beside=beside, named=named)


def holding_on(claims: QuerySet[Claim], day: date) -> QuerySet[Claim]:
    """``claims`` that are said to hold on ``day``; one whose time is open on a side holds on from there.

    Asks the database how many there are. Few are found by an index, class by class of how long they hold: of those
    that began so many days before or later. Many are met in the list's own order.
    """
    spanned = Claim.objects.alias(span=Span(), begun=Coalesce("as_of_first", "as_of_last"))
    found = few(spanned.filter(_around(day)))
    if found is not None:
        return claims.filter(pk__in=found)
    begun = Q(as_of_first__lte=day) | Q(as_of_first__isnull=True, as_of_last__isnull=False)
    return claims.filter(begun, Q(as_of_last__gte=day) | Q(as_of_last__isnull=True))


def _around(day: date) -> Q:
    found = Q(span=SINCE, begun__lte=day) | Q(span=UNTIL, begun__gte=day)
    for span, days in enumerate(SPANS):
        earliest = date.fromordinal(max(day.toordinal() - days + 1, 1))
        found |= Q(span=span, begun__gte=earliest, begun__lte=day, as_of_last__gte=day)
    return found | Q(span=len(SPANS), begun__lte=day, as_of_last__gte=day)


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
    return _with_quantity(found, place) if place.measured else found


def _with_quantity(mentions: QuerySet[Mention], place: Place) -> QuerySet[Mention]:
    """Those of ``mentions`` one quantity of which meets ``place``, to be looked at mention by mention."""
    own = {name: F(f"quantities__{name}") for name in ("low", "value", "high")}
    found = mentions.filter(quantities__isnull=False)
    if place.unit is not None:
        found = mentions.filter(_named("quantities__unit", place.unit, by_index=False))
    found = found.alias(
        most=Coalesce(own["high"], own["value"], own["low"]),
        least=Coalesce(own["low"], own["value"], own["high"]),
    )
    return found.filter(_between(place))


def _between(place: Place) -> Q:
    """Where ``least`` and ``most`` reach between the numbers of ``place``."""
    found = Q()
    if place.value_min is not None:
        found &= Q(most__gte=place.value_min)
    if place.value_max is not None:
        found &= Q(least__lte=place.value_max)
    return found


def _quantities(place: Place) -> QuerySet[Quantity]:
    """Those that meet ``place``, by indexes: what begins between its numbers, and the few ranges that end there or
    later."""
    found = Quantity.objects.order_by().alias(least=LEAST, most=MOST)
    if place.unit is not None:
        found = found.filter(_named("unit", place.unit, by_index=True))
    if place.value_min is None:
        return found.filter(_between(place))
    begin = Q(least__gte=place.value_min)
    end = Q(RANGE, most__gte=place.value_min)
    if place.value_max is not None:
        begin &= Q(least__lte=place.value_max)
        end &= Q(begin__lte=place.value_max)
        found = found.alias(begin=Coalesce(LEAST, 0.0))  # or SQLite takes the index of what begins there
    return found.filter(begin | end)


def _named(field: str, name: str, by_index: bool) -> Q:
    """Where ``field`` is ``name`` without regard to case."""
    wanted = Upper(Value(name))
    if by_index:
        return Q(**{f"{field}__upper": wanted})
    return Q(Exact(Coalesce(Upper(field), Value("")), wanted))

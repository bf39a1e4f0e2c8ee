"""The values that claims give for one measure, over time, by the origin that gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from claims.extraction.types import Mention
from claims.models import Claim
from claims.models import Mention as Row
from claims.selectors.mentions import few_to_be_read, read_rows
from verification.comparison import related
from verification.comparison.measuring import Reading, series
from verification.comparison.types import Relation as Word
from verification.models import Relation
from verification.selectors.grounds import AGAINST_AT

#: more than these are not followed; a timeline says so
MOST_CLAIMS = 60
MOST_MENTIONS = 150
#: in one slot: the same thing is told of, of one time or another
_SLOT = (Word.SAME.value, Word.SUPPORTS.value, Word.CONTRADICTS.value, Word.UPDATES.value)


@dataclass(frozen=True, slots=True)
class Measured:
    """A claim with a value in a timeline, and why: its relation to the claim asked for, or to one between.

    ``relation`` is None for the claim asked for itself. ``via`` is the claim between the two, None if they are
    related themselves. ``newer``: of an update, whether it is later than the one it is related to.
    """

    claim: Claim
    relation: Relation | None
    via: int | None

    @property
    def newer(self) -> bool | None:
        if self.relation is None or self.relation.newer_id is None:
            return None
        return self.relation.newer_id == self.claim.pk


@dataclass(frozen=True, slots=True)
class Point:
    """What one origin gives for the measure in one claim, for one time.

    ``first`` to ``last`` is the time for which it is said to hold; where the text names none (``dated`` is
    "published") the day of publication; both None where neither is known.
    """

    claim_id: int
    first: date | None
    last: date | None
    dated: str  # "text" or "published"
    reading: Reading
    mentions: tuple[int, ...]  # that say so, the first to publish first
    sources: tuple[str, ...]  # who publishes them, each once


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one origin, the earliest first. Origins of several claims are one where their root is."""

    kind: str
    root: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """``unit`` is "" for a bare number. ``lines`` are in the order of their first points."""

    claim_id: int
    unit: str
    measure: str
    words: str  # the figure of the claim asked for
    lines: tuple[Line, ...]
    claims: tuple[Measured, ...]
    more: bool  # there are more claims or mentions than were looked at


def timeline(claim: Claim) -> Timeline:
    """The values over time, by origin, of what a figure of ``claim`` measures. Three queries at most.

    Two mentions measure the same thing if

    1. they make one claim, or their claims are in one slot: cross-checking found the one to be the same as the
       other, to support, contradict or update it, with a confidence of 0.5 or more; or both stand so to a claim
       between them, and comparison does not find them unrelated now (a toll that rises day by day is a chain of
       updates, of which not each pair was compared); and
    2. a figure of the one answers the figure of the other: comparison pairs the two, their units convert into one
       another, none is a change where the other is a level, and the texts do not say that they measure different
       things (:func:`verification.comparison.measuring.series`).

    A value counts where an origin stands behind it: denials, and what an article took back, give none. Copies of
    one origin that give the same value for the same time are one point.
    """
    claims, more = _in_one_slot(claim)
    members = list(_members(claim, claims)[: MOST_MENTIONS + 1])
    more = more or len(members) > MOST_MENTIONS
    members = members[:MOST_MENTIONS]
    read = read_rows(m for m in members if m.quantity_list)
    lead = _lead(claim, members, read)
    if lead is None:
        return Timeline(claim.pk, "", "", "", (), (), False)
    found = series(lead, read)
    if found is None:
        return Timeline(claim.pk, "", "", "", (), (), False)
    strangers = _strangers(lead, members, {pk: read[pk] for pk in found.readings}, claims)
    lines = _lines((m for m in members if m.claim_id not in strangers), found.readings)
    with_value = {point.claim_id for line in lines for point in line.points}
    return Timeline(
        claim_id=claim.pk,
        unit=found.unit,
        measure=found.measure,
        words=found.words,
        lines=lines,
        claims=tuple(measured for pk, measured in claims.items() if pk in with_value),
        more=more,
    )


def _in_one_slot(claim: Claim) -> tuple[dict[int, Measured], bool]:
    """The claim itself, those related to it, surest first, and those related to these."""
    found = {claim.pk: Measured(claim, None, None)}
    more = False
    edge = [claim.pk]
    for _ in range(2):
        rows = list(_relations(edge, found)[: MOST_CLAIMS + 1])
        near, edge = set(edge), []
        more = more or len(rows) > MOST_CLAIMS
        for row in rows[:MOST_CLAIMS]:
            here, other = (row.a_id, row.b) if row.a_id in near else (row.b_id, row.a)
            if other.pk not in found:
                found[other.pk] = Measured(other, row, None if here == claim.pk else here)
                edge.append(other.pk)
    return found, more


def _relations(edge: Iterable[int], known: Iterable[int]) -> QuerySet[Relation]:
    ids = list(edge)
    rows = Relation.objects.filter(relation__in=_SLOT, confidence__gte=AGAINST_AT)
    rows = rows.filter(a__merged_into=None, b__merged_into=None)
    rows = rows.filter(Q(a__in=ids) | Q(b__in=ids)).exclude(a__in=list(known), b__in=list(known))
    return rows.select_related("a__standing", "b__standing").order_by("-confidence", "pk")


def _members(claim: Claim, claims: Iterable[int]) -> QuerySet[Any]:
    """The mentions that affirm these claims, with ``kind_of_origin`` and ``root`` of each origin that stands behind
    one; the claim's own first."""
    own_first = Case(When(claim=claim, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Row.objects.filter(
        claim__in=list(claims),
        origin_members__origin__claim=F("claim"),
        origin_members__origin__against=False,
        revision__is_current=True,
    ).annotate(kind_of_origin=F("origin_members__origin__kind"), root=F("origin_members__origin__root"))
    return (
        few_to_be_read(rows)
        .select_related("revision__article__source")
        .order_by(own_first, "claim", "origin_members__origin__number", "origin_members__pk")
    )


def _lead(claim: Claim, members: Iterable[Any], read: Mapping[int, Mention]) -> Mention | None:
    """The mention that the claim is worded as, else the first with a figure."""
    own = [row for row in members if row.claim_id == claim.pk and row.pk in read]
    lead = next((row for row in own if row.wording == claim.text), own[0] if own else None)
    return None if lead is None else read[lead.pk]


def _strangers(
    lead: Mention, members: Iterable[Any], read: Mapping[int, Mention], claims: Mapping[int, Measured]
) -> set[int]:
    """The claims reached by way of another whose first mention comparison finds unrelated to ``lead``."""
    first: dict[int, Mention] = {}
    for row in members:
        if claims[row.claim_id].via is not None and row.pk in read:
            first.setdefault(row.claim_id, read[row.pk])
    return {pk for pk, one in first.items() if related(lead, one) is None}


def _lines(members: Iterable[Any], readings: Mapping[int, Reading]) -> tuple[Line, ...]:
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in members:
        if row.pk in readings:
            rows[row.root].append(row)
    lines = [Line(found[0].kind_of_origin, root, _points(found, readings)) for root, found in rows.items()]
    return tuple(sorted(lines, key=lambda line: _when(line.points[0])))


def _points(members: Iterable[Any], readings: Mapping[int, Reading]) -> tuple[Point, ...]:
    said: dict[tuple[object, ...], list[Any]] = defaultdict(list)
    for row in members:
        reading = readings[row.pk]
        value = (reading.value, reading.low, reading.high, reading.bound)
        said[row.claim_id, *_time(row), *value].append(row)
    return tuple(sorted((_point(found, readings) for found in said.values()), key=_when))


def _point(mentions: list[Any], readings: Mapping[int, Reading]) -> Point:
    mentions = sorted(mentions, key=lambda m: (_published(m) or date.max, m.pk))
    first = mentions[0]
    sources = dict.fromkeys(mention.revision.article.source.name for mention in mentions)
    return Point(
        first.claim_id, *_time(first), readings[first.pk], tuple(m.pk for m in mentions), tuple(sources)
    )


def _time(mention: Any) -> tuple[date | None, date | None, str]:
    if any(time["first"] or time["last"] for time in mention.time_list):
        first, last = mention.as_of_first, mention.as_of_last
        if first or last:
            return first or last, last or first, "text"
    published = _published(mention)
    return published, published, "published"


def _published(mention: Any) -> date | None:
    published = mention.revision.article.published_at
    return published.date() if published else None


def _when(point: Point) -> tuple[date, date, int]:
    return point.last or date.max, point.first or date.max, point.mentions[0]

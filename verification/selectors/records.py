"""A claim's whole record as programs read it: bounded, and in as few queries as it takes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from claims.models import Claim, Mention
from claims.selectors.mentions import with_parts
from claims.selectors.reading import in_sentences
from verification.comparison.types import Relation as Word
from verification.models import Event, Origin, OriginMember, Relation, Verdict
from verification.selectors import verdicts
from verification.selectors.listing import with_standing
from verification.selectors.verdicts import readable

#: how much of each a record holds; the lists of mentions, relations and events have the rest
MOST_MENTIONS = 100
MOST_RELATIONS = 100
MOST_EVENTS = 50
MOST_VERDICTS = 50


@dataclass(frozen=True, slots=True)
class OriginRecord:
    """An origin with the mentions that are in it."""

    origin: Origin
    members: tuple[OriginMember, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A relation as one of its two claims sees it."""

    relation: Relation
    other: Claim
    newer: str | None  # "this" or "other"; None where it is no update or its order is not known


@dataclass(frozen=True, slots=True)
class Record:
    """A claim with what its status rests on: its first mentions, surest relations, latest verdicts and events."""

    claim: Claim
    origins: tuple[OriginRecord, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Side, ...]
    verdicts: tuple[Verdict, ...]
    events: tuple[Event, ...]

    @property
    def modified(self) -> datetime:
        """When the latest of what it shows came about: an event, an assessment, a relation."""
        moments = [self.claim.created_at, *(side.relation.updated_at for side in self.relations)]
        moments += [event.created_at for event in self.events[:1]]
        assessment = getattr(self.claim, "assessment", None)
        return max([*moments, assessment.computed_at] if assessment else moments)


def listed(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """``claims`` that stand for themselves, with how they stand: one query. Merged ones are left out."""
    return with_standing(claims.filter(merged_into=None, standing__isnull=False))


def record(claim_id: int, person: User) -> Record | None:
    """All on one claim that ``person`` may see, None if there is none or it was merged."""
    claim = listed(Claim.objects.filter(pk=claim_id)).first()
    if claim is None:
        return None
    mentions = with_parts(in_sentences(Mention.objects.filter(claim_id=claim_id)))
    of_claim = verdicts.listed(Verdict.objects.filter(claim_id=claim_id))
    events = Event.objects.filter(claim_id=claim_id).select_related("actor")
    return Record(
        claim=claim,
        origins=_origins(claim_id),
        mentions=tuple(mentions.order_by("-revision__is_current", "pk")[:MOST_MENTIONS]),
        relations=_relations(claim_id),
        verdicts=tuple(readable(of_claim, person).order_by("-pk")[:MOST_VERDICTS]),
        events=tuple(events.order_by("-pk")[:MOST_EVENTS]),
    )


def merged_into(claim_id: int) -> int | None:
    """The claim that this one was merged into; None if it stands for itself or there is none."""
    return Claim.objects.filter(pk=claim_id).values_list("merged_into_id", flat=True).first()


def related(relations: QuerySet[Relation]) -> QuerySet[Relation]:
    """``relations`` that say something between claims that stand for themselves, and how these stand."""
    return (
        relations.exclude(relation=Word.UNRELATED.value)
        .filter(
            a__merged_into=None, b__merged_into=None, a__standing__isnull=False, b__standing__isnull=False
        )
        .select_related("a__standing", "b__standing")
    )


def _origins(claim_id: int) -> tuple[OriginRecord, ...]:
    """The origins for the claim, then those against it; none is without a member."""
    rows = (
        OriginMember.objects.filter(origin__claim_id=claim_id)
        .select_related("origin", "mention__speaker", "mention__revision__article__source")
        .defer("mention__revision__text", "mention__terms")
        .order_by("origin__against", "origin__number", "pk")
    )
    members: dict[int, list[OriginMember]] = defaultdict(list)
    for row in rows:
        members[row.origin_id].append(row)
    return tuple(OriginRecord(found[0].origin, tuple(found)) for found in members.values())


def _relations(claim_id: int) -> tuple[Side, ...]:
    rows = related(Relation.objects.filter(Q(a=claim_id) | Q(b=claim_id)))
    return tuple(_side(row, claim_id) for row in rows.order_by("-confidence", "pk")[:MOST_RELATIONS])


def _side(row: Relation, claim_id: int) -> Side:
    other = row.b if row.a_id == claim_id else row.a
    newer = None if row.newer_id is None else ("this" if row.newer_id == claim_id else "other")
    return Side(row, other, newer)

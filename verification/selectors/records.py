"""A claim's whole record as programs read it: bounded, and in as few queries as it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from django.db import connections
from django.db.models import F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, JSONObject, RowNumber

from claims.models import Claim, Mention
from claims.selectors.gathering import Gathered, Nested, moment
from claims.selectors.mentions import with_parts_gathered
from claims.selectors.prepared import Prepared
from claims.selectors.reading import in_sentences
from verification.comparison.types import Relation as Word
from verification.models import Event, Origin, OriginMember, Relation, Verdict
from verification.selectors import verdicts
from verification.selectors.listing import with_standing
from verification.selectors.verdicts import sees_all, unsealed

#: how much of each a record holds; the lists of mentions, relations and events have the rest
MOST_MENTIONS = 100
MOST_RELATIONS = 100
MOST_EVENTS = 50
MOST_VERDICTS = 50
MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class OriginRecord:
    """An origin with the mentions that are in it."""

    origin: Origin
    members: tuple[OriginMember, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A relation as one of its two claims sees it."""

    relation: Any  # what there is of the Relation
    other: Any  # the other Claim's id and text, and of its standing the status and whether it is outdated
    newer: str | None  # "this" or "other"; None where it is no update or its order is not known


@dataclass(frozen=True, slots=True)
class Record:
    """A claim with what its status rests on: its first mentions, surest relations, latest verdicts and events."""

    claim: Claim
    origins: tuple[OriginRecord, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Side, ...]
    verdicts: tuple[Any, ...]  # of each what a Verdict shows, and its reviewer's username
    events: tuple[Any, ...]  # of each what an Event shows, and its actor's username

    @property
    def modified(self) -> datetime:
        """When the latest of what it shows came about: an event, an assessment, a relation."""
        moments = [self.claim.created_at, *(side.relation.updated_at for side in self.relations)]
        moments += [event.created_at for event in self.events[:1]]
        assessment = getattr(self.claim, "assessment", None)
        return max([*moments, assessment.computed_at] if assessment else moments)


def listed(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """``claims`` that stand for themselves, with how they stand: one query. Merged ones are left out."""
    claims = claims.filter(standing__isnull=False)
    if connections[claims.db].vendor == "sqlite":
        # It would take the index on what claims were merged into, where nearly all were into none, and sort them.
        return with_standing(claims.alias(heir=Coalesce("merged_into_id", 0)).filter(heir=0))
    return with_standing(claims.filter(merged_into=None))


def record(claim_id: int, person: User) -> Record | None:
    """All on one claim that ``person`` may see, None if there is none or it was merged. Three queries."""
    ids = (claim_id,) if sees_all(person) else (claim_id, person.pk or 0)
    (claim,) = (_CLAIM_WITH_ALL if len(ids) == 1 else _CLAIM)(*ids) or (None,)
    if claim is None:
        return None
    return Record(
        claim=claim,
        origins=_origins(claim_id),
        mentions=tuple(_MENTIONS(claim_id)),
        relations=tuple(_side(row, claim_id) for row in claim.relation_list),  # type: ignore[attr-defined] # annotated
        verdicts=tuple(_with_account(row, "reviewer") for row in claim.verdict_list),  # type: ignore[attr-defined]
        events=tuple(_event(row) for row in claim.event_list),  # type: ignore[attr-defined]
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


def _gathered(claim_id: int, given: QuerySet[Verdict]) -> QuerySet[Claim]:
    """The claim with its relations, its verdicts (of ``given``) and its events as columns."""
    of = OuterRef("pk")
    sides = related(Relation.objects.filter(Q(a=of) | Q(b=of))).order_by("-confidence", "pk")
    latest = verdicts.listed(given.filter(claim=of)).order_by("-pk")
    events = Event.objects.filter(claim=of).order_by("-pk")
    return listed(Claim.objects.filter(pk=claim_id)).annotate(
        relation_list=Gathered(
            sides[:MOST_RELATIONS],
            *("id", "relation", "confidence", "newer_id", "a_id", "updated_at"),
            a=_brief("a"),
            b=_brief("b"),
        ),
        verdict_list=Gathered(
            latest[:MOST_VERDICTS],
            *("id", "claim_id", "word", "confirms_id", "blind", "note", "withdrawn", "created_at"),
            evidence=Nested("evidence"),
            reviewer=F("reviewer__username"),
        ),
        event_list=Gathered(
            events[:MOST_EVENTS],
            *("id", "claim_id", "kind", "before", "after", "reason", "created_at", "position"),
            evidence=Nested("evidence"),
            actor=F("actor__username"),
        ),
    )


def _brief(side: str) -> JSONObject:
    standing = JSONObject(status=F(f"{side}__standing__status"), outdated=F(f"{side}__standing__outdated"))
    return JSONObject(id=F(f"{side}__id"), text=F(f"{side}__text"), standing=standing)


_CLAIM_WITH_ALL = Prepared(lambda claim_id: _gathered(claim_id, Verdict.objects.all()))
_CLAIM = Prepared(
    lambda claim_id, person_id: _gathered(claim_id, unsealed(Verdict.objects.all(), person_id)), int, int
)
_MENTIONS = Prepared(
    lambda claim_id: with_parts_gathered(in_sentences(Mention.objects.filter(claim_id=claim_id))).order_by(
        "-revision__is_current", "pk"
    )[:MOST_MENTIONS]
)
_MEMBERS = Prepared(lambda claim_id: first_members(OriginMember.objects.filter(origin__claim_id=claim_id)))


def first_members(members: QuerySet[OriginMember]) -> QuerySet[OriginMember]:
    """At most ``MOST_MEMBERS`` with what is shown of them: of each origin the first, then of each the second..."""
    place = Window(RowNumber(), partition_by="origin", order_by="pk")
    rows = members.select_related("origin", "mention__speaker", "mention__revision__article__source")
    rows = rows.defer("mention__revision__text", "mention__terms", "mention__links")
    return rows.annotate(place=place).order_by("place", "origin__against", "origin__number")[:MOST_MEMBERS]


def _origins(claim_id: int) -> tuple[OriginRecord, ...]:
    """The origins for the claim, then those against it; none is without a member."""
    members: dict[tuple[bool, int], list[OriginMember]] = defaultdict(list)
    for row in _MEMBERS(claim_id):
        members[row.origin.against, row.origin.number].append(row)
    return tuple(OriginRecord(found[0].origin, tuple(found)) for _, found in sorted(members.items()))


def _side(row: Mapping[str, Any], claim_id: int) -> Side:
    other = row["b"] if row["a_id"] == claim_id else row["a"]
    newer = None if row["newer_id"] is None else ("this" if row["newer_id"] == claim_id else "other")
    relation = SimpleNamespace(**{**row, "updated_at": moment(row["updated_at"])})
    return Side(
        relation, SimpleNamespace(**{**other, "standing": SimpleNamespace(**other["standing"])}), newer
    )


def _with_account(row: Mapping[str, Any], name: str) -> Any:
    account = None if row[name] is None else SimpleNamespace(username=row[name])
    return SimpleNamespace(**{**row, name: account, "created_at": moment(row["created_at"])})


def _event(row: Mapping[str, Any]) -> Any:
    """With the statuses that the event itself tells of."""
    told = Event(before=row["before"], after=row["after"])
    return _with_account({**row, "from_status": told.from_status, "to_status": told.to_status}, "actor")

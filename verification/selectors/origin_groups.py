"""The origins of a claim as groups, each known by one mention with the others folded under it, for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from claims.models import Claim, Mention
from claims.selectors.reading import in_sentences
from verification.models import Origin, OriginMember

#: so many members of a claim's origins are looked at, so many mentions are shown, so many of them under one other
MOST_MEMBERS = 2000
MOST_SHOWN = 40
MOST_FOLDED = 5


@dataclass(frozen=True, slots=True)
class Member:
    """A mention in an origin: why it is there (rule and words), and on which other mention it hangs."""

    mention: Mention
    rule: str
    words: str
    parent: Mention | None


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """One origin: the mention it is known by, and what is folded under it.

    ``folded`` are the first of the others to publish; ``count`` is how many others there are, ``outlets`` who
    publishes them, each once.
    """

    origin: Origin
    lead: Member
    folded: tuple[Member, ...]
    count: int
    outlets: tuple[str, ...]

    @property
    def hidden(self) -> int:
        return self.count - len(self.folded)


@dataclass(frozen=True, slots=True)
class _Row:
    """A member, with what decides on its place."""

    pk: int
    origin_id: int
    mention_id: int
    parent_id: int | None
    rule: str
    words: str
    outlet: str
    when: datetime


def origin_groups(claim: Claim) -> tuple[OriginGroup, ...]:
    """The origins of ``claim`` by number, as many as are shown. Five queries, however many mentions there are."""
    by_origin = _rows(claim)
    shown = _shown(list(by_origin.values()))
    mentions = in_page(
        {row.mention_id for rows in shown for row in rows}
        | {row.parent_id for rows in shown for row in rows if row.parent_id}
    )
    origins = Origin.objects.in_bulk([rows[0].origin_id for rows in shown])
    return tuple(_group(rows, by_origin[rows[0].origin_id], origins, mentions) for rows in shown)


def in_page(mention_ids: Iterable[int]) -> dict[int, Mention]:
    """Mentions in their sentences with what a page shows of them, by id."""
    rows = in_sentences(Mention.objects.filter(pk__in=list(mention_ids))).select_related("claim")
    return {row.pk: row for row in rows.prefetch_related("quantities", "times").order_by("pk")}


def _rows(claim: Claim) -> dict[int, list[_Row]]:
    """The members by origin; the first to publish, among those that hang on no other mention, leads."""
    article = "mention__revision__article"
    found = (
        OriginMember.objects.filter(origin__claim=claim)
        .order_by("origin__number", "pk")
        .annotate(outlet=F(f"{article}__source__name"))
        .annotate(when=Coalesce(F(f"{article}__published_at"), F(f"{article}__created_at")))
        .values("pk", "origin_id", "mention_id", "parent_id", "rule", "words", "outlet", "when")
    )
    by_origin: dict[int, list[_Row]] = defaultdict(list)
    for values in found[:MOST_MEMBERS]:
        fields: dict[str, Any] = dict(values)
        by_origin[fields["origin_id"]].append(_Row(**fields))
    for rows in by_origin.values():
        rows.sort(key=lambda row: (row.parent_id is not None, row.when, row.mention_id))
    return by_origin


def _shown(origins: Sequence[list[_Row]]) -> list[list[_Row]]:
    """All leads that there is room for, then as many others under each as there is room for."""
    leading = origins[:MOST_SHOWN]
    room = (MOST_SHOWN - len(leading)) // max(len(leading), 1)
    return [rows[: 1 + min(room, MOST_FOLDED)] for rows in leading]


def _group(
    shown: Sequence[_Row],
    rows: Sequence[_Row],
    origins: Mapping[int, Origin],
    mentions: Mapping[int, Mention],
) -> OriginGroup:
    return OriginGroup(
        origin=origins[shown[0].origin_id],
        lead=_member(shown[0], mentions),
        folded=tuple(_member(row, mentions) for row in shown[1:]),
        count=len(rows) - 1,
        outlets=tuple(dict.fromkeys(row.outlet for row in rows[1:])),
    )


def _member(row: _Row, mentions: Mapping[int, Mention]) -> Member:
    parent = mentions.get(row.parent_id) if row.parent_id else None
    return Member(mentions[row.mention_id], row.rule, row.words, parent)

"""Claims as rows of a list, for as many claims as there may be, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from claims.models import Claim, EntityMention, Mention
from verification.assessment import ORIGINS_FOR
from verification.models import Standing
from verification.models.words import Basis, Status, Workflow

#: a value that more claims have than this is not looked for by index; eight filters of as many fit into one statement
#: of SQLite (32,766 variables)
FREQUENT = 4000
#: of a search, so many are put into another order than that of their ids
MOST_FOUND = 5000
#: of which bases a claim without a verdict has each status
BASES: Mapping[str, tuple[str, ...]] = {
    Status.UNVERIFIED.value: (Basis.NONE.value, Basis.SINGLE_ORIGIN.value),
    Status.CORROBORATED.value: (Basis.MULTI_ORIGIN.value,),
    Status.DISPUTED.value: (Basis.CONFLICTING.value,),
}
#: so many claims are remembered by number
FEW = 1000


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims have each status, and how many wait for a person."""

    status: tuple[tuple[str, int], ...]  # most first
    needs_review: int
    queued: int
    in_review: int
    second_review: int


def with_standing(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """``claims`` with standing and assessment, and ``mention_count``: in current texts.

    The count is a subquery, so that the database counts for the rows of one page only.
    """
    mentions = Mention.objects.filter(claim=OuterRef("pk"), revision__is_current=True)
    count = mentions.order_by().values("claim").annotate(n=Count("pk")).values("n")
    return claims.select_related("standing", "assessment").annotate(
        mention_count=Coalesce(Subquery(count), 0)
    )


def standing_so(claims: QuerySet[Claim], field: str, value: str) -> QuerySet[Claim]:
    """Those of ``claims`` whose standing has ``value`` in ``field``."""
    return standing_in(claims, field, [value])


def standing_in(claims: QuerySet[Claim], field: str, values: Collection[str | bool]) -> QuerySet[Claim]:
    """Those of ``claims`` whose standing has one of ``values`` in ``field``. Asks the database how many there are.

    Few are found by the field's index and put in order; many are met in the list's own order, until the page is
    full. Databases guess which it is, and guess wrong where what is found lies together in that order.
    """
    values = list(values)
    standings = Standing.objects.filter(**{f"{field}__in": values}).order_by()
    found = few(standings)
    if found is not None:
        return claims.filter(pk__in=found)
    return _beside(claims, field, values)


def standing_in_each(
    claims: QuerySet[Claim], wanted: Sequence[tuple[str, Collection[str | bool]]]
) -> QuerySet[Claim]:
    """Those of ``claims`` whose standing has one of the values in each of the fields. Two queries, however many.

    Of what few have the first is gathered, and the rest looked at claim by claim.
    """
    if len(wanted) == 1:
        return standing_in(claims, *wanted[0])
    rows = [Standing.objects.filter(**{f"{field}__in": values}).order_by() for field, values in wanted]
    rare = _first_few(rows)
    gathered = None if rare is None else few(rows[rare])
    if gathered is not None:
        claims = claims.filter(pk__in=gathered)
    for place, (field, values) in enumerate(wanted):
        if place != rare or gathered is None:
            claims = _beside(claims, field, values)
    return claims


def _first_few(rows: Sequence[QuerySet[Standing]]) -> int | None:
    """The place of the first of which there are few enough to be gathered. One query."""
    asked = {f"many_{place}": Exists(one[FREQUENT : FREQUENT + 1]) for place, one in enumerate(rows)}
    many = Standing.objects.order_by().annotate(**asked).values_list(*asked).first() or [False]
    return next((place for place, one in enumerate(many) if not one), None)


def _beside(claims: QuerySet[Claim], field: str, values: Collection[str | bool]) -> QuerySet[Claim]:
    """To be met in the list's own order."""
    if connections[claims.db].vendor != "sqlite":
        return claims.filter(**{f"standing__{field}__in": values})
    stands = f"stands_{field}"  # what keeps SQLite from the field's index
    blank = Value(False) if isinstance(next(iter(values)), bool) else Value("")
    return claims.alias(**{stands: Coalesce(f"standing__{field}", blank)}).filter(**{f"{stands}__in": values})


def standing_in_order(claims: QuerySet[Claim], field: str, value: str) -> QuerySet[Claim]:
    """Those of ``claims`` whose standing has ``value`` in ``field``, to be read in the order of their ids as they
    stand there: an index has both, and however many there are, a page is where it begins."""
    return claims.filter(**{f"standing__{field}": value})


def with_origins_of(claims: QuerySet[Claim], statuses: Collection[str]) -> QuerySet[Claim]:
    """Those of ``claims`` that have as many origins as one of ``statuses`` can: where a list in the order of origins
    begins and ends. All, where a person's verdict is among them, which any number can have."""
    if not set(statuses) <= BASES.keys():
        return claims
    bounds = [ORIGINS_FOR[basis] for status in statuses for basis in BASES[status]]
    claims = claims.filter(assessment__origins_for__gte=min(least for least, _ in bounds))
    greatest = [most for _, most in bounds if most is not None]
    return (
        claims.filter(assessment__origins_for__lte=max(greatest)) if len(greatest) == len(bounds) else claims
    )


def made_in(
    claims: QuerySet[Claim], mentions: QuerySet[Mention], *, beside: QuerySet[Mention], named: bool
) -> QuerySet[Claim]:
    """Those of ``claims`` that one of ``mentions`` makes. Asks the database how many there are.

    Of few mentions the claims are gathered. Of many, it is looked claim by claim whether one is there, in the list's
    own order: ``beside`` are the same mentions, in words that keep the database from other indexes than that of
    their claims. Without a name among the conditions (``named``) PostgreSQL knows how many there are.
    """
    guessed = named or connections[claims.db].vendor == "sqlite"
    if guessed and frequent(mentions):
        return claims.filter(Exists(beside.filter(claim=OuterRef("pk"))))
    return claims.filter(pk__in=mentions.values("claim"))


def worth_checking(claims: QuerySet[Claim], least: float, *, in_its_order: bool) -> QuerySet[Claim]:
    """Those of ``claims`` that are at least so worth checking; ``in_its_order``: the list is ordered by that."""
    of_all = Claim.objects.filter(checkworthiness__gte=least)
    if connections[claims.db].vendor != "sqlite" or in_its_order or not frequent(of_all):
        return claims.filter(checkworthiness__gte=least)
    return claims.alias(worth=Coalesce("checkworthiness", 0.0)).filter(worth__gte=least)


def few(rows: QuerySet[Any]) -> list[int] | None:
    """The ids of ``rows`` if they are few enough to be gathered, else None."""
    found = list(rows.order_by().values_list("pk", flat=True)[: FREQUENT + 1])
    return found if len(found) <= FREQUENT else None


def frequent(rows: QuerySet[Any]) -> bool:
    """Whether there are more of them than are gathered. Asks the database."""
    return rows.order_by()[FREQUENT : FREQUENT + 1].exists()


def with_any_word(claims: QuerySet[Claim], word: str) -> QuerySet[Claim]:
    """Those of ``claims`` with the word in them or in the name of an entity they speak of; a number is their own.

    To look through all claims takes a while, so few are found once, and not again to count and to order them.
    """
    named = EntityMention.objects.filter(entity__name__icontains=word).values("mention__claim")
    found = Q(text__icontains=word) | Q(pk__in=named)
    if word.isdecimal() and len(word) < 19:
        found |= Q(pk=word)
    ids = list(Claim.objects.filter(found).order_by().values_list("pk", flat=True)[: FEW + 1])
    return claims.filter(pk__in=ids) if len(ids) <= FEW else claims.filter(found)


def from_source(claims: QuerySet[Claim], source_id: int) -> QuerySet[Claim]:
    """Those of ``claims`` that this source makes in a current text."""
    made = Mention.objects.filter(revision__article__source=source_id, revision__is_current=True)
    return claims.filter(pk__in=made.values("claim"))


def tally() -> Tally:
    """Counts over all claims. Three queries that an index can answer each; one for all is slower."""
    status, workflow = _count("status"), _count("workflow")
    return Tally(
        status=tuple(status.most_common()),
        needs_review=Standing.objects.filter(needs_review=True).count(),
        queued=workflow[Workflow.QUEUED],
        in_review=workflow[Workflow.IN_REVIEW],
        second_review=workflow[Workflow.SECOND_REVIEW],
    )


def _count(field: str) -> Counter[str]:
    return Counter(dict(Standing.objects.order_by().values_list(field).annotate(n=Count("pk"))))

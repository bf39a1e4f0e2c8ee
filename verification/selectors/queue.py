"""What waits for a person, in which order, and who holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.models import Claim
from verification import ranking
from verification.models import Lease, SavedFilter, Standing, Verdict
from verification.models.words import Basis, Workflow
from verification.selectors.listing import from_source
from verification.selectors.searching import with_words

#: what a person skipped is not offered to them again for so long
SKIPPED_FOR = timedelta(hours=24)
PAGE = 50
#: nobody needs to know how many more there are, and to count them takes time
MANY = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to see of the queue: all that is given must hold; empty, everything."""

    words: str = ""
    workflow: str = ""
    basis: str = ""
    kind: str = ""
    source: int | None = None
    needs_review: bool = False
    flagged: bool = False

    def given(self) -> dict[str, object]:
        """The fields that narrow anything, as they are saved."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def of(cls, given: Mapping[str, object]) -> Wanted:
        """What :meth:`given` gave; fields that are no longer known are left out."""
        return cls(**{name: value for name, value in given.items() if name in cls.__slots__})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the queue: why it stands there, and who holds it."""

    standing: Standing
    waiting: ranking.Waiting
    parts: tuple[ranking.Part, ...]
    lease: Lease | None

    @property
    def points(self) -> float:
        """Its sum, within its part of the queue."""
        return sum(part.points for part in self.parts)

    @property
    def claim(self) -> Claim:
        return self.standing.claim


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue, to go on behind it."""

    rank: float
    claim_id: int


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Row, ...]
    more: Place | None  # where the next page begins


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, by what for, and how much of it is held. What is above :data:`MANY` is told as MANY + 1."""

    waiting: int
    needs_review: int
    second_review: int
    conflicting: int
    flagged: int
    mine: int
    held: int  # by others


def waiting(wanted: Wanted = Wanted()) -> QuerySet[Standing]:
    """The standings that wait for a person and are wanted, first those to be looked at first."""
    rows = Standing.objects.filter(rank__isnull=False)
    for field in ("workflow", "basis"):
        if value := getattr(wanted, field):
            rows = rows.filter(**{field: value})
    for field in ("needs_review", "flagged"):
        if getattr(wanted, field):
            rows = rows.filter(**{f"{field}__in": [True]})  # for "= True" SQLite uses no index
    if wanted.kind:
        # Not a join: that, SQLite would begin with, and sort a hundred thousand rows for one page.
        rows = rows.filter(Exists(Claim.objects.filter(pk=OuterRef("claim"), kind=wanted.kind)))
    if wanted.words:
        rows = rows.filter(claim__in=with_words(Claim.objects.all(), wanted.words))
    if wanted.source is not None:
        rows = rows.filter(claim__in=from_source(Claim.objects.all(), wanted.source))
    return rows.order_by("-rank", "claim_id")


def behind(rows: QuerySet[Standing], place: Place) -> QuerySet[Standing]:
    """Those of the queue's ``rows`` that come after a place."""
    return rows.filter(rank__lte=place.rank).filter(Q(rank__lt=place.rank) | Q(claim__gt=place.claim_id))


def page(wanted: Wanted, after: Place | None = None) -> Page:
    """A page of the queue, in two queries, whoever holds what."""
    rows = waiting(wanted).select_related("claim", "claim__assessment")
    if after is not None:
        rows = behind(rows, after)
    found = list(rows[: PAGE + 1])
    more = None
    if len(found) > PAGE:
        last = found[PAGE - 1]
        more = Place(last.rank, last.claim_id)
    return Page(tuple(_rows(found[:PAGE])), more)


def offered(rows: QuerySet[Standing], person: User) -> QuerySet[Standing]:
    """Those of ``rows`` that can be given to ``person``.

    Not what anybody holds, not what they skipped lately, and not what they gave a verdict on that another
    person shall confirm, or that another did not confirm: that wants other eyes. They can still take it by hand.
    """
    now = timezone.now()
    held = Lease.objects.filter(claim=OuterRef("claim"), ended_at=None, until__gt=now)
    skipped = Lease.objects.filter(
        claim=OuterRef("claim"), holder=person, ending=Lease.Ending.SKIPPED, ended_at__gt=now - SKIPPED_FOR
    )
    own = Verdict.objects.filter(claim=OuterRef("claim"), reviewer=person, withdrawal=None)
    return rows.filter(
        ~Exists(held),
        ~Exists(skipped),
        ~Q(workflow__in=[Workflow.SECOND_REVIEW, Workflow.IN_REVIEW]) | ~Exists(own),
    )


def counts(person: User) -> Counts:
    """Each from an index, in the same time for any number of claims."""
    by_holder = dict(live_leases().order_by().values_list("holder").annotate(n=Count("pk")))
    mine = by_holder.pop(person.pk, 0)
    return Counts(
        waiting=_up_to_many(),
        needs_review=_up_to_many(needs_review__in=[True]),
        second_review=_up_to_many(workflow=Workflow.SECOND_REVIEW),
        conflicting=_up_to_many(basis=Basis.CONFLICTING),
        flagged=_up_to_many(flagged__in=[True]),
        mine=mine,
        held=sum(by_holder.values()),
    )


def _up_to_many(**like: object) -> int:
    rows = Standing.objects.filter(rank__isnull=False, **like)
    # In order, though a count needs none: so SQLite takes the index that begins with what is asked for.
    return rows.order_by("-rank", "claim_id")[: MANY + 1].count()


def live_leases() -> QuerySet[Lease]:
    """Those that hold now."""
    return Lease.objects.filter(ended_at=None, until__gt=timezone.now())


def lease_on(claim_id: int) -> Lease | None:
    """Who holds the claim now."""
    return live_leases().filter(claim=claim_id).select_related("holder").first()


def held_by(person: User) -> list[Lease]:
    """What ``person`` holds, the latest taken first."""
    return list(live_leases().filter(holder=person).select_related("claim__standing"))


def before(claim_id: int, person: User) -> int | None:
    """The claim that ``person`` took before this one; the latest of all if they never took this."""
    taken = Lease.objects.filter(holder=person)
    this = taken.filter(claim=claim_id).first()
    if this is not None:
        taken = taken.filter(taken_at__lt=this.taken_at)
    return taken.exclude(claim=claim_id).values_list("claim_id", flat=True).first()


def saved_filters(person: User) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(owner=person))


def _rows(standings: Sequence[Standing]) -> list[Row]:
    now = ranking.today()
    leases = live_leases().filter(claim__in=[s.claim_id for s in standings]).select_related("holder")
    holding = {lease.claim_id: lease for lease in leases}
    rows = []
    for standing in standings:
        waits = as_waiting(standing)
        rows.append(Row(standing, waits, ranking.parts(waits, now), holding.get(standing.claim_id)))
    return rows


def as_waiting(standing: Standing) -> ranking.Waiting:
    """What the rank of a standing rests on; it comes with its claim and the claim's assessment."""
    found = getattr(standing.claim, "assessment", None)
    return ranking.Waiting(
        checkworthiness=standing.claim.checkworthiness,
        reach=found.origins_for + found.origins_against if found else 0,
        basis=standing.basis,
        workflow=standing.workflow,
        needs_review=standing.needs_review,
        day=standing.waiting_day,
    )

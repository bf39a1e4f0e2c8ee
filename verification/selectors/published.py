"""Claims whose verdict is published, for the public: bounded, and in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from claims.models import Article, Claim, Mention
from verification.comparison.types import Relation as Word
from verification.models import Event, ImportedReview, OriginMember, Relation, Verdict
from verification.models.words import EventKind, Workflow
from verification.selectors.records import first_members

MOST_APPEARANCES = 20
MOST_RELATED = 10


@dataclass(frozen=True, slots=True)
class Published:
    """A claim with its verdict and where it was said, oldest first."""

    claim: Claim
    verdict: Verdict
    published: datetime  # when the verdict was published
    superseded: datetime | None  # when a newer value made it outdated; None while it is not
    appearances: tuple[Mention, ...]

    @property
    def expires(self) -> datetime:
        """When the verdict should no longer be relied on."""
        return self.superseded or self.verdict.created_at + timedelta(days=settings.VERDICT_DAYS)

    @property
    def changed(self) -> datetime:
        return max(self.published, self.superseded or self.published)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim with the fact checks on it: ours, None if it is not published, and those of others, newest first."""

    claim: Claim
    ours: Published | None
    theirs: tuple[ImportedReview, ...]


@dataclass(frozen=True, slots=True)
class PublicOrigin:
    """Where the information comes from: how the earliest mention has it, and the articles that have it from there."""

    root: str
    against: bool
    words: str
    articles: tuple[Article, ...]  # the earliest first


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another published claim, and how it stands to this one."""

    claim: Claim
    relation: str
    newer: bool | None  # of an update: whether the other has the later value


@dataclass(frozen=True, slots=True)
class PublicDossier:
    published: Published
    origins: tuple[PublicOrigin, ...]
    neighbours: tuple[Neighbour, ...]


def with_published_verdict(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those of ``claims`` whose verdict is published, with ``verdict_id``, ``published_at``, ``superseded_at``."""
    return (
        _with_verdict(claims.filter(merged_into=None, standing__workflow=Workflow.PUBLISHED))
        .exclude(standing__verdict="")
        .filter(verdict_id__isnull=False)
    )


def reviewed(
    claims: QuerySet[Claim], theirs: QuerySet[ImportedReview], *, since: datetime | None, ours: bool
) -> tuple[Reviewed, ...]:
    """``claims`` that somebody's fact check is on, each with all of them: ours, if it is published, and ``theirs``.

    :param since: ours only if it was published then or later, :param ours: whether ours are wanted at all

    Four queries.
    """
    rows = list(_with_verdict(claims))
    shown = [row for row in rows if ours and _is_published(row, since)]
    by_claim = {one.claim.pk: one for one in published(shown)}
    foreign: dict[int, list[ImportedReview]] = defaultdict(list)
    found = _on_claims(theirs).filter(on_claim__in=[row.pk for row in rows])
    for review in found.select_related("source").defer("raw").order_by("-reviewed_on", "-pk"):
        foreign[review.on_claim].append(review)
    return tuple(Reviewed(row, by_claim.get(row.pk), tuple(foreign[row.pk])) for row in rows)


def under_review(
    claims: QuerySet[Claim], theirs: QuerySet[ImportedReview], *, since: datetime | None, ours: bool
) -> QuerySet[Claim]:
    """Those of ``claims`` that :func:`reviewed` has something to tell of."""
    condition = Q(pk__in=_on_claims(theirs).values("on_claim"))
    if ours:
        mine: QuerySet[Any] = with_published_verdict(Claim.objects.all())
        if since is not None:
            mine = mine.filter(published_at__gte=since)
        condition |= Q(pk__in=mine.values("pk"))
    return claims.filter(condition, merged_into=None)


def _on_claims(theirs: QuerySet[ImportedReview]) -> QuerySet[Any]:
    """``theirs`` with ``on_claim``: the claim that each speaks of, as cross-checking found."""
    on_claim = {"on_claim": F("revision__mentions__claim")}
    return theirs.filter(revision__is_current=True, revision__mentions__claim__isnull=False).annotate(
        **on_claim
    )


def _is_published(row: Any, since: datetime | None) -> bool:
    public = row.standing.workflow == Workflow.PUBLISHED and row.standing.verdict and row.verdict_id
    return bool(public) and (since is None or (row.published_at is not None and row.published_at >= since))


def _with_verdict(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """``claims`` with the verdict that stands, published or not, and when what happened to it."""
    verdicts = Verdict.objects.filter(
        claim=OuterRef("pk"), word=OuterRef("standing__verdict"), withdrawal=None
    ).order_by("-pk")
    events = Event.objects.filter(claim=OuterRef("pk")).order_by("-pk")
    superseded = events.filter(kind=EventKind.ASSESSED, after__endswith=", superseded")
    return claims.select_related("standing").annotate(
        verdict_id=Subquery(verdicts.values("pk")[:1]),
        published_at=Subquery(events.filter(kind=EventKind.PUBLISHED).values("created_at")[:1]),
        superseded_at=Subquery(superseded.values("created_at")[:1]),
    )


def published(claims: Iterable[Claim]) -> tuple[Published, ...]:
    """What there is to publish of ``claims``, which came through :func:`with_published_verdict`: two queries."""
    rows: list[Any] = list(claims)
    verdicts = Verdict.objects.in_bulk([row.verdict_id for row in rows])
    appearances = _appearances([row.pk for row in rows])
    return tuple(
        Published(
            claim=row,
            verdict=verdicts[row.verdict_id],
            published=row.published_at or verdicts[row.verdict_id].created_at,
            superseded=row.superseded_at if row.standing.outdated else None,
            appearances=tuple(appearances.get(row.pk, ())),
        )
        for row in rows
    )


def public_dossier(claim_id: int) -> PublicDossier | None:
    """All that the public may see of a claim; None unless its verdict is published. Five queries."""
    found = published(with_published_verdict(Claim.objects.filter(pk=claim_id).select_related("assessment")))
    if not found:
        return None
    return PublicDossier(found[0], _origins(claim_id), _neighbours(claim_id))


def heir_of(claim_id: int) -> int | None:
    """The claim that this one was merged into."""
    return Claim.objects.filter(pk=claim_id).values_list("merged_into_id", flat=True).first()


def _appearances(claim_ids: list[int]) -> Mapping[int, list[Mention]]:
    """The first places where each claim is made, at most ``MOST_APPEARANCES``."""
    earliest = [F("revision__article__published_at").asc(nulls_last=True), F("pk").asc()]
    place = Window(RowNumber(), partition_by="claim_id", order_by=earliest)
    rows = Mention.objects.filter(claim_id__in=claim_ids, revision__is_current=True)
    rows = rows.select_related("speaker", "revision__article__source").defer(
        "revision__text", "terms", "links"
    )
    found: dict[int, list[Mention]] = defaultdict(list)
    for row in rows.annotate(place=place).filter(place__lte=MOST_APPEARANCES).order_by("place"):
        if row.claim_id is not None:
            found[row.claim_id].append(row)
    return found


def _origins(claim_id: int) -> tuple[PublicOrigin, ...]:
    members: dict[tuple[bool, int], list[OriginMember]] = defaultdict(list)
    for row in first_members(OriginMember.objects.filter(origin__claim_id=claim_id)):
        members[row.origin.against, row.origin.number].append(row)
    return tuple(_origin(sorted(found, key=_earliest)) for _, found in sorted(members.items()))


def _earliest(member: OriginMember) -> tuple[bool, float, int]:
    day = member.mention.revision.article.published_at
    return (day is None, day.timestamp() if day else 0.0, member.pk)


def _origin(members: list[OriginMember]) -> PublicOrigin:
    origin, articles = members[0].origin, [member.mention.revision.article for member in members]
    return PublicOrigin(
        origin.root, origin.against, members[0].mention.text, tuple({a.pk: a for a in articles}.values())
    )


def _neighbours(claim_id: int) -> tuple[Neighbour, ...]:
    """Published claims that contradict, update or support it; what is not published is nobody's business."""
    shown = Q(a__standing__workflow=Workflow.PUBLISHED, b__standing__workflow=Workflow.PUBLISHED)
    rows = (
        Relation.objects.filter(
            Q(a=claim_id) | Q(b=claim_id), shown, a__merged_into=None, b__merged_into=None
        )
        .exclude(relation__in=[Word.UNRELATED.value, Word.SAME.value])
        .select_related("a__standing", "b__standing")
        .order_by("-confidence", "pk")
    )
    found = []
    for row in rows[:MOST_RELATED]:
        other = row.b if row.a_id == claim_id else row.a
        found.append(
            Neighbour(other, row.relation, None if row.newer_id is None else row.newer_id == other.pk)
        )
    return tuple(found)

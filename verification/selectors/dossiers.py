"""All that a reviewer needs to decide a claim, on one page, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Claim, Mention
from claims.selectors.reading import in_sentences
from verification.comparison.types import Relation as Word
from verification.models import (
    Assessment,
    Event,
    OriginMember,
    OriginOverride,
    Relation,
    Standing,
    Tie,
    Verdict,
)
from verification.models.words import EventKind, Workflow
from verification.selectors.origin_groups import MOST_SHOWN, OriginGroup, in_page, origin_groups
from verification.selectors.verdicts import readable, waiting_first

#: more than these are not shown on one page; the page says so
MOST_MENTIONS = 200
MOST_RELATIONS = 100
MOST_EVENTS = 100


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim and how it stands to this one. ``newer``: of an update, whether the other is later."""

    relation: Relation
    claim: Claim
    newer: bool | None


@dataclass(frozen=True, slots=True)
class Dossier:
    claim: Claim
    standing: Standing | None
    assessment: Assessment | None
    mention_count: int  # in current texts
    past_count: int  # in texts that have changed since
    speaks_for: tuple[OriginGroup, ...]
    against: tuple[OriginGroup, ...]
    uncounted: tuple[Mention, ...]  # its mentions that no origin stands behind
    more_mentions: bool  # there are more than are shown
    related: Mapping[str, tuple[Related, ...]]  # by relation
    verdicts: tuple[Verdict, ...]  # newest first; without one that the reader must not see yet
    first_verdict: Verdict | None  # what waits for a second reviewer's; may be kept from the reader
    events: tuple[Event, ...]  # newest first
    event_count: int
    overrides: tuple[OriginOverride, ...]  # where people cut or joined origins of its mentions
    standing_decisions: frozenset[int]  # those of ``events`` that can be taken back

    @property
    def measured(self) -> bool:
        """Whether it gives a figure, so that there may be values over time."""
        members = [m.mention for g in self.speaks_for for m in (g.lead, *g.folded)]
        return any(mention.quantities.all() for mention in members)

    @property
    def seen(self) -> int:
        """The last event a reader of this has seen, for :func:`changes_since`."""
        return self.events[0].pk if self.events else 0

    @property
    def sealed(self) -> bool:
        """Whether the first verdict is kept from the reader until they gave the second."""
        return self.first_verdict is not None and self.first_verdict not in self.verdicts

    @property
    def standing_verdict(self) -> Verdict | None:
        """The verdict that the claim stands on."""
        word = self.standing.verdict if self.standing else ""
        given = (v for v in self.verdicts if v.word == word and not hasattr(v, "withdrawal"))
        return next(given, None) if word else None

    @property
    def mention_ids(self) -> frozenset[int]:
        """All mentions that are shown: what a decision may name as evidence."""
        members = [m for group in (*self.speaks_for, *self.against) for m in (group.lead, *group.folded)]
        return frozenset([member.mention.pk for member in members] + [m.pk for m in self.uncounted])


def dossier(claim: Claim, reader: User) -> Dossier:
    """Gather the dossier of ``claim`` as ``reader`` may see it."""
    own = Mention.objects.filter(claim=claim)
    now = own.filter(revision__is_current=True).count()
    groups = origin_groups(claim)
    uncounted = _uncounted(claim, own)
    shown = {m.mention.pk for g in groups for m in (g.lead, *g.folded) if m.mention.claim_id == claim.pk}
    standing = Standing.objects.filter(claim=claim).first()
    verdicts = readable(claim.verdicts.select_related("reviewer", "first_reviewer", "withdrawal"), reader)
    events = tuple(claim.events.select_related("actor").order_by("-pk")[:MOST_EVENTS])
    return Dossier(
        claim=claim,
        standing=standing,
        assessment=Assessment.objects.filter(claim=claim).first(),
        mention_count=now,
        past_count=own.count() - now,
        speaks_for=tuple(g for g in groups if not g.origin.against),
        against=tuple(g for g in groups if g.origin.against),
        uncounted=uncounted,
        more_mentions=now > len(shown) + len(uncounted),
        related=_related(claim),
        verdicts=tuple(verdicts.order_by("-pk")[:MOST_EVENTS]),
        first_verdict=_first_verdict(standing),
        events=events,
        event_count=claim.events.count() if len(events) == MOST_EVENTS else len(events),
        overrides=_overrides(claim),
        standing_decisions=_standing_decisions(claim, events),
    )


def changes_since(claim_id: int, event_id: int) -> tuple[Event, ...]:
    """What happened to a claim after an event, oldest first."""
    rows = Event.objects.filter(claim_id=claim_id, pk__gt=event_id).select_related("actor")
    return tuple(rows.order_by("pk")[:MOST_EVENTS])


def own_mentions(claim: Claim) -> list[Mention]:
    """The current mentions of ``claim`` in their sentences, the first to publish first."""
    rows = in_sentences(Mention.objects.filter(claim=claim, revision__is_current=True))
    found = rows.prefetch_related("quantities", "times").order_by("pk")[:MOST_MENTIONS]
    return sorted(found, key=_when)


def related_claims(claim: Claim) -> tuple[Related, ...]:
    """The claims that stand in a relation to this one, surest first."""
    found = (related for rows in _related(claim).values() for related in rows)
    return tuple(sorted(found, key=lambda row: (-row.relation.confidence, row.relation.pk)))


def _overrides(claim: Claim) -> tuple[OriginOverride, ...]:
    rows = OriginOverride.objects.filter(Q(a__claim=claim) | Q(b__claim=claim))
    sources = ("a__revision__article__source", "b__revision__article__source")
    return tuple(
        rows.select_related("reviewer", *sources)
        .defer("a__revision__text", "b__revision__text")
        .order_by("pk")[:MOST_EVENTS]
    )


def _standing_decisions(claim: Claim, events: Iterable[Event]) -> frozenset[int]:
    """A judgement's event lies on both its claims, its ties hang on the first: both can be taken back."""
    decisive = [e for e in events if e.kind == EventKind.SPLIT or "judgement" in e.evidence]
    if not decisive:
        return frozenset()
    ties = Tie.objects.filter(Q(a__claim=claim) | Q(b__claim=claim)).values("decision")
    standing = {(e.pk, e.evidence.get("judgement")) for e in Event.objects.filter(pk__in=ties)}
    decisions, judgements = {pk for pk, _ in standing}, {j for _, j in standing if j is not None}
    return frozenset(e.pk for e in decisive if e.pk in decisions or e.evidence.get("judgement") in judgements)


def _first_verdict(standing: Standing | None) -> Verdict | None:
    if standing is None or standing.workflow != Workflow.SECOND_REVIEW:
        return None
    return waiting_first(standing.claim_id)


def _uncounted(claim: Claim, own: QuerySet[Mention]) -> tuple[Mention, ...]:
    behind = OriginMember.objects.filter(origin__claim=claim, mention=OuterRef("pk"))
    left = own.filter(~Exists(behind), revision__is_current=True).order_by("pk")
    return tuple(in_page(left.values_list("pk", flat=True)[:MOST_SHOWN]).values())


def _when(mention: Mention) -> tuple[float, int]:
    article = mention.revision.article
    return ((article.published_at or article.created_at).timestamp(), mention.pk)


def _related(claim: Claim) -> dict[str, tuple[Related, ...]]:
    """The claims this one stands in a relation to, surest first, by relation; "unrelated" left out."""
    rows = (
        Relation.objects.filter(Q(a=claim) | Q(b=claim))
        .exclude(relation=Word.UNRELATED.value)
        .select_related("a__standing", "b__standing", "a__assessment", "b__assessment")
        .order_by("-confidence", "pk")
    )
    found: dict[str, list[Related]] = {
        word.value: [] for word in (Word.CONTRADICTS, Word.UPDATES, Word.SUPPORTS, Word.SAME)
    }
    for row in rows[:MOST_RELATIONS]:
        other = row.b if row.a_id == claim.pk else row.a
        newer = None if row.newer_id is None else row.newer_id == other.pk
        found[row.relation].append(Related(row, other, newer))
    return {word: tuple(related) for word, related in found.items() if related}

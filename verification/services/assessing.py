"""Writing what the machine concludes of claims, and what changed by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.writing import add_all, set_each
from verification import assessment, comparison, origins, ranking
from verification.assessment import Conclusion, Grounds
from verification.models import Assessment, Event, Origin, OriginMember, Standing
from verification.models.words import EventKind, Freshness
from verification.origins.types import Origin as CountedOrigin
from verification.selectors.grounds import grounds, origins_of

ENGINE = f"assessment {assessment.VERSION}, comparison {comparison.VERSION}, origins {origins.VERSION}"


@transaction.atomic
def assess(claim_ids: Iterable[int], *, same_origins: Collection[int] = ()) -> None:
    """Recompute origins, basis and freshness of each claim from nothing, and record what changed.

    A verdict is never touched: where its ground moved, the claim needs review. ``same_origins`` are those of the
    claims whose mentions, and those against them, are what they were when their origins were counted last: of these
    what was counted then holds, if it was by the rules of today.
    """
    of_today = Assessment.objects.filter(claim__in=list(same_origins), engine_version=ENGINE)
    known = origins_of(of_today.values_list("pk", flat=True))
    found = grounds(claim_ids, known)
    conclusions = {claim_id: assessment.conclude(of_claim) for claim_id, of_claim in found.items()}
    _store_origins({claim_id: of_claim for claim_id, of_claim in found.items() if claim_id not in known})
    _store_assessments(conclusions)
    _store_standings(conclusions, {claim_id: of_claim.due_at for claim_id, of_claim in found.items()})


def _store_origins(found: Mapping[int, Grounds]) -> None:
    """Write the origins of the claims that have others than are stored."""
    stored = _stored_origins(found)
    counted = [
        (claim_id, number, origin)
        for claim_id, of_claim in found.items()
        if _described(of_claim.origins) != stored.get(claim_id, [])
        for number, origin in enumerate(of_claim.origins, start=1)
    ]
    gone = [claim_id for claim_id in stored if _described(found[claim_id].origins) != stored[claim_id]]
    OriginMember.objects.filter(origin__claim__in=gone).delete()
    Origin.objects.filter(claim__in=gone).delete()
    rows = add_all(
        Origin(
            claim_id=claim_id,
            number=number,
            kind=origin.kind.value,
            root=origin.root[:300],
            against=origin.against,
            reason=origin.reason,
        )
        for claim_id, number, origin in counted
    )
    add_all(
        OriginMember(
            origin=row,
            mention_id=int(edge.voice),
            parent_id=int(edge.parent) if edge.parent else None,
            rule=edge.rule.value,
            words=edge.words,
        )
        for row, (_, _, origin) in zip(rows, counted, strict=True)
        for edge in origin.edges
    )


_Described = list[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]


def _described(origins: Iterable[CountedOrigin]) -> _Described:
    """Origins as they are written, each with its members."""
    return [
        (
            (origin.kind.value, origin.root[:300], origin.against, origin.reason),
            sorted(
                (int(edge.voice), int(edge.parent) if edge.parent else 0, edge.rule.value, edge.words)
                for edge in origin.edges
            ),
        )
        for origin in origins
    ]


def _stored_origins(claim_ids: Iterable[int]) -> dict[int, _Described]:
    """What is written of each claim, in the order of its numbers."""
    rows = Origin.objects.filter(claim__in=list(claim_ids)).order_by("claim", "number")
    members: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    found: dict[int, _Described] = defaultdict(list)
    for pk, claim_id, *told in rows.values_list("pk", "claim", "kind", "root", "against", "reason"):
        found[claim_id].append((tuple(told), members[pk]))
    for origin, mention, parent, rule, words in (
        OriginMember.objects.filter(origin__in=list(members))
        .order_by("mention")
        .values_list("origin", "mention", "parent", "rule", "words")
    ):
        members[origin].append((mention, parent or 0, rule, words))
    return dict(found)


def _store_assessments(conclusions: Mapping[int, Conclusion]) -> None:
    rows = [
        Assessment(
            claim_id=claim_id,
            origins_for=conclusion.origins_for,
            origins_against=conclusion.origins_against,
            confidence=conclusion.confidence,
            explanation=conclusion.explanation,
            engine_version=ENGINE,
            computed_at=timezone.now(),
        )
        for claim_id, conclusion in conclusions.items()
    ]
    fields = ["origins_for", "origins_against", "confidence", "explanation", "engine_version", "computed_at"]
    add_all(rows, unique=["claim"], update=fields)


def _store_standings(conclusions: Mapping[int, Conclusion], due_at: Mapping[int, datetime | None]) -> None:
    """Change the machine's axes where they changed, and leave an event for each.

    A claim that is due stays so until a newer mention or a verdict renews its shelf life; it becomes due by
    :mod:`verification.services.falling_due` alone.
    """
    locked = Standing.objects.select_for_update(of=("self",)).select_related("claim")
    rows = locked.order_by("claim").in_bulk(list(conclusions))
    before = {}
    ranked, dated = set(), set()
    for claim_id, standing in rows.items():
        conclusion = conclusions[claim_id]
        freshness = _still_due(standing, conclusion.freshness, due_at[claim_id])
        was, now = (standing.basis, standing.freshness), (conclusion.basis, freshness)
        if standing.due_at != due_at[claim_id]:
            standing.due_at = due_at[claim_id]
            dated.add(claim_id)
        if was != now:
            before[claim_id] = f"{standing.status}: {', '.join(was)}"
            standing.basis, standing.freshness = now
            if standing.verdict and not standing.needs_review and _worth_a_look(was, now):
                standing.needs_review, standing.waiting_day = True, ranking.today()
            standing.version += 1
        if _rank(standing, conclusion):
            ranked.add(claim_id)
    fields = ["basis", "freshness", "needs_review", "waiting_day", "version", "merit", "due_at"]
    written = {pk: row for pk, row in rows.items() if pk in before or pk in ranked or pk in dated}
    set_each(Standing, fields, {pk: [getattr(row, field) for field in fields] for pk, row in written.items()})
    status = dict(Standing.objects.filter(claim__in=before).values_list("claim_id", "status"))
    add_all(
        Event(
            claim_id=claim_id,
            kind=EventKind.ASSESSED,
            before=before[claim_id],
            after=f"{status[claim_id]}: {conclusions[claim_id].basis}, {rows[claim_id].freshness}",
            reason=_reason(conclusions[claim_id]),
            evidence={
                "engine": ENGINE,
                "for": conclusions[claim_id].origins_for,
                "against": conclusions[claim_id].origins_against,
            },
        )
        for claim_id in before
    )


def _still_due(standing: Standing, concluded: str, due_at: datetime | None) -> str:
    due = standing.freshness == Freshness.DUE and due_at is not None and due_at <= timezone.now()
    return Freshness.DUE if due and concluded == Freshness.CURRENT else concluded


def _worth_a_look(was: tuple[str, str], now: tuple[str, str]) -> bool:
    """Whether a verdict's ground moved by it. That a shelf life ended or began anew moves nothing."""
    return was[0] != now[0] or now[1] in (Freshness.SUPERSEDED, Freshness.SOURCE_CHANGED)


def _rank(standing: Standing, conclusion: Conclusion) -> bool:
    """Give the standing the merit that follows; whether that is another than before."""
    reach = conclusion.origins_for + conclusion.origins_against
    now = ranking.merit(standing.claim.checkworthiness, reach)
    changed, standing.merit = now != standing.merit, now
    return changed


def _reason(conclusion: Conclusion) -> str:
    plural = "" if conclusion.origins_for == 1 else "s"
    reasons = [
        f"{conclusion.origins_for} independent origin{plural} for, {conclusion.origins_against} against"
    ]
    if conclusion.freshness != "current":
        reasons.append(conclusion.freshness.replace("_", " "))
    return "; ".join(reasons)

"""Writing what the machine concludes of claims, and what changed by it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from verification import assessment, comparison, origins
from verification.assessment import Conclusion, Grounds
from verification.models import Assessment, Event, Origin, OriginMember, Standing
from verification.selectors.grounds import grounds

ENGINE = f"assessment {assessment.VERSION}, comparison {comparison.VERSION}, origins {origins.VERSION}"


@transaction.atomic
def assess(claim_ids: Iterable[int]) -> None:
    """Recompute origins, basis and freshness of each claim from nothing, and record what changed.

    A verdict is never touched: where its ground moved, the claim needs review.
    """
    for claim_id, found in grounds(claim_ids).items():
        conclusion = assessment.conclude(found)
        _store_origins(claim_id, found)
        Assessment.objects.update_or_create(
            claim_id=claim_id,
            defaults={
                "origins_for": conclusion.origins_for,
                "origins_against": conclusion.origins_against,
                "confidence": conclusion.confidence,
                "explanation": conclusion.explanation,
                "engine_version": ENGINE,
            },
        )
        _store_standing(claim_id, conclusion)


def _store_origins(claim_id: int, found: Grounds) -> None:
    Origin.objects.filter(claim_id=claim_id).delete()
    for number, origin in enumerate(found.origins, start=1):
        row = Origin.objects.create(
            claim_id=claim_id,
            number=number,
            kind=origin.kind.value,
            root=origin.root[:300],
            against=origin.against,
            reason=origin.reason,
        )
        OriginMember.objects.bulk_create(
            OriginMember(
                origin=row,
                mention_id=int(edge.voice),
                parent_id=int(edge.parent) if edge.parent else None,
                rule=edge.rule.value,
                words=edge.words,
            )
            for edge in origin.edges
        )


def _store_standing(claim_id: int, conclusion: Conclusion) -> None:
    standing, _ = Standing.objects.select_for_update().get_or_create(claim_id=claim_id)
    before = (standing.basis, standing.freshness)
    after = (conclusion.basis, conclusion.freshness)
    if before == after:
        return
    was = standing.status
    standing.basis, standing.freshness = after
    standing.needs_review = standing.needs_review or bool(standing.verdict)
    standing.version += 1
    standing.save()
    standing.refresh_from_db(fields=["status", "outdated"])
    Event.objects.create(
        claim_id=claim_id,
        kind="assessed",
        before=f"{was}: {before[0]}, {before[1]}",
        after=f"{standing.status}: {after[0]}, {after[1]}",
        reason=_reason(conclusion),
        evidence={"engine": ENGINE, "for": conclusion.origins_for, "against": conclusion.origins_against},
    )


def _reason(conclusion: Conclusion) -> str:
    plural = "" if conclusion.origins_for == 1 else "s"
    reasons = [
        f"{conclusion.origins_for} independent origin{plural} for, {conclusion.origins_against} against"
    ]
    if conclusion.freshness != "current":
        reasons.append(conclusion.freshness.replace("_", " "))
    return "; ".join(reasons)

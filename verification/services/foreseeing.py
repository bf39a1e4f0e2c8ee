"""What an action on claims would change, found by doing it and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction

from claims.models import Claim, Mention
from verification.selectors.listing import with_standing
from verification.services.relating import neighbours


@dataclass(frozen=True, slots=True)
class Stand:
    """How a claim stands, in what a preview shows of it."""

    status: str
    mentions: int
    origins_for: int
    origins_against: int
    needs_review: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A claim before and after. Without ``before`` it is new and ``claim_id`` is not yet its number; without
    ``after`` it is merged into another. ``reworded`` is its wording afterwards, "" if that stays."""

    claim_id: int
    text: str
    reworded: str
    before: Stand | None
    after: Stand | None


def foresee(act: Callable[[], object], claim_ids: Collection[int]) -> tuple[Change, ...]:
    """What ``act`` would change of these claims, of those that would take their mentions, and of their neighbours.

    All of it is done in a transaction that is taken back, so a preview is what will happen, by the same code, as
    long as nothing else happens before. Raises what ``act`` raises.
    """
    ids = set(claim_ids)
    with transaction.atomic():
        around = neighbours(ids)
        mentions = list(Mention.objects.filter(claim__in=ids).values_list("pk", flat=True))
        before = _stands(ids | around)
        worded = _texts(before)
        act()
        now = Mention.objects.filter(pk__in=mentions, claim__isnull=False).values_list("claim_id", flat=True)
        ids |= {claim_id for claim_id in now if claim_id is not None}
        after = _stands(ids | around | neighbours(ids))
        now_worded = _texts(after)
        transaction.set_rollback(True)
    worded = now_worded | worded
    return tuple(
        Change(
            claim_id=pk,
            text=worded[pk],
            reworded=now_worded[pk] if now_worded.get(pk, worded[pk]) != worded[pk] else "",
            before=before.get(pk),
            after=after.get(pk),
        )
        for pk in sorted(before.keys() | after.keys(), key=lambda pk: (pk not in ids, pk))
        if pk in ids or before.get(pk, after.get(pk)) != after.get(pk)
    )


def _stands(claim_ids: Collection[int]) -> dict[int, Stand]:
    rows = with_standing(Claim.objects.filter(pk__in=claim_ids, merged_into=None, standing__isnull=False))
    return {row.pk: _stand(row) for row in rows}


def _texts(claim_ids: Collection[int]) -> dict[int, str]:
    return dict(Claim.objects.filter(pk__in=claim_ids).values_list("pk", "text"))


def _stand(claim: Claim) -> Stand:
    assessed = getattr(claim, "assessment", None)
    return Stand(
        status=claim.standing.status,
        mentions=getattr(claim, "mention_count", 0),
        origins_for=assessed.origins_for if assessed else 0,
        origins_against=assessed.origins_against if assessed else 0,
        needs_review=claim.standing.needs_review,
    )

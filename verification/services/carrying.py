"""Carrying on what was known of an article's mentions when it has a new revision.

A mention that was kept is the same mention in another text: it stays with its claim, and with it go the
comparisons that tie it to others and what people said of it. A changed one does so only if comparison finds that
it still says the same; else it is a newcomer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from claims.changes import Fate
from claims.models import Mention
from verification.comparison.types import Relation as Word
from verification.grouping import JOIN_AT
from verification.models import Comparison, OriginOverride, Tie
from verification.selectors.carried import claimed_predecessors
from verification.services.relating import turned


def carry_kept(revision_id: int) -> int:
    """Give kept mentions their claims, comparisons and people's words. Returns how many there are."""
    kept = claimed_predecessors(revision_id, Fate.KEPT)
    heirs = {old.pk: new.pk for new, old in kept}
    _give_claims(kept)
    _copy_comparisons(heirs)
    _copy_words(heirs)
    return len(kept)


def carry_changed(revision_id: int) -> None:
    """Leave changed mentions with the claim of their predecessor where they were found to say the same."""
    changed = claimed_predecessors(revision_id, Fate.CHANGED)
    news = [new.pk for new, _ in changed]
    same = Comparison.objects.filter(relation=Word.SAME.value, confidence__gte=JOIN_AT)
    rows = same.filter(Q(a__in=news) | Q(b__in=news)).values_list("a_id", "b_id")
    pairs = {frozenset(pair) for pair in rows}
    stay = [(new, old) for new, old in changed if frozenset((new.pk, old.pk)) in pairs]
    _give_claims(stay)
    _copy_words({old.pk: new.pk for new, old in stay})


def _give_claims(pairs: Iterable[tuple[Mention, Mention]]) -> None:
    rows = []
    for new, old in pairs:
        new.claim_id = old.claim_id
        rows.append(new)
    Mention.objects.bulk_update(rows, ["claim"])


def _copy_comparisons(heirs: Mapping[int, int]) -> None:
    rows = Comparison.objects.filter(Q(a__in=heirs) | Q(b__in=heirs)).select_related(
        "a__revision", "b__revision"
    )
    copies = []
    for row in rows.defer("a__revision__text", "b__revision__text"):
        a, b = (heirs.get(side.pk, side.pk if side.revision.is_current else None) for side in (row.a, row.b))
        if a is not None and b is not None and a != b:
            copies.append(turned(row, a, b))
    Comparison.objects.bulk_create(copies, ignore_conflicts=True)


def _copy_words(heirs: Mapping[int, int]) -> None:
    """What people said of the old mentions they said of their heirs."""
    touching = Q(a__in=heirs) | Q(b__in=heirs)
    ties = Tie.objects.filter(touching)
    Tie.objects.bulk_create(
        [
            Tie(decision_id=row.decision_id, a_id=pair[0], b_id=pair[1], word=row.word)
            for row in ties
            if (pair := _pair(row.a_id, row.b_id, heirs))
        ],
        ignore_conflicts=True,
    )
    overrides = OriginOverride.objects.filter(touching)
    OriginOverride.objects.bulk_create(
        [
            OriginOverride(a_id=pair[0], b_id=pair[1], word=row.word, reviewer_id=row.reviewer_id)
            for row in overrides
            if (pair := _pair(row.a_id, row.b_id, heirs))
        ],
        ignore_conflicts=True,
    )


def _pair(a: int, b: int, heirs: Mapping[int, int]) -> tuple[int, int] | None:
    one, other = sorted((heirs.get(a, a), heirs.get(b, b)))
    return (one, other) if one != other else None

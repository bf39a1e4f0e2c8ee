"""Recomputing what the machine concluded, with the rules of today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from claims.models import Claim, Mention
from claims.selectors.mentions import read_mentions
from verification import comparison
from verification.deciding import Finding
from verification.models import Comparison
from verification.services import relating
from verification.services.blocking import rekey
from verification.services.crosschecking import settle
from verification.services.grouping import regroup
from verification.services.locks import one_at_a_time

BATCH = 500


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that stands otherwise than before; "" where it was not, or is no longer, one of its own."""

    claim_id: int
    text: str
    before: str
    after: str


def reassess(*, dry_run: bool, progress: Callable[[str], None] = lambda _: None) -> list[Change]:
    """Compare all stored pairs anew, then group, relate and assess all claims. Returns what changed.

    With ``dry_run`` all of it is taken back: what would change is what did. People's words are kept. Pairs
    that were never compared, or were unrelated then, are not looked for.
    """
    with transaction.atomic():
        one_at_a_time("crosscheck")
        before = _standings()
        for pks in _batches(Comparison.objects.order_by("pk").values_list("pk", flat=True)):
            _compare_again(pks)
            progress(f"compared {len(pks)} pairs")
        current = Mention.objects.filter(revision__is_current=True, claim__isnull=False)
        for pks in _batches(current.order_by("pk").values_list("pk", flat=True)):
            regroup(pks, reason="reassessed")
            progress(f"grouped {len(pks)} mentions")
        for pks in _batches(
            Claim.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True)
        ):
            rekey(pks)
            settle(pks)
            progress(f"assessed {len(pks)} claims")
        after = _standings()
        if dry_run:
            transaction.set_rollback(True)
    return [
        Change(pk, *_told(before.get(pk), after.get(pk)))
        for pk in sorted(before | after)
        if before.get(pk) != after.get(pk)
    ]


def _compare_again(pks: list[int]) -> None:
    rows = list(Comparison.objects.filter(pk__in=pks))
    read = read_mentions({mention for row in rows for mention in (row.a_id, row.b_id)})
    found = [
        Finding(
            row.a_id,
            row.b_id,
            comparison.compare(read[row.a_id], read[row.b_id], found=True),
            tuple(row.reasons),
        )
        for row in rows
    ]
    unrelated = comparison.Relation.UNRELATED.value
    gone = [row.pk for row, f in zip(rows, found, strict=True) if f.comparison.relation == unrelated]
    relating.store_findings(f for f in found if f.comparison.relation != unrelated)
    Comparison.objects.filter(pk__in=gone).delete()


def _standings() -> dict[int, tuple[str, str]]:
    rows = Claim.objects.filter(merged_into=None, standing__isnull=False)
    fields = ("pk", "text", "standing__status", "standing__basis", "standing__freshness")
    return {pk: (text, ", ".join(axes)) for pk, text, *axes in rows.values_list(*fields)}


def _told(before: tuple[str, str] | None, after: tuple[str, str] | None) -> tuple[str, str, str]:
    text = (after or before or ("", ""))[0]
    return text, before[1] if before else "", after[1] if after else ""


def _batches(pks: object) -> Iterator[list[int]]:
    found = list(pks)  # type: ignore[call-overload]
    for first in range(0, len(found), BATCH):
        yield found[first : first + BATCH]

"""Recomputing what the machine concluded, with the rules of today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from claims.models import Claim, Mention
from claims.selectors.mentions import read_mentions
from claims.services.locks import one_at_a_time
from verification import comparison
from verification.comparison.view import View
from verification.deciding import Finding
from verification.models import Comparison
from verification.selectors.grouping import component
from verification.services import relating
from verification.services.blocking import rekey, remember_words
from verification.services.crosschecking import settle
from verification.services.grouping import regroup

BATCH = 200  # claims

Standings = dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that stands otherwise than before; "" where it was not, or is no longer, one of its own."""

    claim_id: int
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Progress:
    """``last`` is the claim up to which all is done: from there a run that was broken off goes on."""

    done: int
    of: int
    last: int


def reassess(
    *,
    dry_run: bool,
    after: int = 0,
    batch: int = BATCH,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Iterator[Change]:
    """Compare all stored pairs anew, then group, relate and assess all claims; yields what changed as it goes.

    In batches of claims, each with all that hangs together with them and in a transaction of its own, so that other
    work gets its turn between them; ``after`` leaves out the claims up to that id. With ``dry_run`` each batch is
    taken back: what would change is what did. People's words are kept. Pairs that were never compared, or were
    unrelated then, are not looked for.
    """
    waiting = Claim.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True)
    of, done, last = waiting.filter(pk__gt=after).count(), 0, after
    handled: set[int] = set()  # with a claim of an earlier batch
    told: dict[int, Change] = {}
    while ids := list(waiting.filter(pk__gt=last)[:batch]):
        with transaction.atomic():
            one_at_a_time("crosscheck")
            changes, reached = _reassess_claims([pk for pk in ids if pk not in handled])
            if dry_run:
                transaction.set_rollback(True)
        new = [change for change in changes if told.get(change.claim_id) != change]
        told |= {change.claim_id: change for change in new}
        yield from new
        done, last = done + len(ids), ids[-1]
        handled = {pk for pk in handled | reached if pk > last}
        progress(Progress(min(done, of), of, last))


def _reassess_claims(ids: list[int]) -> tuple[list[Change], set[int]]:
    """Do it for these claims and all that hangs together with them; what changed, and the claims reached."""
    own = Mention.objects.filter(claim__in=ids, revision__is_current=True).values_list("pk", flat=True)
    found = component(own)
    reached = {*ids, *found.claim_of.values()}
    before = _standings(reached | relating.neighbours(reached))
    _compare_again(list(found.ranks))
    revisions = Mention.objects.filter(pk__in=found.ranks).values_list("revision", flat=True).distinct()
    remember_words(sorted(revisions))
    touched = regroup(found.ranks, reason="reassessed").touched
    rekey(reached | touched)
    settle(reached | touched)
    after = _standings(before.keys() | touched | relating.neighbours(reached | touched))
    changes = [
        Change(pk, *_told(before.get(pk), after.get(pk)))
        for pk in sorted(before | after)
        if before.get(pk) != after.get(pk) and (pk in before or pk in touched)
    ]
    return changes, reached


def _compare_again(mention_ids: list[int]) -> None:
    rows = list(Comparison.objects.filter(Q(a__in=mention_ids) | Q(b__in=mention_ids)))
    read = read_mentions({mention for row in rows for mention in (row.a_id, row.b_id)})
    views = {pk: View(mention) for pk, mention in read.items()}
    found = [(row, comparison.related(views[row.a_id], views[row.b_id])) for row in rows]
    relating.store_findings(
        Finding(row.a_id, row.b_id, again, tuple(row.reasons)) for row, again in found if again is not None
    )
    Comparison.objects.filter(pk__in=[row.pk for row, again in found if again is None]).delete()


def _standings(claim_ids: Iterable[int]) -> Standings:
    rows = Claim.objects.filter(pk__in=list(claim_ids), merged_into=None, standing__isnull=False)
    fields = ("pk", "text", "standing__status", "standing__basis", "standing__freshness")
    return {pk: (text, ", ".join(axes)) for pk, text, *axes in rows.values_list(*fields)}


def _told(before: tuple[str, str] | None, after: tuple[str, str] | None) -> tuple[str, str, str]:
    text = (after or before or ("", ""))[0]
    return text, before[1] if before else "", after[1] if after else ""

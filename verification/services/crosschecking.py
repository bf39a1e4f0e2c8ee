"""Cross-checking a revision: find its mentions' claims, compare, relate, and assess what is touched.

The shape is that of a decider: selectors gather what is needed, :func:`verification.deciding.decide` turns it
into findings, :mod:`verification.grouping` turns those into claims, and services write them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max

from claims.models import Mention, Revision
from claims.pipeline import Done
from claims.services.articles import make_current
from verification import comparison
from verification.comparison import Comparison as Compared
from verification.comparison.view import View
from verification.deciding import Finding, decide
from verification.models import ArticleWord, BlockingKey, Event, OriginMember
from verification.selectors.candidates import newcomers
from verification.services import carrying, moving, relating
from verification.services.assessing import assess
from verification.services.blocking import rekey, remember_words
from verification.services.grouping import regroup
from verification.services.locks import one_at_a_time

Pair = tuple[int, int]


class Comparer:
    """Compares mentions and remembers: the same pair is never compared twice."""

    def __init__(self, known: dict[Pair, Compared] | None = None) -> None:
        self.known = dict(known or {})

    def __call__(self, a_id: int, a: View, b_id: int, b: View) -> Compared:
        if (a_id, b_id) not in self.known:
            self.known[a_id, b_id] = comparison.compare(a, b, found=True)
        return self.known[a_id, b_id]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was found outside the transaction, and what was the latest that had been concluded then."""

    seen: tuple[int, ...]
    newcomers: tuple[int, ...]
    findings: tuple[Finding, ...]
    known: dict[Pair, Compared]


def compare_ahead(revision_id: int) -> Ahead:
    """Do the comparisons outside the transaction; :func:`crosscheck` only adds those that are new by then."""
    seen = _latest()
    comparer = Comparer()
    found = newcomers(revision_id)
    findings = decide(found, comparer)
    return Ahead(seen, tuple(n.mention_id for n in found), findings, comparer.known)


def _latest() -> tuple[int, ...]:
    """Grows with whatever changes which claims there are or what they are made of."""
    tables = (ArticleWord, BlockingKey, Event, OriginMember)
    return tuple(table.objects.aggregate(latest=Max("pk"))["latest"] or 0 for table in tables)


def crosscheck(revision_id: int, ahead: Ahead) -> Done:
    """Give each mention of the revision its claim, store relations, and assess all claims touched.

    Within a transaction, one revision at a time, so that two articles with the same news found one claim.
    """
    one_at_a_time("crosscheck")
    revision = Revision.objects.select_related("article__source").get(pk=revision_id)
    before = make_current(revision)
    if before is None:
        return Done(note="a later text of this article was cross-checked before")
    kept = carrying.carry_kept(revision_id)
    if revision.number == 1 and ahead.seen == _latest():
        found, findings = ahead.newcomers, ahead.findings
    else:
        again = newcomers(revision_id)
        found = tuple(n.mention_id for n in again)
        findings = decide(again, Comparer(ahead.known))
    relating.store_findings(findings)
    remember_words(revision_id)
    carrying.carry_changed(revision_id)
    left = _left_behind(revision_id)
    regrouped = regroup([*found, *_still_in(left)])
    moved = moving.tell(before, revision)
    rekey(left)
    settle(regrouped.touched | left | moved)
    joined = max(len(found) - regrouped.founded, 0)
    carried = f", {kept} kept" if kept else ""
    return Done(note=f"{regrouped.founded} new claims, {joined} mentions of known ones{carried}")


def settle(claim_ids: Collection[int]) -> None:
    """Bring relations and assessments up to date where the mentions of these claims changed."""
    around = relating.neighbours(claim_ids)
    relating.relate(claim_ids)
    assess(set(claim_ids) | around | relating.neighbours(claim_ids))


def _still_in(claim_ids: set[int]) -> list[int]:
    rows = Mention.objects.filter(claim__in=claim_ids, revision__is_current=True)
    return list(rows.values_list("pk", flat=True))


def _left_behind(revision_id: int) -> set[int]:
    """Claims of the article's earlier revisions: their ground may have moved."""
    rows = Mention.objects.filter(
        revision__article__revisions=revision_id, revision__is_current=False, claim__isnull=False
    )
    return {claim_id for claim_id in rows.values_list("claim_id", flat=True) if claim_id is not None}

"""Cross-checking a revision: find its mentions' claims, compare, relate, and assess what is touched.

The shape is that of a decider: selectors gather what is needed, :func:`verification.deciding.decide` turns it
into findings, :mod:`verification.grouping` turns those into claims, and services write them.
"""

from __future__ import annotations

from collections.abc import Collection

from claims.models import Mention, Revision
from claims.pipeline import Done
from claims.services.articles import make_current
from verification import comparison
from verification.comparison import Comparison as Compared
from verification.comparison.view import View
from verification.deciding import decide
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


def compare_ahead(revision_id: int) -> dict[Pair, Compared]:
    """Do the comparisons outside the transaction; :func:`crosscheck` only adds those that are new by then."""
    comparer = Comparer()
    decide(newcomers(revision_id), comparer)
    return comparer.known


def crosscheck(revision_id: int, known: dict[Pair, Compared]) -> Done:
    """Give each mention of the revision its claim, store relations, and assess all claims touched.

    Within a transaction, one revision at a time, so that two articles with the same news found one claim.
    """
    one_at_a_time("crosscheck")
    revision = Revision.objects.select_related("article__source").get(pk=revision_id)
    before = make_current(revision)
    if before is None:
        return Done(note="a later text of this article was cross-checked before")
    kept = carrying.carry_kept(revision_id)
    found = newcomers(revision_id)
    relating.store_findings(decide(found, Comparer(known)))
    remember_words(revision_id)
    carrying.carry_changed(revision_id)
    left = _left_behind(revision_id)
    regrouped = regroup([n.mention_id for n in found] + _still_in(left))
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

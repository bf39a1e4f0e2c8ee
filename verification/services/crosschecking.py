"""Cross-checking a revision: find its mentions' claims, compare, relate, and assess what is touched.

The shape is that of a decider: selectors gather what is needed, :func:`verification.deciding.decide` turns it
into findings, :mod:`verification.grouping` turns those into claims, and services write them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Exists, OuterRef

from claims.models import Mention, Revision
from claims.pipeline import Done, stopping
from claims.services.articles import make_current
from claims.services.locks import one_at_a_time
from verification import comparison
from verification.comparison import Comparison as Compared
from verification.comparison.types import Relation as Word
from verification.comparison.view import View
from verification.deciding import Finding, decide
from verification.grouping import JOIN_AT
from verification.models import ArticleWord, BlockingKey, Event, OriginMember
from verification.selectors.candidates import first_newcomers, newcomers
from verification.services import carrying, moving, relating
from verification.services.assessing import assess
from verification.services.blocking import rekey, remember_words
from verification.services.grouping import regroup

Pair = tuple[int, int]


class Comparer:
    """Compares mentions and remembers: the same pair is never compared twice."""

    def __init__(self, known: dict[Pair, Compared | None] | None = None) -> None:
        self.known = dict(known or {})

    def __call__(self, a_id: int, a: View, b_id: int, b: View) -> Compared | None:
        if (a_id, b_id) not in self.known:
            self.known[a_id, b_id] = comparison.related(a, b)
        return self.known[a_id, b_id]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was found outside the transaction, and what was the latest that had been concluded then.

    ``views`` are those of the newcomers. A mention is what it is from extraction on, so they hold later, too.
    """

    seen: tuple[int, ...]
    views: dict[int, View]
    findings: tuple[Finding, ...]
    known: dict[Pair, Compared | None]


def compare_ahead(revision_id: int) -> Ahead:
    """Do the comparisons outside the transaction; :func:`crosscheck` only adds those that are new by then."""
    return compare_many_ahead([revision_id])[0]


def compare_many_ahead(revision_ids: Sequence[int]) -> list[Ahead]:
    """:func:`compare_ahead` for several: for first revisions at once, what is found being of all of them."""
    seen = _latest()
    first = _first_times(revision_ids)
    together = _compare_first(seen, first, {}, {}) if first else None
    return [together if together and pk in first else _compare(_latest(), pk, {}) for pk in revision_ids]


def _compare(seen: tuple[int, ...], revision_id: int, known: dict[Pair, Compared | None]) -> Ahead:
    comparer = Comparer(known)
    found = newcomers(revision_id)
    findings = decide(found, comparer)
    return Ahead(seen, {n.mention_id: n.view for n in found}, findings, comparer.known)


def _compare_first(
    seen: tuple[int, ...],
    revision_ids: Collection[int],
    known: dict[Pair, Compared | None],
    views: dict[int, View],
) -> Ahead:
    comparer = Comparer(known)
    joined: dict[int, int] = {}
    every: dict[int, View] = {}
    findings: list[Finding] = []
    for found, stored in first_newcomers(revision_ids, joined, views):
        stopping.check()
        every |= {n.mention_id: n.view for n in found}
        for finding in decide(found, comparer):
            findings.append(finding)
            if finding.comparison.relation is Word.SAME and finding.comparison.confidence >= JOIN_AT:
                row = stored.rows.get(finding.other)
                other = (row and row.claim_id) or joined.get(finding.other, -finding.other)
                joined.setdefault(finding.newcomer, other)
    return Ahead(seen, every, tuple(findings), comparer.known)


def _latest() -> tuple[int, ...]:
    """Grows with whatever changes which claims there are or what they are made of."""
    tables = (ArticleWord, BlockingKey, Event, OriginMember)
    latest = ", ".join(f'(SELECT MAX(id) FROM "{table._meta.db_table}")' for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {latest}")
        return tuple(number or 0 for number in cursor.fetchone())


def _first_times(revision_ids: Sequence[int]) -> frozenset[int]:
    """Those that are the first of their article, were not cross-checked yet and are there still: nothing is carried
    on, left behind or told of."""
    rows = Revision.objects.filter(
        pk__in=revision_ids, number=1, is_current=True, article__watch__gone_at=None
    )
    checked = Mention.objects.filter(revision=OuterRef("pk"), claim__isnull=False)
    return frozenset(rows.exclude(Exists(checked)).values_list("pk", flat=True))


def crosscheck(revision_id: int, ahead: Ahead) -> Done:
    """Give each mention of the revision its claim, store relations, and assess all claims touched.

    Within a transaction, one revision at a time, so that two articles with the same news found one claim.
    """
    return crosscheck_many([(revision_id, ahead)])[0]


def _crosscheck_later(revision_id: int, ahead: Ahead) -> Done:
    revision = Revision.objects.select_related("article__source").get(pk=revision_id)
    before = make_current(revision)
    if before is None:
        return Done(note="a later text of this article was cross-checked before")
    kept = carrying.carry_kept(revision_id)
    if revision.number > 1 or ahead.seen != _latest():
        ahead = _compare(ahead.seen, revision_id, ahead.known)
    relating.store_findings(ahead.findings)
    remember_words([revision_id])
    carrying.carry_changed(revision_id)
    left = _left_behind(revision_id)
    regrouped = regroup([*ahead.views, *_still_in(left)], seen=ahead.views)
    moved = moving.tell(before, revision)
    rekey(left)
    settle(regrouped.touched | left | moved)
    carried = f", {kept} kept" if kept else ""
    return Done(note=_told(len(regrouped.founders), len(ahead.views)) + carried)


def crosscheck_many(pairs: Sequence[tuple[int, Ahead]]) -> list[Done]:
    """:func:`crosscheck` of several: first revisions all at once, and then the others one after the other."""
    one_at_a_time("crosscheck")
    first = _first_times([revision_id for revision_id, _ in pairs])
    notes = _crosscheck_first({pk: ahead for pk, ahead in pairs if pk in first})
    # Of the others only the comparisons hold: what is new to one may be what was found of the first ones.
    return [
        Done(note=notes[pk]) if pk in notes else _crosscheck_later(pk, replace(ahead, seen=()))
        for pk, ahead in pairs
    ]


def _crosscheck_first(ahead_of: Mapping[int, Ahead]) -> dict[int, str]:
    if not ahead_of:
        return {}
    revision_ids = list(ahead_of)
    ahead = ahead_of[revision_ids[0]]
    own = Mention.objects.filter(revision__in=revision_ids).values_list("pk", "revision")
    revision_of = dict(own.order_by("pk"))
    if ahead.seen != _latest() or ahead.views.keys() != revision_of.keys():
        ahead = _compare_first(ahead.seen, revision_ids, ahead.known, ahead.views)
    relating.store_findings(ahead.findings)
    remember_words(revision_ids, {revision_of[pk]: view for pk, view in ahead.views.items()})
    regrouped = regroup(ahead.views, seen=ahead.views)
    settle(regrouped.touched)
    found = Counter(revision_of.values())
    founded = Counter(revision_of[pk] for pk in regrouped.founders if pk in revision_of)
    return {pk: _told(founded[pk], found[pk]) for pk in revision_ids}


def _told(founded: int, found: int) -> str:
    return f"{founded} new claims, {max(found - founded, 0)} mentions of known ones"


def settle(claim_ids: Collection[int]) -> None:
    """Bring relations and assessments up to date where the mentions of these claims changed."""
    touched = set(claim_ids)
    before = relating.neighbours_by_word(touched)
    relating.relate(touched)
    after = relating.neighbours_by_word(touched)
    against, dated = (before[word] | after[word] for word in (Word.CONTRADICTS, Word.UPDATES))
    assess(touched | against | dated, same_origins=dated - against - touched)


def _still_in(claim_ids: set[int]) -> list[int]:
    rows = Mention.objects.filter(claim__in=claim_ids, revision__is_current=True)
    return list(rows.values_list("pk", flat=True))


def _left_behind(revision_id: int) -> set[int]:
    """Claims of the article's earlier revisions: their ground may have moved."""
    rows = Mention.objects.filter(
        revision__article__revisions=revision_id, revision__is_current=False, claim__isnull=False
    )
    return {claim_id for claim_id in rows.values_list("claim_id", flat=True) if claim_id is not None}

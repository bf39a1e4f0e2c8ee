"""Storing comparisons between mentions, and the relations between claims that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from django.db.models import Q
from django.utils import timezone

from claims.models import Mention
from claims.writing import add_all, set_each
from verification import comparison
from verification.comparison.types import Evidence
from verification.comparison.types import Relation as Word
from verification.deciding import Finding
from verification.models import Comparison, Relation
from verification.selectors.grouping import ranks

#: what is kept of a step; dataclasses.asdict, which looks into each value for others, takes ten times as long
_STEP = tuple(field.name for field in fields(Evidence))


def store_findings(findings: Iterable[Finding]) -> None:
    """Keep each comparison with its trace, and bring the relations of the claims concerned up to date."""
    add_all(
        [_row(finding) for finding in findings],
        unique=["a", "b"],
        update=[
            "relation",
            "confidence",
            "supports",
            "contradicts",
            "neutral",
            "newer",
            "trace",
            "reasons",
            "engine_version",
        ],
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a comparison says of the claims of its mentions, in the order of the claims' ids."""

    id: int
    a: int
    b: int
    relation: str
    confidence: float
    newer: int | None
    sides: tuple[int, int]  # its mentions


def relate(claim_ids: Iterable[int]) -> None:
    """Make the relations of these claims, both ways, those that their mentions' comparisons give now.

    The surest comparison of a pair decides; where two are equally sure, that of the mentions that were published
    first, so that it does not hang on which came in first.
    """
    ids = list(claim_ids)
    by_pair: dict[tuple[int, int], list[_Compared]] = defaultdict(list)
    for compared in _compared(ids):
        by_pair[compared.a, compared.b].append(compared)
    stored = {
        (row.a_id, row.b_id): row for row in Relation.objects.filter(Q(a__in=ids) | Q(b__in=ids)).order_by()
    }
    gone = [row.pk for pair, row in stored.items() if pair not in by_pair]
    Relation.objects.filter(pk__in=gone).delete()
    surest_of = _surest(by_pair)
    new, changed = [], []
    for pair, surest in sorted(surest_of.items()):
        row = stored.get(pair) or Relation(a_id=pair[0], b_id=pair[1])
        now = (surest.relation, surest.confidence, surest.newer, surest.id)
        if pair not in stored:
            new.append(row)
        elif now != (row.relation, row.confidence, row.newer_id, row.comparison_id):
            changed.append(row)
        row.relation, row.confidence, row.newer_id, row.comparison_id = now
        row.updated_at = timezone.now()
    add_all(new)
    fields = ["relation", "confidence", "newer", "comparison", "updated_at"]
    keys = ["relation", "confidence", "newer_id", "comparison_id", "updated_at"]
    set_each(Relation, fields, {row.pk: [getattr(row, key) for key in keys] for row in changed})


def _surest(by_pair: Mapping[tuple[int, int], Sequence[_Compared]]) -> dict[tuple[int, int], _Compared]:
    first = {pair: min((-one.confidence, one.relation) for one in found) for pair, found in by_pair.items()}
    equal = {
        pair: [one for one in found if (-one.confidence, one.relation) == first[pair]]
        for pair, found in by_pair.items()
    }
    rank = ranks({side for found in equal.values() if len(found) > 1 for one in found for side in one.sides})
    return {
        pair: min(found, key=lambda one: sorted(rank[side] for side in one.sides))
        if len(found) > 1
        else found[0]
        for pair, found in equal.items()
    }


def _compared(claim_ids: list[int]) -> Iterator[_Compared]:
    """The comparisons that bear on these claims and others."""
    # First their mentions: asked for the claims of both sides at once, databases read all comparisons.
    own = Mention.objects.filter(claim__in=claim_ids, revision__is_current=True)
    mentions = list(own.values_list("pk", flat=True))
    rows = Comparison.objects.filter(
        Q(a__in=mentions) | Q(b__in=mentions), a__revision__is_current=True, b__revision__is_current=True
    )
    for pk, relation, confidence, newer, a, b, one, other in rows.values_list(
        "pk", "relation", "confidence", "newer", "a_id", "b_id", "a__claim", "b__claim"
    ):
        if one is None or other is None or one == other:
            continue
        later = one if newer == "a" else other if newer == "b" else None
        yield _Compared(pk, min(one, other), max(one, other), relation, confidence, later, (a, b))


def neighbours(claim_ids: Iterable[int]) -> set[int]:
    """Claims whose assessment rests on these: those they contradict or update."""
    return set().union(*neighbours_by_word(claim_ids).values())


def neighbours_by_word(claim_ids: Iterable[int]) -> dict[Word, set[int]]:
    """:func:`neighbours`, those that they contradict and those that they update."""
    ids = list(claim_ids)
    found: dict[Word, set[int]] = {Word.CONTRADICTS: set(), Word.UPDATES: set()}
    weighty = Relation.objects.filter(relation__in=[word.value for word in found])
    pairs = weighty.filter(Q(a__in=ids) | Q(b__in=ids)).order_by()
    for word, a, b in pairs.values_list("relation", "a_id", "b_id"):
        found[Word(word)] |= {a, b}
    return found


def _row(finding: Finding) -> Comparison:
    """The comparison as a row: the lower id is ``a``, so the sides may change places."""
    found = finding.comparison
    crossed = finding.newcomer > finding.other
    sides = (finding.other, finding.newcomer) if crossed else (finding.newcomer, finding.other)
    newer = found.newer or ""
    if crossed and newer:
        newer = "b" if newer == "a" else "a"
    trace = [{name: getattr(step, name) for name in _STEP} for step in found.trace]
    if crossed:
        trace = [{**step, "a": step["b"], "b": step["a"]} for step in trace]
    return Comparison(
        a_id=sides[0],
        b_id=sides[1],
        relation=found.relation.value,
        confidence=found.confidence,
        supports=found.stance.supports,
        contradicts=found.stance.contradicts,
        neutral=found.stance.neutral,
        newer=newer,
        trace=trace,
        reasons=list(finding.reasons),
        engine_version=comparison.VERSION,
    )


def turned(row: Comparison, a: int, b: int) -> Comparison:
    """``row`` as a new one between other mentions that say the same as its own: ``a`` for its a-side."""
    crossed = a > b
    newer = row.newer
    if crossed and newer:
        newer = "b" if newer == "a" else "a"
    return Comparison(
        a_id=min(a, b),
        b_id=max(a, b),
        relation=row.relation,
        confidence=row.confidence,
        supports=row.supports,
        contradicts=row.contradicts,
        neutral=row.neutral,
        newer=newer,
        trace=[{**step, "a": step["b"], "b": step["a"]} if crossed else step for step in row.trace],
        reasons=row.reasons,
        engine_version=row.engine_version,
    )

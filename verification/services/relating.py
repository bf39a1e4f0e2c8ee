"""Storing comparisons between mentions, and the relations between claims that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from django.db.models import Q

from claims.models import Mention
from verification import comparison
from verification.comparison.types import Relation as Word
from verification.deciding import Finding
from verification.models import Comparison, Relation
from verification.selectors.grouping import rank


def store_findings(findings: Iterable[Finding]) -> None:
    """Keep each comparison with its trace, and bring the relations of the claims concerned up to date."""
    rows = [_row(finding) for finding in findings]
    Comparison.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["a", "b"],
        update_fields=[
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


def relate(claim_ids: Iterable[int]) -> None:
    """Make the relations of these claims, both ways, those that their mentions' comparisons give now.

    The surest comparison of a pair decides; where two are equally sure, that of the mentions that were published
    first, so that it does not hang on which came in first.
    """
    ids = list(claim_ids)
    # First their mentions: asked for the claims of both sides at once, databases read all comparisons.
    own = list(Mention.objects.filter(claim__in=ids, revision__is_current=True).values_list("pk", flat=True))
    rows = Comparison.objects.filter(
        Q(a__in=own) | Q(b__in=own), a__revision__is_current=True, b__revision__is_current=True
    )
    by_pair: dict[tuple[int, int], list[Comparison]] = defaultdict(list)
    place = (
        "claim",
        "start",
        "end",
        "revision__sha256",
        "revision__article__published_at",
        "revision__article__url",
    )
    wanted = (f"{side}__{field}" for side in ("a", "b") for field in place)
    rows = rows.select_related("a__revision__article", "b__revision__article")
    for row in rows.only("relation", "confidence", "newer", *wanted):
        one, other = row.a.claim_id, row.b.claim_id
        if one is not None and other is not None and one != other:
            by_pair[min(one, other), max(one, other)].append(row)
    stored = {
        (row.a_id, row.b_id): row for row in Relation.objects.filter(Q(a__in=ids) | Q(b__in=ids)).order_by()
    }
    gone = [row.pk for pair, row in stored.items() if pair not in by_pair]
    Relation.objects.filter(pk__in=gone).delete()
    for pair, found in sorted(by_pair.items()):
        surest = min(
            found, key=lambda row: (-row.confidence, row.relation, *sorted((rank(row.a), rank(row.b))))
        )
        _relate(pair, surest, stored.get(pair))


def _relate(pair: tuple[int, int], surest: Comparison, stored: Relation | None) -> None:
    newer = None
    if surest.newer:
        newer = surest.a.claim_id if surest.newer == "a" else surest.b.claim_id
    row = stored or Relation(a_id=pair[0], b_id=pair[1])
    now = (surest.relation, surest.confidence, newer, surest.pk)
    if stored is None or now != (row.relation, row.confidence, row.newer_id, row.comparison_id):
        row.relation, row.confidence, row.newer_id, row.comparison_id = now
        row.save()


def neighbours(claim_ids: Iterable[int]) -> set[int]:
    """Claims whose assessment rests on these: those they contradict or update."""
    ids = list(claim_ids)
    weighty = Relation.objects.filter(relation__in=[Word.CONTRADICTS.value, Word.UPDATES.value])
    pairs = weighty.filter(Q(a__in=ids) | Q(b__in=ids)).order_by().values_list("a_id", "b_id")
    return {claim_id for pair in pairs for claim_id in pair}


def _row(finding: Finding) -> Comparison:
    """The comparison as a row: the lower id is ``a``, so the sides may change places."""
    found = finding.comparison
    crossed = finding.newcomer > finding.other
    sides = (finding.other, finding.newcomer) if crossed else (finding.newcomer, finding.other)
    newer = found.newer or ""
    if crossed and newer:
        newer = "b" if newer == "a" else "a"
    trace = [asdict(step) for step in found.trace]
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

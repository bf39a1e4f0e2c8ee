"""From the steps of a trace to a relation.

Three sums of bits: *slot* (both speak about the same thing), *conflict* (they cannot both be true of it
at one time), *shift* (they speak of different times). With P, C and T the probabilities that these sums
amount to (odds 2**bits), the four outcomes are

    unrelated 1 - P,  updates P*T,  contradicts P*(1-T)*C,  agrees P*(1-T)*(1-C)

and the relation is the likeliest; its probability is the confidence. Where the wordings are alike but for a
detail that stands unanswered on either side, nothing is confirmed: what "agrees" would have is not comparable,
and goes to unrelated. The stance follows: supports is
"agrees", contradicts is "contradicts", neutral the rest. "Agrees" is ``same`` unless one side says
clearly less or more than the other: then it is ``supports``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from verification.comparison.levels import probability
from verification.comparison.types import Comparison, Evidence, Relation, Stance
from verification.comparison.view import Modality, View

#: levels that show that one of the two says less: it can support the other, but is not the same claim
_PARTIAL = frozenset(
    {
        ("quantity", "one-sided"),
        ("quantity", "bound"),
        ("quantity", "not comparable"),
        ("terms", "few"),
        ("terms", "none"),
        ("modality", "possible and expected"),
    }
)


_UNANSWERED = frozenset(
    {
        ("roles", "other order"),
        ("polarity", "opposed"),
        ("polarity", "uneven"),
        ("substitution", "other words"),
        ("leftover", "opposite"),
        ("leftover", "number in like words"),
        ("leftover", "unit in like words"),
        ("leftover", "unit"),
        ("leftover", "name in like words"),
        ("leftover", "day in like words"),
    }
)


def decide(a: View, b: View, steps: Sequence[Evidence], lone: bool = False) -> Comparison:
    """The judgement that a trace amounts to. ``lone``: nothing is known of the articles; then any leftover counts."""
    same_slot = probability(sum(step.weight for step in steps))
    conflict = probability(sum(step.conflict for step in steps))
    shift = probability(sum(step.shift for step in steps))
    agrees = same_slot * (1 - shift) * (1 - conflict)
    left = any(
        (step.feature, step.level) in _UNANSWERED or (lone and step.feature in ("leftover", "anchor"))
        for step in steps
    )
    unanswered = agrees if left else 0.0
    agrees -= unanswered
    outcomes = {
        Relation.UNRELATED: 1 - same_slot + unanswered,
        Relation.UPDATES: same_slot * shift,
        Relation.CONTRADICTS: same_slot * (1 - shift) * conflict,
        Relation.SAME: agrees,
    }
    relation = max(outcomes, key=lambda one: outcomes[one])
    confidence = outcomes[relation]
    if relation is Relation.SAME and any((step.feature, step.level) in _PARTIAL for step in steps):
        relation = Relation.SUPPORTS
    against = outcomes[Relation.CONTRADICTS]
    stance = Stance(supports=agrees, contradicts=against, neutral=max(0.0, 1 - agrees - against))
    newer = _newer(a, b) if relation is Relation.UPDATES else None
    return Comparison(relation, confidence, stance, tuple(steps), newer)


def _newer(a: View, b: View) -> str | None:
    """Which of the two speaks of the later time; an outcome is later than the expectation of it."""
    end_a, end_b = _end(a), _end(b)
    if end_a and end_b and end_a != end_b:
        return "a" if end_a > end_b else "b"
    if (a.modality is Modality.ACTUAL) != (b.modality is Modality.ACTUAL):
        return "a" if a.modality is Modality.ACTUAL else "b"
    return None


def _end(view: View) -> date | None:
    return view.last or view.first

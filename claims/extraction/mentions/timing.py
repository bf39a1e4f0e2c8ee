"""The days that a claim is said to hold for."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Token

from claims.extraction.mentions.checkable import is_past
from claims.extraction.mentions.clause import Clause, Construction, predicate_of
from claims.extraction.mentions.view import View, is_verb
from claims.extraction.types import TimeExpression

Days = tuple[date | None, date | None]
_DEEPEST = 12  # steps up the tree; a time further down tells nothing about the claim's own day


def own_times(view: View, clause: Clause) -> tuple[TimeExpression, ...]:
    """The times in the words of ``clause``; of a nominal event, those of the event it is coordinated with.

    "following its annexation of Crimea and the seizure of Donetsk in 2014": the year is told once for both.
    """
    times = view.times(clause.first, clause.last)
    if times or clause.construction is not Construction.NOMINAL:
        return times
    last = max((t.right_edge.i + 1 for t in clause.head.conjuncts if t.i > clause.head.i), default=0)
    return view.times(clause.last, last)[:1] if last > clause.last else ()


def as_of(view: View, clause: Clause, times: tuple[TimeExpression, ...]) -> Days:
    """The days for which the claim is said to hold, both None where it does not tell.

    Its own times first, that nearest to its predicate; not when somebody said so ("he said on
    Tuesday"). Else the day of publication for what is said in the present tense.
    """
    head = predicate_of(view, clause)
    dated = [(depth, t) for t in times if (depth := _depth(view, t, head)) is not None and _is_dated(t)]
    if dated:
        nearest = min(dated, key=lambda pair: pair[0])[1]
        return nearest.first, nearest.last
    published = view.parts.published
    if clause.construction is Construction.APPOSITION:
        return published, published
    if published is None or not is_verb(head) or is_past(head):
        return _perfect(head, published)
    modal = any(c.tag_ == "MD" for c in head.children)
    return (None, None) if modal or head.tag_ == "VB" else (published, published)


def _is_dated(time: TimeExpression) -> bool:
    return time.first is not None and time.last is not None and time.type in ("DATE", "TIME")


def _depth(view: View, time: TimeExpression, head: Token) -> int | None:
    """How many verbs stand between a time and the predicate; None for the time of a saying put in."""
    token, verbs = view.head_of(*view.tokens(time.start, time.end)), 0
    for _ in range(_DEEPEST):
        if token.i == head.i or token.head.i == token.i:
            return verbs
        token = token.head
        if is_verb(token) and token.i != head.i:
            if token.i in view.cue_tokens and not token.is_ancestor(head):
                return None
            verbs += 1
    return verbs


def _perfect(head: Token, published: date | None) -> Days:
    """ "has lost": up to the day of publication; a bare past tells no day."""
    present = any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP") for c in head.children)
    return (published, published) if present else (None, None)

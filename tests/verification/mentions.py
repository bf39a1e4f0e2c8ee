"""Mentions built by hand, so that comparison is tested on exactly what it is given."""

from __future__ import annotations

from datetime import date

from claims.extraction.types import (
    Attribution,
    Change,
    EntityMention,
    Frame,
    Kind,
    Mention,
    Quantity,
    Span,
    TimeExpression,
)


def quantity(
    text, value=None, unit=None, *, low=None, high=None, about=False, change=Change.EQUAL, measure=""
):
    if value is not None and low is None and high is None:
        low = None if change is Change.LESS else value
        high = None if change is Change.MORE else value
    return Quantity(0, len(text), text, value, low, high, unit, about, change, measure)


def day(text, first, last=None):
    first = date.fromisoformat(first)
    last = date.fromisoformat(last) if last else first
    return TimeExpression(0, len(text), text, "DATE", first.isoformat(), first, last)


def mention(
    text,
    *quantities,
    entities=(),
    times=(),
    kind=None,
    frame=(),
    speaker=None,
    negated=False,
    attribution=Attribution.ASSERTED,
    hedged=False,
):
    """``entities``: (text, name, kind) triples; ``frame``: (subject, predicate, object)."""
    return Mention(
        start=0,
        end=len(text),
        text=text,
        sentence=Span(0, len(text)),
        claim=text,
        kind=kind or (Kind.QUANTITY if quantities else Kind.EVENT),
        speaker=speaker,
        attribution=attribution,
        hedged=hedged,
        negated=negated,
        quantities=tuple(quantities),
        times=tuple(times),
        entities=tuple(EntityMention(0, len(t), t, n, k) for t, n, k in entities),
        frame=Frame(*frame),
        as_of_first=times[0].first if times else None,
        as_of_last=times[-1].last if times else None,
    )

"""Analyses as JSON-able dicts, field by field as the command line's contract has them."""

from __future__ import annotations

from typing import Any

from claims.extraction.types import (
    Analysis,
    AttributedSpeech,
    EntityMention,
    Mention,
    Quantity,
    Sentence,
    Span,
    TimeExpression,
)


def analysis(value: Analysis, id: Any = None) -> dict[str, Any]:
    """One line of ``analyze``'s output. The text itself is not repeated."""
    return {
        "id": id,
        "sentences": [sentence(item) for item in value.sentences],
        "quantities": [quantity(item) for item in value.quantities],
        "times": [time(item) for item in value.times],
        "attributions": [attribution(item) for item in value.attributions],
        "mentions": [mention(item) for item in value.mentions],
    }


def sentence(value: Sentence) -> dict[str, Any]:
    return {"start": value.start, "end": value.end, "checkworthiness": round(value.checkworthiness, 4)}


def quantity(value: Quantity) -> dict[str, Any]:
    return {
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
        "approximate": value.approximate,
        "change": value.change.value,
    }


def time(value: TimeExpression) -> dict[str, Any]:
    return {
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "type": value.type,
        "value": value.value,
        "first": value.first.isoformat() if value.first else None,
        "last": value.last.isoformat() if value.last else None,
    }


def attribution(value: AttributedSpeech) -> dict[str, Any]:
    return {
        "source": _pairs(value.source),
        "cue": _pairs(value.cue),
        "content": _pairs(value.content),
        "speaker": value.speaker,
        "direct": value.direct,
        "attitude": value.attitude.value,
    }


def entity(value: EntityMention) -> dict[str, Any]:
    return {
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "name": value.name,
        "kind": value.kind,
    }


def mention(value: Mention) -> dict[str, Any]:
    return {
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "claim": value.claim,
        "kind": value.kind.value,
        "speaker": value.speaker,
        "attribution": value.attribution.value,
        "hedged": value.hedged,
        "negated": value.negated,
        "checkworthiness": round(value.checkworthiness, 4),
        "quantities": [quantity(item) for item in value.quantities],
        "times": [time(item) for item in value.times],
        "entities": [entity(item) for item in value.entities],
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]

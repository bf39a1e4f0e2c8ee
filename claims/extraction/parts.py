"""What has been read of one text before its mentions are picked out: the input of ``mentions.find``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.extraction.types import AttributedSpeech, EntityMention, Quantity, Sentence, TimeExpression


@dataclass(frozen=True, slots=True)
class Parts:
    """The layers under the mentions, each in text order.

    ``sentences`` holds only those that can bear a claim: no heading, byline, dateline, caption or
    other boilerplate is among them, and a dateline is cut off the sentence behind it. Each starts
    and ends on a token boundary, so ``doc.char_span(s.start, s.end)`` is never None, and carries its
    check-worthiness.

    ``quantities``, ``times``, ``attributions`` and ``entities`` cover the whole text, boilerplate
    included: a dateline holds a date, a heading may hold a quotation.
    """

    text: str
    published: date | None
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeExpression, ...]
    attributions: tuple[AttributedSpeech, ...]
    entities: tuple[EntityMention, ...]

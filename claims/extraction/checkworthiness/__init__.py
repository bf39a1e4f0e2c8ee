"""How much each sentence is worth a fact-checker's time, and why. Reads the parse already made."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from spacy.tokens import Doc

from claims.extraction.checkworthiness import features, model
from claims.extraction.parts import Parts
from claims.extraction.types import Sentence


class Spanned(Protocol):
    """Anything with character offsets in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def score(span: Spanned, doc: Doc, parts: Parts) -> tuple[float, tuple[tuple[str, float], ...]]:
    """The check-worthiness of the characters ``span`` of the parsed text, 0 to 1, with its reasons.

    A reason is a feature and how far it moves this sentence from an average one, in log-odds;
    the strongest come first.
    """
    return _score(span, doc, parts, features.Reported(parts))


def _score(
    span: Spanned, doc: Doc, parts: Parts, reported: features.Reported
) -> tuple[float, tuple[tuple[str, float], ...]]:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None:
        return 0.0, ()
    read = features.read(doc, tokens.start, tokens.end, parts, reported)
    if not read:
        return 0.0, ()
    scorer = model.load()
    return round(scorer.score(read), 4), scorer.reasons(read)


def rank(doc: Doc, parts: Parts) -> tuple[Sentence, ...]:
    """The sentences of ``parts`` with their check-worthiness and reasons filled in, in text order."""
    reported = features.Reported(parts)
    return tuple(
        replace(sentence, checkworthiness=value, reasons=reasons)
        for sentence in parts.sentences
        for value, reasons in [_score(sentence, doc, parts, reported)]
    )


__all__ = ["rank", "score"]

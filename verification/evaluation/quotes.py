"""Attributions: who says what (PolNeAR, Newell et al., 2018)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.types import AttributedSpeech, Span
from verification.evaluation.reading import Row
from verification.evaluation.scores import Counts, Share
from verification.evaluation.spans import Tokens, one_to_one, same_name

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    source: Pairs
    cue: Pairs
    content: Pairs


@dataclass(frozen=True, slots=True)
class GoldText:
    text: str
    attributions: tuple[GoldAttribution, ...]


@dataclass(frozen=True, slots=True)
class QuoteScores:
    attributions: Counts
    speakers: Share  # of the attributions that count as found


def read_text(row: Row) -> GoldText:
    attributions = tuple(
        GoldAttribution(item.spans("source"), item.spans("cue"), item.spans("content"))
        for item in row.rows("attributions")
    )
    return GoldText(row.text("text"), attributions)


def score_quotes(pairs: Iterable[tuple[GoldText, Sequence[AttributedSpeech]]]) -> QuoteScores:
    """An attribution is found when cue or source overlap and half of the gold content's tokens are covered.

    Its speaker is right when the sources overlap, or when the speaker's name is the gold source's wording.
    """
    counts, speakers = Counts(), Share()
    for gold, found in pairs:
        tokens = Tokens(gold.text)
        paired = _paired(tokens, gold.attributions, found)
        counts += Counts(len(paired), len(found) - len(paired), len(gold.attributions) - len(paired))
        for g, s in paired:
            speakers += Share(_speaker_is_right(gold.text, gold.attributions[g], found[s]), 1)
    return QuoteScores(counts, speakers)


def _paired(
    tokens: Tokens, gold: Sequence[GoldAttribution], found: Sequence[AttributedSpeech]
) -> tuple[tuple[int, int], ...]:
    anchored = [
        [_overlap(wanted.cue, _spans(given.cue)) or _overlap(wanted.source, _spans(given.source))
         for given in found]
        for wanted in gold
    ]  # fmt: skip
    contents = [tokens.inside(_spans(given.content)) for given in found]
    wanted_contents = [tokens.inside(wanted.content) for wanted in gold]
    return one_to_one(wanted_contents, contents, allowed=lambda g, s: anchored[g][s])


def _speaker_is_right(text: str, gold: GoldAttribution, found: AttributedSpeech) -> bool:
    if not gold.source:
        return not found.source and found.speaker is None
    if _overlap(gold.source, _spans(found.source)):
        return True
    return same_name(" ".join(text[start:end] for start, end in gold.source), found.speaker)


def _spans(spans: Sequence[Span]) -> Pairs:
    return tuple((span.start, span.end) for span in spans)


def _overlap(one: Pairs, other: Pairs) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)

"""What of two mentions answers what: the aligned words of both, for a person who compares them.

The pairs are those that comparison makes its evidence of (names, figures, content words, times); nothing is
weighed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.extraction.types import Mention, TimeExpression
from verification.comparison import figures
from verification.comparison.features import dated, net_negations, touch
from verification.comparison.overlap import opposites, pair_names, pair_terms
from verification.comparison.quantities import Fit
from verification.comparison.view import Name, Term, View


class Match(StrEnum):
    """How the words of the two sides stand."""

    EQUAL = "equal"  # the same words, or the same value
    ALIKE = "alike"  # other words for it, or a value within what the other leaves open
    DIFFERS = "differs"  # they answer each other, and exclude each other
    ONLY = "only"  # nothing on the other side answers it


class Part(StrEnum):
    """What sort of words they are."""

    NAME = "name"
    FIGURE = "figure"
    TIME = "time"
    WORD = "word"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Aligned:
    """Words of the first and of the second that answer each other; one side is "" where nothing does."""

    part: Part
    match: Match
    a: str
    b: str
    note: str = ""


_FITS = {Fit.EQUAL: Match.EQUAL, Fit.WITHIN: Match.ALIKE, Fit.NEAR: Match.ALIKE, Fit.BOUND: Match.ALIKE}


def align(a: Mention, b: Mention) -> tuple[Aligned, ...]:
    """The words of two mentions by what they answer: figures first, then names, times, words and negations.

    Within each, what differs or stands alone follows what matches.
    """
    one, other = View(a), View(b)
    rows = [
        *_figures(one, other),
        *_names(one, other),
        *_times(one, other),
        *_terms(one, other),
        *_negations(one, other),
    ]
    parts, matches = list(Part), list(Match)
    order = {part: place for place, part in enumerate((Part.FIGURE, *(p for p in parts if p != Part.FIGURE)))}
    return tuple(sorted(rows, key=lambda row: (order[row.part], matches.index(row.match))))


def _figures(a: View, b: View) -> Iterator[Aligned]:
    pairs = [pair for pair in figures.pair(a, b) if pair.measure != "different"]
    for pair in pairs:
        if pair.unit is False:
            note = f"other units: {pair.a.unit or 'none'} and {pair.b.unit or 'none'}"
            yield Aligned(Part.FIGURE, Match.DIFFERS, pair.a.words, pair.b.words, note)
        else:
            match = _FITS.get(pair.fit, Match.DIFFERS) if pair.fit else Match.DIFFERS
            yield Aligned(Part.FIGURE, match, pair.a.words, pair.b.words, figures.says(pair))
    for amount in a.amounts:
        if not any(amount is pair.a for pair in pairs):
            yield Aligned(Part.FIGURE, Match.ONLY, amount.words, "")
    for amount in b.amounts:
        if not any(amount is pair.b for pair in pairs):
            yield Aligned(Part.FIGURE, Match.ONLY, "", amount.words)


def _names(a: View, b: View) -> Iterator[Aligned]:
    pairs, only_a, only_b = pair_names(a.names, b.names)
    for one, other in pairs:
        yield Aligned(Part.NAME, _same_words(one, other), one.words, other.words)
    yield from _only(Part.NAME, only_a, only_b)


def _terms(a: View, b: View) -> Iterator[Aligned]:
    pairs, only_a, only_b = pair_terms(a.terms, b.terms)
    for one, other in pairs:
        yield Aligned(Part.WORD, _same_words(one, other), one.words, other.words)
    for x, y in opposites(only_a, only_b):
        if x in only_a and y in only_b:
            yield Aligned(Part.WORD, Match.DIFFERS, x.words, y.words, "they exclude each other")
            only_a.remove(x)
            only_b.remove(y)
    yield from _only(Part.WORD, only_a, only_b)


def _same_words(one: Name | Term, other: Name | Term) -> Match:
    return Match.EQUAL if one.words.casefold() == other.words.casefold() else Match.ALIKE


def _only(
    part: Part, only_a: Sequence[Name] | Sequence[Term], only_b: Sequence[Name] | Sequence[Term]
) -> Iterator[Aligned]:
    yield from (Aligned(part, Match.ONLY, one.words, "") for one in only_a)
    yield from (Aligned(part, Match.ONLY, "", other.words) for other in only_b)


def _times(a: View, b: View) -> Iterator[Aligned]:
    ours, theirs = dated(a), dated(b)
    for one in list(ours):
        other = next((t for t in theirs if touch(one, t)), None)
        if other is not None:
            match = Match.EQUAL if _same_days(one, other) else Match.ALIKE
            yield Aligned(Part.TIME, match, one.text, other.text)
            ours.remove(one)
            theirs.remove(other)
    for one, other in zip(ours, theirs, strict=False):
        yield Aligned(Part.TIME, Match.DIFFERS, one.text, other.text)
    both = min(len(ours), len(theirs))
    yield from (Aligned(Part.TIME, Match.ONLY, one.text, "") for one in ours[both:])
    yield from (Aligned(Part.TIME, Match.ONLY, "", other.text) for other in theirs[both:])


def _same_days(one: TimeExpression, other: TimeExpression) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _negations(a: View, b: View) -> Iterator[Aligned]:
    ours, theirs = net_negations(a, b), net_negations(b, a)
    for one, other in zip(ours, theirs, strict=False):
        yield Aligned(Part.NEGATION, Match.EQUAL if one == other else Match.ALIKE, one, other)
    both = min(len(ours), len(theirs))
    yield from (Aligned(Part.NEGATION, Match.ONLY, word, "") for word in ours[both:])
    yield from (Aligned(Part.NEGATION, Match.ONLY, "", word) for word in theirs[both:])

"""Times: TempEval-3 (UzZaman et al., 2013), strict and relaxed spans, with the value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claims.extraction.types import TimeExpression
from verification.evaluation.reading import Row
from verification.evaluation.scores import Counts, multiset_counts

_AROUND = 40  # characters shown on either side of a miss


@dataclass(frozen=True, slots=True)
class GoldTime:
    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    text: str
    reference: date | None
    times: tuple[GoldTime, ...]


@dataclass(frozen=True, slots=True)
class TimeScores:
    strict: Counts  # the span exactly
    relaxed: Counts  # the spans overlap
    strict_value: Counts  # the span exactly, and the value: the measure of the bar
    relaxed_value: Counts


def read_document(row: Row) -> GoldDocument:
    times = tuple(
        GoldTime(item.whole("start"), item.whole("end"), item.text("type"), item.text("value"))
        for item in row.rows("timexes")
    )
    return GoldDocument(row.text("text"), row.optional_day("reference"), times)


def score_times(pairs: Iterable[tuple[GoldDocument, Sequence[TimeExpression]]]) -> TimeScores:
    strict, strict_value, relaxed, relaxed_value = Counts(), Counts(), Counts(), Counts()
    for gold, found in pairs:
        strict += multiset_counts(((t.start, t.end) for t in gold.times), ((t.start, t.end) for t in found))
        strict_value += multiset_counts(
            ((t.start, t.end, t.value) for t in gold.times), ((t.start, t.end, t.value) for t in found)
        )
        paired = _overlapping(gold.times, found)
        same = sum(wanted.value == given.value for wanted, given in paired)
        relaxed += Counts(len(paired), len(found) - len(paired), len(gold.times) - len(paired))
        relaxed_value += Counts(same, len(found) - same, len(gold.times) - same)
    return TimeScores(strict, relaxed, strict_value, relaxed_value)


def differences(gold: GoldDocument, found: Sequence[TimeExpression]) -> list[str]:
    """A line for each time of a document that was missed or is spurious, span and value together."""
    wanted = {(time.start, time.end, time.value) for time in gold.times}
    given = {(time.start, time.end, time.value) for time in found}
    wrong = sorted(
        [(item, "missed") for item in wanted - given] + [(item, "spurious") for item in given - wanted]
    )
    return [
        f"{what} {gold.text[start:end]!r} = {value} ({gold.reference}) in "
        f"{gold.text[max(0, start - _AROUND) : end + _AROUND]!r}"
        for (start, end, value), what in wrong
    ]


def _overlapping(
    gold: Sequence[GoldTime], found: Sequence[TimeExpression]
) -> list[tuple[GoldTime, TimeExpression]]:
    """Each gold time with the first found one that overlaps it and is still free."""
    free = list(found)
    pairs = []
    for wanted in gold:
        given = next((t for t in free if t.start < wanted.end and t.end > wanted.start), None)
        if given is not None:
            free.remove(given)
            pairs.append((wanted, given))
    return pairs

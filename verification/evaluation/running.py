"""The project's own extraction, comparison, matching and origins, run on gold and scored. No Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from claims.extraction import analyze_many
from claims.extraction.types import Analysis
from verification.evaluation import checkworthiness, quantities, quotes, times
from verification.evaluation.reading import Row, WrongFormat, read_rows
from verification.evaluation.report import Measure, Report, joined, of_counts, of_share

T = TypeVar("T")


class Track(Protocol):
    """Shows progress while the items pass through."""

    def __call__(self, items: Iterable[T], label: str, total: int) -> Iterable[T]: ...


Task = Callable[[Path, int | None, Track], Report]


def evaluate_quantities(path: Path, limit: int | None, track: Track) -> Report:
    gold = gold_rows(path, limit, quantities.read_sentence)
    found = [(g, a.quantities) for g, a in _analysed(gold, path, track, lambda g: (g.text, None))]
    sentences = [(g, q) for g, q in found if isinstance(g, quantities.GoldSentence)]
    units = [(g, q) for g, q in found if isinstance(g, quantities.GoldUnit)]
    measures: list[Measure] = []
    if sentences:
        scores = quantities.score_sentences(sentences)
        measures += [
            *of_counts("value", scores.value, 0.93),
            *of_counts("value and unit", scores.value_and_unit, 0.87),
        ]
    if units:
        measures.append(of_share("unit found", quantities.score_units(units)))
    partly = sum(not g.complete for g, _ in sentences)
    note = f"{partly} rows name one kind of quantity only; others in them are not judged." if partly else ""
    misses = tuple(line for sentence, q in sentences for line in quantities.differences(sentence, q))
    return Report("quantities", path.name, len(gold), tuple(measures), note, misses)


def evaluate_times(path: Path, limit: int | None, track: Track) -> Report:
    gold = gold_rows(path, limit, times.read_document)
    analysed = _analysed(gold, path, track, lambda g: (g.text, g.reference))
    found = [(g, a.times) for g, a in analysed]
    scores = times.score_times(found)
    asked = sum(len(document.times) for document in gold)
    measures = joined(
        of_counts("strict span and value", scores.strict_value, 0.80),
        Measure("relaxed span and value: F1", scores.relaxed_value.f1, asked),
        Measure("strict span: F1", scores.strict.f1, asked),
        Measure("relaxed span: F1", scores.relaxed.f1, asked),
    )
    misses = tuple(line for g, t in found for line in times.differences(g, t))
    return Report("times", path.name, len(gold), measures, misses=misses)


def evaluate_quotes(path: Path, limit: int | None, track: Track) -> Report:
    gold = gold_rows(path, limit, quotes.read_text)
    analysed = _analysed(gold, path, track, lambda g: (g.text, None))
    scores = quotes.score_quotes([(g, a.attributions) for g, a in analysed])
    measures = joined(
        of_counts("attributions", scores.attributions, 0.70),
        of_share("speaker right among those", scores.speakers, 0.88),
    )
    return Report("quotes", path.name, len(gold), measures)


def evaluate_checkworthiness(path: Path, limit: int | None, track: Track) -> Report:
    gold = gold_rows(path, limit, checkworthiness.read_line)
    analysed = _analysed(gold, path, track, lambda g: (g.text, None))
    scores = checkworthiness.score_checkworthiness([(g, _worth(a)) for g, a in analysed])
    debates = any(g.document for g in gold)
    measures = joined(
        of_counts("worth checking", scores.at_threshold, None if debates else 0.85),
        Measure(
            "mean average precision over documents" if debates else "average precision",
            scores.mean_average_precision,
            scores.documents,
            0.20 if debates else None,
        ),
    )
    note = f"With the best threshold for this very file, F1 would be {scores.best_f1:.3f}."
    return Report("checkworthiness", path.name, len(gold), measures, note)


def _worth(analysis: Analysis) -> float:
    """A line is as worth checking as the best sentence in it."""
    return max((sentence.checkworthiness for sentence in analysis.sentences), default=0.0)


def gold_rows(path: Path, limit: int | None, read: Callable[[Row], T]) -> list[T]:
    """The rows of a file as gold values. Raises WrongFormat if there is none."""
    gold = [read(row) for row in read_rows(path, limit)]
    if not gold:
        raise WrongFormat(f"{path.name}: holds no rows")
    return gold


def _analysed(
    gold: Sequence[T], path: Path, track: Track, item: Callable[[T], tuple[str, date | datetime | None]]
) -> Iterable[tuple[T, Analysis]]:
    analyses = analyze_many(item(value) for value in gold)
    return zip(gold, track(analyses, path.name, len(gold)), strict=True)

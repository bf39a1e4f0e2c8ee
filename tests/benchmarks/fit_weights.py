"""The weights of evidence of comparison, fitted to pairs whose relation is known.

``python -m tests.benchmarks.fit_weights [--write]``: the pairs are those of the families that are for tuning, of
the events of ``gold/relations``, ``gold/pairs.jsonl``, the exchanged details of ``swaps``, which are conflicts, and
strangers, which are unrelated: claims of two families (with what their articles are about, without it, and with the
figure of the one put in the place of the other's), and any two claims of one family. Prints macro-F1 for each family,
and for the events that the stance model was not trained on, by the weights fitted to all the others, by rules alone
and with the reader; with ``--write`` the weights fitted to all go to ``data/weights_of_news.tsv`` and
``data/weights_of_reader.tsv``.

The model is the one that decides (:mod:`verification.comparison.decide`): three dichotomies, one inside the other
(Fox, 1997), each a logistic regression with a penalty on the square of its weights. *Slot*: related or not.
*Shift*, among those: another time or not. *Conflict*, among the rest: contradicts or agrees. Exchanged details
are for the last alone, since by their making they say nothing about which pairs are worth comparing.

What the reader says, if the stance model tells relations, is weighed on top of the rules, whose weights stay as they
are: so they serve without a model, too. It is fitted only to pairs that the model was not trained on.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import numpy as np

from claims.extraction import analyze_many, as_mention
from claims.extraction.types import Mention
from tests.benchmarks import relations, swaps
from verification.comparison.compare import evidence_of
from verification.comparison.stance import loaded
from verification.comparison.stance.reading import COLUMNS, FEATURE, MOST, read_relation, settled_by_figures
from verification.evaluation.judging import mentions_found, mentions_given
from verification.evaluation.news import PAIR_LABELS, GoldEvent, read_event
from verification.evaluation.scores import classify

GOLD = Path(__file__).parent / "gold"
TUNING = (
    "economy", "election", "fraud", "climate", "disaster", "health", "sport", "border", "drug", "harbour",
)  # fmt: skip
AGREE, CONTRADICT, TIME, UNRELATED = PAIR_LABELS
PENALTY, OF_PRIOR, OF_READER = 3.0, 0.1, 1.0
CONFLICT = 1  # which of the three dichotomies
FOUND = 0.5  # what a pair as extraction cut it counts beside the same pair with its spans given
OF_EVENT = 0.2  # what a pair of gold/relations counts: there are many, all of them hard
EXCHANGED = 0.3  # what a pair with one detail exchanged counts
ELSEWHERE, UNPLACED, SAME_FIGURE, ANY = 0.2, 0.1, 0.2, 0.1  # what strangers count: see of_strangers
STRANGERS, SWAPS, EVENT = "strangers", "swaps", "event"
OTHERS = (STRANGERS, SWAPS, "pairs")  # no families of news
FOLDS = 5
Level = tuple[str, str]
PRIOR: Level = ("prior", "prior")


@dataclass(frozen=True, slots=True)
class Example:
    family: str
    levels: frozenset[Level]
    label: str
    counts: float = 1.0
    #: what the reader says: see reading.COLUMNS; None where it was not asked
    read: tuple[float, ...] | None = None
    figures: bool = False  # compared by rules; then the reader says nothing of conflict


@dataclass(frozen=True, slots=True)
class Family:
    """A family of news with its pairs as mentions, and all mentions that extraction found, by article."""

    name: str
    pairs: tuple[tuple[Mention, Mention, str], ...]  # with the spans given
    found: tuple[tuple[Mention, Mention, str], ...]
    articles: tuple[tuple[Mention, ...], ...]


def example(
    family: str, a: Mention, b: Mention, label: str, counts: float = 1.0, read: bool = True
) -> Example:
    steps = evidence_of(a, b)
    model = loaded() if read else None
    columns = read_relation(a, b, model).columns if model and model.relates else None
    levels = frozenset((step.feature, step.level) for step in steps)
    return Example(family, levels, label, counts, columns, settled_by_figures(steps))


def family_of(event: GoldEvent) -> Family:
    texts = [(article.text, article.published) for article in event.articles]
    mentions = {a.slug: read.mentions for a, read in zip(event.articles, analyze_many(texts), strict=True)}
    given = mentions_given(event, event.pairs)
    closest = mentions_found(event, event.pairs, mentions)
    found = ((closest[pair.a], closest[pair.b], pair.label) for pair in event.pairs)
    return Family(
        event.name,
        tuple((given[pair.a], given[pair.b], pair.label) for pair in event.pairs),
        tuple((a, b, label) for a, b, label in found if a is not None and b is not None),
        tuple(mentions.values()),
    )


def of_event(event: GoldEvent) -> list[Example]:
    """The pairs of one event of ``gold/relations``; the reader is asked where it was not trained on them."""
    family, aside = family_of(event), relations.kept_aside(event.name)
    name = f"{EVENT} {event.name}"
    given = [example(name, a, b, label, OF_EVENT, aside) for a, b, label in family.pairs]
    return given + [example(name, a, b, label, OF_EVENT * FOUND, aside) for a, b, label in family.found]


def of_news(family: Family) -> list[Example]:
    """Each pair twice: with its spans given, and as extraction cut it where it found both."""
    given = [example(family.name, a, b, label) for a, b, label in family.pairs]
    return given + [example(family.name, a, b, label, FOUND) for a, b, label in family.found]


def of_strangers(families: Sequence[Family]) -> list[Example]:
    """For the first side of each pair a claim of another family, and any claim of another article of its own."""
    chance = random.Random(0)
    examples = []
    for family in families:
        name = f"{STRANGERS} {family.name}"
        others = [b for other in families if other is not family for _, b, _ in other.pairs]
        for a, b, _ in family.pairs:
            other = replace(chance.choice(others), published=b.published)
            bare, bare_other = replace(a, setting=()), replace(other, setting=())
            examples.append(example(name, a, other, UNRELATED, ELSEWHERE))
            examples.append(example(name, bare, bare_other, UNRELATED, UNPLACED))
            if figure := _with_figure_of(bare, bare_other):
                examples.append(example(name, bare, figure, UNRELATED, SAME_FIGURE))
        for a, _, _ in family.found:
            elsewhere = [m for article in family.articles if a not in article for m in article]
            examples.append(example(name, a, chance.choice(elsewhere), UNRELATED, ANY))
    return examples


def _with_figure_of(one: Mention, other: Mention) -> Mention | None:
    """``other`` with the first figure of ``one`` for its own, but measuring what it measured."""
    figures, own = ([q for q in m.quantities if q.value is not None] for m in (one, other))
    if not figures or not own:
        return None
    put = replace(figures[0], start=own[0].start, end=own[0].end, measure=own[0].measure)
    return replace(other, quantities=tuple(put if q is own[0] else q for q in other.quantities))


def of_single_pairs(path: Path) -> list[Example]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [example(path.stem, _side(row["a"]), _side(row["b"]), row["label"]) for row in rows]


def _side(side: dict[str, str]) -> Mention:
    return as_mention(side["text"], published=swaps.date.fromisoformat(side["published"][:10]))


def of_swaps() -> list[Example]:
    """As if each two came from articles about one event."""

    def placed(mention: Mention) -> Mention:
        return replace(mention, setting=("Ostra", "Halden"))

    true = ((placed(swaps.read(a)), placed(swaps.read(b))) for a, b in swaps.pairs())
    exchanged = ((placed(a), placed(b)) for _, a, b in swaps.exchanged())
    return [example(SWAPS, a, b, AGREE) for a, b in true] + [
        example(SWAPS, a, b, CONTRADICT, EXCHANGED) for a, b in exchanged
    ]


def fitted(examples: Sequence[Example], levels: Sequence[Level]) -> np.ndarray:
    """The weights in bits, a row for each level: slot, conflict, shift."""
    seen = matrix(examples, levels)
    counts = np.array([one.counts for one in examples])
    penalty = np.where([level == PRIOR for level in levels], OF_PRIOR, PENALTY)
    columns = [
        _logistic(seen[use], is_so[use], counts[use], penalty, np.zeros(use.sum()))
        for use, is_so in _dichotomies(examples)
    ]
    return np.stack(columns, axis=1) / np.log(2)


def fitted_reader(examples: Sequence[Example], levels: Sequence[Level], weights: np.ndarray) -> np.ndarray:
    """The weights of what the reader says beside those of the rules, a row for each of its columns."""
    asked = [one for one in examples if one.read is not None]
    rules = matrix(asked, levels) @ weights * np.log(2)
    counts = np.array([one.counts for one in asked])
    columns = []
    for sort, (use, is_so) in enumerate(_dichotomies(asked)):
        said = read_columns(asked, sort)[use]
        penalty = np.full(len(COLUMNS), OF_READER)
        columns.append(_logistic(said * np.log(2), is_so[use], counts[use], penalty, rules[use, sort]))
    return np.stack(columns, axis=1)


def read_columns(examples: Sequence[Example], sort: int) -> np.ndarray:
    """What the reader says of each for slot, conflict or shift (0, 1, 2); of conflict nothing where figures speak."""
    silent = (0.0,) * len(COLUMNS)
    return np.array(
        [silent if not one.read or (sort == CONFLICT and one.figures) else one.read for one in examples]
    )


def _dichotomies(examples: Sequence[Example]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For slot, conflict and shift which examples tell of it, and of which it is so."""
    label = np.array([PAIR_LABELS.index(one.label) for one in examples])
    gold = np.array([one.family != SWAPS for one in examples])
    _agree, contradict, time, unrelated = range(4)
    related = label != unrelated
    yield gold, related
    yield related & (label != time), label == contradict
    yield gold & related, label == time


def _logistic(
    x: np.ndarray, y: np.ndarray, counts: np.ndarray, penalty: np.ndarray, besides: np.ndarray
) -> np.ndarray:
    """Penalised logistic regression by Newton's method; ``besides`` is what is added to each sum."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights - besides))
        slope = x.T @ (counts * (p - y)) + penalty * weights
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def matrix(examples: Sequence[Example], levels: Sequence[Level]) -> np.ndarray:
    at = {level: column for column, level in enumerate(levels)}
    found = np.zeros((len(examples), len(levels)))
    for row, one in enumerate(examples):
        found[row, [at[level] for level in one.levels]] = 1
    return found


def said(
    examples: Sequence[Example],
    levels: Sequence[Level],
    weights: np.ndarray,
    reader: np.ndarray | None = None,
) -> list[str]:
    """The likeliest label of each, before what is unanswered is looked at."""
    sums = matrix(examples, levels) @ weights
    if reader is not None:
        added = [np.clip(read_columns(examples, sort) @ reader[:, sort], -MOST, MOST) for sort in range(3)]
        sums += np.stack(added, axis=1)
    slot, conflict, shift = (1 / (1 + 2.0**-sums)).T
    outcomes = [slot * (1 - shift) * (1 - conflict), slot * (1 - shift) * conflict, slot * shift, 1 - slot]
    return [PAIR_LABELS[at] for at in np.argmax(outcomes, axis=0)]


def left_out(examples: Sequence[Example], levels: Sequence[Level]) -> dict[str, list[float]]:
    """Macro-F1 of each family and of the events kept aside by the weights that all the others give.

    By rules alone and with the reader, if there is one.
    """
    names = sorted({one.family for one in examples if not one.family.startswith(OTHERS)})
    events = [
        name
        for name in names
        if name.startswith(EVENT) and relations.kept_aside(name.removeprefix(EVENT + " "))
    ]
    groups = {name: {name} for name in names if not name.startswith(EVENT)}
    groups |= {f"{EVENT}s {fold}": set(events[fold::FOLDS]) for fold in range(FOLDS)}
    return {name: _scores(examples, levels, group) for name, group in groups.items()}


def _scores(examples: Sequence[Example], levels: Sequence[Level], held: set[str]) -> list[float]:
    others = [one for one in examples if one.family.removeprefix(f"{STRANGERS} ") not in held]
    weights = fitted(others, levels)
    readers = [None, fitted_reader(others, levels, weights)] if any(one.read for one in others) else [None]
    own = [one for one in examples if one.family in held and one.counts in (1.0, OF_EVENT)]
    gold = [one.label for one in own]
    pairs = (zip(gold, said(own, levels, weights, reader), strict=True) for reader in readers)
    return [round(100 * classify(PAIR_LABELS, both).macro_f1, 1) for both in pairs]


def write(path: Path, levels: Sequence[Level], weights: np.ndarray) -> None:
    """Put the weights in the table; its comments and the levels that no example has stay as they are."""
    new = dict(zip(levels, weights, strict=True))
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        level = tuple(line.split("\t")[:2])
        if level in new:
            line = "\t".join([*level, *(f"{bits:.2f}" for bits in new[level])])
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="put the weights into the tables")
    options = parser.parse_args()
    families = [family_of(read_event(GOLD / name)) for name in TUNING]
    examples = [one for family in families for one in of_news(family)] + of_strangers(families)
    examples += of_single_pairs(GOLD / "pairs.jsonl") + of_swaps()
    examples += [one for event in relations.events() for one in of_event(event)]
    levels = sorted({level for one in examples for level in one.levels})
    sys.stdout.write(json.dumps(left_out(examples, levels), indent=2) + "\n")
    if options.write:
        data = Path(str(resources.files("verification.comparison") / "data"))
        weights = fitted(examples, levels)
        write(data / "weights_of_news.tsv", levels, weights)
        if any(one.read for one in examples):
            columns = [(FEATURE, column) for column in COLUMNS]
            write(data / "weights_of_reader.tsv", columns, fitted_reader(examples, levels, weights))


if __name__ == "__main__":
    main()

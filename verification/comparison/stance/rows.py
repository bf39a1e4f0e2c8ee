"""The rows to train on, balanced so that a claim by itself does not tell its label.

Public sets leak: refuted claims are worded like refutations. Three remedies: claims are given evidence of
the labels that their set lacks; rows whose label a claim-only model guesses are drawn less often (after
Schuster et al., 2019, *Towards debiasing fact verification models*); and every label is drawn as often.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

from verification.comparison.stance.contrasts import CONTRADICTS, NEUTRAL, SUPPORTS, Pair
from verification.comparison.stance.dating import dated
from verification.comparison.stance.model import LABELS, RELATIONS

_NAME = re.compile(r"\b[A-Z][\w'-]{2,}")
_WORD = re.compile(r"\w+")
_AS_STANCE = {"same/agree": SUPPORTS, "contradict": CONTRADICTS, "unrelated": NEUTRAL}
_MIRRORED = 4000  # rows of a source that only contradicts: minimal edits are worth no more of the time
#: how often each source is drawn, by how its name begins (the first that fits): large and easy sets would drown the
#: others, and what is hard to learn needs the most examples
SHARES = {
    "fever": 20, "substituted": 14, "contrast_role": 18, "contrast_order": 10, "contrast_rounding": 8,
    "contrast_unit": 6, "contrast_numeric": 6, "contrast": 5, "cad": 8, "conjnli": 5, "equate": 8, "wikifactcheck": 3,
    "fm2": 12, "factcheck_bench": 3, "news": 6, "squares": 30, "relations": 28, "strangers": 2,
}  # fmt: skip
#: one group in so many is kept aside; more of small sets, so that their figure means something
_ASIDE = {"fm2": 3, "equate": 5, "squares": 12}
_ASIDE_OF_OTHERS = 20


def read_rows(path: Path) -> list[Pair]:
    """The rows of a JSON Lines file, gzipped or not, that a model that ships may be trained on."""
    stored = path.read_bytes()
    text = (gzip.decompress(stored) if path.suffix == ".gz" else stored).decode("utf-8")
    rows = [json.loads(line) for line in text.split("\n") if line]
    return [
        Pair(row["evidence"], row["claim"], row["label"], row["source"])
        for row in rows
        if row.get("licence", "restricted") != "restricted"
    ]


def read_relations(path: Path, random: Random) -> list[Pair]:
    """Pairs of news claims, read from either side: for their relation, and, but for other times, for their stance.

    And strangers: claims of two events, which are unrelated.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    pairs = []
    for row in rows:
        other = random.choice(rows)
        for one, two in (("a", "b"), ("b", "a")):
            days = date.fromisoformat(row[f"published_{one}"]), date.fromisoformat(row[f"published_{two}"])
            pairs.append(Pair(row[one], dated(row[two], days[1], days[0]), row["label"], "relations"))
            if row["label"] in _AS_STANCE:
                pairs.append(Pair(row[one], row[two], _AS_STANCE[row["label"]], "news"))
            if other["event"] != row["event"]:
                stranger = dated(other[two], days[1], days[0])
                pairs.append(Pair(row[one], stranger, RELATIONS[-1], "strangers"))
    return pairs


def read_squares(folder: Path) -> list[Pair]:
    """Rows of squares: two texts that differ in a fact, claims that they decide opposite ways, and neutral ones.

    The sort that a file's name begins with names their source, so that every sort is drawn as often.
    """
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        source = f"squares_{path.stem.partition('_')[0]}"
        for square in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            for mine, told in enumerate(square["evidence"]):
                for theirs, claims in enumerate(square["claims"]):
                    label = SUPPORTS if mine == theirs else CONTRADICTS
                    rows += [Pair(told, claim, label, source) for claim in claims]
                rows += [Pair(told, claim, NEUTRAL, source) for claim in square["neutral"]]
    return rows


def set_aside(rows: Sequence[Pair], random: Random) -> tuple[list[Pair], list[Pair]]:
    """Rows to train on and rows kept aside, none of which shares its evidence or its claim with the former."""
    group: dict[str, str] = {}

    def root(text: str) -> str:
        while group.setdefault(text, text) != text:
            text = group[text]
        return text

    for row in rows:
        group[root("c " + row.claim)] = root("e " + row.evidence)
    one_in: dict[str, int] = {}
    for row in rows:
        at = root("c " + row.claim)
        one_in[at] = min(one_in.get(at, _ASIDE_OF_OTHERS), _begins(_ASIDE, row.source, _ASIDE_OF_OTHERS))
    kept = {at for at in sorted(one_in) if random.random() < 1 / one_in[at]}
    aside = [row for row in rows if root("c " + row.claim) in kept]
    return [row for row in rows if root("c " + row.claim) not in kept], aside


def _begins(table: dict[str, int], source: str, otherwise: int) -> int:
    return next((value for name, value in table.items() if source.startswith(name)), otherwise)


def completed(rows: Sequence[Pair], random: Random) -> list[Pair]:
    """The rows, with pairs of the labels that a source lacks."""
    found = list(rows)
    labels = defaultdict(set)
    for row in rows:
        labels[row.source].add(row.label)
    for source, known in sorted(labels.items()):
        of_source = [row for row in rows if row.source == source]
        if known == {CONTRADICTS}:
            found += [pair for row in of_source[:_MIRRORED] for pair in _mirrored(row, random)]
        elif known == {SUPPORTS, CONTRADICTS}:
            found += _same_entity(of_source, random)
    return found


def _mirrored(row: Pair, random: Random) -> Iterable[Pair]:
    """A minimal edit read both ways, and each side supported by itself with words taken away."""
    yield Pair(row.claim, row.evidence, CONTRADICTS, row.source)
    for text in (row.claim, row.evidence):
        yield Pair(text, _less(text, random), SUPPORTS, row.source)


def _less(text: str, random: Random) -> str:
    """The text without an adjunct at its end or a word before its first comma, where it has one."""
    cuts = [m.start() for m in re.finditer(r",? (?:in|at|on|by|after|during|with|for|,) ", text)]
    late = [cut for cut in cuts if cut > len(text) * 0.5]
    if late and random.random() < 0.6:
        return text[: random.choice(late)].rstrip(" ,") + "."
    head, comma, rest = text.partition(", ")
    if comma and len(head) < 25 and len(rest) > 30:
        return rest[0].upper() + rest[1:]
    return text


def _same_entity(rows: Sequence[Pair], random: Random) -> list[Pair]:
    """For each claim, evidence of other claims about a name in it that speaks of something else."""
    by_name: dict[str, list[Pair]] = defaultdict(list)
    for row in rows:
        for name in set(_NAME.findall(row.evidence)):
            by_name[name].append(row)
    found = []
    for row in rows:
        names = [n for n in _NAME.findall(row.claim) if 1 < len(by_name[n]) < 60]
        others = [o.evidence for n in names for o in by_name[n] if _elsewhere(row, o)]
        if others:
            found.append(Pair(random.choice(others), row.claim, NEUTRAL, row.source))
    return found


def _elsewhere(row: Pair, other: Pair) -> bool:
    """Whether none of the claim's own words, by their first four letters, stands in the other's evidence."""
    if other.evidence == row.evidence or len(other.evidence) > 400:
        return False
    own = {word[:4] for word in _WORD.findall(row.claim) if word[0].islower() and len(word) > 3}
    return bool(own) and own.isdisjoint(word[:4].lower() for word in _WORD.findall(other.evidence))


def claim_only(rows: Sequence[Pair]) -> list[dict[str, float]]:
    """What words and word pairs of the claim alone say of each row's label, from all rows of other claims.

    Naive Bayes over the claim's words and their pairs, with the row's own counts taken out.
    """
    words = [_grams(row.claim) for row in rows]
    priors: Counter[str] = Counter(row.label for row in rows)
    counts = {label: Counter[str]() for label in _labels(rows)}
    own: dict[str, Counter[str]] = defaultdict(Counter)
    for row, grams in zip(rows, words, strict=True):
        counts[row.label].update(grams)
        own[row.claim][row.label] += 1
    return [_posterior(grams, counts, priors, own[row.claim]) for row, grams in zip(rows, words, strict=True)]


def _labels(rows: Sequence[Pair]) -> list[str]:
    found = {row.label for row in rows}
    return [label for label in (*LABELS, *RELATIONS) if label in found]


def _grams(claim: str) -> set[str]:
    words = [word.lower() for word in _WORD.findall(claim)]
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def _posterior(
    grams: set[str], counts: dict[str, Counter[str]], priors: Counter[str], own: Counter[str]
) -> dict[str, float]:
    left = {label: priors[label] - own[label] for label in counts if priors[label] > own[label]}
    if not left:
        return dict.fromkeys(counts, 1 / len(counts))
    scores = {}
    for label, rows in left.items():
        share = rows / sum(left.values())  # a word never seen says the same of every label
        scores[label] = math.log(share) + sum(
            math.log((max(0, counts[label][gram] - own[label]) + share) / rows) for gram in grams
        )
    best = max(scores.values())
    odds = {label: math.exp((score - best) / 4) for label, score in scores.items()}  # words go together
    whole = sum(odds.values())
    return {label: odds.get(label, 0.0) / whole for label in counts}


def claim_only_accuracy(rows: Sequence[Pair]) -> float:
    """How often the likeliest label by the claim alone is right; chance is the share of the largest label.

    In five folds of claims in order of the alphabet, so that claims that differ in a word mostly fall into
    one. Apart, such pairs with opposite labels would push a balanced set below chance.
    """
    claims = sorted({row.claim for row in rows})
    fold = {claim: number * 5 // len(claims) for number, claim in enumerate(claims)}
    right = 0
    for number in range(5):
        counts = {label: Counter[str]() for label in _labels(rows)}
        priors = Counter[str]()
        for row in rows:
            if fold[row.claim] != number:
                counts[row.label].update(_grams(row.claim))
                priors[row.label] += 1
        for row in rows:
            if fold[row.claim] == number:
                guess = _posterior(_grams(row.claim), counts, priors, Counter())
                right += max(guess, key=guess.__getitem__) == row.label
    return right / max(1, len(rows))


def drawn(rows: Sequence[Pair], random: Random) -> Iterator[Pair]:
    """Rows without end: sources by their shares, every label of one as often, hard rows rather than easy."""
    piles: dict[str, dict[str, list[tuple[float, Pair]]]] = defaultdict(lambda: defaultdict(list))
    sizes = Counter(row.source for row in rows)
    for source in sorted(sizes):
        of_source = [row for row in rows if row.source == source]
        for guess, row in zip(claim_only(of_source), of_source, strict=True):
            # When the other claim was published does tell something of a relation, so that is left in.
            weight = (1.02 - guess[row.label]) ** 3 if row.label in LABELS else 1.0
            piles[source][row.label].append((weight, row))
    kinds = Counter(_kind_of(source) for source in piles)
    shares = [_begins(SHARES, source, 1) / kinds[_kind_of(source)] for source in piles]
    draws = {
        (source, label): (list(accumulate(weight for weight, _ in pile)), [row for _, row in pile])
        for source, labels in piles.items()
        for label, pile in labels.items()
    }
    while True:
        (source,) = random.choices(list(piles), shares)
        weights, pile = draws[source, random.choice(sorted(piles[source]))]
        yield random.choices(pile, cum_weights=weights)[0]


def _kind_of(source: str) -> str:
    return next((name for name in SHARES if source.startswith(name)), source)

"""The rows to train on, balanced so that a claim by itself does not tell its label.

Public sets leak: refuted claims are worded like refutations. Three remedies: claims are given evidence of
the labels that their set lacks; rows whose label a claim-only model guesses are drawn less often (after
Schuster et al., 2019, *Towards debiasing fact verification models*); and of every label as many are taken.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from verification.comparison.stance.contrasts import CONTRADICTS, NEUTRAL, SUPPORTS, Pair

LABELS = (SUPPORTS, CONTRADICTS, NEUTRAL)
_NAME = re.compile(r"\b[A-Z][\w'-]{2,}")
_WORD = re.compile(r"\w+")
_MIRRORED = 4000  # rows of a source that only contradicts: minimal edits are worth no more of the time


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


def set_aside(rows: Sequence[Pair], one_in: int, random: Random) -> tuple[list[Pair], list[Pair]]:
    """Rows to train on and rows kept aside, none of which shares its evidence or its claim with the former."""
    group: dict[str, str] = {}

    def root(text: str) -> str:
        while group.setdefault(text, text) != text:
            text = group[text]
        return text

    for row in rows:
        group[root("c " + row.claim)] = root("e " + row.evidence)
    roots = sorted({root("c " + row.claim) for row in rows})
    kept = set(random.sample(roots, len(roots) // one_in))
    aside = [row for row in rows if root("c " + row.claim) in kept]
    return [row for row in rows if root("c " + row.claim) not in kept], aside


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
    counts = {label: Counter[str]() for label in LABELS}
    priors: Counter[str] = Counter(row.label for row in rows)
    own: dict[str, Counter[str]] = defaultdict(Counter)
    for row, grams in zip(rows, words, strict=True):
        counts[row.label].update(grams)
        own[row.claim][row.label] += 1
    return [_posterior(grams, counts, priors, own[row.claim]) for row, grams in zip(rows, words, strict=True)]


def _grams(claim: str) -> set[str]:
    words = [word.lower() for word in _WORD.findall(claim)]
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def _posterior(
    grams: set[str], counts: dict[str, Counter[str]], priors: Counter[str], own: Counter[str]
) -> dict[str, float]:
    left = {label: priors[label] - own[label] for label in LABELS if priors[label] > own[label]}
    if not left:
        return dict.fromkeys(LABELS, 1 / len(LABELS))
    scores = {}
    for label, rows in left.items():
        share = rows / sum(left.values())  # a word never seen says the same of every label
        scores[label] = math.log(share) + sum(
            math.log((max(0, counts[label][gram] - own[label]) + share) / rows) for gram in grams
        )
    best = max(scores.values())
    odds = {label: math.exp((score - best) / 4) for label, score in scores.items()}  # words go together
    whole = sum(odds.values())
    return {label: odds.get(label, 0.0) / whole for label in LABELS}


def claim_only_accuracy(rows: Sequence[Pair]) -> float:
    """How often the likeliest label by the claim alone is right; chance is the share of the largest label.

    In five folds of claims in order of the alphabet, so that claims that differ in a word mostly fall into
    one. Apart, such pairs with opposite labels would push a balanced set below chance.
    """
    claims = sorted({row.claim for row in rows})
    fold = {claim: number * 5 // len(claims) for number, claim in enumerate(claims)}
    right = 0
    for number in range(5):
        counts = {label: Counter[str]() for label in LABELS}
        priors = Counter[str]()
        for row in rows:
            if fold[row.claim] != number:
                counts[row.label].update(_grams(row.claim))
                priors[row.label] += 1
        for row in rows:
            if fold[row.claim] == number:
                guess = _posterior(_grams(row.claim), counts, priors, Counter())
                right += max(LABELS, key=guess.__getitem__) == row.label
    return right / len(rows)


def balanced(rows: Sequence[Pair], count: int, random: Random) -> list[Pair]:
    """At most ``count`` rows, as many of every label within a source, the hard ones rather than the easy."""
    sources = defaultdict(list)
    for row in rows:
        sources[row.source].append(row)
    drawn: list[Pair] = []
    for source in sorted(sources):
        drawn += _hard(sources[source], random)
    random.shuffle(drawn)
    return drawn[:count]


def _hard(rows: Sequence[Pair], random: Random) -> list[Pair]:
    guesses = claim_only(rows)
    by_label: dict[str, list[tuple[float, Pair]]] = defaultdict(list)
    for guess, row in zip(guesses, rows, strict=True):
        weight = (1.02 - guess[row.label]) ** 3
        by_label[row.label].append((random.random() ** (1 / weight), row))  # Efraimidis and Spirakis, 2006
    least = min(len(of_label) for of_label in by_label.values())
    drawn = []
    for label in LABELS:
        ranked = sorted(by_label[label], key=lambda keyed: keyed[0], reverse=True)
        drawn += [row for _, row in ranked[: max(least * 3 // 4, 1) if len(by_label) > 1 else 0]]
    return drawn

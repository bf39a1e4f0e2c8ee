"""Whether two mentions can come out as related at all, told without comparing them whole.

Of the pairs that a search finds nine in ten are unrelated, most of them plainly. What each feature can add to the
sum for "both speak about the same thing" is bounded by the weights of the levels that it can still reach, given what
is seen of the two at a glance (one has no figures; no word of the one can match a word of the other). Only names and
figures are looked at as closely as a comparison does, and only where the rest leaves it open. A pair whose sum stays
below what a relation takes, whatever else may be found, would come out as unrelated. Bounds in the place of evidence
are those of threshold algorithms (Fagin, Lotem and Naor, 2003).

Two sums are kept side by side: by wary weights, and by those of news.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from verification.comparison import features, lexicon
from verification.comparison.figures import CLASH, figures, is_money
from verification.comparison.levels import table
from verification.comparison.overlap import marks, pair_names, weight
from verification.comparison.quantities import same_unit
from verification.comparison.substitution import ALIKE
from verification.comparison.types import Evidence
from verification.comparison.view import View, once_a_view

Bits = tuple[float, float]  # by wary weights, by those of news

_NOTHING: Bits = (0.0, 0.0)
_SLACK = 1e-6  # bits; sums differ in their last digits with the order of summing
#: per cent; a little less than how alike wordings are that are near, and those in which every word counts
_NEAR, _CLOSE = 84.9, 100 * features.CLOSE_WORDING - 0.1


def out_of_reach(a: View, b: View, sure: float) -> bool:
    """Whether the two cannot be related, neither by the wary weights nor, with a probability of ``sure`` that they
    speak about the same thing, by those of news. False says nothing: they may be unrelated nonetheless.
    """
    least = math.inf  # without both articles, the weights of news do not speak
    if a.mention.setting and b.mention.setting:
        least = math.log2(sure / (1 - sure))
    one, other = _outline(a), _outline(b)
    seen = _sum([_always(), *_at_a_glance(a, b, one, other)])
    by_names, by_figures = _sum(_names(a, b)), _sum(_figures(a, b, one, other))
    if _below(least, seen, by_names, by_figures):
        return True
    if a.names and b.names:
        shared = len(pair_names(a.names, b.names)[0])
        by_names = _sum([_weights(features.names(a, b)), _roles(a, b, shared)])
        if _below(least, seen, by_names, by_figures):
            return True
    if not (a.amounts and b.amounts):
        return False
    steps, pairs = figures(a, b)
    twins = sum(pair.unit is False and pair.a.value == pair.b.value for pair in pairs)
    return _below(least, seen, by_names, _weights(steps), *[_a_unit_left()] * twins)


def _below(least: float, *found: Bits) -> bool:
    wary, news = _sum(found)
    return wary < -_SLACK and news < least - _SLACK


def _max(found: Iterable[Bits]) -> Bits:
    wary, news = map(max, zip(*found, strict=True))
    return wary, news


def _sum(found: Iterable[Bits]) -> Bits:
    wary = news = 0.0
    for by_wary, by_news in found:
        wary += by_wary
        news += by_news
    return wary, news


@cache
def _most(feature: str, *levels: str) -> Bits:
    """The most that a step of one of these levels weighs; "" stands for no step."""
    tables = table("weights.tsv"), table("weights_of_news.tsv")
    wary, news = (max(weights[feature, one].slot if one else 0.0 for one in levels) for weights in tables)
    return wary, news


@cache
def _levels(feature: str, *but: str) -> tuple[str, ...]:
    return tuple(level for of, level in table("weights_of_news.tsv") if of == feature and level not in but)


def _weights(steps: Iterable[Evidence]) -> Bits:
    """What these steps do weigh."""
    return _sum([_most(step.feature, step.level) for step in steps])


@dataclass(frozen=True, slots=True)
class _Outline:
    """What is to be seen of a view without another one."""

    terms: tuple[tuple[frozenset[str], float], ...]  # what a term that matches has one of; how much it weighs
    marks: frozenset[str]  # of all terms
    weight: float  # of all terms
    concepts: frozenset[str]  # of all terms
    opposed: frozenset[str]  # concepts that exclude one of those
    units: frozenset[str]
    values: frozenset[float]
    money: bool
    dated: bool
    negates: bool
    things: bool


@once_a_view
def _outline(view: View) -> _Outline:
    terms = tuple((marks(term.lemma), weight(term)) for term in view.terms)
    concepts = frozenset().union(*(lexicon.concepts(term.lemma) for term in view.terms))
    return _Outline(
        terms=terms,
        marks=frozenset().union(*(marks for marks, _ in terms)),
        weight=sum(weighs for _, weighs in terms),
        concepts=concepts,
        opposed=frozenset().union(*map(lexicon.opposed, concepts)),
        units=frozenset(amount.unit for amount in view.amounts),
        values=frozenset(amount.value for amount in view.amounts if amount.value is not None),
        money=any(is_money(amount) for amount in view.amounts),
        dated=bool(features.dated(view)),
        negates=bool(view.negations or view.denials),
        things=bool(features.things(view)),
    )


@cache
def _always() -> Bits:
    """Of steps of which nothing is seen at a glance."""
    kinds = (_most("leftover", "", kind, f"{kind} in like words") for kind in ("number", "name"))
    return _sum([_most("prior", "prior"), _most("anchor", "", "missing"), *kinds])


@cache
def _a_unit_left() -> Bits:
    return _most("leftover", "", "unit", "unit in like words")


def _at_a_glance(a: View, b: View, one: _Outline, other: _Outline) -> Iterator[Bits]:
    """Bounds of what all features but names, roles and figures weigh."""
    alike = fuzz.ratio(a.folded, b.folded)
    exchanged = _may_be_exchanged(alike, len(a.folded), len(b.folded))
    opposed = not one.opposed.isdisjoint(other.concepts)
    yield _wording(a, b, alike)
    yield _terms(one, other)
    if opposed:
        yield from _opposites()
    if exchanged:
        yield from [_most("substitution", "", *_levels("substitution"))] * 2
    yield _predicate(a, b, one, other)
    if one.things and other.things:
        yield _most("arguments", *_levels("arguments"))
    yield from _times(a, b, one, other)
    yield _polarity(one, other, alike, opposed or exchanged)
    yield _most(
        "modality", *(features.modality_level(a.modality, b.modality, clash) for clash in (True, False))
    )
    if a.scope or b.scope:
        yield _most("scope", "equal") if a.scope == b.scope else _most("scope", *_levels("scope", "equal"))
    if a.speaker and b.speaker:
        yield _most("speaker", "same" if a.speaker == b.speaker else "different")
    if (a.numbers and b.numbers) or (a.scores and b.scores):
        yield _most("numbers", "", *_levels("numbers"))
    yield _weights(features.setting(a, b))
    yield _weights(features.published(a, b))


def _wording(a: View, b: View, alike: float) -> Bits:
    if a.plain == b.plain:
        return _most("wording", "identical")
    return (
        _most("wording", "", "rearranged", "near") if alike >= _NEAR else _most("wording", "", "rearranged")
    )


def _may_be_exchanged(alike: float, words_a: int, words_b: int) -> bool:
    """Whether so many words may stay in their place that an alignment of them tells something.

    A Levenshtein alignment keeps no more words than the longest subsequence that both have.
    """
    common = alike / 100 * (words_a + words_b) / 2
    return common >= ALIKE * max(words_a, words_b) - 0.001


def _terms(one: _Outline, other: _Outline) -> Bits:
    if not one.terms or not other.terms:
        return _most("terms", "missing")
    ours = sum(weighs for marks, weighs in one.terms if not marks.isdisjoint(other.marks))
    if not ours:
        return _most("terms", "none")
    theirs = sum(weighs for marks, weighs in other.terms if not marks.isdisjoint(one.marks))
    part = features.share(min(ours, theirs), one.weight, other.weight)
    return _most("terms", *(level for floor, level in features.SHARES if floor <= part))


@cache
def _opposites() -> list[Bits]:
    """Of terms that exclude each other, which are two steps at most."""
    return [_max([_NOTHING, _most("predicate", "opposite"), _most("leftover", "opposite")])] * 2


def _predicate(a: View, b: View, one: _Outline, other: _Outline) -> Bits:
    ours, theirs = a.predicate, b.predicate
    if not ours or not theirs or not {ours, theirs}.isdisjoint(lexicon.cues("light")):
        return _NOTHING
    if ours == theirs:
        return _most("predicate", "equal")
    if lexicon.synonymous(ours, theirs):
        return _most("predicate", "synonym")
    if lexicon.opposite(ours, theirs):
        return _most("predicate", "", "synonym")
    apart = lexicon.concepts(ours).isdisjoint(other.concepts) and lexicon.concepts(theirs).isdisjoint(
        one.concepts
    )
    return _most("predicate", "different" if apart else "mentioned")


def _times(a: View, b: View, one: _Outline, other: _Outline) -> Iterator[Bits]:
    levels = [features.time_level(a, b, clash) for clash in (True, False)]
    if one.dated and other.dated:  # each may name a day that the other does not
        yield _most("leftover", "", "day", "day in like words")
        levels += "other", "other day of an event"
    yield _most("time", *levels)


def _polarity(one: _Outline, other: _Outline, alike: float, opposed: bool) -> Bits:
    if not one.negates and not other.negates:
        return _most("polarity", "equal", "opposed") if opposed else _most("polarity", "equal")
    if one.negates != other.negates and alike < _CLOSE:
        return _most("polarity", "equal", "opposed")
    return _most("polarity", *_levels("polarity"))


def _names(a: View, b: View) -> tuple[Bits, ...]:
    """Of names, and the parts that they play."""
    if not (a.names and b.names):
        return _most("names", "one-sided" if a.names or b.names else "missing"), _roles(a, b, 0)
    names = _most("names", *_levels("names", "missing", "one-sided"))
    return names, _most("participants", "", *_levels("participants")), _roles(a, b, 2)


def _roles(a: View, b: View, shared: int) -> Bits:
    """``shared``: so many names are in both."""
    levels = [""]
    if shared and a.predicate and lexicon.synonymous(a.predicate, b.predicate):
        levels.append("kept")
    if shared > 1:
        levels.append("swapped")
    if shared > 1 or (a.mention.frame.links and b.mention.frame.links):
        levels.append("other order")
    return _most("roles", *levels)


def _figures(a: View, b: View, one: _Outline, other: _Outline) -> Iterator[Bits]:
    """Of the figures that answer each other best, and worst, and of numbers that have another unit in each."""
    many = min(len(a.amounts), len(b.amounts))
    if not many:
        if a.amounts or b.amounts:
            yield _most("quantity", "one-sided")
        return
    alike, twins = _alike(one.units, other.units), not one.values.isdisjoint(other.values)
    yield _best(alike, twins, one.money and other.money)
    if many > 1:
        yield _worst(alike, twins, one.money and other.money)
    if twins:
        yield from [_a_unit_left()] * many


@lru_cache(maxsize=4096)
def _alike(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether any two of the units may be the same."""
    return any(same_unit(one, other) is not False for one in ours for other in theirs)


@cache
def _best(alike: bool, twins: bool, money: bool) -> Bits:
    fits = _levels("quantity", "one-sided")
    measure = _most("measure", *_levels("measure"))
    found = [_sum([_most("unit", "different", *_other_units(twins, money)), measure])]
    if alike:
        found.append(_sum([_most("unit", "equal", "kind"), measure, _most("quantity", *fits)]))
    return _max(found)


@cache
def _worst(alike: bool, twins: bool, money: bool) -> Bits:
    """Nothing, or figures that clash or have other units."""
    found, measure = [_NOTHING], _levels("measure")
    if units := _other_units(twins, money):
        found.append(_sum([_most("unit", *units), _most("measure", *measure)]))
    if alike:
        clash = _most("quantity", *(fit.value for fit in CLASH))
        found.append(_sum([_most("unit", "equal", "kind"), _most("measure", *measure), clash]))
    return _max(found)


def _other_units(twins: bool, money: bool) -> tuple[str, ...]:
    return ("swapped", "other things") * twins + ("currency",) * money

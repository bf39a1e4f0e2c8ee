"""What must hold before a difference is a conflict, and before an agreement is one.

A conflict needs one slot: the same predicate (or its opposite) of the same things. Where the predicates do
not answer each other, two figures, days, names or a denial that differ say nothing about each other
(*anchor*). And an agreement needs every hard detail answered: where each side is left with a number, a name
or a day that the other does not have, the one may stand in the place of the other, and nothing is confirmed
(*leftovers*).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from verification.comparison import lexicon
from verification.comparison.features import leftover_times
from verification.comparison.figures import Paired
from verification.comparison.levels import evidence, wary
from verification.comparison.overlap import pair_names
from verification.comparison.quantities import Amount, Fit, loose_numbers
from verification.comparison.types import Evidence
from verification.comparison.view import Name, View, once_a_view

_ANSWERED = (Fit.EQUAL, Fit.WITHIN, Fit.NEAR, Fit.BOUND)
#: levels by which two mentions show that they fill one slot
_ANCHORS = frozenset(
    {
        ("wording", "identical"),
        ("wording", "near"),
        ("wording", "rearranged"),
        ("predicate", "equal"),
        ("predicate", "synonym"),
        ("predicate", "opposite"),
        ("terms", "all"),
        ("terms", "most"),
        ("terms", "half"),
        ("measure", "equal"),
        ("measure", "overlap"),
    }
)
#: levels by which they show that they do not, unless the wording or the whole of the content says otherwise
_OTHERWISE = frozenset(
    {
        ("predicate", "different"),
        ("measure", "different"),
        ("names", "disjoint"),
        ("arguments", "different"),
        ("arguments", "another event"),
    }
)
_STRONG = frozenset(
    {("wording", "identical"), ("wording", "near"), ("terms", "all"), ("terms", "most"), ("measure", "equal")}
)
#: levels by which something in the slot differs, other than a name
_DIFFERENCES = frozenset(
    {
        ("quantity", "disjoint"),
        ("quantity", "direction"),
        ("numbers", "different"),
        ("unit", "swapped"),
        ("time", "other day of an event"),
        ("polarity", "opposed"),
        ("roles", "swapped"),
        ("wording", "rearranged"),
    }
)
_OF_NAMES = frozenset(
    {("substitution", "name"), ("substitution", "unit"), ("substitution", "day of an event")}
)
#: levels by which wordings are so alike that whatever is left over on both sides was exchanged
_LIKE_WORDS = frozenset(
    {
        ("terms", "all"),
        ("terms", "most"),
        ("terms", "half"),
        ("wording", "identical"),
        ("wording", "near"),
        ("wording", "rearranged"),
    }
)
_NO_ANCHOR = "The two may not say it of the same thing, and then this is no contradiction."


def anchored(a: View, b: View, steps: Sequence[Evidence]) -> bool:
    """Whether the predicates answer each other, or what is measured is the same.

    Where a predicate is not known, shared names stand for it.
    """
    levels = {(step.feature, step.level) for step in steps}
    if ("names", "disjoint") in levels and levels & _DIFFERENCES:
        return False  # two towns with two budgets: one detail changed is a conflict, two are another thing
    if not a.predicate or not b.predicate:
        levels |= {("predicate", "equal")} if ("names", "equal") in levels else set()
    return bool(levels & _ANCHORS) and not (levels & _OTHERWISE and not levels & _STRONG)


def differences(a: View, b: View, steps: Sequence[Evidence]) -> list[Evidence]:
    """A step that says so where something differs and the two have no anchor."""
    first = next(
        (s for s in steps if s.conflict > 0 or (s.feature, s.level) in _DIFFERENCES | _OF_NAMES), None
    )
    if first is None or anchored(a, b, steps):
        return []
    return [evidence("anchor", "missing", first.a, first.b, _NO_ANCHOR)]


def without_conflict(steps: Sequence[Evidence]) -> list[Evidence]:
    """The steps, with no weight for a conflict if they have no anchor."""
    if not any(step.feature == "anchor" for step in steps):
        return list(steps)
    return [replace(step, conflict=0.0) if step.conflict > 0 else step for step in steps]


def as_wary(steps: Sequence[Evidence]) -> list[Evidence]:
    """What wary weights say of the steps of a trace, whatever weights it has. Raises KeyError for unknown levels."""
    return without_conflict(wary(steps))


def leftovers(a: View, b: View, pairs: Sequence[Paired], steps: Sequence[Evidence]) -> list[Evidence]:
    """What each side holds and the other does not answer: numbers, names, days."""
    alike = any((step.feature, step.level) in _LIKE_WORDS for step in steps)
    return [_left(level, ours, theirs, alike) for level, ours, theirs in _unanswered(a, b, pairs)]


def _unanswered(a: View, b: View, pairs: Sequence[Paired]) -> Iterator[tuple[str, str, str]]:
    answered = [pair for pair in pairs if pair.fit in _ANSWERED and pair.unit is not False]
    ours, theirs = _numbers(a, [pair.a for pair in answered]), _numbers(b, [pair.b for pair in answered])
    only_a, only_b = _less(ours, theirs), _less(theirs, ours)
    if only_a and only_b:
        yield "number", "; ".join(only_a.values()), "; ".join(only_b.values())
    for pair in pairs:
        if pair.unit is False and pair.a.value is not None and pair.a.value == pair.b.value:
            yield "unit", pair.a.words, pair.b.words
    for one, other in _names(a, b):
        yield "name", one.words, other.words
    if days := leftover_times(a, b):
        yield "day", *days


def _left(level: str, a: str, b: str, alike: bool) -> Evidence:
    note = f"“{a}” and “{b}” do not answer each other."
    if alike:
        note = f"“{a}” and “{b}” do not answer each other, so neither text confirms the other."
    return evidence("leftover", f"{level} in like words" if alike else level, a, b, note)


def _numbers(view: View, answered: Sequence[Amount]) -> dict[float, str]:
    """The numbers that a text states, but for amounts that the other answers."""
    open_amounts = [one for one in view.amounts if not any(one is done for done in answered)]
    done = {n for one in answered for n in (*_said(one), *loose_numbers(one.words))}
    done |= {n for one in open_amounts for n in loose_numbers(one.words)}
    found = {number: f"{number:g}" for number in sorted(view.digits - done)}
    for one in open_amounts:
        found |= dict.fromkeys(_said(one), one.words)
    return found


def _said(one: Amount) -> tuple[float, ...]:
    return (one.value,) if one.value is not None else (one.low, one.high)


def _less(ours: dict[float, str], theirs: dict[float, str]) -> dict[float, str]:
    return {number: words for number, words in ours.items() if number not in theirs}


def _names(a: View, b: View) -> Iterator[tuple[Name, Name]]:
    """The first two names that neither side answers.

    Persons and bodies are not told apart, since readers mistake the one for the other.
    """
    pairs, only_a, only_b = pair_names(a.names, b.names)
    ours = [*only_a, *(rest for one, other in pairs for rest in _beyond(one, other))]
    theirs = [*only_b, *(rest for one, other in pairs for rest in _beyond(other, one))]
    words_a, words_b = _lemmas(a), _lemmas(b)
    rest_a = [n for n in ours if not _is_told(n, words_b)]
    rest_b = [n for n in theirs if not _is_told(n, words_a)]
    open_pairs = ((x, y) for x in rest_a for y in rest_b if {x.kind, y.kind} not in _INSIDE)
    yield from islice(open_pairs, 1)


@once_a_view
def _lemmas(view: View) -> frozenset[str]:
    return frozenset(lexicon.lemma(word) for word in view.words)


def _is_told(name: Name, words: frozenset[str]) -> bool:
    """Whether a word of the name stands on the other side: a person's surname, since first names are shared."""
    parts = name.key.split()
    return bool({lexicon.lemma(part) for part in (parts[-1:] if name.kind == "person" else parts)} & words)


#: a city and a country do not stand in each other's place: one may lie in the other
_INSIDE = ({"place", "country"}, {"place", "government"})


def _beyond(name: Name, other: Name) -> Iterator[Name]:
    """What a longer name says beside the shorter one that it was matched with: the "Haddad" of "Karim Haddad"."""
    rest = [word for word in name.key.split() if word not in other.key.split()]
    if rest and len(rest) < len(name.key.split()):
        yield Name(" ".join(rest), name.kind, " ".join(rest))

"""One function for each feature of a pair: two views in, steps of the trace out.

The levels and their weights are data (``data/weights.tsv``); the functions only decide which level holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from rapidfuzz import fuzz

from claims.extraction.types import Kind, TimeExpression
from verification.comparison import arrangement, lexicon
from verification.comparison.figures import CLASH, Paired
from verification.comparison.levels import evidence
from verification.comparison.overlap import (
    opposites,
    pair_names,
    pair_terms,
    same_name,
    shared_weight,
    weight,
    wording,
)
from verification.comparison.substitution import substitutions
from verification.comparison.types import Evidence
from verification.comparison.view import Modality, Name, Term, View, once_a_view, stretch

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")  # a year, a month or a day in TIMEX3
CLOSE_WORDING = 0.8  # from here on every word that differs counts
CLOSE = timedelta(days=31)  # states reported this close together are read as one, if their values agree


def _list(items: Sequence[Name] | Sequence[Term]) -> str:
    return ", ".join(item.words for item in items)


def names(a: View, b: View) -> list[Evidence]:
    """Named participants: shared, missing on one side, or others in their place."""
    if not a.names and not b.names:
        return [evidence("names", "missing", note="Neither names anybody.")]
    pairs, only_a, only_b = pair_names(a.names, b.names)
    shared_a, shared_b = _list([one for one, _ in pairs]), _list([other for _, other in pairs])
    if not pairs:
        level = "disjoint" if only_a and only_b else "one-sided"
        note = "They name different things." if level == "disjoint" else "Only one of the two names anybody."
        return [evidence("names", level, _list(only_a), _list(only_b), note), *_others(only_a, only_b)]
    level = "overlap" if only_a and only_b else "contained" if only_a or only_b else "equal"
    steps = [evidence("names", level, shared_a, shared_b, f"Both name {shared_a}.")]
    return steps + _others(only_a, only_b)


_WHERE = frozenset({"country", "place", "government"})
_INTERCHANGEABLE = frozenset({"country", "person", "place", "organisation", "government", "group"})


def _others(only_a: Sequence[Name], only_b: Sequence[Name]) -> list[Evidence]:
    """Names of one kind that stand on one side each: another participant, another place."""
    for one in only_a:
        for other in only_b:
            if one.kind in _WHERE and other.kind in _WHERE and one.kind != other.kind:
                elsewhere = f"One names {one.words}, the other {other.words}."
                return [evidence("participants", "elsewhere", one.words, other.words, elsewhere)]
            alike = one.kind == other.kind or not one.kind or not other.kind
            if alike and (one.kind or other.kind or "person") in _INTERCHANGEABLE:
                note = f"One names {one.words} where the other names {other.words}."
                return [evidence("participants", "other", one.words, other.words, note)]
    return []


def terms(a: View, b: View) -> list[Evidence]:
    """Content words, and words that exclude each other."""
    if not a.terms or not b.terms:
        return [
            evidence("terms", "missing", note="One of the two has no content words beside names and figures.")
        ]
    pairs, only_a, only_b = pair_terms(a.terms, b.terms)
    shared = shared_weight(pairs)
    all_a, all_b = sum(map(weight, a.terms)), sum(map(weight, b.terms))
    part = share(shared, all_a, all_b)
    level = next(name for floor, name in SHARES if part >= floor)
    words_a, words_b = _list([x for x, _ in pairs]), _list([y for _, y in pairs])
    note = f"{round(100 * part)} per cent of the content words are shared or synonyms."
    steps = [evidence("terms", level, words_a, words_b, note)]
    for x, y in opposites(_affirming(only_a), _affirming(only_b)):
        if arrangement.converse(x.lemma, y.lemma, a, b):
            continue
        aligned = arrangement.answer(x.lemma, y.lemma, a, b)
        feature, level = ("predicate", "opposite") if aligned else ("leftover", "opposite")
        steps.append(evidence(feature, level, x.words, y.words, f"“{x.words}” excludes “{y.words}”."))
    return steps[:3]


def share(shared: float, all_a: float, all_b: float) -> float:
    """What part of the words of both is shared, 0 to 1: halfway between that of the shorter and that of the whole."""
    return 0.5 * shared / min(all_a, all_b) + 0.5 * 2 * shared / (all_a + all_b)


def _affirming(words: list[Term]) -> list[Term]:
    """Terms that are no denials themselves: those count as polarity, and must not count twice."""
    return [term for term in words if term.lemma not in lexicon.cues("denial")]


SHARES = ((0.9, "all"), (0.65, "most"), (0.4, "half"), (0.2, "some"), (0.01, "few"), (0.0, "none"))


def predicate(a: View, b: View) -> list[Evidence]:
    """The verb, or the noun that stands for it."""
    one, other = a.predicate, b.predicate
    if not one or not other or {one, other} & lexicon.cues("light"):
        return []
    if lexicon.opposite(one, other) and not arrangement.converse(one, other, a, b):
        return []  # the step on content words says so
    if one == other:
        level = "equal"
    elif lexicon.synonymous(one, other) or arrangement.converse(one, other, a, b):
        level = "synonym"
    elif any(lexicon.synonymous(one, t.lemma) for t in b.terms) or any(
        lexicon.synonymous(other, t.lemma) for t in a.terms
    ):
        level = "mentioned"
    else:
        level = "different"
    note = f"The predicates are “{one}” and “{other}”."
    return [evidence("predicate", level, one, other, note)]


def arguments(a: View, b: View) -> list[Evidence]:
    """The things that the two predicates are about, names left out: talks that began are no invasion that began."""
    ours, theirs = things(a), things(b)
    if not ours or not theirs:
        return []
    said = ", ".join(ours), ", ".join(theirs)
    terms_a, terms_b = [t.lemma for t in a.terms], [t.lemma for t in b.terms]
    if any(arrangement.alike_words(x, y) for x in ours for y in [*theirs, *terms_b]) or any(
        arrangement.alike_words(y, x) for y in theirs for x in terms_a
    ):
        return [evidence("arguments", "alike", *said, "The two are about the same sort of thing.")]
    phases = lexicon.cues("phase")
    only_phases = all(lexicon.concepts(view.predicate) & phases for view in (a, b))
    level = "another event" if only_phases else "different"
    note = f"One is about “{said[0]}”, the other about “{said[1]}”."
    return [evidence("arguments", level, *said, note)]


@once_a_view
def things(view: View) -> tuple[str, ...]:
    """The head nouns of subject and object that are no names, figures or days."""
    frame = view.mention.frame
    heads = [lexicon.lemma(words.split()[-1]) for words in (frame.subject, frame.object) if words]
    free = {part for term in view.terms for part in term.lemma.split()} - lexicon.cues("vague")
    return tuple(head for head in heads if head in free)


def roles(a: View, b: View) -> list[Evidence]:
    """Who does it and to whom: "A attacked B" is not "B attacked A"."""
    same_verb = bool(a.predicate) and lexicon.synonymous(a.predicate, b.predicate)
    linked = bool(a.mention.frame.links and b.mention.frame.links)
    turned = arrangement.exchanged(a, b)
    if same_verb and not linked:
        turned = turned or arrangement.swapped_frame(a, b)
    inverted = arrangement.inversions(a, b)
    if not turned and inverted and not linked and arrangement.alike(a, b):
        turned = list(inverted[0])
    if turned:
        words = _list(turned)
        return [evidence("roles", "swapped", words, words, f"{words}: they change places.")]
    if others := list(inverted[0]) if inverted else arrangement.usurped(a, b):
        words = _list(others)
        return [evidence("roles", "other order", words, words, f"{words} stand in another order.")]
    if word := arrangement.reattached(a, b):
        return [evidence("roles", "other order", word, word, f"“{word}” belongs to another word in each.")]
    if same_verb and arrangement.kept_frame(a, b):
        return [evidence("roles", "kept", note="The shared names play the same part in both.")]
    return []


def substituted(a: View, b: View) -> list[Evidence]:
    """What stands in the place of what, where the wordings run alike."""
    steps = []
    for kind, ours, theirs in substitutions(a, b):
        if kind == "opposite" and arrangement.converse(lexicon.lemma(ours), lexicon.lemma(theirs), a, b):
            continue
        if kind == "name" and any(same_name(Name(ours.casefold(), "", ours), name) for name in b.names):
            continue
        if kind == "name" and not _one_kind(ours, theirs, a, b):
            kind = "other words"
        level = "day of an event" if kind == "day" and _events(a, b) else kind
        steps.append(evidence("substitution", level, ours, theirs, f"“{theirs}” stands for “{ours}”."))
    return steps[:2]


def _one_kind(one: str, other: str, a: View, b: View) -> bool:
    """Whether two words belong to names that are known to be of one kind, and no two spellings of one name."""
    kinds_a, kinds_b = (
        {
            name.kind
            for name in view.names
            if name.kind and set(words.casefold().split()) & set(name.key.split())
        }
        for words, view in ((one, a), (other, b))
    )
    return bool(kinds_a & kinds_b) and fuzz.ratio(one.casefold(), other.casefold()) < SPELLING


SPELLING = 80  # from here on two words may be spellings of one name


def _events(a: View, b: View) -> bool:
    return a.mention.kind is Kind.EVENT and b.mention.kind is Kind.EVENT and not (a.amounts or b.amounts)


def same_words(a: View, b: View) -> list[Evidence]:
    """Wordings that are all but identical: then order and every word that differs matter."""
    alike = wording(a, b)
    if a.plain == b.plain:
        return [evidence("wording", "identical", note="Both say it in the same words.")]
    linked = a.mention.frame.links and b.mention.frame.links  # then the links tell who does what
    same_bag = sorted(a.folded) == sorted(b.folded)
    if same_bag and a.names and b.names and not linked:
        return [evidence("wording", "rearranged", note="The same words stand in another order.")]
    if alike >= 0.85:
        return [evidence("wording", "near", note=f"The wordings are {round(100 * alike)} per cent alike.")]
    return []


def numbers(a: View, b: View, pairs: list[Paired]) -> list[Evidence]:
    """Digits that are neither a quantity nor a time: article numbers, model names, scores."""
    if a.scores and b.scores and not a.scores & b.scores:
        ours, theirs = (", ".join(sorted(side.scores)) for side in (a, b))
        return [evidence("numbers", "different", ours, theirs, "The results differ.")]
    if not a.numbers or not b.numbers:
        return []
    ours, theirs = (", ".join(f"{n:g}" for n in sorted(side.numbers)) for side in (a, b))
    if a.numbers - b.numbers and b.numbers - a.numbers:
        return [evidence("numbers", "different", ours, theirs, "The numbers in the two texts differ.")]
    return [evidence("numbers", "equal", ours, theirs, "Both hold the same number.")]


def time(a: View, b: View, clash: bool) -> list[Evidence]:
    """The days for which each is said to hold. ``clash``: whether the values differ."""
    left = leftover_times(a, b)
    if left:
        level = "other day of an event" if _events(a, b) else "other"
        return [evidence("time", level, *left, f"One says {left[0]}, the other {left[1]}.")]
    level = time_level(a, b, clash)
    if a.days is None or b.days is None:
        return [evidence("time", level, a.time_words, b.time_words, "The time of one or both is not given.")]
    said = a.time_words or _range(a), b.time_words or _range(b)
    note = _TIMES.get(level) or f"They speak of times {_apart(a.days, b.days).days} days apart."
    return [evidence("time", level, *said, note)]


def time_level(a: View, b: View, clash: bool) -> str:
    """How the days stand for which each is said to hold, whatever days else the texts name."""
    ours, theirs = a.days, b.days
    if ours is None or theirs is None:
        return "missing" if ours is theirs else "one-sided"
    if ours == theirs:
        return "same"
    apart = _apart(ours, theirs)
    if apart <= timedelta(0):
        return "overlap"
    if _events(a, b):
        return "other day of an event"
    if apart > CLOSE:
        return "other"
    return "near, other value" if clash else "near"


def _apart(one: tuple[date, date], other: tuple[date, date]) -> timedelta:
    return max(one[0], other[0]) - min(one[1], other[1])


_TIMES = {
    "same": "Both speak of the same time.",
    "overlap": "The times that they speak of overlap.",
    "other day of an event": "They put the event on different days.",
    "other": "They speak of different times.",
}


def leftover_times(a: View, b: View) -> tuple[str, str] | None:
    """Dates that each text names and that match no date of the other."""
    ours, theirs = dated(a), dated(b)
    only_a = [t for t in ours if not any(touch(t, other) for other in theirs)]
    only_b = [t for t in theirs if not any(touch(t, other) for other in ours)]
    return (only_a[0].text, only_b[0].text) if only_a and only_b else None


@once_a_view
def dated(view: View) -> list[TimeExpression]:
    """The times of a view that name a date themselves ("now" does not)."""
    return [t for t in view.mention.times if (t.first or t.last) and not t.value.endswith("_REF")]


def touch(one: TimeExpression, other: TimeExpression) -> bool:
    if _DATE.fullmatch(one.value) and _DATE.fullmatch(other.value):
        return one.value.startswith(other.value) or other.value.startswith(one.value)
    if None in (one.first, other.first) or None in (one.last, other.last):
        open_alike = (one.first is None) == (other.first is None) and (one.last is None) == (
            other.last is None
        )
        if open_alike:  # "since 1948" and "since 1985" overlap, but say different things
            return (one.first, one.last) == (other.first, other.last)
    (start, end), (first, last) = stretch(one.first, one.last), stretch(other.first, other.last)
    return start <= last and first <= end


def _range(view: View) -> str:
    return f"{view.first or '…'} to {view.last or '…'}"


def polarity(a: View, b: View, opposed: bool) -> list[Evidence]:
    """Whether one denies what the other says; an antonym on one side turns it round."""
    ours, theirs = net_negations(a, b), net_negations(b, a)
    said = ", ".join(a.negations), ", ".join(b.negations)
    count_a, count_b = len(ours) + a.denials, len(theirs) + b.denials
    uneven = count_a % 2 != count_b % 2
    turned = uneven if wording(a, b) >= CLOSE_WORDING else bool(count_a) != bool(count_b)
    if turned and opposed:
        return [evidence("polarity", "equal", *said, "One denies the opposite of what the other affirms.")]
    if turned or opposed:
        note = "One affirms what the other denies." if turned else "They say the opposite."
        return [evidence("polarity", "opposed", *said, note)]
    if uneven:
        return [evidence("polarity", "uneven", *said, "One holds a negation more than the other.")]
    level = "both negated" if count_a else "equal"
    return [evidence("polarity", level, *said, "Both deny it." if count_a else "Both affirm it.")]


def net_negations(view: View, other: View) -> tuple[str, ...]:
    """The negations of a text but for verbs of refusal that the other has too ("rejected", "turned down")."""
    refusals = lexicon.cues("denial")
    return tuple(
        cue
        for cue in view.negations
        if (low := lexicon.phrase(cue)) not in refusals
        or not any(lexicon.synonymous(low, term.lemma) for term in other.terms)
    )


def modality(a: View, b: View, clash: bool) -> list[Evidence]:
    """What is expected or possible against what is so. ``clash``: whether the values differ."""
    said = ", ".join(a.modal_words), ", ".join(b.modal_words)
    level = modality_level(a.modality, b.modality, clash)
    if a.modality is b.modality:
        return [evidence("modality", level, *said, f"Both say what is {a.modality.value}.")]
    note = _MODALITIES.get(level, "One may speak of what was still to come.")
    return [evidence("modality", level, *said, note)]


@cache
def modality_level(one: Modality, other: Modality, clash: bool) -> str:
    """How what two mentions say of how sure a thing is stands."""
    both = {one, other}
    if both == {Modality.POSSIBLE, Modality.EXPECTED}:
        return "possible and expected"
    if both == {Modality.LOOSE, Modality.ACTUAL}:
        return "loosely, other value" if clash else "loosely"
    return "equal" if one is other or Modality.LOOSE in both else "expectation and outcome"


_MODALITIES = {
    "possible and expected": "One says possible, the other expected.",
    "expectation and outcome": "One says what is expected, the other what is so.",
}


def scope(a: View, b: View, pairs: list[Paired]) -> list[Evidence]:
    """Words that narrow or widen what is counted: "alone", "since 2022", "in total"."""
    if not a.scope and not b.scope:
        return []
    said = ", ".join(a.scope), ", ".join(b.scope)
    if a.scope == b.scope:
        return [evidence("scope", "equal", *said, "Both limit what they count alike.")]
    clash = any(p.fit in CLASH for p in pairs)
    level = "different, other value" if clash else "different"
    return [evidence("scope", level, *said, "They may not count the same part of it.")]


def speaker(a: View, b: View) -> list[Evidence]:
    """Who says it."""
    if not a.speaker or not b.speaker:
        return []
    level = "same" if a.speaker == b.speaker else "different"
    said = a.mention.speaker or "", b.mention.speaker or ""
    note = f"Both have it from {said[0]}." if level == "same" else "Different speakers say it."
    return [evidence("speaker", level, *said, note)]


def published(a: View, b: View) -> list[Evidence]:
    """How long after the one the other was published: news of another day often tells another state."""
    one, other = a.mention.published, b.mention.published
    return [] if one is None or other is None else [_published(one, other)]


@lru_cache(maxsize=1024)  # the mentions of two articles are compared one after the other
def _published(one: date, other: date) -> Evidence:
    apart = abs((one - other).days)
    level = next(name for most, name in _APART if apart <= most)
    return evidence("published", level, f"{one}", f"{other}", f"Published {apart} days apart.")


_APART = ((0, "same day"), (1, "next day"), (10, "days later"), (math.inf, "long after"))


def setting(a: View, b: View) -> list[Evidence]:
    """Whether the articles that hold the two are about one event, by the names that they share."""
    return [_setting(a.mention.setting, b.mention.setting)]


@lru_cache(maxsize=1024)
def _setting(one: tuple[str, ...], other: tuple[str, ...]) -> Evidence:
    ours, theirs = set(one), set(other)
    if not ours or not theirs:
        return evidence("setting", "not known", note="What else the articles are about is not known.")
    shared = sorted(ours & theirs)
    part = len(shared) / min(len(ours), len(theirs))
    level = "one event" if part >= ONE_EVENT and len(shared) > 1 else "touching" if shared else "other event"
    words = ", ".join(shared[:3])
    return evidence("setting", level, words, words, f"The articles share {len(shared)} names.")


ONE_EVENT = 0.25  # of the names of the article that has fewer

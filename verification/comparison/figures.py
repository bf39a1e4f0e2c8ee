"""The figures of two mentions: which belong together, whether they measure the same, how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verification.comparison import lexicon
from verification.comparison.levels import evidence
from verification.comparison.overlap import pair_terms, same_name
from verification.comparison.quantities import Amount, Fit, fit, same_unit
from verification.comparison.types import Evidence
from verification.comparison.view import Name, Term, View, once_a_view

_OTHER_UNIT = ("swapped", "other things", "currency")
CLASH = (Fit.DISJOINT, Fit.DIRECTION)
_GOOD = {Fit.EQUAL: 4, Fit.WITHIN: 3, Fit.NEAR: 2, Fit.BOUND: 1, None: 0, Fit.DISJOINT: 0, Fit.DIRECTION: 0}
_MEASURE = {"equal": 3, "overlap": 2, "mentioned": 1, "missing": 1, "different": -4}
_SAYS = {
    Fit.EQUAL: "“{a}” and “{b}” state the same amount.",
    Fit.WITHIN: "“{a}” and “{b}” agree within the precision that their wording claims.",
    Fit.NEAR: "“{a}” and “{b}” may be a rounder and a finer figure for one amount.",
    Fit.BOUND: "“{a}” and “{b}” can both be true, but one only sets a bound.",
    Fit.DISJOINT: "“{a}” and “{b}” exclude each other.",
    Fit.DIRECTION: "“{a}” and “{b}” go in opposite directions.",
    None: "“{a}” and “{b}” cannot be compared: one is a change, the other a level.",
}


@dataclass(frozen=True, slots=True)
class Paired:
    """Two amounts that stand in the same place of two mentions."""

    a: Amount
    b: Amount
    unit: bool | None
    measure: str
    fit: Fit | None

    @property
    def good(self) -> float:
        """How well they belong together; the order in the sentence breaks ties."""
        unit = {True: 3, None: 1, False: -6}[self.unit]
        return unit + _MEASURE[self.measure] + _GOOD[self.fit] - 0.1 * abs(self.a.order - self.b.order)


@once_a_view
def _measure_parts(one: Amount, view: View) -> tuple[list[Term], list[Name]]:
    """The content terms and the names in what is measured."""
    words = lexicon.WORD.findall(one.measure)
    lemmas = [lexicon.lemma(word) for word in words]
    name_words = {
        word: name for name in view.names for word in name.key.split() + name.words.casefold().split()
    }
    names = [name_words[word.casefold()] for word in words if word.casefold() in name_words]
    counts_people = one.unit in lexicon.cues("vague")
    terms = [
        Term(term, " ".join(words[start:end]))
        for term, start, end in lexicon.grouped(lemmas)
        if not {w.casefold() for w in words[start:end]} & name_words.keys()
        and term not in lexicon.stopwords()
        and term not in lexicon.cues("void")
        and not (counts_people and term in lexicon.cues("vague"))
    ]
    return terms, names


def measure_level(a: Amount, b: Amount, one: View, other: View) -> str:
    """Whether two amounts measure the same thing: equal, overlap, mentioned, missing or different."""
    terms_a, names_a = _measure_parts(a, one)
    terms_b, names_b = _measure_parts(b, other)
    if terms_a and terms_b:
        pairs, rest_a, rest_b = pair_terms(terms_a, terms_b)
        if pairs:
            return "overlap" if rest_a and rest_b else "equal"
        return "different" if not (_mentioned(terms_a, other) and _mentioned(terms_b, one)) else "mentioned"
    if any(same_name(x, y) for x in names_a for y in names_b):
        return "overlap"
    loose, elsewhere = (terms_a, other) if terms_a else (terms_b, one)
    return "mentioned" if loose and _mentioned(loose, elsewhere) else "missing"


def _mentioned(terms: Sequence[Term], elsewhere: View) -> bool:
    return bool(pair_terms(terms, elsewhere.terms)[0])


def pair(a: View, b: View) -> list[Paired]:
    """The amounts that belong together, best first; each amount stands in one pair at most."""
    options = []
    for one in a.amounts:
        for other in b.amounts:
            unit = same_unit(one.unit, other.unit)
            how = fit(one, other) if unit is not False else None
            options.append(Paired(one, other, unit, measure_level(one, other, a, b), how))
    options.sort(key=lambda option: (-option.good, option.a.order, option.b.order))
    chosen: list[Paired] = []
    for option in options:
        taken = any(option.a is done.a or option.b is done.b for done in chosen)
        if not taken and (option.unit is not False or not chosen or _unit_level(option) in _OTHER_UNIT):
            chosen.append(option)
    return chosen


def figures(a: View, b: View) -> tuple[list[Evidence], list[Paired]]:
    """The evidence that the figures of two mentions give, and which figures were paired."""
    if not a.amounts or not b.amounts:
        steps = []
        if a.amounts or b.amounts:
            ours, theirs = (", ".join(one.words for one in side.amounts) for side in (a, b))
            steps = [evidence("quantity", "one-sided", ours, theirs, "Only one of the two gives a figure.")]
        return steps, []
    pairs = pair(a, b)
    steps = []
    for paired in _telling(pairs):
        steps += _steps(paired)
    return steps, pairs


def _telling(pairs: list[Paired]) -> list[Paired]:
    """The best pair, and the worst of the others: one wrong figure is enough."""
    rest = [p for p in pairs[1:] if _unit_level(p) in _OTHER_UNIT or _clashes(p)]
    return pairs[:1] + rest[:1]


def _clashes(paired: Paired) -> bool:
    return paired.fit in CLASH and paired.measure != "different"


def _standard(amount: Amount) -> bool:
    """Whether the unit is one of measurement, and no counted thing."""
    return is_money(amount) or amount.standard or not amount.unit[:1].isalpha()


def is_money(amount: Amount) -> bool:
    """Whether the unit is a currency."""
    return len(amount.unit) == 3 and amount.unit.isupper()


def _steps(paired: Paired) -> list[Evidence]:
    a, b = paired.a.words, paired.b.words
    steps = [evidence("unit", _unit_level(paired), a, b, _unit_note(paired))]
    steps.append(
        evidence("measure", paired.measure, paired.a.measure, paired.b.measure, _measure_note(paired))
    )
    if paired.unit is not False:
        level = paired.fit.value if paired.fit else "not comparable"
        steps.append(evidence("quantity", level, a, b, says(paired)))
    return steps


def says(paired: Paired) -> str:
    """How two figures of one unit stand, in a sentence."""
    return _SAYS[paired.fit].format(a=paired.a.words, b=paired.b.words)


def _unit_level(paired: Paired) -> str:
    """Equal, kind (one may be a kind of the other), swapped (one number, two units), currency or different."""
    if paired.unit is False:
        if is_money(paired.a) and is_money(paired.b) and paired.a.value != paired.b.value:
            return "currency"
        if paired.a.value is None or paired.a.value != paired.b.value:
            return "different"
        return "swapped" if _standard(paired.a) and _standard(paired.b) else "other things"
    return "equal" if paired.unit else "kind"


def _unit_note(paired: Paired) -> str:
    units = f"{paired.a.unit or 'no unit'} and {paired.b.unit or 'no unit'}"
    return {True: "Both figures are in the same unit.", None: f"The units may differ: {units}."}.get(
        paired.unit, f"The units differ: {units}."
    )


def _measure_note(paired: Paired) -> str:
    a, b = paired.a.measure or "?", paired.b.measure or "?"
    return {
        "equal": "Both figures measure the same thing.",
        "overlap": "What the figures measure is alike.",
        "mentioned": "What one figure measures is named in the other text.",
        "missing": "The text does not say what one of the figures measures.",
        "different": f"The figures measure different things: {a}; {b}.",
    }[paired.measure]

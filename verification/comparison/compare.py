"""Two mentions in, a judgement with its trace out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.types import Mention
from verification.comparison import features, slots
from verification.comparison.decide import decide
from verification.comparison.figures import CLASH, figures
from verification.comparison.levels import evidence, of_news, slot_in_news
from verification.comparison.occasions import strangers
from verification.comparison.reach import out_of_reach
from verification.comparison.stance import read, settled_by_figures, step_of
from verification.comparison.types import Comparison, Evidence, Relation
from verification.comparison.view import View

VERSION = "6"


#: how likely a relation must be that only the weights of news see, where nobody put the two side by side
SURE = 0.85
#: how likely the weights of news must hold two claims for related for the stance model to be asked
OPEN = 0.1
#: and the two between which the likeliest outcome must be for it to be asked where a search found the two, and figures
#: do not speak; there are many such pairs, reading one takes as long as comparing fifty, and what is less likely than
#: the first did not become sure by it in two thousand pairs of gold
WORTH_READING, CLOSED = 0.6, 0.95
#: nor did, read the other way too, what is less likely than this once it was read one way
WORTH_READING_BACK = 0.75


def compare(a: Mention | View, b: Mention | View) -> Comparison:
    """How two mentions stand to each other, with the evidence for it.

    :param a: a mention, or the view of one: who compares a mention often makes its view once

    The method is record linkage (Fellegi and Sunter, 1969): features, levels, weights of evidence in bits;
    see :mod:`verification.comparison.decide` for how the sums become a relation. Wary weights speak first. What they
    leave unrelated is weighed once more as fitted to news, where one event is told twice, if the articles of both
    are known; that may relate claims, and never makes them the same. Which relation it is, where that is open, the
    stance model is asked, if there is one, as one more step. Symmetric: ``compare(b, a)`` gives the same relation and
    confidence, with the sides of the evidence exchanged.

    ``stance`` says how ``a`` bears on ``b``. Where no figures were compared it is pooled with the stance model's,
    which reads more than rules do of texts of any kind.
    """
    one, other = _view(a), _view(b)
    return _with_stance(_either_way(one, other), one.mention, other.mention)


def related(a: Mention | View, b: Mention | View) -> Comparison | None:
    """How two mentions stand to each other that a search found, and nobody put side by side; None if unrelated.

    Most such pairs are, so only the sure is said, nothing of strangers (:mod:`verification.comparison.occasions`), and
    what cannot be related is not compared to the end. As :func:`compare` otherwise, with the stance of rules alone.
    """
    one, other = _view(a), _view(b)
    if strangers(one, other) or out_of_reach(one, other, SURE):
        return None
    turned = other.order < one.order
    judged = _compare(other, one, True) if turned else _compare(one, other, True)
    if judged.relation is Relation.UNRELATED:
        return None
    return mirrored(judged) if turned else judged


def _either_way(a: View, b: View) -> Comparison:
    return mirrored(_compare(b, a, False)) if b.order < a.order else _compare(a, b, False)


def _with_stance(judged: Comparison, a: Mention, b: Mention) -> Comparison:
    if settled_by_figures(judged.trace):
        return judged
    return replace(judged, stance=read((a.text, b.text), judged.stance))


def _view(side: Mention | View) -> View:
    return side if isinstance(side, View) else View(side)


def compare_any(a: Sequence[Mention], b: Sequence[Mention]) -> Comparison:
    """The strongest judgement among all pairs of mentions of two texts of several sentences.

    Strongest is the pair likeliest to agree or to conflict; where none does, the likeliest to speak of one
    thing. The stance model, if there is one, reads the first of either side, which should be the whole text. Raises
    ValueError if either side has no mention.
    """
    if not a or not b:
        raise ValueError("both sides need at least one mention")
    ours, theirs = [View(one) for one in a], [View(other) for other in b]
    judged = [_either_way(one, other) for one in ours for other in theirs]
    strongest = max(judged, key=lambda c: (c.stance.supports + c.stance.contradicts, -_unrelated(c)))
    return _with_stance(strongest, a[0], b[0])


def _unrelated(comparison: Comparison) -> float:
    return comparison.confidence if comparison.relation is Relation.UNRELATED else 0.0


def mirrored(comparison: Comparison) -> Comparison:
    """The same judgement with the two sides exchanged."""
    newer = {"a": "b", "b": "a"}.get(comparison.newer or "")
    trace = tuple(
        Evidence(s.feature, s.level, s.weight, s.b, s.a, s.note, s.conflict, s.shift)
        for s in comparison.trace
    )
    return replace(comparison, newer=newer, trace=trace)


def _compare(a: View, b: View, found: bool) -> Comparison:
    steps = _trace(a, b)
    careful = decide(a, b, slots.without_conflict(steps), lone=True)
    if careful.relation is not Relation.UNRELATED or not (a.mention.setting and b.mention.setting):
        return careful
    related = slot_in_news(steps)
    if found and related < SURE:
        return careful  # no relation is likelier than that the two speak about the same thing
    weighed = of_news(steps)
    likely = decide(a, b, weighed)
    settled = settled_by_figures(steps)
    if related > OPEN and not (found and (settled or not WORTH_READING <= likely.confidence <= CLOSED)):
        likely = decide(a, b, weighed + _read(a, b, weighed, settled, found))
    if found and likely.confidence < SURE:
        return careful
    return replace(likely, relation=Relation.SUPPORTS) if likely.relation is Relation.SAME else likely


def _read(a: View, b: View, weighed: list[Evidence], settled: bool, found: bool) -> list[Evidence]:
    """What the stance model adds. Where a search found the two, it reads them the other way only if that may count."""

    def enough(step: Evidence) -> bool:
        so_far = decide(a, b, [*weighed, step])
        return found and (so_far.relation is Relation.UNRELATED or so_far.confidence < WORTH_READING_BACK)

    return step_of(a.mention, b.mention, settled, enough)


def evidence_of(a: Mention | View, b: Mention | View) -> list[Evidence]:
    """The steps of evidence on a pair, the sides in the order that :func:`compare` takes them in."""
    one, other = _view(a), _view(b)
    return _trace(other, one) if other.order < one.order else _trace(one, other)


_OPPOSED = frozenset({("predicate", "opposite"), ("substitution", "opposite")})


def _trace(a: View, b: View) -> list[Evidence]:
    """All steps of evidence on a pair, what identifies the slot first, what may differ in it last."""
    steps = [evidence("prior", "prior", note="Before looking: most pairs speak about different things.")]
    steps += features.same_words(a, b)
    steps += features.names(a, b)
    content = features.terms(a, b)
    steps += content
    steps += features.predicate(a, b)
    steps += features.arguments(a, b)
    steps += features.roles(a, b)
    exchanged = features.substituted(a, b)
    steps += exchanged
    by_figure, pairs = figures(a, b)
    steps += by_figure
    steps += features.numbers(a, b, pairs)
    opposed = any((step.feature, step.level) in _OPPOSED for step in [*content, *exchanged])
    turned = bool(a.negations or a.denials) != bool(b.negations or b.denials)
    differs = opposed or turned or any(pair.fit in CLASH for pair in pairs)
    steps += features.time(a, b, differs)
    steps += features.polarity(a, b, opposed)
    steps += features.modality(a, b, any(pair.fit in CLASH for pair in pairs))
    steps += features.scope(a, b, pairs)
    steps += features.speaker(a, b)
    steps += features.setting(a, b)
    steps += features.published(a, b)
    steps += slots.differences(a, b, steps)
    return steps + slots.leftovers(a, b, pairs, steps)

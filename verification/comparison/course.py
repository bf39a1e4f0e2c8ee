"""What the earlier article says, and what the later one: how news goes on.

An article of Monday says what is planned, pending or not yet known; one of June says what has been, what was
"at first" and what is "no longer". How each of the two is told bears on whether they speak of different times,
whatever the words of the other are. So a step depends on one side and on which of the two was published first
(Reichenbach's point of speech): no steps where that is not known, or both are of one day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from claims.extraction.types import Attribution
from verification.comparison import lexicon
from verification.comparison.levels import evidence
from verification.comparison.types import Evidence
from verification.comparison.view import Modality, View, once_a_view

EARLIER, LATER = "earlier", "later"
#: the cues, as tables name them, that tell in which stage of an affair one speaks
_STAGES = ("pending", "come about", "looking back", "moved")
_MODALITIES = {
    Modality.POSSIBLE: "possible",
    Modality.EXPECTED: "expected",
    Modality.LOOSE: "future",
}
#: auxiliaries, the first that a text has tells its tense; Reichenbach's three times want no more
_TENSES = (
    ("before the past", frozenset({"had"})),
    ("perfect", frozenset({"has", "have", "having"})),
    ("present", frozenset({"is", "are", "am"})),
    ("past", frozenset({"was", "were", "did"})),
)


def course(a: View, b: View) -> list[Evidence]:
    """How the earlier and how the later article tells it: tense, stage, days, kind and voice."""
    steps = []
    for view, when, since in in_order(a, b):
        for feature, level, words in told(when, since, view):
            ours, theirs = (words, "") if view is a else ("", words)
            steps.append(evidence(feature, level, ours, theirs, f"The {when} article has it so: {level}."))
    return steps


def in_order(a: View, b: View) -> tuple[tuple[View, str, date], ...]:
    """Each side, whether its article is the earlier or the later, and of which day the earlier one is.

    Nothing if that is not known, or both are of one day.
    """
    one, other = a.mention.published, b.mention.published
    if one is None or other is None or one == other:
        return ()
    since = min(one, other)
    return (
        ((a, EARLIER, since), (b, LATER, since)) if one < other else ((b, EARLIER, since), (a, LATER, since))
    )


@once_a_view
def told(when: str, since: date, view: View) -> tuple[tuple[str, str, str], ...]:
    """(feature, level, words) of one side. ``since``: the day on which the earlier article was published."""
    return tuple(_told(when, since, view))


def _told(when: str, since: date, view: View) -> Iterator[tuple[str, str, str]]:
    level, words = tense(view)
    yield f"tense, {when}", level, words
    yield f"day, {when}", _days(when, since, view), view.time_words
    yield f"kind, {when}", view.mention.kind.value, ""
    yield f"voice, {when}", _voice(view), view.mention.speaker or ""
    for stage in _STAGES:
        if found := lexicon.find_cues(stage, view.words):
            yield f"stage, {when}", stage, ", ".join(found)


@once_a_view
def tense(view: View) -> tuple[str, str]:
    """How a text stands to its time, and the words that show it."""
    if view.modality is not Modality.ACTUAL:
        return _MODALITIES[view.modality], ", ".join(view.modal_words)
    for level, auxiliaries in _TENSES:
        if found := [word for word in view.folded if word in auxiliaries]:
            return level, found[0]
    past = next((word for word in view.folded if _PAST.fullmatch(word)), "")
    return ("past", past) if past else ("not shown", "")


_PAST = re.compile(r"[a-z]{2,}ed")


def _days(when: str, since: date, view: View) -> str:
    """Whether a side speaks of days before or after the earlier article, or of that day."""
    first, last = view.first, view.last
    if first is None and last is None:
        return "not told"
    if first is not None and first > since:
        return "after"
    if when == LATER:
        return "not after"
    return "before" if last is not None and last < since else "then"


def _voice(view: View) -> str:
    """Who says it, and how."""
    said = view.mention.attribution
    if said is Attribution.ASSERTED and not view.mention.speaker:
        return "the outlet"
    return str(said.value)

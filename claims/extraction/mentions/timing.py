"""The days that a claim is said to hold for."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from claims.extraction.mentions.checkable import is_past
from claims.extraction.mentions.clause import Clause, Construction, predicate_of
from claims.extraction.mentions.view import View, is_verb
from claims.extraction.times.periods import of_value
from claims.extraction.types import TimeExpression

Days = tuple[date | None, date | None]
_BESIDE = frozenset({"after", "as", "when", "while"})
#: what tells that a clause is of an event of its own: "the envoy, who left on Monday, had sung"
_ANOTHER_EVENT = frozenset({"who", "had", "has", "have"})
_DESCRIBING = frozenset({"relcl", "acl"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_EARLIER = frozenset({"after", "before", "since", "until", "because"})
_DEEPEST = 12  # steps up the tree; a time further down tells nothing about the claim's own day


def own_times(view: View, clause: Clause) -> tuple[TimeExpression, ...]:
    """The times of what ``clause`` tells: those in its words, else that which its sentence tells for it too."""
    times = view.times(clause.first, clause.last)
    if clause.construction is Construction.MEASURE:  # "up from 350 a week earlier" is of that week
        times = tuple(_itself(time) if time.first is None and time.type == "DATE" else time for time in times)
    if any(_is_dated(time) for time in times):
        return _beside(view, clause, times)
    if any(time.first is not None for time in times):
        return times  # "closed four plants in the past two years, ... fewer than in 2023"
    return tuple(sorted({*times, *_shared(view, clause)}, key=lambda time: time.start))


def _beside(view: View, clause: Clause, times: tuple[TimeExpression, ...]) -> tuple[TimeExpression, ...]:
    """Of several times those beside the predicate: "jailed on Friday for thefts in 2019", not "last year's winner"."""
    head = predicate_of(view, clause)
    dated = [time for time in times if _is_dated(time)]
    near = [t for t in dated if not _is_owner(view, t) and _depth(view, t, head) == 0]
    if len(dated) < 2 or not near:
        return times
    return tuple(time for time in times if time in near or not _is_dated(time))


def _is_owner(view: View, time: TimeExpression) -> bool:
    return view.head_of(*view.tokens(time.start, time.end)).dep_ == "poss"


def _shared(view: View, clause: Clause) -> tuple[TimeExpression, ...]:
    """The time of another part of the sentence that holds for ``clause`` as well.

    "following its annexation of Crimea and the seizure of Donetsk in 2014", "he conceded on Sunday
    and called her", "the worst flood since 1974, when 300 people died".
    """
    if clause.construction is Construction.NOMINAL:
        last = max((t.right_edge.i + 1 for t in clause.head.conjuncts if t.i > clause.head.i), default=0)
        return _of_sentence(view, clause, clause.last, last)[:1] if last > clause.last else ()
    if clause.first and view.doc[clause.first].lower_ == "when":
        return _before_when(view, clause)
    head = predicate_of(view, clause)
    verb = _governor(head) or _quoting(view, head)
    if verb is not None:
        times = _of_sentence(view, clause, verb.left_edge.i, verb.right_edge.i + 1)
        beside = tuple(t for t in times if _is_dated(t) and _verb_of(view, t) == verb.i)[:1]
        if beside or head.dep_ != "conj":
            return beside
    return (
        _only_one(view, clause, head) if verb is not None or clause.construction is Construction.MAIN else ()
    )


def _only_one(view: View, clause: Clause, head: Token) -> tuple[TimeExpression, ...]:
    """The one time of the sentence, for a past event: "the talks, which opened on Monday, broke down"."""
    times = [t for t in _of_sentence(view, clause, head.sent.start, head.sent.end) if _is_dated(t)]
    if len(times) != 1 or not is_verb(head) or not is_past(head):
        return ()
    verb, low = _verb_of(view, times[0]), view.tokens(times[0].start, times[0].end)[0]
    if (verb is not None and _is_of_another_event(view.doc[verb], head)) or _is_compared_with(view, low):
        return ()
    apart = {*_words_below(head), *(_words_below(view.doc[verb]) if verb is not None else ())}
    since = low > 0 and view.doc[low - 1].lower_ == "since"
    return () if since or apart & _ANOTHER_EVENT else tuple(times)


def _is_of_another_event(verb: Token, head: Token) -> bool:
    """Whether one of two verbs tells of what the other only describes.

    "She blamed rates, which rose last month", "doubled it after the field threatened to stay away last year",
    "Thorvald, who mapped the sea and refused the prize, died on Sunday".
    """
    if verb.i == head.i or any(above.dep_ in _DESCRIBING for above in _up(head, verb)):
        return verb.i != head.i
    while head.dep_ == "conj" and is_verb(head.head):
        head = head.head
    path = _up(verb, head)
    if path[-1].dep_ in _SUBJECTS:
        return False  # "the talks, which opened on Monday, broke down"
    for above in path:
        if above.dep_ == "relcl":
            return True
        if above.dep_ == "advcl" and any(c.lower_ in _EARLIER for c in above.lefts):
            return True
        if above.dep_ == "pcomp" and any(c.tag_ in ("WP", "WRB", "WDT") for c in above.children):
            return True  # "twice what a navy paid in 2019"
    return False


def _up(low: Token, top: Token) -> list[Token]:
    """``low`` and what stands above it, up to ``top``."""
    path = [low]
    for _ in range(_DEEPEST):
        above = path[-1].head
        if above.i in (top.i, path[-1].i):
            break
        path.append(above)
    return path


def _is_compared_with(view: View, low: int) -> bool:
    """ "fewer than in 2023", "as fast as in May": the time of what a figure is set against."""
    before = [view.doc[i].lower_ for i in range(max(0, low - 3), low)]
    return "than" in before or before[-2:] == ["as", "in"]


def _words_below(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children}


def _of_sentence(view: View, clause: Clause, first: int, last: int) -> tuple[TimeExpression, ...]:
    """The times among tokens ``first`` to ``last`` that the clause's sentence holds, a dateline left out."""
    sentences = view.parts.sentences
    place = bisect_right(sentences, view.doc[clause.first].idx, key=lambda sentence: sentence.start) - 1
    if place < 0:
        return ()
    held = sentences[place]
    return tuple(t for t in view.times(first, last) if held.start <= t.start and t.end <= held.end)


def _quoting(view: View, head: Token) -> Token | None:
    """The verb of saying of a quotation, which holds for when it was said."""
    speech = view.speech_of.get(head.i)
    if speech is None or not speech.direct or not speech.cue or is_past(head):
        return None
    cue = view.doc[view.tokens(speech.cue[0].start, speech.cue[0].end)[0]]
    return cue if is_verb(cue) and cue.sent.start == head.sent.start else None


def _before_when(view: View, clause: Clause) -> tuple[TimeExpression, ...]:
    """The time that "when" takes up: itself, not the interval since then."""
    sentence = clause.head.sent.start
    times = [time for time in _of_sentence(view, clause, sentence, clause.first) if _is_dated(time)]
    if not times or view.tokens(times[-1].start, times[-1].end)[1] < clause.first - 1:
        return ()
    return (_itself(times[-1]),)


def _itself(time: TimeExpression) -> TimeExpression:
    """``time`` with the days of its own value: not of the interval since then, and of what figures are set against."""
    period = of_value(time.value)
    return replace(time, first=period.first, last=period.last) if period is not None else time


def _governor(head: Token) -> Token | None:
    """The verb with which ``head`` shares its time: that of which it goes on, or beside which it happens."""
    verb = head.head
    alone = not any(child.dep_ in ("nsubj", "nsubjpass") for child in head.children)
    if head.dep_ == "conj" and alone and is_verb(verb) and is_past(head) == is_past(verb):
        return verb
    beside = head.dep_ == "advcl" and (
        head.tag_ == "VBG"
        or any(child.dep_ in ("mark", "advmod") and child.lower_ in _BESIDE for child in head.children)
    )
    return verb if beside and is_verb(verb) else None


def _verb_of(view: View, time: TimeExpression) -> int | None:
    """The verb that a time stands beside."""
    token = view.head_of(*view.tokens(time.start, time.end))
    for _ in range(_DEEPEST):
        if is_verb(token) or token.head.i == token.i:
            return token.i
        token = token.head
    return None


def as_of(view: View, clause: Clause, times: tuple[TimeExpression, ...]) -> Days:
    """The days for which the claim is said to hold, both None where it does not tell.

    Its own times first, that nearest to its predicate; not when somebody said so ("he said on
    Tuesday"). Else the day of publication for what is said in the present tense.
    """
    head = predicate_of(view, clause)
    dated = [(depth, t) for t in times if (depth := _depth(view, t, head)) is not None and _is_dated(t)]
    if dated:
        nearest = min(dated, key=lambda pair: pair[0])[1]
        return nearest.first, nearest.last
    published = view.parts.published
    if clause.construction is Construction.APPOSITION:
        return published, published
    if published is None or not is_verb(head) or is_past(head):
        return _perfect(head, published)
    modal = any(c.tag_ == "MD" for c in head.children)
    return (None, None) if modal or head.tag_ == "VB" else (published, published)


def _is_dated(time: TimeExpression) -> bool:
    return time.first is not None and time.last is not None and time.type in ("DATE", "TIME")


def _depth(view: View, time: TimeExpression, head: Token) -> int | None:
    """How many verbs stand between a time and the predicate; None for the time of a saying put in."""
    token, verbs = view.head_of(*view.tokens(time.start, time.end)), 0
    for _ in range(_DEEPEST):
        if token.i == head.i or token.head.i == token.i:
            return verbs
        token = token.head
        if is_verb(token) and token.i != head.i:
            if token.i in view.cue_tokens and not token.is_ancestor(head):
                return None
            verbs += 1
    return verbs


def _perfect(head: Token, published: date | None) -> Days:
    """ "has lost": up to the day of publication; a bare past tells no day."""
    present = any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP") for c in head.children)
    return (published, published) if present else (None, None)

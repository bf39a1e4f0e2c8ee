"""Which clauses are claims that somebody could check: what happened, what is so, how much, when.

Konstantinovskiy et al. (2021, "Toward automated factchecking") divide sentences into claims about
quantities, events, states, rules and predictions, and what is none: opinion, exhortation, personal
experience, talk. The signs of either are looked for here, clause by clause, and their weights
(``signs.toml``) add up; each has a name, so that one can see why a clause was taken or left.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.clause import Clause, Construction
from claims.extraction.mentions.constructions import is_intended_too
from claims.extraction.mentions.moods import moods
from claims.extraction.mentions.view import View, is_finite, is_past, is_verb, subject_of

_VERBLESS = frozenset(
    [Construction.APPOSITION, Construction.MEASURE, Construction.NOMINAL, Construction.ABSOLUTE]
)
_SHORT = 3  # tokens
#: how verbs hang on a noun that they only describe
_BESIDE = frozenset(["relcl", "acl", "advcl"])
_ROUNDING = 1e-9


@cache
def _weights() -> tuple[dict[str, float], float]:
    table = tomllib.loads(Path(__file__).with_name("signs.toml").read_text(encoding="utf-8"))
    threshold = table.pop("threshold")
    return {name: weight for group in table.values() for name, weight in group.items()}, threshold


def signs(view: View, clause: Clause) -> tuple[str, ...]:
    """The names of the signs for and against the clause being checkable."""
    found = (
        *_anchors(view, clause),
        *_timetable(view, clause),
        *_predicate(view, clause),
        *_subject(view, clause),
    )
    return (*found, *moods(view, clause))


def is_checkable(view: View, clause: Clause) -> bool:
    """Whether the clause's signs outweigh what speaks against it."""
    if clause.last - clause.first < 2:
        return False
    weights, threshold = _weights()
    return sum(weights[sign] for sign in signs(view, clause)) >= threshold - _ROUNDING


def _anchors(view: View, clause: Clause) -> Iterator[str]:
    """What ties a clause to the world: figures, names, days."""
    first = _own_start(clause)
    figures = view.figures(first, clause.last)
    if figures:
        timed = all(quantity.unit in lexicon.TIME_UNITS for quantity in figures)
        yield "duration" if timed else "figure"
    elif _is_proportional(view, clause):
        yield "proportion"
    names = {e.name for e in view.entities(first, clause.last)}
    if names:
        names |= {e.name for e in view.entities(clause.first, first)}
        yield "one name" if len(names) == 1 else "names"
    if view.times(first, clause.last):
        yield "time"
    if not (figures or names) and clause.last - clause.first <= _SHORT and clause.opens is None:
        yield "short" if not _is_whole(clause) else "short and whole"
    speech = view.speech_of.get(clause.head.i)
    if clause.construction is Construction.SAYING:
        speech = view.speech_at_cue.get(clause.head.i)
    if speech is not None and (speech.speaker or speech.source):
        yield "somebody says so"


def _is_whole(clause: Clause) -> bool:
    """ "He escaped", "raised no objection": somebody did something, in so few words."""
    inside = (c for c in clause.head.children if clause.first <= c.i < clause.last)
    parts = {c.dep_ for c in inside}
    own = bool(parts & {"nsubj", "nsubjpass"}) and clause.construction is not Construction.ADVERBIAL
    return is_past(clause.head) and ("dobj" in parts or own)


def _own_start(clause: Clause) -> int:
    """Where a clause begins without the noun that it describes: what that noun brings, others tell."""
    if clause.construction is not Construction.RELATIVE or clause.anchor is None:
        return clause.first
    return max(clause.first, min(clause.anchor.i + 1, clause.last - 1))


def _is_proportional(view: View, clause: Clause) -> bool:
    """Shares that are words and not read as figures: "a tenth dearer", "every second house"."""
    words = [t.lower_ for t in view.doc[clause.first : clause.last]]
    return clause.head.lemma_.lower() in lexicon.MULTIPLY or any(
        (before == "every" and word in lexicon.EVERY) or (before in lexicon.COUNTS and word in lexicon.PARTS)
        for before, word in itertools.pairwise(words)
    )


def _predicate(view: View, clause: Clause) -> Iterator[str]:
    head, lemma = clause.head, clause.head.lemma_.lower()
    if clause.construction in _VERBLESS:
        yield clause.construction.value
        if clause.construction is Construction.APPOSITION and _is_bare(clause):
            yield "bare role"
        return
    tokens = view.doc[clause.first : clause.last]
    if not is_verb(head):
        yield _without_verb(clause)
        return
    words = {t.lower_ for t in tokens}
    if words & {"anonymity", "unnamed"} or words >= {"asking", "named"}:
        yield "anonymity"
    if (
        words & {"verify", "verified"}
        and words & {"not", "n't", "n’t", "unable"}
        and head.i not in view.speech_of
    ):
        yield "unverified"
    participle = clause.construction is Construction.PARTICIPLE or (
        head.tag_ == "VBG" and head.dep_ == "conj"
    )
    if participle and (lemma in lexicon.ASIDES or head.i in view.cue_tokens):
        yield "saying aside"
    if clause.construction is Construction.SAYING and _says_nothing(view, clause):
        yield "nothing said"
    if clause.construction is Construction.SAYING and lemma in lexicon.STANCE:
        yield "attitude"
    dated = bool(view.times(clause.first, clause.last))
    if is_intended_too(head) and head.i in view.speech_of:
        yield "intended too"
    yield from _aspect(head, participle=participle, dated=dated)
    speech = view.speech_at_cue.get(head.i)
    speaks = speech is not None and bool(speech.source)  # unlike "justice delayed is justice denied"
    if speaks and (lemma in lexicon.DENY or (lemma in lexicon.LABEL and words & lexicon.FALSE)):
        yield "denial"
    if clause.anchor is not None and clause.anchor.i in view.entity_tokens and "whose" in words:
        yield "whose"
    yield from _colour(view, head)


def _timetable(view: View, clause: Clause) -> Iterator[str]:
    """ "Work begins in May", published before: told in the present of a day to come."""
    published, times = view.parts.published, view.times(clause.first, clause.last)
    ahead = published is not None and any(t.first is not None and t.first > published for t in times)
    if ahead and clause.construction not in _VERBLESS and is_verb(clause.head) and _is_present(clause.head):
        yield "timetable"


def _without_verb(clause: Clause) -> str:
    """Whether there is no verb, or the parser has only hung the sentence on another word."""
    doc, head = clause.head.doc, clause.head
    if any(
        is_verb(t) and is_finite(t) and t.head.i == head.i and t.dep_ not in _BESIDE
        for t in doc[clause.first : clause.last]
    ):
        return "misread verb"
    return "fragment" if head.pos_ in ("ADP", "NUM", "ADV", "INTJ", "X") else "no verb"


def _says_nothing(view: View, clause: Clause) -> bool:
    """ "He said", with what he said in another clause."""
    marked = view.cue_tokens | view.source_tokens
    return all(i in marked or view.doc[i].is_punct for i in range(clause.first, clause.last))


def _aspect(head: Token, *, participle: bool, dated: bool) -> Iterator[str]:
    """Whether it happened, is so, goes on or is to come."""
    lemma = head.lemma_.lower()
    passive = any(c.dep_ == "auxpass" for c in head.children)
    if (lemma in lexicon.PLANNED and not is_past(head) and passive) or _is_due(head):
        yield "schedule"
    elif head.tag_ == "VBG" and not participle and not is_past(head) and not _is_to_come(head):
        yield "inquiry" if lemma in lexicon.INQUIRIES else "under way"
    elif lemma in lexicon.STATIVE and not (
        lemma == "appear" and any(c.dep_ == "prep" for c in head.children)
    ):
        yield "past state" if is_past(head) else "state"
        if lemma == "be" and _is_placed(head):
            yield "placed"
    elif lemma in lexicon.INQUIRIES and any(c.lower_ == "being" for c in head.children):
        yield "inquiry"
    elif is_past(head) or participle:
        yield "event"
    elif lemma in lexicon.FORECAST:
        yield "forecast"
    elif _is_present(head):
        acts = dated or any(c.dep_ == "dobj" for c in head.children)
        yield "stand" if acts and lemma in lexicon.STANDS else "act" if acts else "goes on"


def _is_due(head: Token) -> bool:
    """ "is due to meet", "is not scheduled to land until May": arranged, as an adjective."""
    if head.lemma_ != "be" or is_past(head):
        return False
    return any(c.dep_ in ("acomp", "prep") and c.lower_ in ("due", "set", "scheduled") for c in head.children)


def _is_placed(head: Token) -> bool:
    """ "was in his bunk", "are among the data", unlike "is in no hurry"."""
    nouns = [n for c in head.children if c.dep_ == "prep" for n in c.children if n.dep_ == "pobj"]
    return any(
        n.lemma_.lower() not in lexicon.ABSTRACT and not any(c.lower_ == "no" for c in n.children)
        for n in nouns
    )


def _is_present(head: Token) -> bool:
    """ "bans", "is postponed", unlike "A season is not lost in January"."""
    if any(c.dep_ == "neg" for c in head.children):
        subject = subject_of(head)
        return subject is not None and subject.pos_ == "PROPN"  # "Oslo is not mentioned"
    stands = head.tag_ == "VBP" and head.lemma_.lower() in lexicon.STANDS
    return (
        head.tag_ == "VBZ"
        or stands
        or any(c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in head.children)
    )


def _is_to_come(head: Token) -> bool:
    """ "is going to rise", "is being": no event that is under way."""
    return head.lower_ in ("going", "being") or any(c.tag_ == "MD" for c in head.children)


def _is_bare(clause: Clause) -> bool:
    """ "Ann Lee, a baker": a trade and no more, unlike "head of the fund" or "a former minister"."""
    role = clause.head if clause.head.pos_ == "NOUN" else clause.anchor
    if role is None or role.pos_ != "NOUN" or role.left_edge.lower_ not in ("a", "an"):
        return False
    return all(c.dep_ in ("det", "appos", "punct") for c in role.children)


def _colour(view: View, head: Token) -> Iterator[str]:
    """Habit, taste and judgement."""
    if any(c.dep_ == "advmod" and c.lower_ in lexicon.HABITUAL for c in head.children):
        yield "habit"
    if any(c.dep_ in ("advmod", "acomp") and c.lower_ in lexicon.EVALUATIVE for c in head.children):
        yield "judged"
    if _is_impression(head):
        yield "impression"
    if head.lemma_.lower() in lexicon.EXPERIENCE and head.i not in view.speech_of:
        yield "inner"
    if head.lemma_ == "be" and any(c.dep_ == "prep" and _is_none(c) for c in head.children):
        yield "judgement"  # "is in no hurry"
    if head.lemma_ == "have" and any(c.dep_ == "dobj" and _is_judged(c) for c in head.children):
        yield "judgement"  # "has a new hero"
    complement = next((c for c in head.children if c.dep_ in ("acomp", "attr", "oprd")), None)
    if complement is None or head.lemma_.lower() not in lexicon.COPULAS:
        return
    if _is_compared(view, complement):
        yield "comparison"
    elif _is_judged(complement) or _is_said_to_be_no(complement):
        yield "judgement"
    elif _is_ranked(complement):
        yield "ranked"
    elif head.lemma_ == "be" and complement.pos_ == "ADJ" and not _is_due(head):
        yield "quality"


def _is_coloured(head: Token, complement: Token) -> bool:
    """ "The hall fell silent", "the tea has gone cold", unlike "the firm went bankrupt"."""
    turned = head.lemma_.lower() in lexicon.TURNING and complement.pos_ == "ADJ"
    return turned and complement.lower_ not in lexicon.PLAIN


def _is_said_to_be_no(complement: Token) -> bool:
    """ "Greed is no crime", unlike "there is no suspect", "it was no record"."""
    subject = subject_of(complement.head)
    thing = subject is not None and subject.dep_ != "expl" and subject.pos_ != "PRON"
    return thing and complement.dep_ == "attr" and complement.left_edge.lower_ == "no"


def _is_none(preposition: Token) -> bool:
    return any(c.lower_ == "no" for noun in preposition.children for c in noun.children)


def _is_impression(head: Token) -> bool:
    """ "sounds like a revolution", "did not look beaten", "are not as far apart as they look", "fell silent"."""
    if any(_is_coloured(head, c) for c in head.children if c.dep_ in ("acomp", "oprd")):
        return True
    if head.lemma_ == "be" and any(_looks(t) for c in head.children for t in (c, *c.children)):
        return True
    if any(c.dep_ in ("aux", "auxpass") and c.lemma_.lower() in lexicon.IMPRESSIONS for c in head.children):
        return True
    seems = any(c.dep_ == "acomp" or (c.dep_ == "prep" and c.lower_ in ("like", "of")) for c in head.children)
    return seems and head.lemma_.lower() in lexicon.IMPRESSIONS


def _looks(token: Token) -> bool:
    return token.dep_ == "advcl" and token.lemma_.lower() in lexicon.IMPRESSIONS | {"seem"}


def _is_compared(view: View, complement: Token) -> bool:
    """ "twice as likely", "3% dearer", "higher than in May"."""
    measured = any(c.i in view.quantity_tokens or c.lower_ in lexicon.TIMES for c in complement.subtree)
    graded = complement.tag_ == "JJR" or any(c.lower_ in ("more", "less") for c in complement.children)
    others = (*complement.children, *complement.head.children)
    return complement.pos_ in ("ADJ", "ADV") and (
        measured or (graded and any(c.lower_ == "than" for c in others))
    )


def _is_ranked(complement: Token) -> bool:
    """ "was the first gold medal", "is the largest prize": one of a row that can be looked through."""
    return complement.dep_ == "attr" and any(
        c.tag_ == "JJS" or c.lower_ in lexicon.ORDINALS for c in complement.children
    )


def _is_judged(complement: Token) -> bool:
    """ "is foolish", "is a warning", "was a great success"."""
    if complement.lemma_.lower() in lexicon.EVALUATIVE | lexicon.EVALUATIVE_NOUNS:
        return True
    return any(
        c.dep_ == "amod" and c.tag_ == "JJ" and c.lower_ in lexicon.EVALUATIVE for c in complement.children
    )


def _subject(view: View, clause: Clause) -> Iterator[str]:
    subject = None if clause.construction in _VERBLESS else subject_of(clause.head)
    if subject is None:
        return
    lemma = clause.head.lemma_.lower()
    plain = lemma not in lexicon.COPULAS or _is_due(clause.head)
    if subject.tag_ in ("WDT", "WP") and clause.anchor is not None and plain:
        subject = clause.anchor  # "Lego, which owns 12 ports"
    lower = subject.lower_
    counted = bool(view.figures(clause.head.i, clause.last))
    if subject.dep_ in ("csubj", "csubjpass") and not counted:  # unlike "what was left was 71 million"
        yield "clause as subject"
    elif lower in lexicon.FIRST_AND_SECOND:
        testifies = lower in ("i", "we") and _is_testimony(view, clause)
        denies = testifies and is_past(clause.head) and any(c.dep_ == "neg" for c in clause.head.children)
        yield "own denial" if denies else "testimony" if testifies else "first or second person"
    elif _is_nobody(subject) and _is_told_of_nobody(view, clause):
        yield "nobody"
    elif subject.dep_ == "expl":
        yield _existence(view, clause)
    elif _is_empty(subject) and not (clause.anchor is not None and _is_due(clause.head)):
        yield "empty subject"
    elif lower == "it" and lemma in lexicon.STATIVE | lexicon.COPULAS and subject.dep_ != "nsubjpass":
        yield "it"
    elif subject.lemma_.lower() in lexicon.INTANGIBLE and not _is_tied(view, clause):
        yield "intangible"
    elif subject.dep_ != "csubj" and _is_no_thing(view, subject) and not _happens_to_act(clause, subject):
        yield "no thing as subject"
    else:
        yield from _told_of(clause, subject)


def _is_tied(view: View, clause: Clause) -> bool:
    """Whether a figure, a name or a day ties the clause to the world."""
    first, last = clause.first, clause.last
    return bool(view.figures(first, last) or view.entities(first, last) or view.times(first, last))


def _told_of(clause: Clause, subject: Token) -> Iterator[str]:
    """Whether the subject is somebody or something that one could find."""
    if subject.lemma_.lower() in lexicon.VAGUE_SUBJECTS and not _is_described(subject):
        yield "vague subject"
    elif not _is_known(subject) and any(
        c.lower_ in lexicon.VAGUE_QUANTIFIERS for c in subject.children if c.dep_ in ("amod", "det")
    ):
        yield "vague quantifier"
    elif _has_of(subject) or (subject.pos_ in ("NOUN", "PROPN") and not _is_any(clause, subject)):
        yield "thing as subject"
    elif subject.tag_ == "PRP":
        yield "pronoun as subject"


def _is_any(clause: Clause, subject: Token) -> bool:
    """ "A season is not lost in January", "justice delayed is justice denied": said of all such, as sayings are."""
    before = [c for c in subject.children if c.i < subject.i]
    bare = all(c.lower_ in ("a", "an") for c in before)
    return subject.tag_ == "NN" and bare and _is_at_present(clause.head) and not is_past(clause.head)


def _is_at_present(head: Token) -> bool:
    return head.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in head.children)


def _is_nobody(subject: Token) -> bool:
    """ "Nobody", "no one"."""
    return subject.lower_ in lexicon.NOBODY or (
        subject.lower_ == "one" and any(c.lower_ == "no" for c in subject.children)
    )


def _is_empty(subject: Token) -> bool:
    """ "This", "nothing", "The second is money", unlike "one of the engines", "the third, a boy of 15"."""
    counted = (
        subject.lower_ in lexicon.ORDINALS and subject.head.lemma_ == "be" and not _is_described(subject)
    )
    return (subject.lower_ in lexicon.EMPTY_SUBJECTS and not _has_of(subject)) or counted


def _has_of(subject: Token) -> bool:
    """ "Both of the schools", "one of the engines"."""
    return any(c.lower_ == "of" for c in subject.children)


def _happens_to_act(clause: Clause, subject: Token) -> bool:
    """ "Demining has been stopped": what is done, and what became of it."""
    return (
        subject.tag_ == "VBG" and is_past(clause.head) and clause.head.lemma_.lower() not in lexicon.COPULAS
    )


def _is_known(subject: Token) -> bool:
    """ "The other two", "three other people": so many, or those that are left of them."""
    return any(c.lower_ == "the" or c.dep_ == "nummod" for c in subject.children)


def _is_no_thing(view: View, subject: Token) -> bool:
    """ "Frozen is not spent": sayings are about qualities and acts, claims about things."""
    if subject.tag_ not in ("JJ", "VBN", "VBG", "VBD", "VB"):
        return False
    if subject.lower_ in lexicon.ORDINALS and any(c.dep_ == "appos" for c in subject.children):
        return False  # "the third, a boy of 15"
    return subject.i not in view.entity_tokens and subject.i not in view.quantity_tokens


def _is_testimony(view: View, clause: Clause) -> bool:
    """Somebody named tells what they did: "We let him down", not "I felt", which nobody can check."""
    speech = view.speech_of.get(clause.head.i)
    return (
        speech is not None and bool(speech.speaker) and clause.head.lemma_.lower() not in lexicon.EXPERIENCE
    )


def _existence(view: View, clause: Clause) -> str:
    """ "There is no suspect", "there was a power cut", said by somebody; not the outlet's "no end in sight"."""
    if clause.head.i not in view.speech_of and not is_past(clause.head):
        return "empty subject"
    named = (c for c in clause.head.children if c.dep_ in ("attr", "nsubj", "dobj"))
    there = [c for c in named if c.lemma_.lower() not in lexicon.ABSTRACT]
    if any(c.lower_ == "none" or any(d.lower_ == "no" for d in c.children) for c in there):
        return "there is none"
    reported = clause.head.i in view.speech_of
    return "there was" if reported and is_past(clause.head) else "empty subject"


def _is_told_of_nobody(view: View, clause: Clause) -> bool:
    """ "Nobody was hurt", "nobody will be dismissed", unlike "Nobody wants that"."""
    if clause.head.lemma_.lower() in lexicon.EXPERIENCE:
        return False
    speech = view.speech_of.get(clause.head.i)
    if is_past(clause.head) and (speech is None or not speech.direct):
        return True
    return speech is not None and any(c.lower_ == "will" for c in clause.head.children)


def _is_described(noun: Token) -> bool:
    """ "Observers from the union" are somebody, bare "observers" nobody."""
    return any(
        c.dep_ in ("prep", "relcl", "acl", "compound", "poss", "appos", "nummod") or c.lower_ == "no"
        for c in noun.children
    )

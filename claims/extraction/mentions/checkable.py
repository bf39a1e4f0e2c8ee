"""Which clauses are claims that somebody could check: what happened, what is so, how much, when.

Konstantinovskiy et al. (2021, "Toward automated factchecking") divide sentences into claims about
quantities, events, states, rules and predictions, and what is none: opinion, exhortation, personal
experience, talk. The signs of either are weighed here, clause by clause, each with its name, so that
a reviewer can see why a clause was taken or left.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.clause import Clause, Construction, predicate_of
from claims.extraction.mentions.view import View, is_verb, subject_of

THRESHOLD = 1.0


def weigh(view: View, clause: Clause) -> tuple[tuple[str, float], ...]:
    """The signs for and against the clause being checkable, as (name, weight)."""
    return (*_anchors(view, clause), *_predicate(view, clause), *_subject(view, clause), *_mood(view, clause))


def is_checkable(view: View, clause: Clause) -> bool:
    if clause.last - clause.first < 2:
        return False
    return sum(weight for _, weight in weigh(view, clause)) >= THRESHOLD


def _anchors(view: View, clause: Clause) -> Iterator[tuple[str, float]]:
    """What ties a clause to the world: figures, names, days."""
    if view.figures(clause.first, clause.last):
        yield "figure", 2.0
    names = {e.name for e in view.entities(clause.first, clause.last)}
    if names:
        yield "names", 0.6 if len(names) == 1 else 1.0
    if view.times(clause.first, clause.last):
        yield "time", 0.8
    speech = view.speech_of.get(clause.head.i)
    if clause.construction is Construction.SAYING:
        speech = view.speech_at_cue.get(clause.head.i)
    if speech is not None and (speech.speaker or speech.source):
        yield "somebody says so", 0.4
    if clause.construction in (Construction.APPOSITION, Construction.MEASURE, Construction.NOMINAL):
        yield clause.construction.value, 1.0


def _predicate(view: View, clause: Clause) -> Iterator[tuple[str, float]]:
    head, lemma = clause.head, clause.head.lemma_.lower()
    if clause.construction in (
        Construction.APPOSITION,
        Construction.MEASURE,
        Construction.NOMINAL,
        Construction.ABSOLUTE,
    ):
        if clause.construction is Construction.ABSOLUTE:
            yield "absolute", 0.6
        return
    if not is_verb(head):
        yield "no verb", -1.0
        return
    words = {t.lower_ for t in view.doc[clause.first : clause.last]}
    if words & {"anonymity", "unnamed"} or words >= {"asking", "named"}:
        yield "anonymity", -4.0
    participle = clause.construction is Construction.PARTICIPLE or (
        head.tag_ == "VBG" and head.dep_ == "conj"
    )
    if lemma in lexicon.STATIVE:
        yield ("past state", 0.7) if is_past(head) else ("state", 0.3)
    elif is_past(head) or participle:
        yield "event", 1.0
    elif lemma in lexicon.FORECAST:
        yield "forecast", 0.6
    elif head.tag_ == "VBG" and not _is_to_come(head):
        yield "under way", 0.7
    speech = view.speech_at_cue.get(head.i)
    speaks = speech is not None and bool(speech.source)  # unlike "justice delayed is justice denied"
    if speaks and (lemma in lexicon.DENY or (lemma in lexicon.LABEL and words & lexicon.FALSE)):
        yield "denial", 1.0
    yield from _colour(head)


def _colour(head: Token) -> Iterator[tuple[str, float]]:
    """Habit, taste and judgement."""
    if any(c.dep_ == "advmod" and c.lower_ in lexicon.HABITUAL for c in head.children):
        yield "habit", -0.6
    if any(c.dep_ in ("advmod", "acomp") and c.lower_ in lexicon.EVALUATIVE for c in head.children):
        yield "judged", -0.7
    complement = _complement(head)
    if complement is None or head.lemma_.lower() not in lexicon.COPULAS:
        return
    if complement.lemma_.lower() in lexicon.EVALUATIVE | lexicon.EVALUATIVE_NOUNS:
        yield "judgement", -1.5
    elif head.lemma_ == "be" and complement.pos_ == "ADJ":
        yield "quality", -0.4


def _complement(head: Token) -> Token | None:
    """What a copula says of its subject."""
    return next((c for c in head.children if c.dep_ in ("acomp", "attr", "oprd")), None)


def is_past(head: Token) -> bool:
    """Past or perfect: "lost", "has lost", "was lost", not "will lose" nor "to be lost"."""
    auxiliaries = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    if any(a.tag_ == "MD" or a.lower_ in ("will", "would", "to") for a in auxiliaries):
        return False
    if head.tag_ == "VBD" or any(a.tag_ == "VBD" for a in auxiliaries):
        return True
    # "are mixed" is a present state, "has mixed" and the bare participle are not
    return head.tag_ == "VBN" and (any(a.lemma_.lower() == "have" for a in auxiliaries) or not auxiliaries)


def _is_to_come(head: Token) -> bool:
    """ "is going to rise", "is being": no event that is under way."""
    return head.lower_ in ("going", "being") or any(c.tag_ == "MD" for c in head.children)


def _subject(view: View, clause: Clause) -> Iterator[tuple[str, float]]:
    if clause.construction in (
        Construction.MEASURE,
        Construction.NOMINAL,
        Construction.APPOSITION,
        Construction.ABSOLUTE,
    ):
        return
    subject = subject_of(clause.head)
    if subject is None:
        return
    lower = subject.lower_
    if subject.dep_ in ("csubj", "csubjpass"):
        yield "clause as subject", -1.5
    elif lower in lexicon.FIRST_AND_SECOND:
        testifies = lower in ("i", "we") and _is_testimony(view, clause)
        yield "first or second person", -0.3 if testifies else -2.0
    elif lower in lexicon.NOBODY and is_past(clause.head) and clause.head.i not in view.speech_of:
        yield "nobody", 0.0
    elif lower in lexicon.EMPTY_SUBJECTS:
        yield "empty subject", -0.8
    elif lower == "it":
        yield "it", -0.4
    elif subject.tag_ in _NO_NOUNS and subject.i not in view.entity_tokens | view.quantity_tokens:
        yield "no thing as subject", -1.5
    elif subject.lemma_.lower() in lexicon.VAGUE_SUBJECTS and not _is_described(subject):
        yield "vague subject", -1.2
    elif any(c.lower_ in lexicon.VAGUE_QUANTIFIERS for c in subject.children if c.dep_ in ("amod", "det")):
        yield "vague quantifier", -1.2


#: "Frozen is not spent": sayings are about qualities and acts, claims about things
_NO_NOUNS = frozenset(["JJ", "VBN", "VBG", "VBD", "VB"])


def _is_testimony(view: View, clause: Clause) -> bool:
    """Somebody named tells what they did: "We let him down", not "I felt", which nobody can check."""
    speech = view.speech_of.get(clause.head.i)
    return (
        speech is not None and bool(speech.speaker) and clause.head.lemma_.lower() not in lexicon.EXPERIENCE
    )


def _is_described(noun: Token) -> bool:
    """ "Observers from the union" are somebody, bare "observers" nobody."""
    return any(c.dep_ in ("prep", "relcl", "acl", "compound", "poss", "appos") for c in noun.children)


def _is_asked(view: View, clause: Clause) -> bool:
    """ "Who spoke in Oslo", "how much is left", "whether it was safe": asked or named, not said.

    The question word stands in front and belongs to the clause's own verb; that of "When the storm
    hit, 40 houses burned" belongs to another. A relative clause is worded with its antecedent.
    """
    if clause.construction is Construction.RELATIVE and clause.anchor is not None:
        return False
    first = view.doc[clause.first]
    if first.lower_ == "whether":
        return True
    if first.tag_ not in ("WP", "WP$", "WRB", "WDT") or clause.construction is Construction.ADVERBIAL:
        return False
    token = first
    while token.head.i != token.i and not is_verb(token):
        token = token.head
    return token.i == clause.head.i or token.dep_ in ("csubj", "csubjpass", "nsubj")


def _mood(view: View, clause: Clause) -> Iterator[tuple[str, float]]:
    """Questions, commands, duties, the outlet's own guesses."""
    doc, head = view.doc, clause.head
    if clause.last < len(doc) and doc[clause.last].text == "?":
        yield "question", -5.0
    if _is_asked(view, clause):
        yield "question word", -5.0
    modals = {
        c.lower_
        for c in head.children
        if c.dep_ == "aux" and (c.tag_ == "MD" or c.lower_ in ("will", "would"))
    }
    bare = head.tag_ == "VB" and not any(c.dep_ in ("aux", "nsubj", "nsubjpass") for c in head.children)
    if bare and is_verb(head) and clause.construction is Construction.MAIN:
        yield "command", -4.0
    said = predicate_of(view, clause)
    modals |= {c.lower_ for c in said.children if c.dep_ == "aux" and c.lower_ in lexicon.MODALS_OF_DUTY}
    if modals & lexicon.MODALS_OF_DUTY or _has_duty(head):
        yield "duty", -3.0
    reported = head.i in view.speech_of or head.i in view.cue_tokens
    negated = any(c.dep_ == "neg" for c in head.children)
    if modals & lexicon.MODALS_OF_CHANCE and not reported and not negated:
        yield "own guess", -3.0
    if modals & {"will", "'ll", "’ll"}:
        yield "future", -0.3 if reported or _is_scheduled(view, clause) else -1.6


def _has_duty(head: Token) -> bool:
    return any(c.dep_ == "xcomp" and head.lemma_ in ("have", "need") for c in head.children)


def _is_scheduled(view: View, clause: Clause) -> bool:
    return bool(view.times(clause.first, clause.last) or view.figures(clause.first, clause.last))

"""The mood of a clause: asked, ordered, owed, guessed, or said of the future."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.clause import Clause, Construction, predicate_of
from claims.extraction.mentions.view import View, is_past, is_verb, subject_of


def moods(view: View, clause: Clause) -> Iterator[str]:
    """The names of the moods that the clause shows; none for a plain statement."""
    head = clause.head
    if any(t.text == "?" for t in view.doc[clause.first : clause.last + 1]):
        yield "question"
    if _is_asked(view, clause):
        yield "question word"
    if _is_command(clause) or _depends_on_order(clause):
        yield "command"
    modals = _modals(head)
    owed = {c.lower_ for c in predicate_of(view, clause).children if c.dep_ == "aux"} | modals
    if owed & lexicon.MODALS_OF_DUTY or _has_duty(head):
        advised = owed & lexicon.MODALS_OF_ADVICE
        ruled = not advised and view.figures(clause.first, clause.last)
        approved = not advised and _needs_consent(predicate_of(view, clause))
        yield "consent" if approved else "rule" if ruled else "duty"
    reported = head.i in view.speech_of or head.i in view.cue_tokens
    counted = bool(view.figures(clause.first, clause.last))
    if not reported and _is_guess(head, modals - ({"can"} if counted else set()), counted):
        yield "own guess"
    if modals & {"will", "'ll", "’ll"}:
        yield _to_come(view, clause, reported)
    if not reported and any(
        t.lower_ in ("you", "your", "yours") for t in view.doc[clause.first : clause.last]
    ):
        yield "address"


def _modals(head: Token) -> set[str]:
    return {
        c.lower_
        for c in head.children
        if c.dep_ == "aux" and (c.tag_ == "MD" or c.lower_ in ("will", "would"))
    }


def _is_asked(view: View, clause: Clause) -> bool:
    """ "Who spoke in Oslo", "how much is left", "whether it was safe": asked or named, not said.

    The question word stands in front and belongs to the clause's own verb; that of "When the storm
    hit, 40 houses burned" belongs to another. A relative clause is worded with its antecedent.
    """
    if clause.construction in (Construction.RELATIVE, Construction.CONTENT) and clause.anchor is not None:
        return False
    first = view.doc[clause.first]
    if clause.head.dep_ == "pcomp" and clause.head.head.lower_ == "in":
        return False  # "in what the army called the deadliest attack"
    if first.lower_ == "whether":
        return True
    if first.tag_ not in ("WP", "WP$", "WRB", "WDT") or clause.construction is Construction.ADVERBIAL:
        return False
    token = first
    while token.head.i != token.i and not is_verb(token):
        token = token.head
    if token.dep_ in ("csubj", "csubjpass") and view.figures(clause.head.i, clause.last):
        return False  # "what was left was 71 million"
    return token.i == clause.head.i or token.dep_ in ("csubj", "csubjpass", "nsubj")


def _is_command(clause: Clause) -> bool:
    head = clause.head
    bare = head.tag_ == "VB" and not any(c.dep_ in ("aux", "nsubj", "nsubjpass") for c in head.children)
    return bare and is_verb(head) and clause.construction is Construction.MAIN


def _depends_on_order(clause: Clause) -> bool:
    """ "Call us, quoting the number below": how something is to be done."""
    above = clause.head.head
    if clause.construction is not Construction.PARTICIPLE or clause.head.dep_ != "advcl":
        return False
    bare = above.tag_ == "VB" and not any(c.dep_ in ("aux", "nsubj", "nsubjpass") for c in above.children)
    return bare or any(c.dep_ == "aux" and c.lower_ in lexicon.MODALS_OF_DUTY for c in above.children)


def _has_duty(head: Token) -> bool:
    """ "Has to go", unlike "had to turn back", which happened."""
    owes = head.lemma_ in ("have", "need") and not (head.tag_ == "VBD" and head.lemma_ == "have")
    return owes and any(c.dep_ == "xcomp" for c in head.children)


def _needs_consent(head: Token) -> bool:
    """ "must be ratified by parliament": who has to agree is laid down somewhere."""
    passive = any(c.dep_ == "auxpass" for c in head.children)
    agents = (n for c in head.children if c.dep_ == "agent" for n in c.children if n.dep_ == "pobj")
    return passive and head.lemma_.lower() in lexicon.CONSENT and any(n.pos_ != "PRON" for n in agents)


def _is_guess(head: Token, modals: set[str], counted: bool) -> bool:
    """ "may set the stage", "perhaps it rained"; "could not be verified" tells what is so.

    Of a figure it is an estimate: "was probably worth 3 million".
    """
    if any(c.dep_ == "advmod" and c.lower_ in lexicon.GUESSING for c in head.children):
        return not (counted and is_past(head))
    return bool(modals & lexicon.MODALS_OF_CHANCE) and not any(c.dep_ == "neg" for c in head.children)


def _to_come(view: View, clause: Clause, reported: bool) -> str:
    """Whether what "will" be is arranged, ruled out, said by somebody, or only predicted."""
    head = clause.head
    if _is_ruled_out(head) and (reported or not any(c.lower_ == "never" for c in head.children)):
        return "ruled out"
    foreseen = head.lemma_.lower() in lexicon.STATIVE | lexicon.CHANGES
    timed = bool(view.times(clause.first, clause.last))
    if timed and (reported or not foreseen):
        return "arranged"
    firm = reported or timed or bool(view.figures(clause.first, clause.last))
    if not firm and not foreseen and not any(c.lower_ == "never" for c in head.children):
        return "announced"
    return "said to come" if firm else "prediction"


def _is_ruled_out(head: Token) -> bool:
    """ "will not close", "will pay no dividend", "no trains will run", "nobody will be dismissed"."""
    if any(c.dep_ == "neg" for c in head.children):
        return True
    subject = subject_of(head)
    nouns = [c for c in head.children if c.dep_ == "dobj"] + ([subject] if subject is not None else [])
    return any(
        noun.lower_ in lexicon.NOBODY or any(c.lower_ == "no" for c in noun.children) for noun in nouns
    )

"""What a clause says, as lemmas: subject, predicate, object; its kind; the days it holds for."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.clause import Clause, Construction, predicate_of
from claims.extraction.mentions.view import View, is_past, is_verb, subject_of
from claims.extraction.types import Attribution, Frame, Kind

_CONTENT = frozenset(["NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"])
_OBJECTS = ("dobj", "attr", "oprd", "acomp", "ccomp", "xcomp", "pobj", "agent", "dative")


def frame(view: View, clause: Clause) -> Frame:
    head = predicate_of(view, clause)
    subject = antecedent(subject_of(head) if is_verb(head) else None, clause)
    inner = next((c for c in head.children if c.dep_ in _OBJECTS), None)
    if inner is None:
        inner = next(
            (p for c in head.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"), None
        )
    terms = tuple(
        t.lemma_.lower()
        for t in view.doc[clause.first : clause.last]
        if t.pos_ in _CONTENT and not t.is_stop and not t.is_punct
    )
    return Frame(_phrase(subject), head.lemma_.lower(), _phrase(inner), terms, links(view, clause))


_ROLES = {
    "nsubj": "agent",
    "csubj": "agent",
    "nsubjpass": "patient",
    "dobj": "patient",
    "attr": "patient",
    "acomp": "patient",
    "oprd": "patient",
    "dative": "to",
    "poss": "mod",
    "compound": "mod",
    "amod": "mod",
    "nmod": "mod",
    "appos": "mod",
}
_STEPS = 6  # of a chain of coordinated words; longer ones say nothing more


def links(view: View, clause: Clause) -> tuple[str, ...]:
    """The arguments and modifiers in a clause: "governor relation dependent", in the order of the dependents."""
    found = (_link(t) for t in view.doc[clause.first : clause.last] if t.pos_ in _CONTENT)
    return tuple(dict.fromkeys(link for link in found if link))


def _link(token: Token) -> str:
    """What a word is to the word that governs it; a coordinated word is what the first of the row is."""
    first = token
    for _ in range(_STEPS):
        if first.dep_ != "conj":
            break
        first = first.head
    governor, relation = first.head, _ROLES.get(first.dep_, "")
    if first.dep_ == "pobj":
        by = governor.dep_ == "agent" or (governor.lower_ == "by" and governor.dep_ == "prep")
        relation = "agent" if by else governor.lower_
        governor = governor.head
    if not relation or governor.i == token.i or " " in relation:
        return ""
    ends = governor.lemma_.lower(), token.lemma_.lower()
    return "" if any(" " in end or not end for end in ends) else f"{ends[0]} {relation} {ends[1]}"


def antecedent(subject: Token | None, clause: Clause) -> Token | None:
    """The noun behind "who" and "which"; the noun that a participle describes."""
    if subject is not None and subject.tag_ in ("WDT", "WP"):
        relative = next((t for t in subject.ancestors if t.dep_ == "relcl"), None)
        return clause.anchor or (relative.head if relative is not None else subject)
    return subject if subject is not None else clause.anchor


def _phrase(token: Token | None) -> str:
    """The lemmas of a noun phrase without its determiners and clauses."""
    if token is None:
        return ""
    kept = [t for t in token.lefts if t.dep_ in ("compound", "amod", "nmod", "poss", "nummod")]
    return " ".join(t.lemma_.lower() for t in [*kept, token])


def kind(view: View, clause: Clause, attribution: Attribution) -> Kind:
    head = predicate_of(view, clause)
    saying = clause.construction is Construction.SAYING
    lemmas = {t.lemma_.lower() for t in view.doc[clause.first : clause.last] if is_verb(t)}
    if (saying and clause.head.lemma_.lower() in lexicon.FORECAST) or _is_expected(head, lemmas):
        return Kind.FORECAST
    if any(q.unit not in lexicon.TIME_UNITS for q in view.figures(clause.first, clause.last)):
        return Kind.QUANTITY
    if saying or attribution is Attribution.DENIED:
        return Kind.STATEMENT
    if clause.construction is Construction.NOMINAL:
        return Kind.EVENT
    if (
        clause.construction is Construction.APPOSITION
        or head.lemma_.lower() in lexicon.STATIVE
        or not is_verb(head)
    ):
        return Kind.STATE
    return Kind.EVENT if is_past(head) or clause.construction is Construction.PARTICIPLE else Kind.STATE


def _is_expected(head: Token, lemmas: set[str]) -> bool:
    passive = any(c.dep_ == "auxpass" for c in head.children)
    return (
        head.lemma_.lower() in lexicon.FORECAST
        and (passive or "estimate" not in lemmas)
        and head.lemma_ != "see"
    )

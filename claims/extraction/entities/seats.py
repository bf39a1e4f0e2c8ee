"""Whether "Moscow" or "the White House" is a government or a place where something happens."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span, Token

from claims.extraction import resources


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(resources.toml("entities")[name])


def is_government(span: Span) -> bool:
    """The grammar around the name decides; a town is a place unless it acts or is dealt with."""
    palace = span.text.lower() in _words("palaces")
    head = span.root
    while head.dep_ == "conj" and head.head.pos_ in {"PROPN", "NOUN"}:
        head = head.head
    return _acts_or_answers(head, palace)


def _acts_or_answers(token: Token, palace: bool) -> bool:
    governor = token.head
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return palace or not (
            governor.lemma_.lower() in _words("town_verbs") and governor.pos_ in {"VERB", "AUX"}
        )
    if token.dep_ in {"poss", "compound", "nmod"}:
        return (palace or token.dep_ == "poss") and governor.lemma_.lower() not in _words("town_nouns")
    if token.dep_ == "pobj":
        preposition = governor.lower_
        if preposition in _words("place_prepositions"):
            return False
        around = governor.head.lemma_.lower()
        if around in _words("movement"):
            return False
        if preposition in {"from", "to"}:
            return palace or around in _words("addressing")
        return palace or preposition in _words("government_prepositions")
    if token.dep_ in {"dobj", "obj", "dative"}:
        return governor.lemma_.lower() in _words("addressing")
    return palace

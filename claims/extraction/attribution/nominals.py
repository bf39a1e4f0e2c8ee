"""Attributions without a verb for a cue: nouns ("the claim that"), adjectives, "according to", "by one count"."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.attribution.draft import VERBAL, Draft, closing, governor, phrase, subtree
from claims.extraction.attribution.lexicon import accounts, cues
from claims.extraction.types import Attitude

_APART = frozenset({",", "—", "–"})
_OWNING = frozenset({"by", "from", "of"})
_ABOUT = frozenset("about against at for of on over to toward towards with in by".split())


def of_noun(noun: Token) -> Draft | None:
    """As in "the minister's claim that ..." and "her criticism of ...": a cue noun with an owner."""
    word = noun.lemma_.lower()
    attitude = cues("noun").get(word)
    content: set[int] = set()
    clause = next((child for child in noun.children if child.dep_ in {"acl", "ccomp"}), None)
    if attitude is not None and clause is not None and _is_joined(clause):
        content, first = subtree(clause), clause.i
    elif (attitude := cues("noun_about").get(word)) is not None:
        about = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ in _ABOUT), None)
        if about is not None and any(child.dep_ == "poss" for child in noun.children):
            content, first = subtree(about) - {about.i}, about.i
    owner = _owner(noun, first) if content else None
    if owner is None or attitude is None:
        return None
    return Draft({noun.i}, phrase(owner), content, attitude, owner)


def _is_joined(clause: Token) -> bool:
    return any(part.dep_ in {"mark", "aux"} and part.i < clause.i for part in clause.children)


def _owner(noun: Token, before: int) -> Token | None:
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in _OWNING and child.i < before:
                owner = next((part for part in child.children if part.dep_ == "pobj"), None)
    return owner


def of_adjective(adjective: Token) -> Draft | None:
    """As in "analysts are confident that ...", "she is critical of ...": an attitude as a predicate."""
    attitude = cues("adjective").get(adjective.lower_)
    copula = adjective.head
    subject = next((c for c in copula.children if c.dep_ == "nsubj"), None)
    if attitude is None or subject is None or subject.lower_ in {"it", "that", "this"}:
        return None
    said = next(
        (c for c in adjective.rights if c.dep_ == "ccomp" or (c.dep_ == "prep" and c.lower_ in _ABOUT)), None
    )
    if said is None:
        return None
    content = subtree(said) - ({said.i} if said.dep_ == "prep" else set())
    if said.dep_ == "ccomp":
        attitude = Attitude.BELIEVED
    negated = any(child.dep_ == "neg" for child in copula.children)
    return Draft({copula.i, adjective.i}, phrase(subject) - content, content, attitude, subject, negated)


def by_account(preposition: Token) -> Draft | None:
    """As in "by one estimate" at a comma: an account that has no other author is the source itself."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None or noun.lemma_.lower() not in accounts():
        return None
    doc, first, last = preposition.doc, preposition.i, noun.right_edge.i + 1
    apart = (first and doc[first - 1].text in _APART) or (last < len(doc) and doc[last].text == ",")
    if not apart or not any(c.i < noun.i and c.dep_ != "punct" for c in noun.children):
        return None
    above = governor(preposition)
    content = subtree(above) - subtree(preposition)
    if above.pos_ not in VERBAL or not content:
        return None
    return Draft({first}, phrase(noun), content, Attitude.STATED, noun)


def according_to(word: Token) -> Draft | None:
    to = next((t for t in word.children if t.lower_ == "to"), None)
    to = to or (word.nbor(1) if word.i + 1 < len(word.doc) and word.nbor(1).lower_ == "to" else None)
    if to is None:
        return None
    source = next((t for t in to.children if t.dep_ == "pobj"), None)
    source = source or next((t for t in word.children if t.dep_ == "pobj"), None)
    if source is None:
        return None
    named = subtree(source)
    content = _beside(subtree(governor(word)) | _before(word, named), word) - subtree(word) - named
    return Draft({word.i, to.i}, named, content, Attitude.STATED, source)


def _before(word: Token, named: set[int]) -> set[int]:
    """All of a sentence that ends in ", according to X": the parser hangs it on the last clause only."""
    sentence = word.sent
    ends = max(named) + 2 >= closing(sentence) and word.i > sentence.start and word.nbor(-1).text == ","
    return set(range(sentence.start, word.i - 1)) if ends else set()


def _beside(content: set[int], cue: Token) -> set[int]:
    """Of ``content`` what no semicolon parts from the cue."""
    stops = [i for i in content if cue.doc[i].text == ";"]
    first = max((i for i in stops if i < cue.i), default=-1)
    last = min((i for i in stops if i > cue.i), default=len(cue.doc))
    return {i for i in content if first < i < last}

"""Attributions with a verb for a cue: who says, thinks, wants or judges, and what."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from claims.extraction.attribution import contents
from claims.extraction.attribution.draft import VERBAL, Draft, closing, phrase, subtree
from claims.extraction.attribution.lexicon import (
    accounts,
    cues,
    distancing,
    documents,
    lemma,
    particle,
    speaking,
)
from claims.extraction.types import Attitude

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
#: Where a cue without a subject still reports, its source being unnamed.
_FREE = frozenset({"ROOT", "conj", "advcl", "acl", "xcomp"})
_VOTES = frozenset({"yes", "no"})  # "two in three said yes to the bridge": what they did
_IMPERSONAL = frozenset({Attitude.BELIEVED, Attitude.ASKED, Attitude.INTENDED, Attitude.JUDGED})

_FRAMES: tuple[tuple[str, Callable[[Token], set[int]]], ...] = (
    ("clause", contents.clause),
    ("infinitive", contents.infinitive),
    ("evidence", contents.evidence),
    ("as", contents.likened),
    ("object", contents.object_),
    ("preposition", contents.prepositional),
)


def taken_for_noun(noun: Token) -> Draft | None:
    """ "It has lost a third, the Institute for Studies estimates.": a verb that the tagger took for a plural."""
    last = closing(noun.sent) - 2
    return _inserted(noun, cues("clause").get(lemma(noun))) if noun.tag_ == "NNS" and noun.i == last else None


def of_verb(verb: Token) -> Draft | None:
    word = lemma(verb)
    if (account := _of_account(verb)) is not None:
        return account
    if word == "say" and any(child.lower_ in _VOTES for child in verb.rights):
        return None
    inserted = _inserted(verb, cues("clause").get(word)) or _closing(verb, cues("clause").get(word))
    if inserted is not None:
        return inserted
    if word in cues("figure"):
        return _of_figure(verb)
    attitude, content = _said(verb, word)
    subject = _subject(verb)
    if attitude is None:
        # a cue without content of its own may still introduce a quotation
        attitude = cues("clause").get(word) or cues("clause").get(f"{word} {particle(verb)}")
        if attitude is None or subject is None:
            return None
    spare = set() if content else contents.object_(verb)
    if subject is None and (verb.dep_ not in _FREE or attitude in _IMPERSONAL or _names(verb)):
        return None
    source = phrase(subject) if subject is not None else set()
    if subject is not None and subject.i == verb.head.i:
        # "groups backing the bill": what describes the source is no part of it
        source -= subtree(verb)
    cue = {verb.i} | {child.i for child in verb.children if child.dep_ in {"prt", "neg"}}
    if any(child.lower_ in distancing() for child in verb.children):
        attitude = Attitude.ALLEGED
    negated = any(child.dep_ == "neg" for child in verb.children)
    return Draft(cue, source - content, content - source - cue, attitude, subject, negated, spare)


def _said(verb: Token, word: str) -> tuple[Attitude | None, set[int]]:
    """The first frame of the verb that has something to say, with its attitude."""
    phrasal = f"{word} {particle(verb)}"
    for frame, read in _FRAMES:
        table = cues(frame)
        if frame == "preposition":
            prepositions = (c.lower_ for c in verb.rights if c.dep_ == "prep")
            keys = [f"{name} {p}" for p in prepositions for name in (phrasal, word)]
        else:
            keys = [phrasal, word]
        attitude = next((table[key] for key in keys if key in table), None)
        if attitude is not None and (content := read(verb)):
            return attitude, content
    return None, set()


def _inserted(verb: Token, attitude: Attitude | None) -> Draft | None:
    """As in "The port, Ms Berg said on Monday, had lost ...": behind a comma, read without the parse.

    The parser takes what stands before the first comma for the cue's subject as often as not. Behind
    stands another comma, or the sentence ends; what follows a semicolon goes on with it.
    """
    if attitude is not Attitude.STATED or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "NNS"}:
        return None
    doc, sentence = verb.doc, verb.sent
    end = closing(sentence)
    if verb.i in (sentence.start, end - 1):
        return None
    left = _comma_before(verb, verb.i)
    apposed = left == verb.i - 1  # "the director, Omar Lind, said"
    if apposed:
        left = _comma_before(verb, left)
        told = lemma(verb) == "tell" or doc[verb.i + 1].pos_ in {"PUNCT", "ADP"}
        if doc[left].text != "," or not told:
            return None
        left = _comma_before(verb, left)
    right = verb.i + 1
    while right < end - 1 and right - verb.i <= _INSERTED and doc[right].pos_ in _CIRCUMSTANCE:
        right += 1
    if verb.i - left < 2 or left <= sentence.start or right >= end or doc[left + 1].pos_ == "ADP":
        return None
    ends = doc[right].text == ";" or (doc[right].text == "." and right == end - 1)
    joins = doc[right].text == "," and (not apposed or doc[right + 1].dep_ == "cc")
    if doc[left].text != "," or not (ends or joins):
        return None
    of = next(
        (i for i in range(left + 1, verb.i) if doc[i].pos_ == "ADP"), verb.i
    )  # "the head of the union said"
    head = next((doc[i] for i in range(of - 1, left, -1) if doc[i].pos_ in _NOMINAL), None)
    if head is None or head.tag_ == "WP":
        return None
    if verb.tag_ in {"VBN", "NNS"} and not (
        ends and head.lemma_.lower() in speaking()
    ):  # ", a charity found."
        return None
    before, behind = set(range(sentence.start, left)), set(range(right + 1, end))
    said = behind if not ends and any(doc[i].pos_ in VERBAL for i in behind) else before
    if not any(doc[i].pos_ in VERBAL for i in said):
        return None
    if ends and any(lemma(doc[i]) in cues("clause") for i in behind):  # "X says a; Y doubts b"
        behind = set()
    return Draft({verb.i}, set(range(left + 1, verb.i)), before | behind, attitude, head)


def _closing(verb: Token, attitude: Attitude | None) -> Draft | None:
    """As in "Only 30 of the trams run, concedes Ann Lund, who ...": behind a comma, with who says it behind the cue.

    For a verb that the parser gives no subject; who says it has a name, or is somebody that speaks.
    """
    doc, sentence = verb.doc, verb.sent
    if (
        attitude is not Attitude.STATED
        or verb.tag_ not in {"VBD", "VBZ", "NNS"}
        or verb.i < sentence.start + 3
    ):
        return None
    if doc[verb.i - 1].text != "," or any(c.dep_ in _SUBJECTS for c in verb.lefts):
        return None
    last = verb.i + 1
    while last < closing(sentence) - 1 and doc[last].pos_ in _SPEAKERS and last - verb.i <= _INSERTED:
        last += 1
    named = [doc[i] for i in range(verb.i + 1, last) if doc[i].pos_ in {"NOUN", "PROPN"}]
    if (
        not named
        or doc[last].text not in {",", "."}
        or not any(doc[i].pos_ in VERBAL for i in range(sentence.start, verb.i))
    ):
        return None
    head = named[-1]
    if head.pos_ != "PROPN" and head.lemma_.lower() not in speaking():
        return None
    return Draft(
        {verb.i}, set(range(verb.i + 1, last)), set(range(sentence.start, verb.i - 1)), attitude, head
    )


_SPEAKERS = frozenset({"DET", "ADJ", "NOUN", "PROPN"})


def _comma_before(verb: Token, at: int) -> int:
    """Where the comma stands that opens the noun phrase before ``at``, if a comma does."""
    at -= 1
    while at > verb.sent.start and verb.i - at <= _INSERTED and verb.doc[at].pos_ in _NAMING:
        at -= 1
    return at


_INSERTED = 10  # tokens on either side
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART", "ADV", "ADP"})
_CIRCUMSTANCE = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART"})


def _of_figure(verb: Token) -> Draft | None:
    """As in "The ministry put the toll at 640": who can speak gives a figure for something."""
    subject = _own_subject(verb)
    at = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "at"), None)
    what = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if subject is None or at is None or what is None or subject.tag_ == "WP":
        return None
    tells = speaking() | documents() | accounts()
    if subject.pos_ not in {"PROPN", "PRON"} and subject.lemma_.lower() not in tells:
        return None
    if not any(part.like_num or part.pos_ == "NUM" for part in at.subtree):
        return None
    attitude = cues("figure")[lemma(verb)]
    return Draft(
        {verb.i}, {i for i in phrase(subject) if i < verb.i}, subtree(what) | subtree(at), attitude, subject
    )


def _of_account(verb: Token) -> Draft | None:
    """As in "The mayor's own count stood at 287": the account is its owner's."""
    noun = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if noun is None or verb.lemma_.lower() not in _STANDS or noun.lemma_.lower() not in accounts():
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    content = {i for c in verb.rights if c.dep_ in _FIGURES for i in subtree(c)}
    if owner is None or not any(verb.doc[i].like_num for i in content):
        return None
    return Draft({verb.i}, phrase(owner), content, Attitude.STATED, owner)


_STANDS = frozenset({"stand", "be", "come", "put", "give", "run", "reach", "amount"})
_FIGURES = frozenset({"prep", "attr", "dobj", "npadvmod"})


def _subject(verb: Token) -> Token | None:
    """Who says it: the verb's subject or agent, else that of the verb it leans on."""
    own = _own_subject(verb)
    if own is not None:
        return own
    verb = _outermost(verb)
    for _ in range(4):
        if verb.dep_ in {"acl", "relcl"}:
            return verb.head if verb.head.pos_ in _NOMINAL and not _names(verb) else None
        if verb.dep_ not in {"conj", "advcl", "xcomp", "pcomp", "ccomp", "dep"} or verb.head.i == verb.i:
            return None
        verb = verb.head
        if verb.dep_ == "prep":
            verb = verb.head
        own = _own_subject(verb) or _quoted(verb)
        if own is not None:
            return own
    return None


def _names(verb: Token) -> bool:
    """As in "a dance called the reel", by nobody in particular."""
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def _quoted(verb: Token) -> Token | None:
    """Who "was quoted as saying" something."""
    if lemma(verb) not in {"quote", "cite"}:
        return None
    return next((child for child in verb.lefts if child.dep_ == "nsubjpass"), None)


def _outermost(participle: Token) -> Token:
    """As in "He said it had closed, adding that ...": who adds is who said, not what closed."""
    before = participle.left_edge.i - 1
    if (
        participle.tag_ != "VBG"
        or participle.dep_ != "advcl"
        or before < 0
        or participle.doc[before].text != ","
    ):
        return participle
    while participle.head.dep_ == "ccomp" and lemma(participle.head.head) in cues("clause"):
        participle = participle.head
    return participle


def _own_subject(verb: Token) -> Token | None:
    passive = False
    for child in verb.children:
        if child.dep_ == "agent":
            return next((part for part in child.children if part.dep_ == "pobj"), None)
        passive = passive or child.dep_ == "nsubjpass"
    if passive:
        return None
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return child
    return None

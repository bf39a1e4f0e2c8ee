"""Attributions as the parse shows them, before quotations and speakers are settled.

The rules read the dependency tree (ClearNLP labels, as spaCy's English models use them): a cue verb
with its subject and its clause, infinitive or object; a cue noun with its clause; "according to X".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from claims.extraction.attribution.lexicon import accounts, cues, distancing, speaking
from claims.extraction.types import Attitude

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_ABOUT = frozenset({"for", "about", "against", "on", "to"})


@dataclass(slots=True)
class Draft:
    """Token indices of an attribution's parts; ``source`` and ``cue`` may be empty."""

    cue: set[int]
    source: set[int]
    content: set[int]
    attitude: Attitude
    head: Token | None = None  # the source's head
    negated: bool = False
    spare: set[int] = field(default_factory=set)  # the cue's object, said only if it holds a quotation


def drafts(doc: Doc) -> Iterator[Draft]:
    """One draft for each cue that has something to attribute, in the order of the cues."""
    for token in doc:
        if token.lower_ == "according":
            draft = _according_to(token)
        elif token.dep_ == "prep" and token.lower_ in {"by", "on"}:
            draft = _by_account(token)
        elif token.pos_ in {"VERB", "AUX"}:
            draft = _of_verb(token)
        elif token.pos_ == "NOUN":
            draft = _of_noun(token)
        else:
            continue
        if draft is not None:
            yield draft


def _of_verb(verb: Token) -> Draft | None:
    lemma = verb.lemma_.lower()
    inserted = _inserted(verb, cues("clause").get(lemma))
    if inserted is not None:
        return inserted
    if lemma in cues("figure"):
        return _of_figure(verb)
    content: set[int] = set()
    attitude: Attitude | None = None
    for frame, read in (("clause", _clause), ("infinitive", _infinitive), ("object", _object)):
        attitude = cues(frame).get(lemma)
        if attitude is not None:
            content = read(verb)
        if content:
            break
    subject = _subject(verb)
    if not content or attitude is None:
        # a cue without content of its own may still introduce a quotation
        attitude = cues("clause").get(lemma)
        if attitude is None or subject is None:
            return None
        content = set()
    spare = set() if content else _object(verb)
    if subject is None and verb.dep_ not in {"ROOT", "conj", "advcl", "acl", "xcomp"}:
        return None
    source = _phrase(subject) if subject is not None else set()
    cue = {verb.i} | {child.i for child in verb.children if child.dep_ in {"prt", "neg"}}
    if any(child.lower_ in distancing() for child in verb.children):
        attitude = Attitude.ALLEGED
    negated = any(child.dep_ == "neg" for child in verb.children)
    return Draft(cue, source - content, content - source - cue, attitude, subject, negated, spare)


def _inserted(verb: Token, attitude: Attitude | None) -> Draft | None:
    """As in "The port, Ms Berg said on Monday, had lost ...": behind a comma, read without the parse.

    The parser takes what stands before the first comma for the cue's subject as often as not. Behind
    stands another comma, or the sentence ends.
    """
    if attitude is not Attitude.STATED or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    doc, sentence = verb.doc, verb.sent
    left = verb.i - 1
    while left > sentence.start and verb.i - left <= _INSERTED and doc[left].pos_ in _NAMING:
        left -= 1
    right = verb.i + 1
    while right < sentence.end - 1 and right - verb.i <= _INSERTED and doc[right].pos_ in _CIRCUMSTANCE:
        right += 1
    if left == verb.i - 1 or left <= sentence.start or right >= sentence.end:
        return None
    ends = doc[right].text == "." and right == sentence.end - 1
    if doc[left].text != "," or not (ends or doc[right].text == ",") or verb.i - left < 2:
        return None
    source = set(range(left + 1, verb.i))
    head = next(
        (doc[i] for i in sorted(source, reverse=True) if doc[i].pos_ in {"NOUN", "PROPN", "PRON"}), None
    )
    before, behind = set(range(sentence.start, left)), set(range(right + 1, sentence.end))
    if (
        head is None
        or head.tag_ == "WP"
        or not any(doc[i].pos_ in _VERBAL for i in (before if ends else behind))
    ):
        return None
    return Draft({verb.i}, source, before | behind, attitude, head)


_VERBAL = frozenset({"VERB", "AUX"})
_INSERTED = 10  # tokens on either side
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART", "ADV"})
_CIRCUMSTANCE = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART"})


def _clause(verb: Token) -> set[int]:
    """The clause said: the verb's own complement, or the clause that the cue is set into."""
    for child in verb.children:
        if child.dep_ == "ccomp" or (child.dep_ == "parataxis" and child.i > verb.i):
            if child.i < verb.i and any(t.text == ";" for t in verb.doc[child.i : verb.i]):
                continue  # "X says a; Y doubts b": two sentences in one
            return _subtree(child)
    if verb.dep_ in {"parataxis", "ccomp"} and _is_inserted(verb):
        return _subtree(verb.head) - _subtree(verb)
    return set()


def _is_inserted(verb: Token) -> bool:
    """As ", he said on Tuesday, ": between commas or at the sentence's end, with its subject beside it."""
    left = verb.left_edge.i
    before = verb.doc[left - 1] if left else None
    return (
        before is not None and before.text in {",", "—", "–", "-", "”", '"', "''"} and verb.head.i != verb.i
    )


def _of_figure(verb: Token) -> Draft | None:
    """As in "The ministry put the toll at 640": who can speak gives a figure for something."""
    subject = _own_subject(verb)
    at = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "at"), None)
    what = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if subject is None or at is None or what is None or subject.tag_ == "WP":
        return None
    if subject.pos_ not in {"PROPN", "PRON"} and subject.lemma_.lower() not in speaking():
        return None
    if not any(part.like_num or part.pos_ == "NUM" for part in at.subtree):
        return None
    attitude = cues("figure")[verb.lemma_.lower()]
    return Draft({verb.i}, _phrase(subject), _subtree(what) | _subtree(at), attitude, subject)


def _by_account(preposition: Token) -> Draft | None:
    """As in "by one estimate" at a comma: an account that has no other author is the source itself."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None or noun.lemma_.lower() not in accounts():
        return None
    doc, first, last = preposition.doc, preposition.i, noun.right_edge.i + 1
    apart = (first and doc[first - 1].text in _APART) or (last < len(doc) and doc[last].text == ",")
    if not apart or not any(c.i < noun.i and c.dep_ != "punct" for c in noun.children):
        return None
    governor = _governor(preposition)
    content = _subtree(governor) - _subtree(preposition)
    if governor.pos_ not in _VERBAL or not content:
        return None
    return Draft({first}, _phrase(noun), content, Attitude.STATED, noun)


_APART = frozenset({",", "—", "–"})


def _infinitive(verb: Token) -> set[int]:
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and any(
            part.dep_ == "aux" and part.lower_ == "to" for part in child.children
        ):
            return _subtree(child)
    return set()


def _object(verb: Token) -> set[int]:
    """The verb's object and what follows it up to a comma or clause: "Holt for opposing the bill"."""
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return set()
    content: set[int] = set()
    for child in verb.rights:
        if content:
            if child.dep_ in {"punct", "cc", "conj", "advcl", "parataxis"}:
                break
            content |= _subtree(child)
        elif child.dep_ in {"dobj", "xcomp", "oprd"}:
            content = _subtree(child)
        elif child.dep_ == "prep" and child.lower_ in _ABOUT:
            content = {i for part in child.children if part.dep_ in {"pobj", "pcomp"} for i in _subtree(part)}
    return content


def _subject(verb: Token) -> Token | None:
    """Who says it: the verb's subject or agent, else that of the verb it leans on."""
    own = _own_subject(verb)
    if own is not None:
        return own
    for _ in range(4):
        if verb.dep_ in {"acl", "relcl"}:
            return verb.head if verb.head.pos_ in {"NOUN", "PROPN", "PRON"} else None
        if verb.dep_ not in {"conj", "advcl", "xcomp", "pcomp", "ccomp", "dep"} or verb.head.i == verb.i:
            return None
        verb = verb.head
        if verb.dep_ == "prep":
            verb = verb.head
        own = _own_subject(verb)
        if own is not None:
            return own
    return None


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


def _of_noun(noun: Token) -> Draft | None:
    attitude = cues("noun").get(noun.lemma_.lower())
    if attitude is None:
        return None
    clause = next((child for child in noun.children if child.dep_ in {"acl", "ccomp"}), None)
    if clause is None or not any(
        part.dep_ in {"mark", "aux"} and part.i < clause.i for part in clause.children
    ):
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"} and child.i < clause.i:
                owner = next((part for part in child.children if part.dep_ == "pobj"), None)
    if owner is None:
        return None
    return Draft({noun.i}, _phrase(owner), _subtree(clause), attitude, owner)


def _according_to(word: Token) -> Draft | None:
    to = next((t for t in word.children if t.lower_ == "to"), None)
    to = to or (word.nbor(1) if word.i + 1 < len(word.doc) and word.nbor(1).lower_ == "to" else None)
    if to is None:
        return None
    source = next((t for t in to.children if t.dep_ == "pobj"), None)
    source = source or next((t for t in word.children if t.dep_ == "pobj"), None)
    if source is None:
        return None
    phrase = _subtree(source)
    content = _beside(_subtree(_governor(word)) - _subtree(word) - phrase, word)
    return Draft({word.i, to.i}, phrase, content, Attitude.STATED, source)


def _governor(token: Token) -> Token:
    """The verb that a phrase is put to, or the sentence's head."""
    governor = token.head
    while governor.pos_ not in _VERBAL and governor.head.i != governor.i:
        governor = governor.head
    return governor


def _beside(content: set[int], cue: Token) -> set[int]:
    """Of ``content`` what no semicolon parts from the cue."""
    stops = [i for i in content if cue.doc[i].text == ";"]
    first = max((i for i in stops if i < cue.i), default=-1)
    last = min((i for i in stops if i > cue.i), default=len(cue.doc))
    return {i for i in content if first < i < last}


def _subtree(token: Token) -> set[int]:
    return {part.i for part in token.subtree}


def _phrase(head: Token) -> set[int]:
    """The source with what describes it, in one piece around its head."""
    return set(range(head.left_edge.i, head.right_edge.i + 1))

"""Is a claim understood alone: no pronoun without its noun, no date that needs the day of publication.

A claim's wording is read by itself, as a client of the API would, without article and date. What is left
loose then is loose:

* a third-person pronoun before which the claim holds nothing that it could stand for (within quotation marks: nothing
  within them), and a first or second person outside quotation marks;
* a time expression whose TIMEX3 value stays open ("Tuesday" is ``XXXX-WXX-2`` without a date to count from).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from claims.extraction.parts import Parts
from claims.extraction.pipeline import read
from claims.extraction.types import TimeExpression

_PERSONAL = frozenset("he she him her his hers himself herself".split())
_OTHER = frozenset("it its they them their theirs itself themselves".split())
_SPEAKING = frozenset("i we you me us my our your mine ours yours".split())
_OPENING, _CLOSING = '“"‘', '”"’'
_WEATHER = frozenset("rain snow".split())
_CLAUSES = frozenset("ccomp csubj csubjpass relcl advcl xcomp".split())
_IMPERSONAL = frozenset("be know believe think expect estimate fear hope understand say report".split())


def loose(claims: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of each claim that cannot be understood from the claim alone, in order; none is what is wanted."""
    return read([(claim, None) for claim in claims], _loose)


def _loose(doc: Doc, parts: Parts) -> tuple[str, ...]:
    quoted = _quoted(doc)
    words = [t.text for t in doc if _is_loose(t, parts, quoted)]
    return (*words, *(t.text for t in parts.times if _is_open(t)))


def _is_open(time: TimeExpression) -> bool:
    return time.type in ("DATE", "TIME") and "X" in time.value


def _is_loose(token: Token, parts: Parts, quoted: Sequence[int]) -> bool:
    word = token.lower_
    if word in _SPEAKING:
        return not quoted[token.i]
    if word not in _PERSONAL | _OTHER or _stands_for_nothing(token):
        return False
    before = [t for t in token.doc[: token.i] if quoted[t.i] == quoted[token.i]]
    if word in _OTHER:
        return not any(t.pos_ in ("NOUN", "PROPN") for t in before)
    people = [e for e in parts.entities if e.kind == "person"]
    persons = any(e.start <= t.idx < e.end for t in before for e in people)
    return not persons and not any(t.pos_ == "NOUN" for t in before)


def _stands_for_nothing(token: Token) -> bool:
    """ "It rains", "it was Lund who ...", "it is not known whether ..."."""
    head = token.head
    if token.dep_ == "expl" or head.lemma_ in _WEATHER:
        return True
    if token.lower_ != "it" or head.lemma_ not in _IMPERSONAL:
        return False
    if head.lemma_ != "be" and token.dep_ != "nsubjpass":
        return False
    return any(c.dep_ in _CLAUSES for above in (head, *head.children) for c in above.children)


def _quoted(doc: Doc) -> list[int]:
    """The number of the quotation that each token stands in, 0 outside of all."""
    numbers, current, count = [], 0, 0
    for before, token in pairwise([None, *doc]):
        assert token is not None
        if current and token.text in _CLOSING and before is not None:
            current = 0
        elif token.text in _OPENING and not current:
            count += 1
            current = count
        numbers.append(current)
    return numbers

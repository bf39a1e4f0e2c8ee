"""A sentence cut into the clauses that could each be a claim, over its dependency parse.

The cut follows the idea of clause-based open information extraction (ClausIE, Del Corro and
Gemulla 2013; PropS, Stanovsky 2016): every predicate that stands on its own takes the words that
depend on it and on no other such predicate. Unlike there the result stays a verbatim, contiguous
span, because a reviewer must find it in the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.clause import Clause, Construction
from claims.extraction.mentions.constructions import RELATIONS, construction_of, described, has_subject
from claims.extraction.mentions.spans import is_edge, run, takes_antecedent, trim
from claims.extraction.mentions.view import View, is_finite, is_verb

#: tokens; what is longer is a list or no prose, and nothing that one could check in one go
LONGEST_CLAUSE = 150
_STEPS = 6  # up a noun phrase


def cut(view: View, first: int, last: int) -> tuple[Clause, ...]:
    """The clauses of the sentence at tokens ``first`` to ``last``, in text order."""
    heads = {
        i: construction
        for i in range(first, last)
        if (view.relations[i] in RELATIONS or not first <= view.heads[i] < last or view.heads[i] == i)
        and (construction := construction_of(view.doc[i], view, first, last))
    }
    adopted = {noun.i: i for i in heads if (noun := _adopted(view.doc[i], first)) and noun.i not in heads}
    owned: dict[int, list[int]] = defaultdict(list)
    for token, owner in _owners(view, heads, adopted, first, last):
        owned[owner].append(token)
    clauses = []
    for i, construction in heads.items():
        clause = _clause(view, view.doc[i], construction, owned[i], heads)
        if 0 < clause.last - clause.first <= LONGEST_CLAUSE:
            clauses.append(clause)
    return tuple(sorted(clauses, key=lambda c: (c.first, c.last)))


def _owners(
    view: View, heads: dict[int, Construction], adopted: dict[int, int], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Each token with the nearest clause head above it; a noun in ``adopted`` goes with the verb named there."""
    owner = {i: i for i in heads} | adopted
    follows = _behind_semicolon(view, heads, first, last)
    for start in range(first, last):
        path, i = [], start
        while i not in owner and (above := view.heads[i]) != i and first <= above < last:
            if i in follows and above < follows[i][0]:
                owner[i] = follows[i][1]
                break
            path.append(i)
            i = above
        found = owner.get(i)
        if found is None:
            continue
        owner.update(dict.fromkeys(path, found))
        yield start, found


def _behind_semicolon(
    view: View, heads: dict[int, Construction], first: int, last: int
) -> dict[int, tuple[int, int]]:
    """For tokens behind a semicolon: where it stands, and the first clause head behind it.

    The parser hangs what follows a semicolon on what stands before it: "...; the court | arrived at".
    """
    bounds = [i for i in range(first, last) if view.words[i] == ";"]
    found: dict[int, tuple[int, int]] = {}
    for low, high in zip(bounds, [*bounds, last][1:], strict=True):
        head = next((i for i in range(low, high) if heads.get(i) in _FULL), None)
        if head is not None:
            found.update((i, (low, head)) for i in range(low + 1, high))
    return found


_FULL = frozenset(
    [
        Construction.MAIN,
        Construction.COORDINATE,
        Construction.JUXTAPOSED,
        Construction.CONTENT,
        Construction.SAYING,
    ]
)


def _adopted(token: Token, first: int) -> Token | None:
    """The noun that a verb takes along although the parse gives it to another."""
    return described(token, first) if token.dep_ == "relcl" else _missed_subject(token)


def _missed_subject(token: Token) -> Token | None:
    """ "lost half its value and one worker in five has no job": taken for "value and worker"."""
    before = token.left_edge.i - 1
    if token.dep_ != "conj" or not is_finite(token) or has_subject(token) or before < 0:
        return None
    noun = token.doc[before]
    for _ in range(_STEPS):
        if noun.dep_ == "conj" or noun.head.i > before:
            break
        noun = noun.head
    begins = (
        noun.dep_ == "conj" and not is_verb(noun) and not is_verb(noun.head) and noun.right_edge.i == before
    )
    return noun if begins and noun.left_edge.i > 0 and noun.left_edge.nbor(-1).dep_ == "cc" else None


def _clause(
    view: View,
    head: Token,
    construction: Construction,
    owned: list[int],
    heads: dict[int, Construction],
) -> Clause:
    parent = None if head.head.i == head.i else head.head
    if head.dep_ == "pcomp":
        parent = head.head.head
    if construction is Construction.APPOSITION:
        described = _nearest_conjunct(_holder(head.head), head)
        return Clause(head, construction, described.left_edge.i, head.right_edge.i + 1, parent, described)
    owned = [i for i in owned if not is_edge(view.doc[i])]
    first, last, opens = run(view, head, owned, heads)
    describes = construction in (Construction.RELATIVE, Construction.PARTICIPLE)
    anchor = head.head if describes and head.dep_ in ("relcl", "acl") else _said_of(head, construction)
    if anchor is not None and takes_antecedent(view, head, anchor, first):
        first = anchor.left_edge.i
    if construction is Construction.NOMINAL and head.head.lower_ in ("at", "on"):
        first = head.head.i
    first, last = trim(view, head, first, last)
    return Clause(head, construction, first, last, parent, anchor, opens)


def _said_of(head: Token, construction: Construction) -> Token | None:
    """ "a pill that doctors say has saved 300 lives": the noun of which it is said."""
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    inside = construction is Construction.CONTENT and head.head.dep_ == "relcl"
    return head.head.head if inside and (subject is None or subject.tag_ == "WDT") else None


def _holder(noun: Token) -> Token:
    """Whom a name behind "a spokesman for the company" names: the spokesman, not the company."""
    if noun.dep_ != "pobj" or noun.pos_ != "NOUN" or noun.lemma_.lower() in lexicon.offices():
        return noun
    above = noun.head.head
    return above if above.lemma_.lower() in lexicon.offices() and above.i < noun.i else noun


def _nearest_conjunct(noun: Token, before: Token) -> Token:
    """In "Ann Lee and Bo Ray, the mayor" the one whom the description stands next to."""
    conjuncts = [t for t in noun.conjuncts if noun.i < t.i < before.i]
    return conjuncts[-1] if conjuncts else noun

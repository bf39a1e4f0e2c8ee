"""A sentence cut into the clauses that could each be a claim, over its dependency parse.

The cut follows the idea of clause-based open information extraction (ClausIE, Del Corro and
Gemulla 2013; PropS, Stanovsky 2016): every predicate that stands on its own takes the words that
depend on it and on no other such predicate. Unlike there the result stays a verbatim, contiguous
span, because a reviewer must find it in the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.view import View, is_finite, is_verb


class Construction(StrEnum):
    """How a clause hangs in its sentence."""

    MAIN = "main"
    COORDINATE = "coordinate"  # "..., and currently occupies"
    CONTENT = "content"  # what somebody says
    SAYING = "saying"  # the words that say who said it
    RELATIVE = "relative"  # "which seized Crimea"
    PARTICIPLE = "participle"  # "annexed in 2014", "accompanied by"
    ADVERBIAL = "adverbial"  # "after 41,000 votes were added"
    APPOSITION = "apposition"  # "head of the fund"
    NOMINAL = "nominal"  # "its annexation of Crimea"
    ABSOLUTE = "absolute"  # "with no delegation in the room"
    MEASURE = "measure"  # "down from 4.1%", "the lowest since 1948"


@dataclass(frozen=True, slots=True)
class Clause:
    """A candidate claim: tokens ``first`` to ``last`` (exclusive), with the head of what it says.

    ``parent`` is the head that the clause is subordinate to; ``anchor`` the noun that it describes
    (the antecedent of a relative clause), inside the span or not.
    """

    head: Token
    construction: Construction
    first: int
    last: int
    parent: Token | None = None
    anchor: Token | None = None


_QUOTES = frozenset("\"“”‘’'«»„‟`") | {"''", "``"}
_COMMAS = frozenset([",", "—", "–", "-", "(", ";", ":"])


def cut(view: View, first: int, last: int) -> tuple[Clause, ...]:
    """The clauses of the sentence at tokens ``first`` to ``last``, in text order."""
    heads = {t.i: c for t in view.doc[first:last] if (c := _construction(t, view, first, last))}
    owned: dict[int, list[int]] = defaultdict(list)
    for token, owner in _owners(view, heads, first, last):
        owned[owner].append(token)
    clauses = []
    for i, construction in heads.items():
        clause = _clause(view, view.doc[i], construction, owned[i], heads, first)
        if clause and clause.last > clause.first:
            clauses.append(clause)
    return tuple(sorted(clauses, key=lambda c: (c.first, c.last)))


def _owners(view: View, heads: dict[int, Construction], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Each token with the nearest clause head above it."""
    owner: dict[int, int] = {i: i for i in heads}
    for start in range(first, last):
        path, token = [], view.doc[start]
        while token.i not in owner and token.head.i != token.i and first <= token.head.i < last:
            path.append(token.i)
            token = token.head
        found = owner.get(token.i)
        if found is None:
            continue
        owner.update(dict.fromkeys(path, found))
        yield start, found


def _after_comma(token: Token, first: int) -> bool:
    left = token.left_edge.i
    while left > first and token.doc[left - 1].text in _QUOTES:
        left -= 1
    return left > first and token.doc[left - 1].text in _COMMAS


def _construction(token: Token, view: View, first: int, last: int) -> Construction | None:
    """Whether ``token`` heads a clause of its own, and which."""
    is_root = token.head.i == token.i or not first <= token.head.i < last
    if token.is_punct or token.is_space:
        return None
    if token.i in view.cue_tokens and is_verb(token) and (is_root or _says(token)):
        return Construction.SAYING
    if is_root:
        return Construction.MAIN
    if is_verb(token):
        return _verbal(token, view, first)
    if token.dep_ == "appos" or token.dep_ == "relcl":
        return _nominal_description(token, view, first)
    if token.dep_ == "prep" and token.lower_ == "with":
        return Construction.ABSOLUTE if _is_absolute(token, view, first) else None
    return Construction.NOMINAL if _is_nominal_event(token, view) else None


def _says(token: Token) -> bool:
    if token.dep_ in ("relcl", "acl", "advcl"):
        return any(c.dep_ == "ccomp" for c in token.children)
    return token.dep_ in ("parataxis", "ccomp", "conj", "dep")


def _verbal(token: Token, view: View, first: int) -> Construction | None:
    speech, above = view.speech_of.get(token.i), view.speech_of.get(token.head.i)
    if token.dep_ in ("ccomp", "parataxis", "dep") and (is_finite(token) or speech is not above):
        if token.head.i in view.cue_tokens or (speech is not None and speech is not above):
            return Construction.CONTENT
        if token.head.lemma_.lower() in lexicon.FRAMING and is_finite(token):
            return Construction.CONTENT
        return Construction.COORDINATE if _is_juxtaposed(token) else None
    if token.dep_ == "conj":
        return _coordinated(token, view, first)
    if token.dep_ == "relcl":
        return Construction.RELATIVE if _after_comma(token, first) and is_finite(token) else None
    if token.dep_ in ("acl", "advcl"):
        return _subordinate(token, view, first)
    return None


def _is_juxtaposed(token: Token) -> bool:
    """ "... had grown: a table put it at ..." or "...; others expect": two clauses side by side."""
    if any(child.dep_ == "mark" for child in token.children):
        return False
    low, high = sorted((token.i, token.head.i))
    return any(t.text in (":", ";", "—") for t in token.doc[low:high])


def _coordinated(token: Token, view: View, first: int) -> Construction | None:
    above = token.head
    if is_finite(token) or any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
        chain = above
        while chain.dep_ == "conj" and is_verb(chain.head):
            chain = chain.head
        if chain.dep_ in ("relcl", "acl", "advcl") and not _verbal(chain, view, first):
            return None
        return None if chain.dep_ in ("pcomp", "csubj") else Construction.COORDINATE
    if token.tag_ in ("VBN", "VBD") and is_finite(above):
        return Construction.COORDINATE
    if token.tag_ in ("VBG", "VBN") and above.dep_ in ("acl", "advcl"):
        return Construction.COORDINATE if _subordinate(above, view, first) else None
    repeats_to = any(c.tag_ == "TO" for c in token.children)
    return Construction.COORDINATE if above.dep_ == "xcomp" and repeats_to else None


def _subordinate(token: Token, view: View, first: int) -> Construction | None:
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i}
    if (
        token.lower_ in lexicon.PREPOSITIONAL
        or marks & lexicon.IRREALIS_MARKS
        or any(c.tag_ == "TO" for c in token.children)
    ):
        return None
    bare = token.tag_ == "VBD" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    if not is_finite(token) or bare:  # the tagger takes "accompanied by" for a past tense
        participle = token.tag_ in ("VBN", "VBG", "VBD")
        fronted = token.left_edge.i == first
        return Construction.PARTICIPLE if participle and _after_comma(token, first) and not fronted else None
    if not marks & lexicon.FACTIVE_MARKS:
        return None
    if token.left_edge.i == first:
        subtree = range(token.left_edge.i, token.right_edge.i + 1)
        firm = any(i in view.quantity_tokens or i in view.entity_tokens for i in subtree)
        return Construction.ADVERBIAL if firm and token.tag_ in ("VBD", "VBN", "VBZ") else None
    contrast = bool(marks & {"while", "whereas"})
    return Construction.ADVERBIAL if contrast or _after_comma(token, first) else None


def _nominal_description(token: Token, view: View, first: int) -> Construction | None:
    """ "Ann Lee, head of the fund": a person and, beside the name, what she is."""
    if token.dep_ != "appos" or not _after_comma(token, first):
        return None
    names = [_is_person(token.head, view), _is_person(token, view)]
    kinds = [
        t.pos_ in ("NOUN", "ADJ") or (t.pos_ == "PROPN" and not p)
        for t, p in zip((token.head, token), names, strict=True)
    ]
    described = (names[0] and kinds[1]) or (names[1] and kinds[0])
    return Construction.APPOSITION if described and sum(1 for _ in token.subtree) > 1 else None


def _is_person(token: Token, view: View) -> bool:
    entity = view.entity_at.get(token.i)
    return entity is not None and entity.kind == "person"


def _is_absolute(token: Token, view: View, first: int) -> bool:
    inside = list(token.subtree)
    if token.left_edge.i == first or not _after_comma(token, first):
        return False
    ranked = any(t.tag_ == "JJS" for t in inside)
    negative = ranked or any(t.lower_ in ("no", "none", "neither") for t in inside)
    predicative = any(
        t.dep_ in ("nsubj", "nsubjpass") or t.dep_ == "acl" or t.text.endswith("ing") for t in inside
    )
    return len(inside) > 3 and (negative or predicative)


def _is_nominal_event(token: Token, view: View) -> bool:
    """ "following its annexation of Crimea": an act as a noun, its author or its object with it."""
    if token.dep_ == "conj" and token.head.pos_ == "NOUN":
        return is_event_noun(token) and _has_object(token) and _is_nominal_event(token.head, view)
    if token.dep_ not in ("pobj", "dobj") or not is_event_noun(token):
        return False
    preposition = token.head
    author = any(c.dep_ == "poss" for c in token.children)
    if preposition.lower_ in lexicon.EVENT_PREPOSITIONS:
        fronted = preposition.i == preposition.sent.start
        named = any(t.i in view.entity_tokens or t.i in view.quantity_tokens for t in token.subtree)
        return not fronted and (author or (_has_object(token) and named))
    return (
        preposition.lower_ in ("at", "on")
        and token.lemma_.lower() in lexicon.INSTIGATION
        and _has_object(token)
    )


def is_event_noun(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ != "NOUN" or lemma in lexicon.NOT_EVENTS:
        return False
    return lemma in lexicon.EVENT_NOUNS or (len(lemma) > 6 and lemma.endswith(lexicon.EVENT_SUFFIXES))


def _has_object(token: Token) -> bool:
    return any(
        c.dep_ == "prep" and c.lower_ in ("of", "by", "on", "between", "against", "in")
        for c in token.children
    )


def _clause(
    view: View,
    head: Token,
    construction: Construction,
    owned: list[int],
    heads: dict[int, Construction],
    sentence: int,
) -> Clause | None:
    parent = None if head.head.i == head.i else head.head
    if construction is Construction.APPOSITION:
        described = _nearest_conjunct(head.head, head)
        return Clause(head, construction, described.left_edge.i, head.right_edge.i + 1, parent, described)
    owned = [i for i in owned if not _is_edge(view.doc[i])]
    first, last = _run(view, head, owned, heads)
    anchor = (
        head.head
        if construction in (Construction.RELATIVE, Construction.PARTICIPLE) and head.dep_ in ("relcl", "acl")
        else None
    )
    if anchor is not None and _takes_antecedent(view, head, anchor, first):
        first = anchor.left_edge.i
    if construction is Construction.NOMINAL and head.head.lower_ in ("at", "on"):
        first = head.head.i
    first, last = _trim(view, head, first, last)
    return Clause(head, construction, first, last, parent, anchor)


def _run(view: View, head: Token, owned: list[int], heads: dict[int, Construction]) -> tuple[int, int]:
    """The contiguous part of ``owned`` around ``head``: it bridges what is put in, not what is told beside."""
    first = last = head.i
    for i in reversed([i for i in owned if i < head.i]):
        if first - i > 1 and _breaks(view, i + 1, first, heads):
            break
        first = i
    for i in (i for i in owned if i > head.i):
        if i - last > 1 and _breaks(view, last + 1, i, heads):
            break
        last = i
    return first, last + 1


def _nearest_conjunct(noun: Token, before: Token) -> Token:
    """In "Ann Lee and Bo Ray, the mayor" the one whom the description stands next to."""
    conjuncts = [t for t in noun.conjuncts if noun.i < t.i < before.i]
    return conjuncts[-1] if conjuncts else noun


_BREAKING = frozenset(
    [
        Construction.RELATIVE,
        Construction.COORDINATE,
        Construction.MAIN,
        Construction.CONTENT,
        Construction.ADVERBIAL,
    ]
)


def _breaks(view: View, low: int, high: int, heads: dict[int, Construction]) -> bool:
    told = (view.doc[i] for i in range(low, high) if heads.get(i) in _BREAKING)
    return any(not any(c.tag_ == "WRB" for c in head.children) for head in told)


def _takes_antecedent(view: View, head: Token, anchor: Token, first: int) -> bool:
    """ "Russia, which seized Crimea", but not "..., where it stayed through 2023"."""
    adverb = any(c.tag_ == "WRB" for c in head.children)
    left = anchor.left_edge.i
    return not adverb and anchor.pos_ in ("NOUN", "PROPN") and left < first and first - left <= 14


def _trim(view: View, head: Token, first: int, last: int) -> tuple[int, int]:
    """Off the edges: punctuation, the joining word, "according to the ministry", quotation marks."""
    doc = view.doc
    changed = True
    while changed and first < last:
        before = first, last
        while first < last and (_is_edge(doc[first]) or _is_joint(doc[first], head)):
            first += 1
        while (
            last > first and last - 1 > head.i and (_is_edge(doc[last - 1]) or _dangles(doc[last - 1], last))
        ):
            last -= 1
        first, last = _without_source(view, head, first, last)
        changed = (first, last) != before
    return _closed(view, first, last)


_OPENING, _CLOSING = frozenset("“«"), frozenset("”»")


def _closed(view: View, first: int, last: int) -> tuple[int, int]:
    """Takes in a closing quotation mark whose opening one is inside: 'a "backstop"'."""
    texts = [t.text for t in view.doc[first:last]]
    straight = texts.count('"') % 2 == 1
    curly = sum(t in _OPENING for t in texts) > sum(t in _CLOSING for t in texts)
    if not straight and not curly:
        return first, last
    for i in range(last, min(last + 2, len(view.doc))):
        if view.doc[i].text in (_CLOSING if curly else ('"',)):
            return first, i + 1
    return first, last


def _is_edge(token: Token) -> bool:
    if token.text in ("%", "$", "£", "€", "#"):
        return False
    return token.is_punct or token.is_space or token.text in _QUOTES


def _dangles(token: Token, last: int) -> bool:
    """A joining word at the end whose complement went to another clause: "gathered in Paris at"."""
    if token.dep_ == "cc":
        return True
    return token.dep_ in ("prep", "mark", "agent") and token.right_edge.i >= last


def _is_joint(token: Token, head: Token) -> bool:
    if token.i == head.i:
        return False
    joins = token.dep_ == "cc" or (
        token.dep_ == "mark"
        and token.lower_ in ("that", "while", "although", "though", "whereas", "as", "because")
    )
    return joins or (token.lower_ in ("but", "and") and token.pos_ in ("CCONJ", "SCONJ"))


def _without_source(view: View, head: Token, first: int, last: int) -> tuple[int, int]:
    """Drops a block of source and cue words at either edge, if it is not the clause itself."""
    marked = view.cue_tokens | view.source_tokens
    kept = {head.i} | {c.i for c in head.children if c.dep_ in ("nsubj", "nsubjpass")}
    low = first
    while low < last and (low in marked or (low > first and _is_edge(view.doc[low]))):
        low += 1
    if _is_attribution(view, first, low, kept):
        first = low
    high = last
    while high > first and (high - 1 in marked or (high < last and _is_edge(view.doc[high - 1]))):
        high -= 1
    if _is_attribution(view, high, last, kept):
        last = high
    return first, last


def _is_attribution(view: View, low: int, high: int, kept: set[int]) -> bool:
    block = range(low, high)
    return any(i in view.cue_tokens for i in block) and not any(i in kept for i in block)


def predicate_of(view: View, clause: Clause) -> Token:
    """The head of what is claimed: for a saying, that of what is said."""
    if clause.construction is Construction.SAYING:
        speech = view.speech_at_cue.get(clause.head.i)
        inside = [
            c
            for c in clause.head.children
            if c.dep_ in ("ccomp", "xcomp") and clause.first <= c.i < clause.last
        ]
        if inside and (speech is None or view.speech_of.get(inside[0].i) is speech):
            return inside[0]
    return clause.head

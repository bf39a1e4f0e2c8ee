"""Which contiguous words a clause takes: from the tokens it owns to a clean verbatim span."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.mentions.clause import Construction
from claims.extraction.mentions.view import View

QUOTES = frozenset("\"“”‘’'«»„‟`") | {"''", "``"}


def run(
    view: View, head: Token, owned: list[int], heads: dict[int, Construction]
) -> tuple[int, int, int | None]:
    """The contiguous part of ``owned`` around ``head``, and where it opens before a claim set into it.

    It bridges asides, and no other claims.
    """
    first = last = head.i
    opens = None
    before = [i for i in owned if i < head.i]
    while before:
        i = before.pop()
        if first - i > 1 and _breaks(view, i + 1, first, heads):
            opens = _opening(view, head, [*before, i], first, heads)
            break
        first = i
    for i in (i for i in owned if i > head.i):
        if i - last > 1 and _breaks(view, last + 1, i, heads):
            break
        last = i
    return first, last + 1, opens


def _opening(
    view: View, head: Token, before: list[int], first: int, heads: dict[int, Construction]
) -> int | None:
    """Where the words before ``head`` begin, if only clauses that describe a noun part them from the rest.

    "Hoteliers, whose union ..., put it at 400", "In women, who ..., the risk fell".
    """
    own = [c for c in head.children if c.i < first and c.i in before]
    if not own:
        return None
    told = [view.doc[i] for i in range(own[0].i, first) if heads.get(i) in _BREAKING]
    if not all(heads.get(_first_conjunct(token).i) in _DESCRIBING for token in told):
        return None
    opens = next((i for i in before if i >= own[0].left_edge.i and not is_edge(view.doc[i])), own[0].i)
    return opens if first - opens <= _LONGEST_OPENING else None


def _first_conjunct(token: Token) -> Token:
    """In "who is 38 and drove line 6" the verb of the relative clause."""
    above = token.head
    return above if token.dep_ == "conj" and above.dep_ in ("relcl", "acl") else token


_LONGEST_OPENING = 60  # tokens
_DESCRIBING = frozenset([Construction.RELATIVE, Construction.PARTICIPLE])
_BREAKING = frozenset(
    [
        Construction.RELATIVE,
        Construction.COORDINATE,
        Construction.JUXTAPOSED,
        Construction.MAIN,
        Construction.CONTENT,
        Construction.ADVERBIAL,
    ]
)


def _breaks(view: View, low: int, high: int, heads: dict[int, Construction]) -> bool:
    told = [view.doc[i] for i in range(low, high) if heads.get(i) in _BREAKING]
    if all(heads[head.i] is Construction.RELATIVE for head in told) and not _informs(view, low, high):
        return False
    return any(not any(c.tag_ == "WRB" for c in head.children) for head in told)


def _informs(view: View, low: int, high: int) -> bool:
    """Whether anything there could be looked up: a figure, a name, a day."""
    return any(
        i in view.quantity_tokens or i in view.entity_tokens or i in view.time_tokens
        for i in range(low, high)
    )


def takes_antecedent(view: View, head: Token, anchor: Token, first: int) -> bool:
    """ "Russia, which seized Crimea", but not "..., where it stayed through 2023"."""
    adverb = any(c.tag_ == "WRB" for c in head.children)
    left = anchor.left_edge.i
    return not adverb and anchor.pos_ in ("NOUN", "PROPN") and left < first and first - left <= 14


def trim(view: View, head: Token, first: int, last: int) -> tuple[int, int]:
    """Off the edges: punctuation, the joining word, "according to the ministry", quotation marks."""
    doc = view.doc
    changed = True
    while changed and first < last:
        before = first, last
        while first < last and (is_edge(doc[first]) or _is_joint(doc[first], head)):
            first += 1
        while (
            last > first and last - 1 > head.i and (is_edge(doc[last - 1]) or _dangles(doc[last - 1], last))
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
        if view.doc[i - 1].whitespace_ or view.doc[i - 1].is_space:
            break  # behind a blank stands the one that opens the next quotation
        if view.doc[i].text in (_CLOSING if curly else ('"',)):
            return first, i + 1
    return first, last


def is_edge(token: Token) -> bool:
    if token.text in ("%", "$", "£", "€", "#"):
        return False
    return token.is_punct or token.is_space or token.text in QUOTES


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
    while low < last and (low in marked or (low > first and is_edge(view.doc[low]))):
        low += 1
    if _is_attribution(view, first, low, kept):
        first = low
    high = last
    while high > first and (high - 1 in marked or (high < last and is_edge(view.doc[high - 1]))):
        high -= 1
    if _is_attribution(view, high, last, kept):
        last = high
    return first, last


def _is_attribution(view: View, low: int, high: int, kept: set[int]) -> bool:
    block = range(low, high)
    return any(i in view.cue_tokens for i in block) and not any(i in kept for i in block)

"""Figures told beside a clause: "the lowest since 1948", "3.5% more than this year", "down from 4.1%".

They have no verb, so no parse is asked: within a clause, the text is cut at commas and at
coordinations of figures, and a piece that brings a figure of its own is a claim of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.clause import Clause, Construction, predicate_of
from claims.extraction.mentions.view import View, is_verb
from claims.extraction.types import Quantity

_OPENERS = frozenset("up down from compared versus more less fewer".split())
#: begins a phrase that belongs to the clause before it
_INSIDE = frozenset("a an to including among against with at by for".split())
_JOINTS = frozenset([",", ";", "—", "–"])


def split(view: View, clause: Clause) -> tuple[Clause, ...]:
    """``clause`` without the figures told beside it, and those as clauses; or ``clause`` alone."""
    if clause.construction is Construction.APPOSITION:
        return (clause,)
    asides = [_measure(view, clause, *piece) for piece in _parts_of_subject(view, clause)]
    told = [piece for piece in _pieces(view, clause) if _is_measure(view, clause, *piece)]
    if not told:
        return (clause, *asides)
    tail = min(first for first, _ in told)
    last = tail
    while last > clause.first and (_is_mark(view.doc[last - 1]) or view.doc[last - 1].dep_ == "cc"):
        last -= 1
    main = replace(clause, last=last)
    return (main, *asides, *(_measure(view, clause, *piece) for piece in told))


def _measure(view: View, clause: Clause, first: int, last: int) -> Clause:
    return Clause(view.doc[first], Construction.MEASURE, first, last, clause.head, None)


def _parts_of_subject(view: View, clause: Clause) -> Iterator[tuple[int, int]]:
    """ "1,900 ballots, most of them sent in by sailors, are to be added": a share set into the subject."""
    doc, head = view.doc, clause.head.i
    for i in range(clause.first, min(head, clause.last) - 3):
        if doc[i].text == "," and doc[i + 1].lower_ in lexicon.SHARES and doc[i + 2].lower_ == "of":
            close = next((k for k in range(i + 3, head) if doc[k].text == ","), None)
            if close is not None and doc[i + 3].lower_ in ("them", "which", "whom"):
                yield i + 1, close
                return


def _pieces(view: View, clause: Clause) -> list[tuple[int, int]]:
    """The parts of the clause behind its head, between commas and coordinations of figures."""
    bounds = [
        i
        for i in range(predicate_of(view, clause).i + 1, clause.last)
        if view.doc[i].text in _JOINTS or _joins_figures(view, clause, i)
    ]
    pieces = []
    for bound, following in zip(bounds, [*bounds, clause.last][1:], strict=True):
        first, last = bound, following
        while first < last and (
            _is_mark(view.doc[first]) or (view.doc[first].dep_ == "cc" and view.doc[first].lower_ != "or")
        ):
            first += 1
        while last > first and _is_mark(view.doc[last - 1]):
            last -= 1
        if last > first:
            pieces.append((first, last))
    return pieces


def _is_mark(token: Token) -> bool:
    return token.is_punct and token.text not in ("%", "$", "£", "€")


def _joins_figures(view: View, clause: Clause, i: int) -> bool:
    """ "34.1% of the vote and 71 of the 180 seats", "... and a deficit of 3.2%": a full figure on either side."""
    if view.doc[i].lower_ != "and" or i in view.quantity_tokens or clause.last - i < 5:
        return False
    if not any(_counts(q) for q in view.quantities(clause.head.i, i)):
        return False
    if view.doc[i + 1].dep_ == "det":
        return any(
            view.doc[of].lower_ == "of" and of + 1 in view.quantity_tokens for of in range(i + 3, i + 5)
        )
    return any(j in view.quantity_tokens for j in (i + 1, i + 2)) and _has_of(view, i + 1, clause.last)


def _has_of(view: View, first: int, last: int) -> bool:
    return any(t.lower_ == "of" for t in view.doc[first : min(last, first + 6)])


def _counts(quantity: Quantity) -> bool:
    """A duration alone ("for three years") is no figure to be told."""
    return quantity.unit not in lexicon.TIME_UNITS


def _is_measure(view: View, clause: Clause, first: int, last: int) -> bool:
    tokens = view.doc[first:last]
    ranks = _ranks(tokens)
    than = next((t.i for t in tokens if t.lower_ == "than"), last)  # a verb behind it is only compared with
    telling = (t for t in view.doc[first:than] if _tells(t))
    if len(tokens) < 2 or any(not (ranks and {"relcl", "acl"} & {t.dep_, t.head.dep_}) for t in telling):
        return False
    opener = tokens[0].lower_
    if opener in lexicon.DEGREES and _is_restated(view, tokens):
        return False
    figures = [q for q in view.quantities(first, last) if _counts(q)]
    if ranks and (view.times(first, last) or figures or _refers_back(tokens)):
        return True
    if opener in lexicon.SHARES and len(tokens) > 3 and tokens[1].lower_ == "of":
        return True
    if _compares(view, tokens) and (figures or len(tokens) > 4):
        return True
    if not figures or opener in ("not", "or"):
        return False  # "40 million marks, or $22 million": the same in other words
    if _joins_figures(view, clause, first - 1):
        return True
    if opener in _INSIDE and view.doc[first - 1].dep_ != "cc":
        return False
    opens = opener in _OPENERS and tokens[1].lower_ != "to"
    if not opens and not _has_figure_before(view, clause, first):
        return False
    own_start = view.tokens(figures[0].start, figures[0].end)[0]
    return opens or own_start <= first + 1 or (len(tokens) >= 4 and clause.last == last)


def _ranks(tokens: Span) -> bool:
    """ "the lowest", "their most expensive", "the first death", unlike "most recently"."""
    if tokens[0].dep_ in ("det", "poss") and len(tokens) > 2 and tokens[1].lower_ in ("first", "last"):
        return True
    return any(
        t.tag_ == "JJS" or (t.tag_ == "RBS" and t.i + 1 < tokens.end and t.nbor(1).pos_ == "ADJ")
        for t in tokens[:3]
    )


def _is_restated(view: View, tokens: Span) -> bool:
    """ "..., roughly 1,450 square kilometres (560 square miles)": a figure and nothing else."""
    return all(t.i in view.quantity_tokens or t.is_punct or t.lower_ in lexicon.DEGREES for t in tokens)


def _compares(view: View, tokens: Span) -> bool:
    """ "slightly more than planned", "about a quarter less than in May"."""
    at = next((n for n, t in enumerate(tokens[:5]) if t.lower_ in lexicon.COMPARATIVES), None)
    if at is None or "than" not in (t.lower_ for t in tokens[at + 1 : at + 5]):
        return False
    return all(t.i in view.quantity_tokens or t.lower_ in lexicon.DEGREES for t in tokens[:at])


def _tells(token: Token) -> bool:
    """A verb that makes the piece a clause, unlike that in "more than planned"."""
    compared = token.tag_ == "VBN" and token.i > 0 and token.nbor(-1).lower_ == "than"
    return is_verb(token) and token.dep_ not in ("amod", "prep") and not compared


def _refers_back(tokens: Span) -> bool:
    return any(t.lower_ in ("since", "ever", "record") for t in tokens)


def _has_figure_before(view: View, clause: Clause, first: int) -> bool:
    return any(_counts(q) for q in view.quantities(clause.first, first)) if first > clause.first else False

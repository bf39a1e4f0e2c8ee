"""What sort of thing a name names, by what the whole text says of it.

The recogniser judges each place by itself, and an unknown name by its looks: it takes "Velora, which makes
pumps" for a person and "Ana Kolberg, the council's chair" for a firm. A name is one thing throughout an
article (one sense per discourse, Gale, Church and Yarowsky 1992), so what any place shows counts for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Span, Token

from claims.extraction import resources
from claims.extraction.entities import people

_OLDEST = 110  # years


@cache
def _bodies() -> frozenset[str]:
    """Nouns for bodies: "bank", "company", "operator"."""
    table = resources.toml("reference")
    return frozenset([*table["organisations"], *table["companies"]])


def by_clues(spans: Iterable[Span]) -> str | None:
    """Person, organisation or place, where the places of one name show it; None where they do not, or disagree."""
    counts = Counter(kind for span in spans for kind in _clues(span))
    (best, most), *rest = [*counts.most_common(2), (None, 0)]
    return best if best is not None and (not rest or rest[0][1] < most) else None


def _clues(span: Span) -> Iterator[str]:
    doc, root = span.doc, span.root
    relative = doc[span.end + 1] if span.end + 1 < len(doc) and doc[span.end].text == "," else None
    if relative is not None and relative.lower_ in ("who", "whom"):
        yield "person"
    elif relative is not None and relative.lower_ == "which":
        yield "organisation"
    elif relative is not None and _is_age(relative):
        yield "person"
    for noun in _described_as(span, root):
        if noun.lower_ in people.words("localities"):
            yield "place"
        elif noun.lower_ in people.words("offices"):
            yield "person"
        elif noun.lower_ in _bodies():
            yield "organisation"
    if len(span) == 1 and root.dep_ == "pobj" and root.head.lower_ in ("in", "near") and not _is_stake(root):
        yield "place"
    yield from _possessions(span)


def _is_stake(name: Token) -> bool:
    """ "Shares in Velora", "invested in Velora"."""
    return name.head.head.lemma_.lower() in people.words("stakes")


def _is_age(token: Token) -> bool:
    """ "Ana Torres, 52, said": a number between commas."""
    behind = token.i + 1 < len(token.doc) and token.nbor().text in (",", ".")
    return behind and token.text.isdecimal() and int(token.text) < _OLDEST


def _described_as(span: Span, root: Token) -> Iterator[Token]:
    """The nouns that stand for the name: in apposition, or right before it without an article of its own."""
    doc, before = span.doc, span.start - 1
    if root.dep_ == "appos" and root.head.pos_ == "NOUN":
        yield _holder(root.head)
    yield from (c for c in root.children if c.dep_ == "appos" and c.pos_ == "NOUN")
    if before >= 0 and doc[before].pos_ in ("NOUN", "PROPN"):
        yield doc[before]
    elif before > 0 and doc[before].lower_ == "of" and doc[before - 1].lower_ in people.words("localities"):
        yield doc[before - 1]  # "the village of Alva", "the mayor of Alva"


def _holder(noun: Token) -> Token:
    """ "A spokesman for the company, Ivo Lund": the name is the spokesman's, whatever the parser hung it on."""
    above = noun.head.head if noun.dep_ == "pobj" else noun
    return above if above.lower_ in people.words("offices") else noun


def _possessions(span: Span) -> Iterator[str]:
    """ "Velora's shares", "a stake in Velora": what only a firm has."""
    doc, end = span.doc, span.end
    if end + 1 < len(doc) and doc[end].tag_ == "POS" and span.root.head.lower_ in people.words("corporate"):
        yield "organisation"
    if (
        span.start > 1
        and doc[span.start - 1].lower_ in ("in", "of")
        and doc[span.start - 2].lower_ == "shares"
    ):
        yield "organisation"

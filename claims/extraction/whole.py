"""A whole text taken as one claim: what ``compare`` and ``match`` are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from spacy.tokens import Doc

from claims.extraction import mentions
from claims.extraction.parts import Parts
from claims.extraction.pipeline import read
from claims.extraction.types import Attribution, Frame, Kind, Mention, Span

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})


def as_mention(
    text: str, *, context: str = "", published: date | datetime | None = None, speaker: str | None = None
) -> Mention:
    """``text`` as ONE mention, from its first to its last character; offsets are those in ``text``.

    :param context: the words around it, for names and pronouns; it may hold ``text`` itself.
    :param speaker: who says it, where the caller knows better than the text.
    """
    at = context.find(text) if text.strip() else -1
    whole, start = (context, at) if at >= 0 else (text, 0)
    if at < 0 and context.strip():
        whole, start = f"{context}\n\n{text}", len(context) + 2
    (mention,) = as_mentions(whole, [(start, start + len(text))], published=published)
    mention = _shifted(mention, -start)
    if not context.strip():
        mention = replace(mention, setting=())
    return mention if speaker is None else spoken(mention, speaker)


def as_mentions(
    text: str, spans: Sequence[tuple[int, int]], *, published: date | datetime | None = None
) -> list[Mention]:
    """Each (start, end) of ``spans`` as ONE mention, read with all of ``text``, which is parsed once."""

    def mentions_of(doc: Doc, parts: Parts) -> list[Mention]:
        found = mentions.find(doc, parts)
        return [_span(doc, parts, found, start, end) for start, end in spans]

    (whole,) = read([(text, published)], mentions_of)
    return whole


def spoken(mention: Mention, speaker: str) -> Mention:
    """The mention as said by ``speaker``, which the caller knows better than the text."""
    attribution = mention.attribution if mention.speaker is not None else Attribution.REPORTED
    return replace(mention, speaker=speaker, attribution=attribution)


def _span(doc: Doc, parts: Parts, found: Sequence[Mention], start: int, end: int) -> Mention:
    """One mention over a span: what its weightiest claim says, with all figures, days and names.

    Where the span is a piece of a claim ("which had sold it"), the claim's wording stands for it if the
    piece is most of it, and its speaker in any case.
    """
    text = parts.text[start:end]
    inside = _within(found, start, end)
    base = max(inside, key=lambda m: (bool(m.quantities), m.end - m.start, -m.start), default=None)
    claim = base.claim if base and len(inside) == 1 else text
    if base is None:
        base = _around(found, start, end)
        most = base is not None and end - start >= _MOST * (base.end - base.start)
        claim = base.claim if base and most else text
    worded = base is not None and (bool(inside) or claim == base.claim)
    if base is None:
        base = Mention(start, end, text, Span(start, end), text, Kind.STATE)
    return replace(
        base,
        start=start,
        end=end,
        text=text,
        sentence=Span(start, end),
        claim=claim,
        hedged=any(m.hedged for m in inside),
        negated=base.negated and worded,
        quantities=_within(parts.quantities, start, end),
        times=_within(parts.times, start, end),
        entities=_within(parts.entities, start, end),
        frame=replace(base.frame if worded else _frame(doc, start, end), terms=_terms(doc, start, end)),
        published=parts.published,
        setting=found[0].setting if found else (),
    )


_MOST = 0.5  # of a claim's text


def _around(found: Iterable[Mention], start: int, end: int) -> Mention | None:
    """The shortest claim that the span is a piece of."""
    whole = (m for m in found if m.start <= start and end <= m.end)
    return min(whole, key=lambda m: m.end - m.start, default=None)


def _within(items: Iterable[Any], start: int, end: int) -> tuple[Any, ...]:
    return tuple(item for item in items if start <= item.start and item.end <= end)


def _terms(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    return tuple(
        token.lemma_.lower()
        for token in doc
        if start <= token.idx < end and token.pos_ in _CONTENT and not token.is_stop
    )


def _frame(doc: Doc, start: int, end: int) -> Frame:
    """Subject, predicate and object around the first root of the span."""
    root = next((token for token in doc if start <= token.idx < end and token.dep_ == "ROOT"), None)
    if root is None:
        return Frame()
    subject = next((c.lemma_.lower() for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), "")
    objects = {"dobj", "attr", "acomp", "oprd", "agent"}
    return Frame(
        subject, root.lemma_.lower(), next((c.lemma_.lower() for c in root.children if c.dep_ in objects), "")
    )


def _shifted(mention: Mention, by: int) -> Mention:
    def moved(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(item, start=item.start + by, end=item.end + by) for item in items)

    return replace(
        mention,
        start=mention.start + by,
        end=mention.end + by,
        sentence=Span(mention.sentence.start + by, mention.sentence.end + by),
        quantities=moved(mention.quantities),
        times=moved(mention.times),
        entities=moved(mention.entities),
    )

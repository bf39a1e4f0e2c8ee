"""Puts a mention together: cut, settle the voices, keep what is checkable, word it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from claims.extraction.mentions import context
from claims.extraction.mentions.checkable import is_checkable
from claims.extraction.mentions.clause import Clause, Construction, predicate_of
from claims.extraction.mentions.clauses import cut
from claims.extraction.mentions.context import Category
from claims.extraction.mentions.frame import frame, kind
from claims.extraction.mentions.measures import split
from claims.extraction.mentions.timing import as_of, own_times
from claims.extraction.mentions.view import View
from claims.extraction.mentions.voice import settle, voice
from claims.extraction.mentions.wording import Wording
from claims.extraction.parts import Parts
from claims.extraction.types import EVERYWHERE, Attribution, EntityMention, Mention, Sentence, Span

#: tokens; beyond it stand lists and hostile text, and work that grows with the square of their length
_LONGEST_SENTENCE = 600


def find(doc: Doc, parts: Parts) -> tuple[Mention, ...]:
    """The checkable claims of a parsed text, in text order.

    ``doc`` is the parse of ``parts.text`` (tagger, parser and lemmatizer; entities are taken from
    ``parts``). Every mention's span is verbatim and inside one of ``parts.sentences``.
    """
    view = View(doc, parts)
    wording = Wording(view)
    found: dict[tuple[int, int], Mention] = {}
    for sentence in parts.sentences:
        for mention in _in_sentence(view, wording, sentence):
            found.setdefault((mention.start, mention.end), mention)
    told = setting(name for mention in found.values() for name in mention.entities)
    placed = (replace(mention, setting=told) for mention in found.values())
    return tuple(sorted(placed, key=lambda m: (m.start, m.end)))


def setting(entities: Iterable[EntityMention]) -> tuple[str, ...]:
    """The names that tell which events a text is about: a country is in too many of them."""
    return tuple(sorted({entity.name for entity in entities if entity.kind not in EVERYWHERE}))


def _in_sentence(view: View, wording: Wording, sentence: Sentence) -> list[Mention]:
    first, last = view.tokens(sentence.start, sentence.end)
    if not 2 <= last - first <= _LONGEST_SENTENCE:
        return []
    settled = settle(view, cut(view, first, last))
    mentions = []
    for whole in settled:
        main, *beside = split(view, whole)
        if is_checkable(view, main):
            mentions.append(_mention(view, wording, sentence, main, _told_beside(settled, main)))
        mentions += [_mention(view, wording, sentence, c, main) for c in beside if is_checkable(view, c)]
    return mentions


def _told_beside(clauses: tuple[Clause, ...], clause: Clause) -> Clause | None:
    """The clause that an absolute or a nominal event hangs on."""
    if clause.construction is Construction.MEASURE:
        return next(
            (c for c in clauses if c.parent == clause.parent and c.construction is Construction.CONTENT), None
        )
    if clause.construction not in (Construction.ABSOLUTE, Construction.NOMINAL):
        return None
    above = set(clause.head.ancestors)
    return next((c for c in clauses if c is not clause and c.head in above), None)


def _mention(
    view: View, wording: Wording, sentence: Sentence, clause: Clause, parent: Clause | None
) -> Mention:
    start, end = view.chars(clause.first, clause.last)
    if clause.opens is not None:
        start = min(start, view.doc[clause.opens].idx)
    stands = voice(view, clause, wording.antecedents)
    times = own_times(view, clause)
    first_day, last_day = as_of(view, clause, times)
    target = predicate_of(view, clause).i
    fired = context.triggers(view.forms, clause.first, clause.last)
    modes = context.holding(view.doc, fired, target)
    return Mention(
        start=start,
        end=end,
        text=view.parts.text[start:end],
        sentence=Span(sentence.start, sentence.end),
        claim=wording.word(clause, stands, parent),
        kind=kind(view, clause, stands.attribution),
        speaker=stands.speaker,
        speaker_kind=stands.speaker_kind,
        attribution=stands.attribution,
        hedged=Category.HEDGED in modes,
        negated=Category.NEGATED in modes or stands.attribution is Attribution.DENIED,
        checkworthiness=sentence.checkworthiness,
        quantities=view.told(clause.first, clause.last),
        times=times,
        entities=view.entities(clause.first, clause.last),
        frame=frame(view, clause),
        as_of_first=first_day,
        as_of_last=last_day,
        published=view.parts.published,
    )

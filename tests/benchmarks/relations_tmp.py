"""Pairs of claims of short, invented news: ``gold/relations``, one event with its articles and pairs a line.

``python -m tests.benchmarks.relations OUT`` writes what the stance model learns relations from: the pairs of all
events but those kept aside, each side in the wording that comparison reads, once with its span given and, where that
is another, once as extraction cut it; as lines of event, label, the two sides and the days of their articles.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from claims.extraction import analyze_many
from claims.extraction.types import Mention
from verification.evaluation.judging import mentions_found, mentions_given
from verification.evaluation.news import PAIR_LABELS, GoldArticle, GoldEvent, GoldPair, GoldSide

FOLDER = Path("/tmp/stance/rels")
_ONE_IN = 6


def kept_aside(event: str) -> bool:
    """Whether the stance model is not trained on an event: one in six, for weights and for honest figures."""
    return crc32(event.encode()) % _ONE_IN == 0


def events(folder: Path = FOLDER) -> list[GoldEvent]:
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return [_event(json.loads(line)) for line in lines]


def _event(row: dict[str, Any]) -> GoldEvent:
    texts = {one["slug"]: one["text"] for one in row["articles"]}

    def side(article: str, span: str) -> GoldSide:
        start = texts[article].index(span)
        return GoldSide(article, start, start + len(span), None)

    articles = tuple(
        GoldArticle(one["slug"], one["text"], datetime.fromisoformat(one["published"]), None, ())
        for one in row["articles"]
    )
    pairs = tuple(GoldPair(side(*p["a"]), side(*p["b"]), p["label"], False) for p in row["pairs"])
    if unknown := {pair.label for pair in pairs} - set(PAIR_LABELS):
        raise ValueError(f"{row['event']}: unknown labels {unknown}")
    return GoldEvent(row["event"], articles, pairs)


def worded() -> Iterator[dict[str, str]]:
    for event in events():
        if kept_aside(event.name):
            continue
        texts = [(article.text, article.published) for article in event.articles]
        analyses = zip(event.articles, analyze_many(texts), strict=True)
        given = mentions_given(event, event.pairs)
        found = mentions_found(event, event.pairs, {a.slug: read.mentions for a, read in analyses})
        for pair in event.pairs:
            a, b, c, d = given[pair.a], given[pair.b], found[pair.a], found[pair.b]
            yield _row(event, pair, a, b)
            if c and d and (a.claim, b.claim) != (c.claim, d.claim):
                yield _row(event, pair, c, d)


def _row(event: GoldEvent, pair: GoldPair, a: Mention, b: Mention) -> dict[str, str]:
    days = {"published_a": str(a.published), "published_b": str(b.published)}
    return {"event": event.name, "label": pair.label, "a": a.claim, "b": b.claim, **days}


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in worded())

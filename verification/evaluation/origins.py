"""Independent origins of a claim, its mentions given: counts, false corroborations, pairs put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from verification.evaluation.reading import Row, read_article, read_list
from verification.evaluation.scores import Counts, Share
from verification.origins.types import Copy, Document, Origin, Voice


@dataclass(frozen=True, slots=True)
class GoldClaim:
    id: str
    voices: tuple[Voice, ...]
    origins: tuple[frozenset[str], ...]  # the articles of each origin that affirms
    against: tuple[frozenset[str], ...]
    weak: bool  # careful readers may differ


@dataclass(frozen=True, slots=True)
class GoldFamily:
    documents: tuple[Document, ...]
    claims: tuple[GoldClaim, ...]
    copies: frozenset[frozenset[str]] | None  # pairs of articles with reused text, None if not annotated


@dataclass(frozen=True, slots=True)
class OriginScores:
    exact: Share
    #: says two or more where there is at most one: the error that matters
    false_corroborations: Share
    missed_corroborations: Share
    pairs: Counts  # pairs of articles put into one origin
    partitions: Share  # the very sets of articles
    against: Share


def read_family(folder: Path) -> GoldFamily:
    """A folder with ``metadata.json``, the articles' texts, ``claims.json`` and, if any, ``copies.json``."""
    documents = tuple(_document(folder, row) for row in read_list(folder / "metadata.json"))
    known = frozenset(document.id for document in documents)
    claims = tuple(_claim(row, known) for row in read_list(folder / "claims.json"))
    path = folder / "copies.json"
    copies = [frozenset((row.text("a"), row.text("b"))) for row in read_list(path)] if path.exists() else None
    return GoldFamily(documents, claims, None if copies is None else frozenset(copies))


def score_copies(gold: frozenset[frozenset[str]], found: Iterable[Copy]) -> Counts:
    """Pairs of whole articles with reused text, in whichever direction."""
    given = {frozenset((copy.a, copy.b)) for copy in found}
    return Counts(len(gold & given), len(given - gold), len(gold - given))


def score_origins(pairs: Iterable[tuple[GoldClaim, Sequence[Origin]]]) -> OriginScores:
    """``pairs`` of a claim and the origins found for it."""
    exact = false = missed = partitions = against = Share()
    together = Counts()
    for gold, found in pairs:
        by_voice = {voice.id: voice.document for voice in gold.voices}
        given = _partition((origin for origin in found if not origin.against), by_voice)
        denied = _partition((origin for origin in found if origin.against), by_voice)
        exact += Share(len(given) == len(gold.origins), 1)
        false += Share(len(given) >= 2 and len(gold.origins) <= 1, 1)
        missed += Share(len(given) <= 1 and len(gold.origins) >= 2, 1)
        partitions += Share(set(given) == set(gold.origins), 1)
        against += Share(len(denied) == len(gold.against), 1)
        together += _pair_counts(gold.origins, given)
    return OriginScores(exact, false, missed, together, partitions, against)


def _document(folder: Path, row: Row) -> Document:
    return Document(
        id=row.text("slug"),
        outlet=row.text("outlet"),
        text=read_article(folder, row),
        publisher=row.optional_text("publisher"),
        published=row.moment("published") if row.has("published") else None,
        byline=row.optional_text("byline"),
        title=row.optional_text("title") or "",
        url=row.optional_text("url") or "",
    )


def _claim(row: Row, known: frozenset[str]) -> GoldClaim:
    voices = []
    for number, item in enumerate(row.rows("mentions")):
        article = item.choice("article", sorted(known))
        voices.append(
            Voice(
                id=f"{row.text('id')}-{number}",
                document=article,
                start=item.whole("start"),
                end=item.whole("end"),
                speaker=item.optional_text("speaker"),
                attribution=item.text("attribution"),
                against=item.choice("stance", ("for", "against")) == "against",
            )
        )
    return GoldClaim(
        id=row.text("id"),
        voices=tuple(voices),
        origins=tuple(frozenset(origin.texts("articles")) for origin in row.rows("origins")),
        against=tuple(frozenset(origin.texts("articles")) for origin in row.rows("against_origins")),
        weak=row.optional_text("strength") == "weak",
    )


def _partition(origins: Iterable[Origin], by_voice: dict[str, str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(by_voice[edge.voice] for edge in origin.edges) for origin in origins)


def _pair_counts(gold: Sequence[frozenset[str]], given: Sequence[frozenset[str]]) -> Counts:
    wanted = {pair for part in gold for pair in combinations(sorted(part), 2)}
    found = {pair for part in given for pair in combinations(sorted(part), 2)}
    return Counts(len(wanted & found), len(found - wanted), len(wanted - found))

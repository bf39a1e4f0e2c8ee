"""The whole job on news: articles with their gold claims, what is none, and how pairs of claims stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from claims.extraction.types import Attribution, Mention
from verification.comparison.types import Relation
from verification.evaluation.quantities import Ends, ends, read_quantity
from verification.evaluation.reading import Row, WrongFormat, read_article, read_list, read_rows
from verification.evaluation.scores import ClassScores, Counts, Share, classify, multiset_counts
from verification.evaluation.spans import Tokens, one_to_one, same_name
from verification.evaluation.units import unit_key
from verification.evaluation.wording import loose

PAIR_LABELS = ("same/agree", "contradict", "different-time", "unrelated")
_RELATION_LABEL = {
    Relation.SAME: "same/agree",
    Relation.SUPPORTS: "same/agree",
    Relation.CONTRADICTS: "contradict",
    Relation.UPDATES: "different-time",
    Relation.UNRELATED: "unrelated",
}
#: what the gold tells of attribution: who, and whether in their own words
_VOICE = {
    Attribution.ASSERTED: "asserted",
    Attribution.QUOTED: "quoted",
    Attribution.REPORTED: "reported",
    Attribution.ALLEGED: "reported",
    Attribution.DENIED: "reported",
}


@dataclass(frozen=True, slots=True)
class GoldDate:
    start: date | None
    end: date | None
    implicit: bool  # not in the span's own words


@dataclass(frozen=True, slots=True)
class GoldClaim:
    start: int
    end: int
    speaker: str | None
    voice: str  # asserted, quoted or reported
    quantities: tuple[tuple[Ends | None, str], ...]
    dates: tuple[GoldDate, ...]
    optional: bool
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """``claims`` is None where there is no gold: the article then only takes part in pairs."""

    slug: str
    text: str
    published: datetime | None
    claims: tuple[GoldClaim, ...] | None
    not_claims: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldSide:
    article: str
    start: int
    end: int
    speaker: str | None  # of the gold claim with this very span, None if it is the outlet or unknown


@dataclass(frozen=True, slots=True)
class GoldPair:
    a: GoldSide
    b: GoldSide
    label: str
    weak: bool


@dataclass(frozen=True, slots=True)
class GoldEvent:
    name: str
    articles: tuple[GoldArticle, ...]
    pairs: tuple[GoldPair, ...]


@dataclass(frozen=True, slots=True)
class ClaimScores:
    """The rest is over the claims that were found. Numbers and dates are counted one by one."""

    required: Share  # gold claims found
    precise: Share  # mentions that are gold claims, optional ones included
    not_claims: Share  # of the texts that must not become mentions, those that did
    speaker: Share
    voice: Share
    numbers: Counts
    dates: Counts
    negated: Share
    hedged: Share
    alone: Share  # their wording is understood without the article


def read_event(folder: Path) -> GoldEvent:
    """A folder: ``metadata.json``, texts, ``*.claims.jsonl``, ``*.not_claims.jsonl``, ``pairs.jsonl``."""
    articles = tuple(_article(folder, row) for row in read_list(folder / "metadata.json"))
    by_slug = {article.slug: article for article in articles}
    path = folder / "pairs.jsonl"
    pairs = tuple(_pair(row, by_slug) for row in read_rows(path)) if path.exists() else ()
    return GoldEvent(folder.name, articles, pairs)


def score_claims(pairs: Iterable[tuple[GoldArticle, Sequence[Mention]]]) -> ClaimScores:
    """Claims are found when half of their tokens are covered, one mention for one claim.

    Articles without gold claims are left out.
    """
    total = ClaimScores(
        Share(), Share(), Share(), Share(), Share(), Counts(), Counts(), Share(), Share(), Share()
    )
    for article, mentions in pairs:
        if article.claims is not None:
            total = _added(total, _score_article(article, article.claims, mentions))
    return total


def differences(article: GoldArticle, mentions: Sequence[Mention]) -> list[str]:
    """A line for each claim that was missed, each mention that is none, and each wrong reading of a claim."""
    claims = article.claims or ()
    paired = pairing(article, claims, mentions)
    missed = [c for g, c in enumerate(claims) if not c.optional and g not in dict(paired)]
    spurious = [m for s, m in enumerate(mentions) if s not in {s for _, s in paired}]
    lines = [f"missed {article.text[claim.start : claim.end]!r}" for claim in missed]
    lines += [f"spurious {mention.text!r}" for mention in spurious if article.claims is not None]
    worded = [mentions[s].claim for _, s in paired]
    lines += [
        f"loose {words} in {claim!r}" for claim, words in zip(worded, loose(worded), strict=True) if words
    ]
    for gold, mention in ((claims[g], mentions[s]) for g, s in paired):
        readings = (
            ("speaker", gold.speaker, mention.speaker, same_name(gold.speaker, mention.speaker)),
            ("attribution", gold.voice, mention.attribution, gold.voice == _VOICE[mention.attribution]),
            ("numbers", gold.quantities, _given_numbers(mention), _is_perfect(_numbers(gold, mention))),
            (
                "dates",
                gold.dates,
                [(t.first, t.last) for t in mention.times],
                _is_perfect(_dates(gold, mention)),
            ),
        )
        lines += [
            f"{what} {said} should be {wanted} in {mention.text!r}"
            for what, wanted, said, right in readings
            if not right
        ]
    return [f"{article.slug}: {line}" for line in lines]


def pair_difference(event: GoldEvent, pair: GoldPair, relation: Relation | None) -> str | None:
    """A line for a pair that was judged wrongly, None for one that was not."""
    said = _RELATION_LABEL[relation or Relation.UNRELATED]
    if said == pair.label:
        return None
    texts = {article.slug: article.text for article in event.articles}
    a, b = (texts[side.article][side.start : side.end] for side in (pair.a, pair.b))
    return f"{said} should be {pair.label}: {a!r} | {b!r}"


def score_pairs(pairs: Iterable[tuple[GoldPair, Relation | None]]) -> ClassScores:
    """``None`` stands for a pair of which a claim was not found; it counts as ``unrelated`` was said."""
    return classify(
        PAIR_LABELS,
        ((gold.label, _RELATION_LABEL[relation or Relation.UNRELATED]) for gold, relation in pairs),
    )


def closest(article: GoldArticle, side: GoldSide, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that covers at least half of the side's tokens and is closest to it, None if none does."""
    tokens = Tokens(article.text)
    spans = [tokens.inside([(mention.start, mention.end)]) for mention in mentions]
    paired = one_to_one([tokens.inside([(side.start, side.end)])], spans)
    return mentions[paired[0][1]] if paired else None


def _score_article(
    article: GoldArticle, claims: Sequence[GoldClaim], mentions: Sequence[Mention]
) -> ClaimScores:
    tokens = Tokens(article.text)
    given = [tokens.inside([(mention.start, mention.end)]) for mention in mentions]
    paired = pairing(article, claims, mentions)
    found = {g for g, _ in paired}
    both = [(claims[g], mentions[s]) for g, s in paired]
    forbidden = [tokens.inside([span]) for span in article.not_claims]
    became = sum(any(2 * len(m & none) >= len(m) > 0 for m in given) for none in forbidden)
    return ClaimScores(
        required=Share(
            sum(not claim.optional for g, claim in enumerate(claims) if g in found),
            sum(not claim.optional for claim in claims),
        ),
        precise=Share(len(paired), len(mentions)),
        not_claims=Share(became, len(forbidden)),
        speaker=_share(same_name(gold.speaker, mention.speaker) for gold, mention in both),
        voice=_share(gold.voice == _VOICE[mention.attribution] for gold, mention in both),
        numbers=sum((_numbers(gold, mention) for gold, mention in both), Counts()),
        dates=sum((_dates(gold, mention) for gold, mention in both), Counts()),
        negated=_share(gold.negated == _is_negated(mention) for gold, mention in both),
        hedged=_share(gold.hedged == mention.hedged for gold, mention in both),
        alone=_share(not words for words in loose([mention.claim for _, mention in both])),
    )


def pairing(
    article: GoldArticle, claims: Sequence[GoldClaim], mentions: Sequence[Mention]
) -> tuple[tuple[int, int], ...]:
    """The claims that were found and the mentions that stand for them, each by its place."""
    tokens = Tokens(article.text)
    return one_to_one(
        [tokens.inside([(claim.start, claim.end)]) for claim in claims],
        [tokens.inside([(mention.start, mention.end)]) for mention in mentions],
    )


def _is_perfect(counts: Counts) -> bool:
    return counts.spurious == counts.missed == 0


def _given_numbers(mention: Mention) -> list[tuple[Ends, str]]:
    return [(ends(quantity), unit_key(quantity.unit)) for quantity in mention.quantities]


def _numbers(gold: GoldClaim, mention: Mention) -> Counts:
    wanted = [pair for pair in gold.quantities if pair[0] is not None]
    return multiset_counts(wanted, _given_numbers(mention))


def _dates(gold: GoldClaim, mention: Mention) -> Counts:
    """By the days they span. A date that the span's own words do not give counts neither for nor against."""
    wanted = {(day.start, day.end) for day in gold.dates if not day.implicit}
    free = {(day.start, day.end) for day in gold.dates if day.implicit}
    given = {(time.first, time.last) for time in mention.times if time.first is not None}
    return multiset_counts(wanted, given - (free - wanted))


def _is_negated(mention: Mention) -> bool:
    return mention.negated or mention.attribution is Attribution.DENIED


def _share(outcomes: Iterable[bool]) -> Share:
    listed = list(outcomes)
    return Share(sum(listed), len(listed))


def _added(one: ClaimScores, other: ClaimScores) -> ClaimScores:
    return ClaimScores(
        one.required + other.required,
        one.precise + other.precise,
        one.not_claims + other.not_claims,
        one.speaker + other.speaker,
        one.voice + other.voice,
        one.numbers + other.numbers,
        one.dates + other.dates,
        one.negated + other.negated,
        one.hedged + other.hedged,
        one.alone + other.alone,
    )


def _article(folder: Path, row: Row) -> GoldArticle:
    slug = row.text("slug")
    text = read_article(folder, row)
    claims, nots = folder / f"{slug}.claims.jsonl", folder / f"{slug}.not_claims.jsonl"
    return GoldArticle(
        slug=slug,
        text=text,
        published=row.moment("published") if row.has("published") else None,
        claims=tuple(_claim(item, text) for item in read_rows(claims)) if claims.exists() else None,
        not_claims=tuple(_span(item, "start", "end", text) for item in read_rows(nots))
        if nots.exists()
        else (),
    )


def _claim(row: Row, text: str) -> GoldClaim:
    start, end = _span(row, "span_start", "span_end", text)
    speaker = row.optional_text("speaker")
    voice = "quoted" if row.flag("is_direct_quote", False) else "reported"
    return GoldClaim(
        start=start,
        end=end,
        speaker=speaker,
        voice=voice if speaker else "asserted",
        quantities=tuple((q.ends, q.unit) for q in map(read_quantity, row.rows("quantities"))),
        dates=tuple(
            GoldDate(item.optional_day("start"), item.optional_day("end"), item.flag("implicit", False))
            for item in row.rows("dates")
        ),
        optional=row.flag("optional", False),
        negated=row.flag("negated", False),
        hedged=row.flag("hedged", False),
    )


def _span(row: Row, start: str, end: str, text: str) -> tuple[int, int]:
    span = row.whole(start), row.whole(end)
    if not 0 <= span[0] < span[1] <= len(text):
        raise row.wrong(end, f"an offset after '{start}' and within the text's {len(text)} characters")
    return span


def _pair(row: Row, articles: dict[str, GoldArticle]) -> GoldPair:
    return GoldPair(
        a=_side(row.row("a"), articles),
        b=_side(row.row("b"), articles),
        label=row.choice("label", PAIR_LABELS),
        weak=row.optional_text("strength") == "weak",
    )


def _side(row: Row, articles: dict[str, GoldArticle]) -> GoldSide:
    article = articles[row.choice("article", sorted(articles))]
    span = row.text("span")
    start = article.text.find(span)
    if start < 0:
        raise WrongFormat(f"{row.where}: field 'span' is not in the text of {article.slug}: {span[:60]!r}")
    end = start + len(span)
    speakers = [c.speaker for c in article.claims or () if (c.start, c.end) == (start, end)]
    return GoldSide(article.slug, start, end, speakers[0] if speakers else None)

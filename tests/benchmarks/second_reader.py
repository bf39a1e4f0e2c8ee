"""How far two readers agree, by the scorer that the product is measured with: the ceiling of the bars for news.

``python -m tests.benchmarks.second_reader`` prints one JSON object. ``gold/second_reader`` holds what a second reader,
who saw neither the first one's gold nor what the product makes of it, took from the same articles. The claims of the
one are scored by the other as if they were the product's, then the product's by each reader, and by both together.
The families are held out: it counts and prints no text.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from claims.extraction import analyze_many
from claims.extraction.types import Attribution, Kind, Mention, Quantity, Span, TimeExpression
from verification.comparison import compare
from verification.evaluation import news
from verification.evaluation.judging import mentions_given
from verification.evaluation.reading import read_rows
from verification.evaluation.scores import ClassScores, Counts, classify, mean, ratio
from verification.evaluation.spans import Tokens

GOLD = Path(__file__).parent / "gold"
READINGS = ("speaker", "voice", "numbers", "dates", "negated", "hedged")
Mentions = dict[str, Sequence[Mention]]  # by the slug of their article
Figures = dict[str, object]
Labelled = tuple[news.GoldPair, str]  # a pair of the first reader, and what the second says of it


def as_mentions(event: news.GoldEvent, folder: Path) -> Mentions:
    """What a reader took from each article, as if extraction had found it."""
    return {
        article.slug: [
            _mention(article, claim, row.text("claim"))
            for claim, row in zip(
                article.claims, read_rows(folder / f"{article.slug}.claims.jsonl"), strict=True
            )
        ]
        for article in event.articles
        if article.claims is not None
    }


def _mention(article: news.GoldArticle, claim: news.GoldClaim, wording: str) -> Mention:
    """A date that stands not in the span's own words is left out: extraction finds none there either."""
    text = article.text[claim.start : claim.end]
    place = claim.start, claim.end, text
    return Mention(
        *place,
        sentence=Span(claim.start, claim.end),
        claim=wording,
        kind=Kind.EVENT,
        speaker=claim.speaker,
        attribution=Attribution(claim.voice),
        hedged=claim.hedged,
        negated=claim.negated,
        quantities=tuple(
            Quantity(*place, value=low if low == high else None, low=low, high=high, unit=unit)
            for (low, high), unit in ((ends, unit) for ends, unit in claim.quantities if ends)
        ),
        times=tuple(
            TimeExpression(*place, type="DATE", value="", first=day.start, last=day.end)
            for day in claim.dates
            if not day.implicit
        ),
    )


def of_product(event: news.GoldEvent) -> Mentions:
    analyses = analyze_many((article.text, article.published) for article in event.articles)
    return {article.slug: read.mentions for article, read in zip(event.articles, analyses, strict=True)}


def claim_scores(event: news.GoldEvent, mentions: Mentions) -> news.ClaimScores:
    return news.score_claims((a, mentions[a.slug]) for a in event.articles if a.claims is not None)


def percent(part: float) -> float:
    return round(100 * part, 1)


def by_family(names: Sequence[str], scores: Sequence[news.ClaimScores]) -> Figures:
    """Each measure for each family, and the mean of the families."""
    figures: Figures = {}
    for measure in news.ClaimScores.__slots__:
        found = [getattr(one, measure) for one in scores]
        values = [score.f1 if isinstance(score, Counts) else score.value for score in found]
        figures[measure] = dict(zip([*names, "mean"], map(percent, [*values, mean(values)]), strict=True))
    return figures


def right(article: news.GoldArticle, claim: news.GoldClaim, mention: Mention) -> dict[str, bool]:
    """Which readings of one claim a mention that stands for it has right."""
    scores = news.score_claims([(replace(article, claims=(claim,), not_claims=()), [mention])])
    found = {name: getattr(scores, name) for name in READINGS}
    return {
        name: score.spurious == score.missed == 0 if isinstance(score, Counts) else score.right == score.of
        for name, score in found.items()
    }


def either(first: news.GoldEvent, second: news.GoldEvent, theirs: Mentions, ours: Mentions) -> Counter[str]:
    """Where the product agrees with both readers, with one, with none.

    ``mention: ...`` its mentions by who has them as claims; ``claim: ...`` the required claims of the first reader by
    whether the second has them too, and whether the product does; ``speaker: ...`` and so on the claims that all three
    have, by whether the readers agree on their speaker and with whom the product does.
    """
    seen: Counter[str] = Counter()
    for one, other in zip(first.articles, second.articles, strict=True):
        if one.claims is None or other.claims is None:
            continue
        mentions = ours[one.slug]
        mine = dict(news.pairing(one, one.claims, mentions))
        yours = dict(news.pairing(other, other.claims, mentions))
        both = dict(news.pairing(one, one.claims, theirs[one.slug]))
        known = {(True, True): "both", (True, False): "first", (False, True): "second"}
        for at in range(len(mentions)):
            has = at in mine.values(), at in yours.values()
            seen[f"mention: {known.get(has, 'neither')}"] += 1
        for g, claim in enumerate(one.claims):
            if not claim.optional:
                shared = "both readers" if g in both else "first reader only"
                seen[f"claim: {shared}, {'found' if g in mine else 'missed'}"] += 1
            if g in both and g in mine:
                agree = right(one, claim, theirs[one.slug][both[g]])
                by_first = right(one, claim, mentions[mine[g]])
                by_second = right(one, other.claims[both[g]], mentions[mine[g]])
                for name in READINGS:
                    says = known.get((by_first[name], by_second[name]), "neither")
                    seen[f"{name}: readers {'agree' if agree[name] else 'differ'}, product as {says}"] += 1
    return seen


def disagreements(first: news.GoldEvent, second: news.GoldEvent, theirs: Mentions) -> Counter[str]:
    """How often the two readers differ, by the kind of difference."""
    seen: Counter[str] = Counter()
    for one, other in zip(first.articles, second.articles, strict=True):
        if one.claims is None or other.claims is None:
            continue
        both = dict(news.pairing(one, one.claims, theirs[one.slug]))
        tokens = Tokens(one.text)
        for whose, claims, paired, against in (
            ("first", one.claims, both.keys(), other),
            ("second", other.claims, both.values(), one),
        ):
            covered = tokens.inside([(c.start, c.end) for c in against.claims or ()])
            refused = tokens.inside(against.not_claims)
            for at, claim in enumerate(claims):
                if at not in paired:
                    words = tokens.inside([(claim.start, claim.end)])
                    kind = (
                        "the other has it within other spans" if 2 * len(words & covered) >= len(words)
                        else "the other calls it no claim" if 2 * len(words & refused) >= len(words)
                        else "the other passes over it"
                    )  # fmt: skip
                    seen[f"claim of the {whose} only{', optional' * claim.optional}: {kind}"] += 1
        for g, s in both.items():
            seen.update(
                _differences(one.claims[g], other.claims[s], right(one, one.claims[g], theirs[one.slug][s]))
            )
    return seen


def _differences(one: news.GoldClaim, other: news.GoldClaim, agree: dict[str, bool]) -> Iterable[str]:
    """The kinds of difference between two readings of one claim."""
    yield "claims that both have"
    if one.optional != other.optional:
        yield f"optional for the {'first' if one.optional else 'second'} only"
    if not agree["speaker"]:
        named = "the first names" if one.speaker else "the second names"
        yield f"speaker: {'other names' if one.speaker and other.speaker else named + ' one, the other the outlet'}"
    if not agree["voice"]:
        yield f"attribution: {one.voice} for the first, {other.voice} for the second"
    if not agree["numbers"]:
        mine, yours = Counter(one.quantities), Counter(other.quantities)
        only, extra = mine - yours, yours - mine
        values = [Counter(ends for ends, _ in found.elements()) for found in (only, extra)]
        yield (
            "numbers: other unit" if values[0] == values[1]
            else "numbers: one has more of them" if not only or not extra
            else "numbers: other value"
        )  # fmt: skip
    if not agree["dates"]:
        yield f"dates: {_other_days(one, other) or _other_days(other, one) or 'another day or span of days'}"
    for name in ("negated", "hedged"):
        if not agree[name]:
            yield f"{name} for the {'first' if getattr(one, name) else 'second'} only"


def _other_days(one: news.GoldClaim, other: news.GoldClaim) -> str:
    """How the days of one reader are none of the other's, "" if each has some that the other has not."""
    stated, theirs = (Counter((d.start, d.end) for d in c.dates if not d.implicit) for c in (one, other))
    if theirs - stated:
        return ""
    implied = {(d.start, d.end) for d in other.dates if d.implicit}
    outside = (stated - theirs).keys() <= implied
    return "one reads them in the span, the other around it" if outside else "one has more of them"


def kappa(scores: ClassScores) -> float:
    """Cohen's kappa: agreement beyond what the two readers' shares of labels give by chance."""
    said: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for (gold, predicted), count in scores.confusion:
        wanted[gold] += count
        said[predicted] += count
    chance = ratio(sum(wanted[label] * said[label] for label in scores.labels), scores.size**2)
    return ratio(scores.accuracy - chance, 1 - chance)


def of_classes(scores: ClassScores) -> Figures:
    return {
        "pairs": scores.size,
        "macro_f1": percent(scores.macro_f1),
        "agreement": percent(scores.accuracy),
        "kappa": round(kappa(scores), 3),
        "f1": {label: percent(scores.of(label).f1) for label in scores.labels},
    }


def labels(first: news.GoldEvent, second: news.GoldEvent) -> list[Labelled]:
    """The first reader's pairs, and the label that the second gave to each."""
    given = {_key(pair): pair.label for pair in second.pairs}
    return [(pair, given[_key(pair)]) for pair in first.pairs]


def _key(pair: news.GoldPair) -> tuple[tuple[str, int, int], ...]:
    return tuple((side.article, side.start, side.end) for side in (pair.a, pair.b))


def relations(names: Sequence[str], judged: Sequence[Sequence[Labelled]]) -> Figures:
    """The second reader's labels by the first's, in each family and over all pairs, with the confusions."""

    def scores(pairs: Iterable[Labelled]) -> ClassScores:
        return classify(news.PAIR_LABELS, ((pair.label, said) for pair, said in pairs))

    every = [pair for family in judged for pair in family]
    each = [scores(family) for family in judged]
    strong = [scores((pair, said) for pair, said in family if not pair.weak) for family in judged]
    return {
        "families": {name: of_classes(one) for name, one in zip(names, each, strict=True)},
        "mean_macro_f1": percent(mean([one.macro_f1 for one in each])),
        "mean_macro_f1_of_strong": percent(mean([one.macro_f1 for one in strong])),
        "all": of_classes(scores(every)),
        "strong": of_classes(scores((pair, said) for pair, said in every if not pair.weak)),
        "confusion, first > second": {f"{gold} > {said}": n for (gold, said), n in scores(every).confusion},
    }


def product_relations(events: Sequence[news.GoldEvent], judged: Sequence[Sequence[Labelled]]) -> Figures:
    """What the product makes of the pairs, spans given: by each reader, and where both say the same."""
    by: dict[str, list[ClassScores]] = {"the first": [], "the second": [], "both, where they agree": []}
    for event, pairs in zip(events, judged, strict=True):
        given = mentions_given(event, event.pairs)
        found = [(p, said, compare(given[p.a], given[p.b]).relation) for p, said in pairs]
        by["the first"].append(news.score_pairs((pair, relation) for pair, _, relation in found))
        seconds = [(replace(pair, label=said), relation) for pair, said, relation in found]
        by["the second"].append(news.score_pairs(seconds))
        agreed = [(pair, relation) for pair, said, relation in found if pair.label == said]
        by["both, where they agree"].append(news.score_pairs(agreed))
    return {
        whose: {
            "mean_macro_f1": percent(mean([one.macro_f1 for one in scores])),
            "right": sum(n for one in scores for (gold, said), n in one.confusion if gold == said),
            "pairs": sum(one.size for one in scores),
        }
        for whose, scores in by.items()
    }


def measure(names: Sequence[str], gold: Path = GOLD) -> Figures:
    """All figures, for families that both readers annotated."""
    first = [news.read_event(gold / name) for name in names]
    folders = [gold / "second_reader" / name for name in names]
    second = [news.read_event(folder) for folder in folders]
    theirs = [as_mentions(event, folder) for event, folder in zip(second, folders, strict=True)]
    judged = [labels(*events) for events in zip(first, second, strict=True)]
    firsts = [as_mentions(event, gold / name) for event, name in zip(first, names, strict=True)]
    ours = [of_product(event) for event in first]

    def scored(events: Sequence[news.GoldEvent], found: Sequence[Mentions]) -> Figures:
        return by_family(names, [claim_scores(*one) for one in zip(events, found, strict=True)])

    def counted(counts: Iterable[Counter[str]]) -> dict[str, int]:
        return dict(sorted(sum(counts, Counter()).items()))

    return {
        "second reader by the first": scored(first, theirs),
        "first reader by the second": scored(second, firsts),
        "product by the first reader": scored(first, ours),
        "product by the second reader": scored(second, ours),
        "product by both readers": counted(map(either, first, second, theirs, ours)),
        "disagreements of the readers": counted(map(disagreements, first, second, theirs)),
        "relations, second reader by the first": relations(names, judged),
        "relations, product by both readers": product_relations(first, judged),
    }


if __name__ == "__main__":
    families = sorted(path.name for path in (GOLD / "second_reader").iterdir() if path.is_dir())
    sys.stdout.write(json.dumps(measure(families), indent=2) + "\n")

"""The tasks that compare: matching, stance, origins, and news from articles to relations. No Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from claims.extraction import analyze_many, as_mention, as_mentions, spoken
from claims.extraction.types import Mention
from verification.comparison import Relation, compare
from verification.evaluation import matching, news, origins, stance
from verification.evaluation.reading import WrongFormat, read_rows
from verification.evaluation.report import Measure, Report, joined, of_counts, of_share
from verification.evaluation.running import Track, gold_rows
from verification.evaluation.scores import ClassScores
from verification.matching import Index
from verification.origins import copies, count_origins


def evaluate_matching(path: Path, limit: int | None, track: Track) -> Report:
    """Queries against the known claims beside them, or pairs that are paraphrases or not."""
    first = next(iter(read_rows(path, 1)), None)
    if first is None:
        raise WrongFormat(f"{path.name}: holds no rows")
    return (_rankings if first.has("query") else _paraphrases)(path, limit, track)


def _rankings(path: Path, limit: int | None, track: Track) -> Report:
    gold = gold_rows(path, limit, matching.read_query)
    claims = gold_rows(_claims_file(path), None, matching.read_claim)
    index: Index[str] = Index()
    for identifier, claim in track(claims, f"{path.name}: known claims", len(claims)):
        index.add(identifier, as_mention(claim))
    ranked = []
    for query in track(gold, path.name, len(gold)):
        matches = index.search(as_mention(query.query), limit=matching.RECALL_DEPTH)
        ranked.append((query, [str(match.id) for match in matches]))
    scores = matching.score_rankings(ranked)
    measures = (
        Measure("mean average precision at 5", scores.map_at_5, len(gold)),
        of_share("right at rank 1", scores.precision_at_1),
        of_share("found in the first 20", scores.found_in_20, 0.97),
    )
    return Report("matching", path.name, len(gold), measures, f"Among {len(claims):,} known claims.")


def _claims_file(path: Path) -> Path:
    """``clef20_claims.jsonl`` for ``clef20_dev.jsonl``."""
    claims = path.with_name(path.name.partition("_")[0] + "_claims.jsonl")
    if not claims.exists():
        raise WrongFormat(f"{path.name}: its known claims should be beside it, in {claims.name}")
    return claims


def _paraphrases(path: Path, limit: int | None, track: Track) -> Report:
    gold = gold_rows(path, limit, matching.read_paraphrase)
    judged = [
        (pair, compare(as_mention(pair.a), as_mention(pair.b)).relation)
        for pair in track(gold, path.name, len(gold))
    ]
    scores = matching.score_paraphrases(judged)
    measures = joined(of_counts("same", scores.same), of_share("accuracy", scores.accuracy))
    return Report("matching", path.name, len(gold), measures)


def evaluate_stance(path: Path, limit: int | None, track: Track) -> Report:
    gold = gold_rows(path, limit, stance.read_stance)
    claims: dict[str, Mention] = {}  # sets list many pieces of evidence for one claim
    judged = []
    for pair in track(gold, path.name, len(gold)):
        if pair.claim not in claims:
            claims = {pair.claim: as_mention(pair.claim)}
        judged.append((pair, compare(as_mention(pair.evidence), claims[pair.claim]).stance))
    scores = stance.score_stance(judged)
    note = "" if "neutral" in scores.labels else "Two classes: the larger of supports and contradicts counts."
    return Report("stance", path.name, len(gold), _of_classes("stance", scores), note)


def evaluate_origins(path: Path, limit: int | None, track: Track) -> Report:
    family = origins.read_family(path)
    claims = family.claims[:limit]
    judged = [
        (claim, count_origins(family.documents, claim.voices))
        for claim in track(claims, path.name, len(claims))
    ]
    scores = origins.score_origins(judged)
    strong = origins.score_origins([(claim, found) for claim, found in judged if not claim.weak])
    measures = joined(
        of_share("exact number of origins", scores.exact, 0.85),
        of_share("exact number, without arguable claims", strong.exact),
        of_share("false corroborations", scores.false_corroborations, 0.04, at_most=True),
        of_share("missed corroborations", scores.missed_corroborations),
        of_share("the very sets of articles", scores.partitions),
        of_share("exact number against", scores.against),
        of_counts("pairs put together", scores.pairs),
    )
    if family.copies is not None:
        found = origins.score_copies(family.copies, copies(family.documents))
        measures += (
            Measure("copies among articles: precision", found.precision, found.right + found.spurious, 0.98),
            Measure("copies among articles: recall", found.recall, found.right + found.missed, 0.95),
        )
    return Report("origins", path.name, len(claims), measures, "Mentions, speakers and stances are given.")


def evaluate_news(path: Path, limit: int | None, track: Track) -> Report:
    event = news.read_event(path)
    items = [(article.text, article.published) for article in event.articles]
    analyses = list(track(analyze_many(items), f"{path.name}: articles", len(items)))
    mentions = {
        article.slug: analysis.mentions for article, analysis in zip(event.articles, analyses, strict=True)
    }
    scores = news.score_claims([(article, mentions[article.slug]) for article in event.articles])
    pairs = event.pairs[:limit]
    given = _relations(pairs, mentions_given(event, pairs))
    ends = _relations(pairs, mentions_found(event, pairs, mentions))
    lost = sum(relation is None for _, relation in ends)
    strong = news.score_pairs([(pair, relation) for pair, relation in given if not pair.weak])
    relations = joined(
        _of_classes("relations, spans given", news.score_pairs(given), 0.85),
        Measure("relations, spans given, not arguable: macro-F1", strong.macro_f1, strong.size),
        _of_classes("relations, end to end", news.score_pairs(ends), 0.78),
    )
    measures = joined(_of_claims(scores), relations if pairs else ())
    note = f"{lost} of {len(pairs)} pairs have a claim that was not found; they count as unrelated."
    misses = [line for a in event.articles for line in news.differences(a, mentions[a.slug])]
    misses += [line for pair, r in given if (line := news.pair_difference(event, pair, r))]
    return Report("news", path.name, len(event.articles), measures, note if pairs else "", tuple(misses))


def _of_claims(scores: news.ClaimScores) -> tuple[Measure, ...]:
    return joined(
        of_share("claims: recall", scores.required, 0.95),
        of_share("claims: precision", scores.precise, 0.90),
        of_share("not-claims that became mentions", scores.not_claims, 0.0, at_most=True),
        of_share("of the found: speaker", scores.speaker, 0.95),
        of_share("of the found: attribution", scores.voice, 0.95),
        of_counts("of the found: numbers with unit", scores.numbers, 0.95),
        of_counts("of the found: dates", scores.dates, 0.95),
        of_share("of the found: negation", scores.negated),
        of_share("of the found: hedging", scores.hedged),
        of_share("of the found: wording understood alone", scores.alone, 0.95),
    )


def _of_classes(name: str, scores: ClassScores, bar: float | None = None) -> tuple[Measure, ...]:
    """Macro-F1, accuracy, and the F1 of each class that the gold has."""
    classes = ((label, scores.of(label)) for label in scores.labels)
    return joined(
        Measure(f"{name}: macro-F1", scores.macro_f1, scores.size, bar),
        Measure(f"{name}: accuracy", scores.accuracy, scores.size),
        (
            Measure(f"{name}: F1 of {label}", counts.f1, counts.right + counts.missed)
            for label, counts in classes
            if counts.right + counts.missed
        ),
    )


def mentions_given(event: news.GoldEvent, pairs: Sequence[news.GoldPair]) -> dict[news.GoldSide, Mention]:
    """Each side of the pairs as one mention over its span, read with its article."""
    mentions: dict[news.GoldSide, Mention] = {}
    for article in event.articles:
        sides = [s for pair in pairs for s in (pair.a, pair.b) if s.article == article.slug]
        spans = [(side.start, side.end) for side in sides]
        read = as_mentions(article.text, spans, published=article.published)
        for side, mention in zip(sides, read, strict=True):
            mentions[side] = mention if side.speaker is None else spoken(mention, side.speaker)
    return mentions


def mentions_found(
    event: news.GoldEvent,
    pairs: Sequence[news.GoldPair],
    mentions: Mapping[str, Sequence[Mention]],
) -> dict[news.GoldSide, Mention | None]:
    """The mention that extraction found closest to each side of the pairs, None where it found none."""
    articles = {article.slug: article for article in event.articles}
    sides = {side for pair in pairs for side in (pair.a, pair.b)}
    return {side: news.closest(articles[side.article], side, mentions[side.article]) for side in sides}


def _relations(
    pairs: Sequence[news.GoldPair], mentions: Mapping[news.GoldSide, Mention | None]
) -> list[tuple[news.GoldPair, Relation | None]]:
    """The relation of each pair, None where a side has no mention."""
    sides = [(pair, mentions[pair.a], mentions[pair.b]) for pair in pairs]
    return [(pair, compare(a, b).relation if a and b else None) for pair, a, b in sides]

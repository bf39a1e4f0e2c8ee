"""How often the true partner of a claim is among the first 20 candidates, as cross-checking finds them.

    python -m tests.benchmarks.partners FOLDER...

Each FOLDER is a family of news with gold pairs (``gold/transport``). All families are handed in to the empty database
of ``TWOSOURCE_DATA_DIR`` or ``DATABASE_URL`` and go through the whole pipeline; then, for both sides of each gold pair
that is not ``unrelated``, the mention that extraction found there is looked up among all that is stored, its own
article left out, and the other side should be among the candidates. Prints one JSON object: hits and cases by family
and by label;
``lost`` are pairs of which extraction found one side only, or that stand in one article.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import families

if TYPE_CHECKING:
    from verification.comparison.view import View
    from verification.evaluation.news import GoldEvent


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]]
    families.prepare()
    families.go_through(folders)
    from verification.evaluation.news import read_event

    told = {folder.name: score(read_event(folder)) for folder in folders}
    total = sum(told.values(), Counter[str]())
    share = round(total["hit"] / max(total["of"], 1), 4)
    print(json.dumps({"found in the first 20": share, "of": total["of"], "families": told, "all": total}))  # noqa: T201


def score(event: GoldEvent) -> Counter[str]:
    """Hits and cases, in all and by label."""
    from verification.comparison.view import View
    from verification.evaluation.news import closest

    at = {article.slug: families.address(event.name, article.slug) for article in event.articles}
    found = {
        slug: {pk: View(mention) for pk, mention in families.stored(url).items()} for slug, url in at.items()
    }
    gold = {article.slug: article for article in event.articles}
    candidates = {slug: candidates_of(at[slug], views) for slug, views in found.items()}
    counts: Counter[str] = Counter()
    for pair, query, partner in sides(event):
        ids = []
        for side in (query, partner):
            views = found[side.article]
            mention = closest(gold[side.article], side, [view.mention for view in views.values()])
            ids.append(next((pk for pk, view in views.items() if view.mention is mention), None))
        if None in ids or query.article == partner.article:
            counts["lost"] += 1
            continue
        hit = ids[1] in candidates[query.article][ids[0]]
        counts.update({"of": 1, "hit": hit, f"{pair.label}: of": 1, f"{pair.label}: hit": hit})
    return counts


def sides(event: GoldEvent) -> Iterator[tuple[Any, Any, Any]]:
    for pair in event.pairs:
        if pair.label != "unrelated":
            yield pair, pair.a, pair.b
            yield pair, pair.b, pair.a


def candidates_of(url: str, views: Mapping[int, View]) -> dict[int, set[int]]:
    """The mentions of the first 20 claims for each mention of an article."""
    from claims.models import Article
    from verification.selectors.candidates import look_up

    article = Article.objects.get(url=url)
    known = look_up(views, article.published_at, but_not=article.pk)
    ids: dict[int, set[int]] = defaultdict(set)
    for mention_id, by_claim in known.candidates.items():
        ids[mention_id] |= {candidate.mention_id for of_claim in by_claim for candidate in of_claim}
    return ids


if __name__ == "__main__":
    main()

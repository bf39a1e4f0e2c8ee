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
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from verification.comparison.view import View
    from verification.evaluation.news import GoldEvent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    from claims import pipeline
    from claims.models import Article
    from verification.evaluation.news import read_event

    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        sys.exit("the database holds articles already; name an empty one")
    events = [read_event(Path(folder)) for folder in sys.argv[1:]]
    with pipeline.in_process():
        for event in events:
            hand_in(event)
        pipeline.drain()
    told = {event.name: score(event) for event in events}
    total = sum(told.values(), Counter[str]())
    share = round(total["hit"] / max(total["of"], 1), 4)
    print(json.dumps({"found in the first 20": share, "of": total["of"], "families": told, "all": total}))  # noqa: T201


def hand_in(event: GoldEvent) -> None:
    """Submit a family's articles; the address is ``family/slug``."""
    from claims.models import Submission
    from claims.services.submitting import Incoming, submit

    for article in event.articles:
        submit(
            Incoming(
                kind=Submission.Kind.TEXT,
                channel=Submission.Channel.CLI,
                label=article.slug,
                url=address(event, article.slug),
                source=article.slug,
                published=article.published,
                payload=article.text.encode(),
            )
        )


def address(event: GoldEvent, slug: str) -> str:
    return f"https://gold.example/{event.name}/{slug}"


def score(event: GoldEvent) -> Counter[str]:
    """Hits and cases, in all and by label."""
    from verification.evaluation.news import closest

    found = {article.slug: stored(address(event, article.slug)) for article in event.articles}
    gold = {article.slug: article for article in event.articles}
    candidates = {slug: candidates_of(address(event, slug), views) for slug, views in found.items()}
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


def stored(url: str) -> dict[int, View]:
    """The current mentions of the article at an address, by id."""
    from claims.models import Mention
    from claims.selectors.mentions import read_mentions
    from verification.comparison.view import View

    ids = Mention.objects.filter(revision__article__url=url, revision__is_current=True)
    return {pk: View(mention) for pk, mention in read_mentions(ids.values_list("pk", flat=True)).items()}


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

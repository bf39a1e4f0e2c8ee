"""What cross-checking relates that has nothing to do with one another, as JSON.

    DATABASE_URL=... python -m tests.benchmarks.strangers [--events 200] [--aside] [--list N]

Sends the articles of so many events of ``gold/relations`` through the pipeline into one empty database, in the order
of their publication. Events are unlike each other and their places, people and bodies invented, so whatever is stored
between two articles of different events is wrong, but for what is told of the world at large; between articles of one
event it is counted, so that what is gained on strangers can be held against what is lost. ``--aside`` takes the events
that no weights were fitted to. ``--list`` prints that many of the wrong ones, by a seed.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from tests.benchmarks import relations


def loaded(count: int, aside: bool) -> dict[str, str]:
    """The event of each article, by its address, once all are cross-checked."""
    from claims import pipeline
    from claims.models import Submission
    from claims.services.submitting import Incoming, submit

    events = [event for event in relations.events() if relations.kept_aside(event.name) is aside]
    told = [(article, event.name) for event in events[:count] for article in event.articles]
    event_of: dict[str, str] = {}
    with pipeline.in_process():
        for number, (article, event) in enumerate(sorted(told, key=lambda one: one[0].published)):
            url = f"https://paper{number % 60}.example/{number}"
            event_of[url] = event
            submit(
                Incoming(
                    Submission.Kind.TEXT, Submission.Channel.CLI, url, article.text.encode(), url=url,
                    source=f"Paper {number % 60}", published=article.published.replace(tzinfo=UTC),
                )
            )  # fmt: skip
        pipeline.drain(on_progress=lambda steps: print(f"{steps} steps", file=sys.stderr))  # noqa: T201
    return event_of


def found(event_of: dict[str, str]) -> Iterator[tuple[bool, str, float, str, str]]:
    """Of each stored comparison of two articles: whether of two events, its relation, how sure, the two wordings."""
    from verification.models import Comparison

    rows = Comparison.objects.order_by("pk").values_list(
        "a__revision__article__url", "b__revision__article__url", "relation", "confidence",
        "a__wording", "b__wording",
    )  # fmt: skip
    for one, other, relation, confidence, a, b in rows:
        if one != other:
            yield event_of[one] != event_of[other], relation, round(confidence, 2), a, b


def measure(count: int, aside: bool, listed: int) -> dict[str, Any]:
    from claims.models import Claim, Mention

    event_of = loaded(count, aside)
    rows = list(found(event_of))
    strange = [row for row in rows if row[0]]
    mixed = Claim.objects.filter(mentions__isnull=False).distinct().values_list("pk", flat=True)
    events_of: dict[int, set[str]] = {}
    for claim, url in Mention.objects.filter(claim__in=mixed).values_list("claim", "revision__article__url"):
        events_of.setdefault(claim, set()).add(event_of[url])
    if listed:
        for row in random.Random(1).sample(strange, min(listed, len(strange))):
            print(*row[1:], sep=" | ", file=sys.stderr)  # noqa: T201
    return {
        "events": len(set(event_of.values())),
        "articles": len(event_of),
        "mentions": Mention.objects.count(),
        "claims_of_two_events": sum(len(events) > 1 for events in events_of.values()),
        "between_events": dict(Counter(row[1] for row in strange)),
        "within_events": dict(Counter(row[1] for row in rows if not row[0])),
    }


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--aside", action="store_true")
    parser.add_argument("--list", type=int, default=0)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    logging.disable(logging.INFO)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(measure(given.events, given.aside, given.list), indent=1) + "\n")


if __name__ == "__main__":
    main()

"""A large store of generated claims, for benchmarks: ``python -m tests.benchmarks.large_store --claims N``.

Fills the empty database of ``DATABASE_URL`` (or ``TWOSOURCE_DATA_DIR``), migrated first, and prints one JSON object:
rows a table, seconds, bytes. From code: :func:`build`. The same number of claims and seed give the same store.

What is in it: the news of seven years of a made-up world. Stories of 6 to 30 claims about a few names and things, in
one to eight articles of 400 outlets (two in three belong to one of 90 publishers); each claim in one or more of
them, in other words, with the quantities, times, entities, speakers and frames that extraction would have given.
Names, nouns and units are drawn by Zipf's law (54,000 names, 6,000 nouns, 16 units).

With each claim comes all that cross-checking leaves: blocking keys as :func:`verification.matching.keys` makes them
(9.5 a mention, as in our gold articles) and how common each is, comparisons of what is the same (with short
traces), a contradiction for about one claim in 75, origins by speaker and publisher, assessment, standing, events,
submissions and steps done; and people's work on a few: 1 % decided with a verdict, 2 % queued or in review. Nothing
was read by spaCy and nothing compared to get it, so measure speed on it and not quality.

Meant for a database that is thrown away afterwards: if it is broken off, indexes and triggers are missing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db import transaction

BATCH = 20_000


def build(claims: int, *, seed: int = 1, progress: Callable[[int], None] = lambda _: None) -> dict[str, int]:
    """Fill the default database, which must be migrated and hold no article or claim. Returns rows a table.

    :param progress: is told how many claims are stored
    :raises ValueError: if the database is not empty
    """
    from claims.models import Article, Claim, Entity, Publisher, Source
    from tests.benchmarks.large_store.loading import fast_loading
    from tests.benchmarks.large_store.rows import OUTLETS, Writer
    from tests.benchmarks.large_store.stories import stories

    for model in (Article, Claim, Entity, Publisher, Source):
        if model.objects.exists():
            raise ValueError(f"the database holds a {model._meta.verbose_name} already; name an empty one")
    loaded = [*apps.get_app_config("claims").get_models(), *apps.get_app_config("verification").get_models()]
    writer = Writer(seed)
    with fast_loading(loaded):
        written = 0
        for story in stories(claims, OUTLETS, seed):
            writer.add(story)
            if writer.ids["claim"] - written >= BATCH:
                with transaction.atomic():
                    writer.flush()
                written = writer.ids["claim"]
                progress(written)
        with transaction.atomic():
            writer.flush(last=True)
        progress(writer.ids["claim"])
    return {name: table.written for name, table in writer.tables.items()}

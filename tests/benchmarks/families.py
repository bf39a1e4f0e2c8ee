"""Families of news articles in the database, for benchmarks that go through the whole pipeline."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from claims.extraction.types import Mention
    from claims.services.submitting import Incoming


def prepare() -> None:
    """Set Django up on the empty database of ``TWOSOURCE_DATA_DIR`` or ``DATABASE_URL``. Exits if it is not empty."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    from claims.models import Article

    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        sys.exit("the database holds articles already; name an empty one")


def go_through(folders: Iterable[Path]) -> None:
    """Hand in the articles of families, and do every step of the pipeline in this process."""
    from claims import pipeline

    with pipeline.in_process():
        for folder in folders:
            hand_in(folder)
        pipeline.drain()


def hand_in(folder: Path) -> None:
    """Submit the articles of a family."""
    from claims.services.submitting import submit

    for article in incoming(folder):
        submit(article)


def incoming(folder: Path) -> Iterator[Incoming]:
    """The articles of a family as their ``metadata.json`` describes them, in its order."""
    from claims.models import Submission
    from claims.services.submitting import Incoming
    from verification.evaluation.reading import read_article, read_list

    for row in read_list(folder / "metadata.json"):
        slug = row.text("slug")
        yield Incoming(
            kind=Submission.Kind.TEXT,
            channel=Submission.Channel.CLI,
            label=slug,
            url=address(folder.name, slug),
            source=row.optional_text("outlet") or slug,
            publisher=row.optional_text("publisher") or "",
            byline=row.optional_text("byline") or "",
            title=row.optional_text("title") or "",
            published=row.moment("published") if row.has("published") else None,
            payload=read_article(folder, row).encode(),
        )


def address(family: str, slug: str) -> str:
    return f"https://gold.example/{family}/{slug}"


def stored(url: str) -> Mapping[int, Mention]:
    """The current mentions of the article at an address, by id."""
    from claims.models import Mention as Row
    from claims.selectors.mentions import read_mentions

    ids = Row.objects.filter(revision__article__url=url, revision__is_current=True)
    return read_mentions(ids.values_list("pk", flat=True))

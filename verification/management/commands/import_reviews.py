"""``manage.py import_reviews``: others' fact checks from pages and dumps, as evidence from their publishers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import pipeline
from claims.fetching import Unreadable, fetch
from verification.foreign import NoReview, find_reviews, read_page, read_review
from verification.services.importing import import_review


class Command(BaseCommand):
    help = (
        "Import ClaimReview from files or http(s) addresses: HTML pages with JSON-LD, or JSON such as a DataFeed. "
        '{"url","publisher","claim","label","bearing","new"} a line on standard output; what cannot be imported is '
        "told on standard error, the rest goes on, and the exit code is then 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("places", nargs="+", metavar="PATH|URL")
        parser.add_argument(
            "--wait", action="store_true", help="cross-check in this process before returning"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bad = 0
        for place in options["places"]:
            try:
                found = list(_reviews(_read(place)))
            except (Unreadable, OSError, ValueError) as error:
                bad += 1
                self.stderr.write(f"{place}: {error}")
                continue
            for number, raw in enumerate(found, 1):
                bad += not self._import(place, number, len(found), raw)
            if not found:
                bad += 1
                self.stderr.write(f"{place}: there is no ClaimReview in it")
        if options["wait"]:
            with pipeline.in_process():
                pipeline.drain()
        if bad:
            raise CommandError(f"{bad} could not be imported", returncode=1)

    def _import(self, place: str, number: int, of: int, raw: dict[str, Any]) -> bool:
        try:
            row, new = import_review(read_review(raw))
        except NoReview as error:
            self.stderr.write(f"{place}, review {number}: {error}")
            return False
        told = {"url": row.url, "publisher": row.source.name, "claim": row.claim_text, "label": row.label}
        self.stdout.write(json.dumps({**told, "bearing": row.bearing, "new": new}, ensure_ascii=False))
        if sys.stderr.isatty():
            self.stderr.write(f"\r{number} of {of}", ending="")
        return True


def _read(place: str) -> bytes:
    if place.startswith(("http://", "https://")):
        return fetch(place, allow_hosts=settings.FETCH_PRIVATE_HOSTS).body
    return Path(place).read_bytes()


def _reviews(content: bytes) -> Iterable[dict[str, Any]]:
    """JSON begins with a bracket; anything else is a page."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return find_reviews(json.loads(content)) if start in (b"{", b"[") else read_page(content)

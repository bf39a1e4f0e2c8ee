"""``manage.py origins``: families of articles in, independent origins out, as JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from verification.origins.families import BadFamilyError, answer


class Command(BaseCommand):
    help = (
        "Count the independent origins of claims. Reads one family of articles a line from stdin, "
        '{"articles": [...], "claims": [...]}, and writes one line a claim, {"id", "origins": [{"kind", '
        '"root", "articles", "reason"}], "against_origins": [...]}. A bad line is reported on stderr with '
        "its number, the others are answered all the same, and the exit status is then 1."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        bad = 0
        for number, line in enumerate(sys.stdin, start=1):
            if not line.strip():
                continue
            try:
                for result in _answers(line):
                    self.stdout.write(json.dumps(result, ensure_ascii=False))
            except BadFamilyError as error:
                bad += 1
                self.stderr.write(f"line {number}: {error}")
        if bad:
            raise CommandError(f"{bad} bad line{'s' if bad > 1 else ''}")


def _answers(line: str) -> Iterable[dict[str, Any]]:
    """All answers to one line, or none: a family is answered whole."""
    try:
        family = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadFamilyError(f"not JSON: {error}") from None
    results: Iterator[dict[str, Any]] = answer(family)
    return list(results)

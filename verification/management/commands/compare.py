"""``manage.py compare``: pairs of texts on standard input, relations on standard output (JSON Lines)."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import as_mention
from claims.extraction.types import Mention
from verification.comparison import Comparison, compare
from verification.management.commands._lines import BadLine, each, text


def _published(side: dict[str, Any]) -> date | None:
    value = side.get("published")
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value).replace("Z", "+00:00")).date()
    except ValueError as error:
        raise BadLine(f'"published" is "{value}", where an ISO 8601 date is right') from error


def _optional(side: dict[str, Any], field: str) -> str | None:
    value = side.get(field)
    if value is not None and not isinstance(value, str):
        raise BadLine(f'"{field}" is a {type(value).__name__}, where a text or null is right')
    return value or None


def mention_of(record: dict[str, Any], name: str) -> Mention:
    """The mention that one side of a pair makes. Raises BadLine."""
    side = record.get(name)
    if not isinstance(side, dict):
        raise BadLine(f'"{name}" is missing or no object; right is {{"text": ..., "published"?: ...}}')
    context, speaker = _optional(side, "context"), _optional(side, "speaker")
    return as_mention(text(side, "text"), context=context or "", published=_published(side), speaker=speaker)


def answer(record: dict[str, Any], judged: Comparison) -> dict[str, Any]:
    """A comparison as the command-line contract has it."""
    return {
        "id": record.get("id"),
        "relation": judged.relation.value,
        "confidence": round(judged.confidence, 6),
        "stance": {name: round(value, 6) for name, value in asdict(judged.stance).items()},
        "newer": judged.newer,
        "trace": [asdict(step) for step in judged.trace],
    }


class Command(BaseCommand):
    help = (
        'Compare pairs of texts: {"id","a":{"text","context"?,"published"?,"speaker"?},"b":{...}} a line on '
        'standard input, {"id","relation","confidence","stance","newer","trace"} a line on standard output. '
        "A bad line is reported on standard error with its number, and the exit code is then 1."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        def work(record: dict[str, Any]) -> dict[str, Any]:
            return answer(record, compare(mention_of(record, "a"), mention_of(record, "b")))

        bad = each(options.get("stdin") or sys.stdin, work, self.stdout, self.stderr)
        if bad:
            raise CommandError(f"{bad} bad line{'s' if bad > 1 else ''}", returncode=1)

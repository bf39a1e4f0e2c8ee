"""``manage.py compare``: pairs of texts on standard input, relations on standard output (JSON Lines)."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import analyze, as_mention
from claims.extraction.types import Mention
from verification.comparison import Comparison, compare_any
from verification.management.commands._lines import BadLineError, each, text

SENTENCE_END = re.compile(r"[.!?]")
MOST = 12  # claims of one text that are compared


def _published(side: dict[str, Any]) -> date | None:
    value = side.get("published")
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value).replace("Z", "+00:00")).date()
    except ValueError as error:
        raise BadLineError(f'"published" is "{value}", where an ISO 8601 date is right') from error


def _optional(side: dict[str, Any], field: str) -> str | None:
    value = side.get(field)
    if value is not None and not isinstance(value, str):
        raise BadLineError(f'"{field}" is a {type(value).__name__}, where a text or null is right')
    return value or None


def mentions_of(record: dict[str, Any], name: str) -> tuple[Mention, ...]:
    """What one side of a pair claims: the whole text, or each claim in a text of several sentences.

    Raises BadLineError.
    """
    side = record.get(name)
    if not isinstance(side, dict):
        raise BadLineError(f'"{name}" is missing or no object; right is {{"text": ..., "published"?: ...}}')
    said, published, speaker = text(side, "text"), _published(side), _optional(side, "speaker")
    whole = as_mention(said, context=_optional(side, "context") or "", published=published, speaker=speaker)
    if len(SENTENCE_END.findall(said.strip()[:-1])) == 0:
        return (whole,)
    read = analyze(said, published)
    if len(read.sentences) < 2 or not read.mentions:
        return (whole,)
    return (whole, *(replace(one, speaker=one.speaker or speaker) for one in read.mentions[:MOST]))


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
    stealth_options = ("stdin",)

    def handle(self, *args: Any, **options: Any) -> None:
        def work(record: dict[str, Any]) -> dict[str, Any]:
            return answer(record, compare_any(mentions_of(record, "a"), mentions_of(record, "b")))

        bad = each(options.get("stdin") or sys.stdin, work, self.stdout, self.stderr)
        if bad:
            raise CommandError(f"{bad} bad line{'s' if bad > 1 else ''}", returncode=1)

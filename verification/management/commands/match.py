"""``manage.py match``: queries on standard input, the best stored claims on standard output (JSON Lines)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import as_mention
from verification.management.commands._lines import BadLineError, each, parse, text
from verification.matching import Index


def _claims(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of the file of claims with their numbers. Raises CommandError if it cannot be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"--claims {path} cannot be read: {error}") from error


class Command(BaseCommand):
    help = (
        'Find known claims again: {"id","claim"} a line in FILE, {"id","query"} a line on standard input, '
        '{"id","matches":[{"id","score","reasons"}]} a line on standard output, best first. '
        "A bad line is reported on standard error with its number, and the exit code is then 1."
    )
    requires_system_checks: list[str] = []
    stealth_options = ("stdin",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--claims", required=True, type=Path, metavar="FILE", help="JSON Lines of known claims"
        )
        parser.add_argument("--limit", type=int, default=20, help="matches a query, default 20")

    def handle(self, *args: Any, **options: Any) -> None:
        index: Index[Any] = Index()
        bad = 0
        for number, line in _claims(options["claims"]):
            try:
                record = parse(line)
                index.add(record.get("id"), as_mention(text(record, "claim")))
            except BadLineError as error:
                bad += 1
                self.stderr.write(f"{options['claims']} line {number}: {error}\n")

        def work(record: dict[str, Any]) -> dict[str, Any]:
            found = index.search(as_mention(text(record, "query")), limit=options["limit"])
            matches = [{"id": m.id, "score": round(m.score, 4), "reasons": list(m.reasons)} for m in found]
            return {"id": record.get("id"), "matches": matches}

        bad += each(options.get("stdin") or sys.stdin, work, self.stdout, self.stderr)
        if bad:
            raise CommandError(f"{bad} bad line{'s' if bad > 1 else ''}", returncode=1)

"""``manage.py reassess``: recompute what the machine concluded, with the rules of today."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from verification.services.reassessing import Progress, reassess


class Command(BaseCommand):
    help = "Compare, group and assess all that is stored anew; writes each claim that changes, a JSON object a line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change, and change nothing"
        )
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="ID",
            help="go on after this claim, as the last line of a run that was broken off says",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        changes = reassess(dry_run=options["dry_run"], after=options["after"], progress=self._say)
        for change in changes:
            self.stdout.write(json.dumps(asdict(change), ensure_ascii=False))

    def _say(self, progress: Progress) -> None:
        self.stderr.write(
            f"{progress.done:,} of {progress.of:,} claims; to go on here: --after {progress.last}"
        )

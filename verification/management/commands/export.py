"""``manage.py export``: all that is stored, as JSON Lines."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from verification.selectors.exporting import EXPORTS


class Command(BaseCommand):
    help = "Write what is stored to standard output, one JSON object a line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--what", required=True, choices=sorted(EXPORTS))

    def handle(self, *args: Any, **options: Any) -> None:
        for row in EXPORTS[options["what"]]():
            self.stdout.write(json.dumps(row, ensure_ascii=False))

"""``manage.py evaluate``: how good the project is at one of its tasks, on gold data."""

from __future__ import annotations

import json
import time
from argparse import ArgumentTypeError
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from verification.evaluation.reading import WrongFormat
from verification.evaluation.report import Measure, Report
from verification.evaluation.tasks import TASKS, sets_of

T = TypeVar("T")


class Command(BaseCommand):
    help = (
        "Score extraction, comparison, matching or origins on gold data: a table, or with --json "
        "one object a line for each set of data. Nothing is stored."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("task", choices=sorted(TASKS), help="what to score")
        parser.add_argument(
            "path", type=Path, metavar="FILE|FOLDER", help="the gold data; a folder: all in it"
        )
        parser.add_argument("--limit", type=_positive, metavar="N", help="only the first N rows of each set")
        parser.add_argument("--misses", action="store_true", help="also list what came out wrong")
        parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        task, as_json = options["task"], options["json"]
        try:
            for path in sets_of(task, options["path"]):
                start = time.perf_counter()
                report = TASKS[task].run(path, options["limit"], _progress)
                if not options["misses"]:
                    report = replace(report, misses=())
                self._show(report, time.perf_counter() - start, as_json)
        except WrongFormat as error:
            raise CommandError(str(error)) from error

    def _show(self, report: Report, seconds: float, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({**report.as_dict(), "seconds": round(seconds, 1)}))
            return
        table = Table("measure")
        for heading in ("value", "cases", "bar", ""):
            table.add_column(heading, justify="right")
        for measure in report.measures:
            table.add_row(*_cells(measure))
        console = Console(width=None if self.stdout.isatty() else 100)
        with console.capture() as printed:
            console.print(table)
        self.stdout.write(f"{report.task}: {report.data}, {report.cases:,} cases, {seconds:.1f} s")
        self.stdout.write(printed.get(), ending="")
        if report.note:
            self.stdout.write(report.note)
        self.stdout.writelines(line + "\n" for line in report.misses)


def _cells(measure: Measure) -> tuple[str, ...]:
    bar = "" if measure.bar is None else f"{'≤' if measure.at_most else '≥'} {100 * measure.bar:.0f}"
    mark = {None: "", True: "reached", False: "below" if not measure.at_most else "above"}[measure.reached]
    return measure.name, f"{100 * measure.value:.1f}", f"{measure.of:,}", bar, mark


def _progress(items: Iterable[T], label: str, total: int) -> Iterable[T]:
    return track(items, label, total=total, console=Console(stderr=True), transient=True)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} should be a whole number above 0")
    return int(text)

"""``manage.py ingest``: hand in files, folders, JSON Lines, links and feeds."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from claims import pipeline
from claims.fetching import parse_moment
from claims.models import Step, Submission
from claims.services.gathering import Rejected, gather
from claims.services.submitting import Incoming, refuse, submit


class Command(BaseCommand):
    help = "Read articles: text and HTML files, folders, JSON Lines, http(s) links, RSS and Atom feeds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="+", metavar="PATH|URL|FEED")
        parser.add_argument(
            "--wait", action="store_true", help="do every step in this process; needs no worker"
        )
        parser.add_argument("--source", default="", help="who published, where the file or page does not say")
        parser.add_argument("--publisher", default="", help="who owns the source")
        parser.add_argument("--published", default="", help="ISO 8601 moment, where the file does not say")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=sys.stderr)
        defaults = self._defaults(options)
        with _progress(console) as progress:
            if options["wait"]:
                with pipeline.in_process():
                    ids = _hand_in(options["what"], defaults, progress)
                    ids = _do_all(ids, progress)
            else:
                ids = _hand_in(options["what"], defaults, progress)
        self._report(console, ids, waited=options["wait"])

    def _defaults(self, options: dict[str, Any]) -> Incoming:
        published = parse_moment(options["published"])
        if options["published"] and published is None:
            raise CommandError(
                f"--published {options['published']!r}: give ISO 8601, as in 2025-02-18T12:00:00Z"
            )
        return Incoming(
            kind=Submission.Kind.TEXT,
            channel=Submission.Channel.CLI,
            label="",
            source=options["source"],
            publisher=options["publisher"],
            published=published,
        )

    def _report(self, console: Console, ids: set[int], *, waited: bool) -> None:
        steps = Step.objects.filter(Q(submission__in=ids) | Q(revision__submissions__in=ids)).distinct()
        unfinished = False
        failed = steps.filter(state=Step.State.FAILED).order_by("pk")
        for step in failed:
            label = step.submission.label if step.submission else str(step.revision)
            console.print(f"[red]{escape(label)}[/red]: {escape(step.error)} [dim]({step.error_code})[/dim]")
        if waited:
            later = steps.exclude(state__in=[Step.State.DONE, Step.State.FAILED])
            read = Submission.objects.filter(pk__in=ids, revision__isnull=False).count()
            console.print(
                f"{read} of {len(ids)} read, {len(failed)} failed, {later.count()} to be tried again"
            )
            for step in later.exclude(error=""):
                label = step.submission.label if step.submission else str(step.revision)
                console.print(f"[yellow]{escape(label)}[/yellow], later: {escape(step.error)}")
            unfinished = later.exists()
        else:
            console.print(f"{len(ids)} handed in; a worker reads them (or use --wait)")
        if failed or unfinished:
            sys.exit(1)


def _hand_in(arguments: Iterable[str], defaults: Incoming, progress: Progress) -> set[int]:
    task = progress.add_task("handing in", total=None)
    ids = set()
    for argument in arguments:
        for found in gather(argument, defaults):
            if isinstance(found, Rejected):
                submission = refuse(found.incoming, found.code, found.message)
            else:
                submission, _ = submit(found)
            ids.add(submission.pk)
            progress.update(task, advance=1, total=len(ids))
    return ids


def _do_all(ids: set[int], progress: Progress) -> set[int]:
    """Do all waiting steps; returns ``ids`` with the submissions that feeds among them led to."""
    before = Submission.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    task = progress.add_task("reading and cross-checking", total=None)

    def on_progress(tried: int) -> None:
        waiting = Step.objects.filter(state=Step.State.PENDING).count()
        done = progress.tasks[task].completed + tried
        progress.update(task, completed=done, total=done + waiting)

    pipeline.drain(on_progress=on_progress, wait=time.sleep)
    return ids | set(Submission.objects.filter(pk__gt=before).values_list("pk", flat=True))


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )

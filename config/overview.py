"""The table that ``manage.py up`` shows while the sample is cross-checked."""

from __future__ import annotations

import time

from django.db import DatabaseError, close_old_connections
from rich.console import Console
from rich.live import Live
from rich.table import Table

from claims.models import Step, Submission
from verification.selectors.overview import ClaimLine, claims_of_channel

EVERY = 1.0  # seconds between looks


class Overview:
    """Shows the sample's claims until all of them are cross-checked; then stays silent."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.live: Live | None = None
        self.looked = 0.0
        self.finished = False

    def tick(self) -> None:
        if self.finished or time.monotonic() - self.looked < EVERY:
            return
        self.looked = time.monotonic()
        close_old_connections()
        try:
            lines = claims_of_channel(Submission.Channel.SAMPLE)
            unfinished = Step.objects.filter(state__in=[Step.State.PENDING, Step.State.RUNNING]).count()
        except DatabaseError:
            return  # busy, or just migrating elsewhere: look again
        table = _table(lines, unfinished)
        if not unfinished:
            self._finish(table if lines else None)
        elif self.console.is_terminal:
            self._show(table)

    def _show(self, table: Table) -> None:
        if self.live is None:
            self.live = Live(table, console=self.console, auto_refresh=False)
            self.live.start()
        self.live.update(table, refresh=True)

    def _finish(self, table: Table | None) -> None:
        self.finished = True
        if self.live is not None:
            self.live.update(table or "", refresh=True)
            self.live.stop()
        elif table is not None:
            self.console.print(table)


def _table(lines: list[ClaimLine], unfinished: int) -> Table:
    title = f"the sample, {unfinished} steps to go" if unfinished else "the sample, cross-checked"
    table = Table(title=title, title_justify="left")
    for heading, justify in (
        ("claim", "left"),
        ("status", "left"),
        ("mentions", "right"),
        ("origins", "right"),
    ):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for line in lines:
        table.add_row(line.text, line.status_words, str(line.mentions), line.origins)
    return table

"""A small process supervisor: starts children, starts them again when they die, stops them all.

Each child has a process group of its own, so that Ctrl-C in a terminal reaches only the supervisor, which then
stops them in order, and so that a child that dies takes its own children along. Linux only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType

import structlog

log = structlog.get_logger(__name__)
PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 30.0  # seconds between restarts of a child that keeps dying
LARGEST_LOG = 10_000_000  # bytes after which a log is put aside
KEPT_LOGS = 3
STEADY_AFTER = 60.0  # seconds after which a child's earlier deaths are forgotten


@dataclass
class Child:
    """One process to keep alive. ``patience``: seconds it may take to stop before it is killed."""

    name: str
    command: Sequence[str]
    log_file: Path
    patience: float
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0)

    def start(self) -> None:
        with self.log_file.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self.started = time.monotonic()

    def rotate(self) -> None:
        """Put a large log aside, as name.log.1 to name.log.3, the newest first, and empty it.

        Copied and emptied, not renamed: the child goes on writing at its end. What it writes in between is lost.
        """
        with contextlib.suppress(OSError):
            if self.log_file.stat().st_size < LARGEST_LOG:
                return
            aside = [self.log_file.with_name(f"{self.log_file.name}.{n}") for n in range(1, KEPT_LOGS + 1)]
            try:
                for newer, older in reversed(list(pairwise(aside))):
                    if newer.exists():
                        newer.replace(older)
                shutil.copyfile(self.log_file, aside[0])
            finally:  # above all where the disk is full
                os.truncate(self.log_file, 0)

    def signal_group(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps children alive until SIGINT or SIGTERM; a second signal kills what has not stopped."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.signals = 0

    def run(self, on_tick: Callable[[], None], pause: float = 0.2) -> None:
        """Start all, then call ``on_tick`` and look after the children until told to stop."""
        previous = {number: signal.signal(number, self._told) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for child in self.children:
                child.start()
            while not self.signals:
                self._look_after()
                on_tick()
                time.sleep(pause)
        finally:
            self._stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _told(self, number: int, frame: FrameType | None) -> None:
        self.signals += 1

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in self.children:
            child.rotate()
            if child.process is None:
                if now >= child.due:
                    child.start()
                continue
            if child.process.poll() is None:
                continue
            child.signal_group(signal.SIGKILL)  # what it may have left behind
            child.deaths = 1 if now - child.started > STEADY_AFTER else child.deaths + 1
            child.due = now + min(LONGEST_PAUSE, 0.5 * 2 ** (child.deaths - 1))
            log.warning(
                "started again", child=child.name, exit=child.process.returncode, log=str(child.log_file)
            )
            child.process = None

    def _stop(self) -> None:
        """Ask each child in turn to end, the last started first; kill those that do not in time."""
        alive = [child for child in reversed(self.children) if child.process is not None]
        for child in alive:
            assert child.process is not None
            child.process.terminate()
        deadline = time.monotonic() + max((child.patience for child in alive), default=0.0)
        asked = self.signals
        for child in alive:
            assert child.process is not None
            while child.process.poll() is None and time.monotonic() < deadline and self.signals <= asked:
                time.sleep(0.05)
            child.signal_group(signal.SIGKILL)
            child.process.wait()


def _die_with_parent() -> None:
    """Ask Linux to end this child when the supervisor is killed, so that nothing is left on the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

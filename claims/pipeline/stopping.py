"""Whether this worker was asked to stop, which its processes look for between two pieces of work.

The main process of a worker is the one that is told; a byte that it shares with every process that it forks tells
the others. What a process holds by then and has not done goes back as if it had not been tried.
"""

from __future__ import annotations

import mmap

_told = mmap.mmap(-1, 1)  # shared across a fork


class Stopping(Exception):
    """Raised between two pieces of work, by a worker that was asked to stop."""


def ask(*, yes: bool = True) -> None:
    """Ask this process and all that were or will be forked from it to stop; with ``yes=False`` to go on after all."""
    _told[0] = yes


def asked() -> bool:
    return bool(_told[0])


def check() -> None:
    """Raise :class:`Stopping` if it was asked. To be called by ``compute`` where it does several things together."""
    if asked():
        raise Stopping

"""Whether a step broke by its own doing or by what it runs in."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

#: how long a step is left that could not be done for no fault of its own (seconds)
PAUSE = 30.0
#: between two tries to store what crossed another transaction, at most (seconds)
PAUSES = (0.1, 0.5, 2.0)
_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE})
#: PostgreSQL: two transactions of which each waited for the other, or that could not go side by side
_CROSSED = ("40P01", "40001")
#: PostgreSQL: connections, the disk, too many at once, a server that is stopped or started
_SQLSTATES = ("08", "53100", "53300", "57P01", "57P02", "57P03", *_CROSSED)
#: SQLite's primary codes
_SQLITE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_BUSY,
    }
)


def at_fault(error: BaseException) -> bool:
    """Whether the disk or the database was in the way: then a later try may do, and no step is to blame."""
    return any(
        (isinstance(each, OSError) and each.errno in _ERRNOS)
        or str(getattr(each, "sqlstate", None) or "").startswith(_SQLSTATES)
        or (getattr(each, "sqlite_errorcode", 0) or 0) & 0xFF in _SQLITE
        for each in _chain(error)
    )


def crossed(error: BaseException) -> bool:
    """Whether another transaction was in the way, by chance: it may do if it is tried again at once."""
    return any(getattr(each, "sqlstate", None) in _CROSSED for each in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__

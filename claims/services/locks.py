"""Locks that hold until the end of a transaction, and the order in which they are taken.

Who takes several takes them in this order, or each of two may wait for the other: steps by their ids; then
``one_at_a_time("crosscheck")``; then articles by their addresses; then all that hangs on them, rows of one table by
their keys. So what changes mentions that may have claims, or more standings than one, takes the lock of
cross-checking first. PostgreSQL ends one of two that wait for each other all the same; a step is then tried again
(:mod:`claims.pipeline.run`).
"""

from __future__ import annotations

import zlib

from django.db import connection


def one_at_a_time(name: str) -> None:
    """Wait until no other transaction holds ``name``.

    PostgreSQL: an advisory lock. SQLite: nothing to do, each transaction already took the only write lock
    when it began (``transaction_mode=IMMEDIATE``).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a transaction's lock needs a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])

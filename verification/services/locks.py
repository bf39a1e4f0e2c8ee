"""Locks that hold until the end of a transaction."""

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

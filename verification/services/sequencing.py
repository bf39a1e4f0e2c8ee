"""Giving events their places in one order, so that whoever follows them misses none and sees none twice."""

from __future__ import annotations

from django.db import connection, transaction

from claims.services.locks import one_at_a_time
from verification.models import Event

BATCH = 10_000
_NUMBER = """
UPDATE verification_event SET position = found.place FROM (
    SELECT id, (SELECT COALESCE(MAX(position), 0) FROM verification_event) + ROW_NUMBER() OVER (ORDER BY id) AS place
    FROM verification_event WHERE position IS NULL ORDER BY id LIMIT %s
) AS found WHERE verification_event.id = found.id
"""


def put_in_order() -> int:
    """Number the committed events that have no position yet, at most ``BATCH``. Returns how many.

    One transaction numbers at a time and sees only what is committed; the next one sees its numbers. So a position
    that can be read is greater than all that could be read before it: a transaction that is still open when a
    later one is numbered gets its place when it ends. (The alternative, to hold back what is younger than the oldest
    open transaction, would stop the feed for every long one, and does not survive a dump and restore.)
    """
    if not Event.objects.filter(position=None).exists():
        return 0
    with transaction.atomic():
        one_at_a_time("sequence")
        with connection.cursor() as cursor:
            cursor.execute(_NUMBER, [BATCH])
            return int(cursor.rowcount)

"""Run the tests that touch the database or the broker once more, on PostgreSQL and Redis.

``python -m tests.grown_up [pytest's arguments]``. The servers are those of ``TEST_DATABASE_URL`` and
``TEST_REDIS_URL``, else the ones on 127.0.0.1. Where one does not answer, this says so and skips; with
``CI=true`` it fails.
"""

from __future__ import annotations

import os
import sys

import psycopg
import redis

DATABASE_URL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
REDIS_URL = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"


def missing() -> str:
    """Why the servers cannot be used; "" when both answer."""
    try:
        psycopg.connect(DATABASE_URL, connect_timeout=3).close()
    except psycopg.Error as error:
        return f"PostgreSQL (TEST_DATABASE_URL) does not answer: {str(error).strip().splitlines()[0]}"
    try:
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return f"Redis (TEST_REDIS_URL) does not answer: {error}"
    return ""


def main() -> int:
    reason = missing()
    if reason:
        print(f"SKIPPED the tests on PostgreSQL and Redis: {reason}", file=sys.stderr)  # noqa: T201
        return 1 if os.environ.get("CI") == "true" else 0
    os.environ |= {"DATABASE_URL": DATABASE_URL, "REDIS_URL": REDIS_URL}
    import pytest

    return pytest.main(["-m", "uses_database", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())

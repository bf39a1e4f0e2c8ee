"""What all tests share: a data directory of their own, no broker, and a way to flush append-only tables."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from typing import Any

# Before Django reads its settings: no test touches the data of a Twosource that runs here.
os.environ["TWOSOURCE_DATA_DIR"] = tempfile.mkdtemp(prefix="twosource-tests-")
# Rules alone, so that what a test expects does not hang on how a model was trained; its own tests name one.
os.environ["STANCE_MODEL"] = "none"

import pytest
from hypothesis import settings

# A busy machine is no fault: no example of a property is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "client", "admin_client", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that ``-m uses_database`` finds it (tests/grown_up.py does)."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.uses_database)
        if item.get_closest_marker("django_db") or item.get_closest_marker("processes"):
            item.add_marker(pytest.mark.uses_database)


@pytest.fixture(autouse=True)
def _no_broker() -> Iterator[None]:
    """Tests do the steps themselves; those that want a broker start real processes."""
    from claims import pipeline

    with pipeline.in_process():
        yield


@pytest.fixture(autouse=True)
def _counted_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a cache of its own: what another asked does not count against its clients."""
    from django.core.cache import caches

    monkeypatch.setattr(caches["default"], "key_prefix", uuid.uuid4().hex)


@pytest.fixture(scope="session", autouse=True)
def _only_known_kinds_of_events() -> Iterator[None]:
    """Whatever a test makes happen is told by a kind of the vocabulary: the database takes any word for one."""
    from django.db.models.signals import post_init

    from verification.models import Event
    from verification.models.words import EventKind

    def check(instance: Any, **_: Any) -> None:
        kind = instance.__dict__.get("kind") or EventKind.DETECTED  # not loaded, or what a constraint refuses
        assert kind in EventKind.values, f"{kind!r} is no kind of event"

    post_init.connect(check, sender=Event, weak=False, dispatch_uid="kinds")
    yield
    post_init.disconnect(sender=Event, dispatch_uid="kinds")


@pytest.fixture(scope="session", autouse=True)
def _flush_append_only_tables() -> Iterator[None]:
    """Django empties tables after a transactional test; on SQLite by DELETE, which our triggers refuse."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    from claims import triggers
    from verification.guards import TRIGGERS

    guarded = (*triggers.CLAIMS, *TRIGGERS)
    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(self: DatabaseOperations, sql_list: Any) -> None:
        alias = self.connection.alias
        triggers.drop(alias, guarded)
        flush(self, sql_list)
        triggers.create(alias, guarded)

    DatabaseOperations.execute_sql_flush = flush_without_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush

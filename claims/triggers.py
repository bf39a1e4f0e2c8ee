"""Invariants that a CHECK constraint cannot express, as database triggers on SQLite and PostgreSQL.

On SQLite they are dropped before each ``migrate`` and made again after it: Django rebuilds a whole table to alter it,
and a trigger that names another table would stand in the way. On PostgreSQL, where dropping one waits for all who read
its table and lets nobody else at it meanwhile, they stay, but for a migration that writes rows itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.models.signals import post_migrate, pre_migrate

Plan = Iterable[tuple[Migration, bool]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuse ``event`` on ``table`` where ``condition`` (SQL over OLD and NEW) holds, with ``message``."""

    table: str
    event: str  # INSERT, UPDATE or DELETE
    name: str
    condition: str
    message: str

    @property
    def identifier(self) -> str:
        return f"twosource_{self.table}_{self.name}_{self.event}".lower()


def append_only(table: str, *events: str) -> tuple[Trigger, ...]:
    """Rows of ``table`` can be added, never changed or deleted; or, with ``events``, not the one of these."""
    return tuple(
        Trigger(table, event, "append_only", "1 = 1", f"{table} is append-only")
        for event in events or ("UPDATE", "DELETE")
    )


def inside_revision(table: str, length: str) -> tuple[Trigger, ...]:
    """``end`` of a row in ``table`` may not lie beyond its revision's ``length`` (a subquery over NEW)."""
    return tuple(
        Trigger(
            table, event, "inside", f'NEW."end" > ({length})', f"{table}: the span ends beyond its revision"
        )
        for event in ("INSERT", "UPDATE")
    )


_LENGTH_BY_MENTION = (
    "SELECT r.length FROM claims_revision r JOIN claims_mention m ON m.revision_id = r.id "
    "WHERE m.id = NEW.mention_id"
)
_MERGED = (
    "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.merged_into_id AND c.merged_into_id IS NOT NULL) "
    "OR EXISTS (SELECT 1 FROM claims_claim c WHERE c.merged_into_id = NEW.id)"
)
CLAIMS = (
    Trigger(
        "claims_claim",
        "UPDATE",
        "merged",
        f"NEW.merged_into_id IS NOT NULL AND NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id AND ({_MERGED})",
        "claims_claim: a claim is merged into one that stands for itself, and takes those merged into it along",
    ),
    Trigger(
        "claims_claim",
        "INSERT",
        "merged",
        f"NEW.merged_into_id IS NOT NULL AND ({_MERGED})",
        "claims_claim: a claim is merged into one that stands for itself",
    ),
    *inside_revision("claims_mention", "SELECT r.length FROM claims_revision r WHERE r.id = NEW.revision_id"),
    *inside_revision("claims_quantity", _LENGTH_BY_MENTION),
    *inside_revision("claims_timeexpression", _LENGTH_BY_MENTION),
    *inside_revision("claims_entitymention", _LENGTH_BY_MENTION),
    *append_only("claims_feedevent"),
    Trigger(
        "claims_revision",
        "UPDATE",
        "text",
        "NEW.text <> OLD.text OR NEW.length <> OLD.length",
        "claims_revision: a text never changes, a silent edit is a new revision",
    ),
)


def guard(app: AppConfig, triggers: tuple[Trigger, ...]) -> None:
    """Keep ``triggers`` in every database that ``app`` is migrated into."""

    def drop_them(using: str, plan: Plan = (), **_: Any) -> None:
        if connections[using].vendor != "postgresql" or _writes_rows(plan):
            drop(using, triggers)

    def create_them(using: str, **_: Any) -> None:
        create(using, triggers)

    pre_migrate.connect(drop_them, sender=app, weak=False, dispatch_uid=f"drop triggers of {app.label}")
    post_migrate.connect(create_them, sender=app, weak=False, dispatch_uid=f"create triggers of {app.label}")


def drop(using: str, triggers: Iterable[Trigger]) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for trigger in triggers:
            if trigger.table not in tables:
                continue
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.identifier} ON {trigger.table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {trigger.identifier}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.identifier}")


def create(using: str, triggers: Iterable[Trigger]) -> None:
    connection = connections[using]
    if connection.vendor != "postgresql":
        drop(using, triggers)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        there = _there(cursor) if connection.vendor == "postgresql" else frozenset()
        for trigger in triggers:
            if trigger.table in tables:  # not yet there while migrating to an early migration
                for statement in _statements(connection.vendor, trigger, there):
                    cursor.execute(statement)


def _writes_rows(plan: Plan) -> bool:
    return any(
        isinstance(operation, RunPython | RunSQL)
        for migration, _ in plan
        for operation in migration.operations
    )


def _there(cursor: Any) -> frozenset[str]:
    cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    return frozenset(name for (name,) in cursor.fetchall())


def _statements(vendor: str, trigger: Trigger, there: Container[str]) -> tuple[str, ...]:
    head = f"CREATE TRIGGER {trigger.identifier} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW"
    if vendor != "postgresql":
        return (f"{head} WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",)
    row = "OLD" if trigger.event == "DELETE" else "NEW"
    function = (
        f"CREATE OR REPLACE FUNCTION {trigger.identifier}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {trigger.condition} THEN "
        f"RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{trigger.message}'; END IF; "
        f"RETURN {row}; END $$"
    )
    if trigger.identifier in there:
        return (function,)
    return function, f"{head} EXECUTE FUNCTION {trigger.identifier}()"

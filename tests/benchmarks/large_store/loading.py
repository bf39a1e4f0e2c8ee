"""Rows into tables, as fast as the database takes them: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import NotSupportedError, connection, models

from claims import triggers
from verification.guards import TRIGGERS

CACHE_KIB = 1_000_000  # of SQLite's pages, while loading only


class Table:
    """Rows of one model on their way. ``fields`` are those that differ by row; the others have their default."""

    def __init__(self, model: type[models.Model], *fields: str) -> None:
        given = [model._meta.get_field(name) for name in fields]
        rest = [
            f for f in model._meta.concrete_fields if f not in given and not f.generated and not f.primary_key
        ]
        fixed = [f for f in rest if not f.null]
        self.name = model._meta.db_table
        self.columns = [f.column for f in (*given, *fixed)]
        self._fixed = tuple(_default(f) for f in fixed)
        self.rows: list[tuple[Any, ...]] = []
        self.written = 0

    def add(self, *values: Any) -> None:
        """In the order of ``fields``; numbers, text, None, JSON as text, moments through :func:`moment`."""
        self.rows.append(values + self._fixed)

    def flush(self) -> None:
        """Write what was added."""
        columns = ", ".join(connection.ops.quote_name(column) for column in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({columns}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {self.name} ({columns}) VALUES ({places})", self.rows)
        self.written += len(self.rows)
        self.rows = []


def moment(value: Any) -> Any:
    """A datetime as the database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(value)


def _default(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, models.JSONField):
        return json.dumps(field.get_default())
    return field.get_db_prep_save(field.get_default(), connection)


@contextmanager
def fast_loading(loaded: Sequence[type[models.Model]]) -> Iterator[None]:
    """Without the triggers, and without indexes and foreign keys of the tables where they can be made afterwards.

    At the end all is there again, the counters of ids go on behind the last row, and statistics are fresh.
    """
    if connection.vendor not in ("postgresql", "sqlite"):
        raise NotSupportedError(f"{connection.vendor}: a large store is built on PostgreSQL or SQLite")
    guards = (*triggers.CLAIMS, *TRIGGERS)
    triggers.drop(connection.alias, guards)
    with connection.cursor() as cursor:
        remade = (_without_on_postgresql if connection.vendor == "postgresql" else _without_on_sqlite)(
            cursor, [model._meta.db_table for model in loaded]
        )
    yield
    with connection.cursor() as cursor:
        for statement in remade:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = ON")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    triggers.create(connection.alias, guards)


def _without_on_postgresql(cursor: Any, tables: list[str]) -> list[str]:
    """Drop foreign keys, unique constraints and indexes. Returns the statements that make them again."""
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype FROM pg_constraint "
        "WHERE contype IN ('u', 'f') AND conrelid::regclass::text = ANY(%s)",
        [tables],
    )
    constraints = sorted(cursor.fetchall(), key=lambda row: row[3], reverse=True)  # unique ones first
    again = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}" for table, name, what, _ in constraints]
    for table, name, _, _ in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [tables],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _, definition in indexes] + again


def _without_on_sqlite(cursor: Any, tables: list[str]) -> list[str]:
    """Drop the indexes that have a statement of their own, and give the rest a large cache to grow in."""
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    cursor.execute("PRAGMA foreign_keys = OFF")
    marks = ", ".join(["%s"] * len(tables))
    cursor.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
        tables,
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in indexes]


def database_bytes() -> int:
    """What the database takes on disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])

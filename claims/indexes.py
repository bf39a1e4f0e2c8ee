"""Operations of migrations that make and take away indexes while others write.

PostgreSQL lets nobody write to a table while a plain ``AddIndex`` reads all of it, which takes minutes for millions
of rows. These use ``CONCURRENTLY`` there, and want a migration that is no transaction (``atomic = False``). On SQLite,
which has one writer at a time anyway, they are the plain ones.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations

_BROKEN = "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid"


class _NobodyWaits:
    """Does what ``concurrent`` does on PostgreSQL and what ``plain`` does elsewhere."""

    concurrent: type[Any]
    plain: type[Any]

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        self._way(schema_editor).database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        self._way(schema_editor).database_backwards(self, app_label, schema_editor, *states)

    def _way(self, schema_editor: Any) -> type[Any]:
        return self.concurrent if schema_editor.connection.vendor == "postgresql" else self.plain


class AddIndex(_NobodyWaits, AddIndexConcurrently):
    """What a try that was broken off has left of the index, which nothing uses, goes first."""

    concurrent, plain = AddIndexConcurrently, migrations.AddIndex

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        if self._way(schema_editor) is self.concurrent:
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(_BROKEN, [self.index.name])
                if cursor.fetchone():
                    name = schema_editor.quote_name(self.index.name)
                    cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
        super().database_forwards(app_label, schema_editor, *states)


class RemoveIndex(_NobodyWaits, RemoveIndexConcurrently):
    concurrent, plain = RemoveIndexConcurrently, migrations.RemoveIndex

"""Rows that belong to a row, as a column of it: one query where each kind would take its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Func, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Gathered(Subquery):
    """The rows of a queryset as a list of objects, in their order. May refer to the row outside (OuterRef).

    ``fields`` are names of columns, ``named`` are expressions. A truth value is 0 or 1 on SQLite, and a moment is
    text: see :func:`claims.selectors.gathering.moment`.
    """

    template = "(SELECT coalesce(jsonb_agg(g.item), '[]'::jsonb) FROM (%(subquery)s) g)"
    template_sqlite = "(SELECT json_group_array(json(g.item)) FROM (%(subquery)s) g)"

    def __init__(self, rows: QuerySet[Any], *fields: str, **named: Any) -> None:
        item = JSONObject(**{field: F(field) for field in fields}, **named)
        super().__init__(rows.annotate(item=item).values("item"), output_field=JSONField())

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.template_sqlite, **extra)


class Nested(Func):
    """A JSON column inside of a JSON object, where SQLite would take it for text."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="json(%(expressions)s)", **extra)


class Exact(Func):
    """A number in a JSON object with all its digits, where SQLite would write the first fifteen."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CASE WHEN %(expressions)s IS NOT NULL THEN json(printf('%%%%!.17g', %(expressions)s)) END"
        return self.as_sql(compiler, connection, template=template, **extra)


def moment(text: str) -> datetime:
    """A moment that was gathered: ISO 8601, and in UTC where no offset is told."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)

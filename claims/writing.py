"""Writing many rows in one statement, where Django composes one with a condition for each row."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

_AT_ONCE = 400  # rows; SQLite takes 32,766 values in a statement


def set_each(model: type[Model], field: str, values: Mapping[int, Any]) -> None:
    """Give each row, by primary key, its value in one column. What Django does to a value on its way is not done,
    and None is not taken: PostgreSQL could not tell what it is one of."""
    table, key = model._meta.db_table, model._meta.pk.column
    column = model._meta.get_field(field).column  # type: ignore[union-attr]
    pairs = iter(values.items())
    with connection.cursor() as cursor:
        while some := list(islice(pairs, _AT_ONCE)):
            places = ", ".join(["(%s, %s)"] * len(some))
            given = f"(VALUES {places}) AS given"
            cursor.execute(
                f'UPDATE "{table}" SET "{column}" = given.column2 FROM {given} '  # noqa: S608 - names are the model's
                f'WHERE "{table}"."{key}" = given.column1',
                [part for pair in some for part in pair],
            )

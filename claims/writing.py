"""Writing many rows in one statement, where Django would compose one with a condition for each row and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field, Model

_AT_ONCE = 400  # rows; SQLite takes 32,766 values in a statement


def set_each(model: type[Model], names: Sequence[str], values: Mapping[int, Sequence[Any]]) -> None:
    """Give each row, by primary key, its values in these fields."""
    table, key = model._meta.db_table, model._meta.pk.column
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    setting = ", ".join(_set(field, number) for number, field in enumerate(fields, start=2))
    one = f"({', '.join(['%s'] * (len(fields) + 1))})"
    rows = iter(values.items())
    with connection.cursor() as cursor:
        while some := list(islice(rows, _AT_ONCE)):
            given = f"(VALUES {', '.join([one] * len(some))}) AS given"
            cursor.execute(
                f'UPDATE "{table}" SET {setting} FROM {given} WHERE "{table}"."{key}" = given.column1',  # noqa: S608
                [part for pk, row in some for part in (pk, *_prepared(fields, row))],
            )


def _prepared(fields: Sequence[Any], row: Sequence[Any]) -> list[Any]:
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]


def _set(field: Field[Any, Any], number: int) -> str:
    value = f"given.column{number}"
    if connection.vendor == "postgresql":  # which could not tell what a NULL is one of
        value = f"CAST({value} AS {field.db_type(connection)})"
    return f'"{field.column}" = {value}'

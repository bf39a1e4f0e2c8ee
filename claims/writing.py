"""Writing many rows in one statement that costs less to compose than what Django makes of them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

_Row = TypeVar("_Row", bound=Model)
_AT_ONCE = 400  # rows; SQLite takes 32,766 values in a statement


def add_all(rows: Iterable[_Row], *, unique: Sequence[str] = (), update: Sequence[str] = ()) -> list[_Row]:
    """Insert rows of one model, which get their primary keys. Where one is there with the same values in the fields
    ``unique``, its fields ``update`` are set instead. Fields hold plain values, no expressions.

    This is ``bulk_create``. On PostgreSQL it gives the driver one value in JSON in place of an array for each column,
    each of whose texts would be escaped in Python, twice.
    """
    added = list(rows)
    if not added:
        return added
    model = type(added[0])
    if connection.vendor != "postgresql":
        return model._default_manager.bulk_create(
            added, update_conflicts=bool(update), unique_fields=unique or None, update_fields=update or None
        )
    key, given_by_database = model._meta.pk, model._meta.auto_field
    fields: list[Any] = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and field is not given_by_database
    ]
    columns = [f'"{field.column}"' for field in fields]
    types = [f"{name} {_bare_type(field)}" for name, field in zip(columns, fields, strict=True)]
    names = [field.column for field in fields]
    given = [dict(zip(names, [_plain(f.pre_save(row, True)) for f in fields], strict=True)) for row in added]
    sql = (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)})'  # noqa: S608
        f" SELECT {', '.join(columns)} FROM json_to_recordset(%s::json) AS given({', '.join(types)})"
        f'{_on_conflict(model, unique, update)} RETURNING "{key.column}"'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(given, ensure_ascii=False, default=str)])
        for row, (pk,) in zip(added, cursor.fetchall(), strict=True):
            row.pk = pk
            row._state.adding, row._state.db = False, connection.alias
    return added


def _bare_type(field: Any) -> str:
    """Without a length: what is too long shall be refused, not cut."""
    return str(field.db_type(connection)).partition("(")[0]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _on_conflict(model: type[Model], unique: Sequence[str], update: Sequence[str]) -> str:
    if not update:
        return ""
    columns = {name: f'"{model._meta.get_field(name).column}"' for name in (*unique, *update)}  # type: ignore[union-attr]
    setting = ", ".join(f"{columns[name]} = EXCLUDED.{columns[name]}" for name in update)
    return f" ON CONFLICT ({', '.join(columns[name] for name in unique)}) DO UPDATE SET {setting}"


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

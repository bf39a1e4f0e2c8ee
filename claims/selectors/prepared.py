"""Queries that are written once: Django takes longer to write the SQL of a claim's record than a database to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
#: what stands for a value that is not known yet, by its type; nothing else in a query is like it, so that it is found
#: again among the parameters of the SQL that was written with it. Accounts have ids of 31 bits.
_BLANKS: Mapping[type, Callable[[int], Any]] = {
    int: lambda place: 2**31 - 20_240_229 + place,
    str: lambda place: f"<blank {place}>",
}


class Prepared(Generic[Row]):
    """A queryset that differs by a few values only: its SQL is written at the first call, and then used again.

    ``build`` is given one value of each of ``types``, integers or text, and must use it as the value of a condition, as
    it stands, at least once; nothing else of the queryset may change from call to call. What it prefetches is not
    fetched.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], *types: type) -> None:
        self._build = build
        self._blanks = tuple(_BLANKS[of](place) for place, of in enumerate(types or (int,)))
        self._written: dict[str, tuple[QuerySet[Row], Any, str, tuple[Any, ...]]] = {}

    def __call__(self, *values: int | str) -> list[Row]:
        """The rows, as the queryset would give them."""
        alias = "default"
        connection = connections[alias]
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write(alias)
        template, written, sql, params = self._written[connection.vendor]
        value_of = dict(zip(self._blanks, values, strict=True))
        filled = tuple(value_of.get(param, param) if type(param) in _BLANKS else param for param in params)
        compiler = copy(written)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (sql, filled)
        queryset = template.all()
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(queryset)

    def _write(self, alias: str) -> tuple[QuerySet[Row], Any, str, tuple[Any, ...]]:
        queryset = self._build(*self._blanks).using(alias)
        compiler = queryset.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        missing = set(self._blanks) - {param for param in params if type(param) in _BLANKS}
        assert not missing, "each value must stand in the SQL as a parameter"
        return queryset, compiler, sql, tuple(params)

"""Serializers that are worked out once a class, where REST framework's copy and inspect their fields for every row.

What they show is what REST framework's would: the fields are the same, and the OpenAPI document is made from them.
Only for what is shown; what is sent is read by REST framework's own.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Manager, Model
from rest_framework import serializers
from rest_framework.fields import empty

Row = TypeVar("Row")
Of = TypeVar("Of", bound=Model)
Show = Callable[[Any], Any]
#: fields whose values JSON shows as they stand in the row
_AS_IT_STANDS = frozenset(
    {
        serializers.CharField,
        serializers.ChoiceField,
        serializers.FloatField,
        serializers.IntegerField,
        serializers.JSONField,
    }
)
_worked_out: dict[type, Show] = {}


class Shown(serializers.Serializer[Row]):
    def to_representation(self, instance: Any) -> Any:
        return _shape(type(self))(instance)


class ShownModel(serializers.ModelSerializer[Of]):
    def to_representation(self, instance: Any) -> Any:
        return _shape(type(self))(instance)


def _shape(serializer: type[Any]) -> Show:
    """What turns a row into what ``serializer`` shows of it."""
    if serializer not in _worked_out:
        _worked_out[serializer] = _work_out(serializer())
    return _worked_out[serializer]


def _work_out(serializer: Any) -> Show:
    steps = [(field.field_name, _getter(field), _shower(field)) for field in serializer._readable_fields]

    def show(row: Any) -> dict[str, Any]:
        shown = {}
        for name, get, as_shown in steps:
            value = get(row)
            shown[name] = value if value is None or as_shown is None else as_shown(value)
        return shown

    return show


def _getter(field: Any) -> Show:
    """What finds the field's value in a row: an object, or a mapping."""
    if field.source == "*":
        return lambda row: row
    names: list[str] = field.source_attrs
    of_object = attrgetter(".".join(names))
    default = field.default

    def get(row: Any) -> Any:
        try:
            if type(row) is not dict:
                return of_object(row)
            for name in names:
                row = row[name] if type(row) is dict else getattr(row, name)
            return row
        except (AttributeError, KeyError, ObjectDoesNotExist):
            if default is empty:
                raise
            return default() if callable(default) else default

    return get


def _shower(field: Any) -> Show | None:
    """What turns the field's value into what is shown; None where that is the same."""
    if isinstance(field, serializers.ListSerializer):
        one = _shower(field.child)
        assert one is not None

        def rows(value: Any) -> list[Any]:
            return [one(row) for row in (value.all() if isinstance(value, Manager) else value)]

        return rows
    if isinstance(field, Shown | ShownModel):
        return _shape(type(field))
    return None if type(field) in _AS_IT_STANDS else field.to_representation

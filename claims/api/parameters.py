"""Query parameters that take one spelling each and refuse the rest, where Django's form fields guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Upper
from django.utils.dateparse import parse_datetime
from django_filters import rest_framework as filters
from django_filters.fields import BaseCSVField
from drf_spectacular.drainage import set_override

from claims.fetching import Unreadable, canonical_url

LARGEST_ID = 2**63 - 1
_LONGEST_NAME = 200
#: what the OpenAPI document says of an address of the web
WEB_ADDRESS = {"type": "string", "format": "uri"}
_MOMENT = "2025-02-18T09:30:00Z"


class FlagField(forms.CharField):
    """``true`` or ``false``; None if not given."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text not in ("", "true", "false"):
            raise ValidationError("neither true nor false", code="not_a_flag")
        return {"": None}.get(text, text == "true")


class WholeField(forms.CharField):
    """A row's id."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= LARGEST_ID):
            raise ValidationError("not a number that a row can have", code="not_an_id")
        return int(text)


class DayField(forms.CharField):
    """A day as ISO 8601 writes it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise ValidationError("not a day of the calendar", code="not_a_day") from None


class MomentField(forms.CharField):
    """An ISO 8601 date and time with its offset from UTC."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return moment(text) if text else None


class AddressField(forms.CharField):
    """An article's address, in any spelling of it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return canonical_url(text) if text else ""
        except Unreadable as error:
            raise ValidationError(error.message, code=error.code) from None


class NumberField(forms.FloatField):
    """A number that has an end."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError("not a number", code="not_a_number") from None


class Described(filters.Filter):
    """A filter whose type in the OpenAPI document is ``schema``."""

    schema: Mapping[str, Any]

    def __init__(self, *args: Any, help_text: str, **options: Any) -> None:
        super().__init__(*args, help_text=help_text, **options)
        set_override(self, "field", {**self.schema, "description": help_text})


class Flag(Described):
    field_class = FlagField
    schema = {"type": "boolean"}


class Id(Described):
    field_class = WholeField
    schema = {"type": "integer", "minimum": 0, "maximum": LARGEST_ID}


class Day(Described):
    field_class = DayField
    schema = {"type": "string", "format": "date"}


class Moment(Described):
    field_class = MomentField
    schema = {"type": "string", "format": "date-time"}


class Address(Described):
    field_class = AddressField
    schema = WEB_ADDRESS


class Number(Described):
    field_class = NumberField
    schema = {"type": "number"}


class WordsField(BaseCSVField):
    """Words between commas, none of them empty."""

    def clean(self, value: Any) -> Any:
        if value and not all(value):
            raise ValidationError("there is nothing between two commas", code="invalid_choice")
        return super().clean(value)


class Words(filters.BaseInFilter, filters.ChoiceFilter):
    """One or more words of a closed list, divided by commas."""

    base_field_class = WordsField


def words(field: str, known: Iterable[str], description: str, method: str | None = None) -> Words:
    known = list(known)
    return Words(
        field_name=field,
        method=method,
        choices=[(word, word) for word in known],
        error_messages={"invalid_choice": f"%(value)s is not one of {', '.join(known)}"},
        help_text=f"{description}; several words divided by commas are alternatives.",
    )


class Named(filters.CharFilter):
    """The whole of a name, without regard to case, as the indexes on upper-case names find it."""

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(**{f"{self.field_name}__upper": Upper(Value(value))}) if value else qs


def named(field: str, description: str) -> Named:
    """The whole of a name, without regard to case."""
    return Named(
        field_name=field,
        max_length=_LONGEST_NAME,
        help_text=f"{description}: the whole name, without regard to case.",
    )


def since(field: str) -> Moment:
    return Moment(
        field_name=field, lookup_expr="gte", help_text=f"Published then or later, such as {_MOMENT}."
    )


def until(field: str) -> Moment:
    return Moment(
        field_name=field, lookup_expr="lt", help_text=f"Published earlier than that, such as {_MOMENT}."
    )


def moment(text: str) -> datetime:
    """The moment that ``text`` gives, in UTC.

    Raises Django's ValidationError: "not_a_moment", "no_timezone".
    """
    try:
        parsed = parse_datetime(text)
        if parsed is None:
            raise ValueError
        if parsed.tzinfo is None:
            raise ValidationError("the offset from UTC is missing", code="no_timezone")
        return parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValidationError("not a date and time of ISO 8601", code="not_a_moment") from None

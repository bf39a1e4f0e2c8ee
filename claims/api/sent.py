"""What a request's body is read with: what it may hold, and nothing that it may not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from rest_framework import serializers

from claims.api.problems import Fault, Invalid, faults_of

S = TypeVar("S", bound=serializers.Serializer[Any])


class TextField(serializers.CharField):
    """A JSON string; REST framework's own takes numbers for it as well."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class LinkField(TextField):
    """The address of something on the web."""


class Sent(serializers.Serializer[Any]):
    """A JSON object; a field that it does not have is refused: it may be a misspelt one."""

    #: what the OpenAPI document says of it beside its fields, in the words of JSON Schema
    rules: Mapping[str, Any] = {}

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            one = getattr(field, "child", field)
            if isinstance(one, serializers.ChoiceField):
                one.error_messages["invalid_choice"] = f"{{input}} is not one of {', '.join(one.choices)}"
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            message = f"no such field; known are {', '.join(self.fields)}"
            raise serializers.ValidationError(
                {name: serializers.ErrorDetail(message, code="unknown_field") for name in unknown}
            )
        return attrs


def read(serializer: type[S], body: Any, **options: Any) -> dict[str, Any]:
    """What ``body`` says, by field. Raises Invalid for what ``serializer`` does not take."""
    if not isinstance(body, Mapping):
        raise Invalid(Fault("body", "", "not_an_object", "this is no JSON object", None, "Send one object."))
    sent = serializer(data=body, **options)
    if not sent.is_valid():
        raise Invalid(*faults_of(sent.errors, body))
    return dict(sent.validated_data)

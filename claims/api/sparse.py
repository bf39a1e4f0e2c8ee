"""``?fields=``: of what an answer would tell, only what was asked for.

An answer that was cut down has a media type of its own: the OpenAPI document promises all fields of the full one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.request import Request

from claims.api.problems import Fault, Invalid

FIELDS = "fields"
SPARSE = "application/vnd.twosource.sparse+json"


def wanted(request: Request, *, known: Sequence[str]) -> frozenset[str]:
    """The fields that ``?fields=`` names. Raises Invalid if one of them is not ``known``."""
    given = request.query_params[FIELDS]
    names = given.split(",")
    unknown = [name for name in names if name not in known]
    if unknown:
        message = f"there is no field {unknown[0][:100]!r}"
        remedy = f"Name some of {', '.join(known)}, divided by commas."
        raise Invalid(Fault("query", FIELDS, "invalid_choice", message, given[:200], remedy))
    return frozenset(names)


def pruned(answer: Any, fields: frozenset[str]) -> Any:
    """``answer``, a row or a page of them, with these fields only."""
    if "results" in answer:
        return {**answer, "results": [_some(row, fields) for row in answer["results"]]}
    return _some(answer, fields)


def _some(row: Mapping[str, Any], fields: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in fields}

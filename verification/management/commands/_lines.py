"""JSON Lines in and out for commands: a bad line is reported with its number, the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import OutputWrapper


class BadLineError(ValueError):
    """A line that cannot be worked on; the message names the field, the value and what would be right."""


def parse(line: str) -> dict[str, Any]:
    """One JSON object. Raises BadLineError."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLineError(
            f"not JSON ({error.msg} at column {error.colno}); a line holds one JSON object"
        ) from error
    if not isinstance(value, dict):
        raise BadLineError(f"a {type(value).__name__}, where a JSON object is right")
    return value


def text(record: dict[str, Any], field: str) -> str:
    """A field that must be a text with something in it. Raises BadLineError."""
    value = record.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadLineError(f'"{field}" is {json.dumps(value, default=str)[:60]}, where a text is right')
    return value


def each(
    lines: Iterable[str],
    work: Callable[[dict[str, Any]], dict[str, Any]],
    out: OutputWrapper,
    err: OutputWrapper,
) -> int:
    """Work on every line, write the answers; returns how many lines were bad."""
    bad = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = work(parse(line))
        except BadLineError as error:
            bad += 1
            err.write(f"line {number}: {error}\n")
            continue
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return bad

"""``manage.py analyze``: texts on standard input, what is read of them on standard output (JSON Lines)."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from claims.extraction import LONGEST, analyze_many, serialise


class BadLine(ValueError):
    """The message names the field, the value and what would be right."""


class Command(BaseCommand):
    help = (
        'Read texts: {"id","text","published"?} a line on standard input, {"id","sentences","quantities",'
        '"times","attributions","mentions"} a line on standard output, in the same order. A bad line gives '
        '{"line","id","error"} on standard error, the rest goes on, and the exit code is then 1.'
    )
    requires_system_checks: list[str] = []
    stealth_options = ("stdin",)

    def handle(self, *args: Any, **options: Any) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
        lines = Lines(options.get("stdin") or sys.stdin, self.stderr)
        for analysis in analyze_many(lines):
            record = serialise.analysis(analysis, lines.ids.popleft())
            self.stdout.write(json.dumps(record))
            self.stdout.flush()
        if lines.bad:
            raise CommandError(f"{lines.bad} bad line{'s' if lines.bad > 1 else ''}", returncode=1)


class Lines:
    """The good lines as (text, published), their ids kept in ``ids``; the bad ones go to ``errors``."""

    def __init__(self, lines: Iterable[str], errors: OutputWrapper) -> None:
        self.ids: deque[Any] = deque()
        self.bad = 0
        self._lines = lines
        self._errors = errors

    def __iter__(self) -> Iterator[tuple[str, datetime | None]]:
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                continue
            record: dict[str, Any] = {}
            try:
                record = _record(line)
                item = _text(record), _published(record)
            except BadLine as error:
                self._report(number, record.get("id"), str(error))
                continue
            self.ids.append(record.get("id"))
            yield item

    def _report(self, number: int, id: Any, message: str) -> None:
        self.bad += 1
        self._errors.write(json.dumps({"line": number, "id": id, "error": message}))


#: How `surrogateescape` shows a byte that is not UTF-8.
_RAW_BYTE = re.compile("[\udc80-\udcff]")


def _record(line: str) -> dict[str, Any]:
    if raw := _RAW_BYTE.search(line):
        raise BadLine(f"not UTF-8 (byte 0x{ord(raw.group()) - 0xDC00:02x} at column {raw.start() + 1})")
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" ({error.msg} at column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadLine(f"not JSON{where}; a line holds one JSON object") from error
    if not isinstance(value, dict):
        raise BadLine(f"a {type(value).__name__}, where a JSON object is right")
    return value


def _text(record: dict[str, Any]) -> str:
    value = record.get("text")
    if not isinstance(value, str):
        raise BadLine(f'"text" is {_shown(value)}, where a string is right')
    if len(value) > LONGEST:
        raise BadLine(f'"text" has {len(value):,} characters, where at most {LONGEST:,} are right')
    return value


def _published(record: dict[str, Any]) -> datetime | None:
    value = record.get("published")
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadLine(f'"published" is {_shown(value)}, where an ISO 8601 date is right') from error


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]

"""Gold files: JSON Lines (plain or gzip), each row checked field by field."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any


class WrongFormat(Exception):
    """A gold file is not in the format that its task reads; the message names file, line and field."""


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a gold file. ``where`` names it in errors: "dev.jsonl line 7".

    Each reader raises :class:`WrongFormat` if the field is missing or of another type.
    """

    where: str
    values: Mapping[str, Any]

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        return str(self._typed(name, (str,), "a text"))

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def number(self, name: str) -> float:
        return float(self._typed(name, (int, float), "a number"))

    def optional_number(self, name: str) -> float | None:
        return self.number(name) if self.has(name) else None

    def whole(self, name: str) -> int:
        return int(self._typed(name, (int,), "a whole number"))

    def flag(self, name: str, default: bool | None = None) -> bool:
        if default is not None and not self.has(name):
            return default
        return bool(self._typed(name, (bool,), "true or false"))

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        value = self.text(name)
        if value not in allowed:
            raise self.wrong(name, "one of " + ", ".join(allowed))
        return value

    def moment(self, name: str) -> datetime:
        try:
            return datetime.fromisoformat(self.text(name))
        except ValueError as error:
            raise self.wrong(name, "an ISO date or moment such as 2025-02-18T09:00:00Z") from error

    def day(self, name: str) -> date:
        return self.moment(name).date()

    def optional_day(self, name: str) -> date | None:
        return self.day(name) if self.has(name) else None

    def texts(self, name: str) -> tuple[str, ...]:
        found = self._typed(name, (list,), "a list of texts")
        if not all(isinstance(value, str) for value in found):
            raise self.wrong(name, "a list of texts")
        return tuple(found)

    def rows(self, name: str) -> tuple[Row, ...]:
        found = self._typed(name, (list,), "a list of objects")
        if not all(isinstance(value, dict) for value in found):
            raise self.wrong(name, "a list of objects")
        return tuple(Row(f"{self.where}, {name}[{n}]", value) for n, value in enumerate(found))

    def row(self, name: str) -> Row:
        return Row(f"{self.where}, {name}", self._typed(name, (dict,), "an object"))

    def spans(self, name: str) -> tuple[tuple[int, int], ...]:
        found = self._typed(name, (list,), "a list of [start, end]")
        if not all(_is_span(value) for value in found):
            raise self.wrong(name, "a list of [start, end] with start < end")
        return tuple((value[0], value[1]) for value in found)

    def wrong(self, name: str, should_be: str) -> WrongFormat:
        shown = json.dumps(self.values.get(name), ensure_ascii=False)
        shown = shown if len(shown) <= 80 else shown[:77] + "..."
        return WrongFormat(f"{self.where}: field '{name}' should be {should_be}, not {shown}")

    def _typed(self, name: str, types: tuple[type, ...], should_be: str) -> Any:
        if name not in self.values:
            raise WrongFormat(f"{self.where}: field '{name}' is missing; it should be {should_be}")
        value = self.values[name]
        # bool is an int in Python, and a flag where a number belongs is a mistake
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise self.wrong(name, should_be)
        return value


def read_rows(path: Path, limit: int | None = None) -> Iterator[Row]:
    """The objects of a JSON Lines file, ``.gz`` or not, blank lines skipped, at most ``limit``."""
    count = 0
    with _opened(path) as lines:
        try:
            for number, line in enumerate(lines, start=1):
                if limit is not None and count >= limit:
                    return
                if line.strip():
                    count += 1
                    yield _parsed(f"{path.name} line {number}", line)
        except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
            raise WrongFormat(f"{path.name}: is not UTF-8 JSON Lines ({error})") from error


def read_list(path: Path) -> tuple[Row, ...]:
    """The objects of a JSON file that holds one list."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WrongFormat(f"{path.parent.name}/{path.name} is missing") from error
    except ValueError as error:
        raise WrongFormat(f"{path.name}: is not JSON ({error})") from error
    return Row(path.name, {"list": found}).rows("list")


def read_article(folder: Path, row: Row) -> str:
    """The text that stands beside ``metadata.json`` for one of its rows."""
    path = folder / (row.optional_text("file") or f"{row.text('slug')}.txt")
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise WrongFormat(f"{row.where}: its text {path.name} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise WrongFormat(f"{path.name}: is not UTF-8 (byte {error.start})") from error


def _opened(path: Path) -> Any:
    try:
        if path.suffix == ".gz":
            return gzip.open(path, "rt", encoding="utf-8")
        return path.open(encoding="utf-8")
    except OSError as error:
        raise WrongFormat(f"{path.name} cannot be read ({error.strerror})") from error


def _parsed(where: str, line: str) -> Row:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise WrongFormat(f"{where}: is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise WrongFormat(f"{where}: should be an object, not {type(value).__name__}")
    return Row(where, value)


def _is_span(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(end, int) and not isinstance(end, bool) for end in value)
        and 0 <= value[0] < value[1]
    )

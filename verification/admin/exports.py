"""Claims of a filtered list as a file to take away: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import structlog
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

Row = dict[str, Any]
log = structlog.get_logger(__name__)
#: rows written at a time
BATCH = 100
#: a spreadsheet takes a cell that begins so for a formula, and runs it
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "id", "claim", "kind", "status", "basis", "verdict", "workflow", "freshness", "outdated", "needs_review",
    "flagged", "checkworthiness", "mentions", "origins", "against_origins", "first_seen",
    "reviewer", "confirms", "decided_at", "note", "evidence", "dossier",
)  # fmt: skip


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """A line a claim, with the latest verdict on it. Begins with a byte order mark: spreadsheets want one."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in rows:
        latest = row["verdicts"][0] if row["verdicts"] else {}
        flat = {
            **row,
            "reviewer": latest.get("reviewer"),
            "confirms": latest.get("confirms"),
            "decided_at": latest.get("at"),
            "note": latest.get("note"),
            "evidence": "\n".join(_words(item) for item in latest.get("evidence", ())),
        }
        yield writer.writerow([_cell(flat[column]) for column in COLUMNS])


def as_json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """An object a line, with all verdicts."""
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


class Format(NamedTuple):
    content_type: str
    write: Callable[[Iterable[Row]], Iterator[str]]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "jsonl": Format("application/jsonl; charset=utf-8", as_json_lines),
}


def download(request: HttpRequest, rows: Iterator[Row], name: str) -> StreamingHttpResponse:
    """``rows`` as a file in the format called ``name``, written while it is read."""
    chosen = FORMATS[name]
    log.info("claims exported", by=str(request.user), format=name, query=request.GET.urlencode())
    with_place = ({**row, "dossier": _dossier(request, row)} for row in rows)
    lines = chosen.write(with_place)
    batches = iter(lambda: "".join(islice(lines, BATCH)), "")
    answer = StreamingHttpResponse(batches, content_type=chosen.content_type)
    answer["Content-Disposition"] = f'attachment; filename="claims-{timezone.now():%Y-%m-%d}.{name}"'
    return answer


def _dossier(request: HttpRequest, row: Row) -> str:
    return request.build_absolute_uri(reverse("admin:claims_claim_change", args=[row["id"]]))


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _words(item: Row) -> str:
    return f"{item['article']} “{item['text']}”" if "mention" in item else item["address"]

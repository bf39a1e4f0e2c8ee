"""What a path or address on the command line holds, one :class:`Incoming` an article.

Text and HTML files, folders of them, JSON Lines of articles, saved feeds, and http(s) links (to a page or to
a feed). What cannot be taken in is yielded as :class:`Rejected`, and the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from claims.fetching import Unreadable, canonical_url, looks_like_feed, parse_moment, read_feed
from claims.models import Submission
from claims.services.submitting import Incoming

Kind = Submission.Kind
TEXT, HTML, LINES, FEED = (
    {".txt", ".md", ".text"},
    {".html", ".htm", ".xhtml"},
    {".jsonl", ".ndjson"},
    {".xml", ".rss", ".atom"},
)
KNOWN = TEXT | HTML | LINES | FEED
FIELDS = {"url", "source", "publisher", "byline", "title", "published", "text", "html"}


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that cannot be taken in: recorded with its error, under its label."""

    incoming: Incoming
    code: str
    message: str


Gathered = Incoming | Rejected


def gather(argument: str, defaults: Incoming) -> Iterator[Gathered]:
    """Yield what ``argument`` holds. ``defaults`` gives the channel, and source, date, ... where a file has none."""
    if argument.startswith(("http://", "https://")):
        yield _link(argument, defaults)
        return
    path = Path(argument)
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.suffix.lower() in KNOWN and p.is_file()):
            yield from _file(file, defaults)
    elif path.is_file():
        yield from _file(path, defaults)
    else:
        remedy = "give a file, a folder, or an address that starts with http:// or https://"
        yield _rejected(
            defaults, argument, "no-such-file", f"there is no file or folder {argument!r}: {remedy}"
        )


def _link(url: str, defaults: Incoming) -> Gathered:
    try:
        canonical_url(url)
    except Unreadable as error:
        return _rejected(defaults, url, error.code, error.message)
    return replace(defaults, kind=Kind.LINK, label=url, url=url)


def _file(path: Path, defaults: Incoming) -> Iterator[Gathered]:
    suffix = path.suffix.lower()
    if suffix in LINES:
        yield from _lines(path, defaults)
        return
    try:
        size = path.stat().st_size
        if size > settings.MAX_ARTICLE_BYTES:
            yield _too_large(defaults, str(path), size)
            return
        body = path.read_bytes()
    except OSError as error:
        yield _rejected(defaults, str(path), "unreadable-file", f"{path} cannot be read: {error.strerror}")
        return
    if suffix in FEED and looks_like_feed(body):
        yield from _saved_feed(path, body, defaults)
        return
    kind = Kind.HTML if suffix in HTML else Kind.TEXT
    yield replace(defaults, kind=kind, label=str(path), payload=body)


def _saved_feed(path: Path, body: bytes, defaults: Incoming) -> Iterator[Gathered]:
    try:
        entries = read_feed(body, path.resolve().as_uri()).entries
    except Unreadable as error:
        yield _rejected(defaults, str(path), error.code, error.message)
        return
    for entry in entries:
        link = _link(entry.url, defaults)
        if isinstance(link, Incoming):
            link = replace(link, title=entry.title or "", published=entry.published or defaults.published)
        yield link


def _lines(path: Path, defaults: Incoming) -> Iterator[Gathered]:
    """One article a line; a bad line is rejected by itself, under ``file:line``."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            label = f"{path}:{number}"
            if len(line) > settings.MAX_ARTICLE_BYTES:
                yield _too_large(defaults, label, len(line))
                continue
            try:
                yield article(json.loads(line.decode()), defaults, label)
            except UnicodeDecodeError as error:
                yield _rejected(
                    defaults, label, "not-utf-8", f"{label} is not UTF-8: {error.reason}; save it as UTF-8"
                )
            except json.JSONDecodeError as error:
                yield _rejected(
                    defaults, label, "not-json", f"{label} is not JSON: {error.msg}; give an object a line"
                )
            except (ValueError, Unreadable) as error:
                yield _rejected(defaults, label, "bad-line", f"{label}: {error}")


def article(record: object, defaults: Incoming, label: str) -> Incoming:
    """One article from its JSON object.

    Raises ValueError or Unreadable, with a message that names the field, the value and the remedy.
    """
    if not isinstance(record, dict):
        raise ValueError(f"got {type(record).__name__}, not an object with one of text, html or url")
    fields = {name: value for name, value in record.items() if name in FIELDS and value is not None}
    for name, value in fields.items():
        if not isinstance(value, str):
            raise ValueError(f"{name} must be a string, not {value!r}")
    if "text" in fields and "html" in fields:
        raise ValueError("give text or html, not both")
    content = fields.get("text", fields.get("html"))
    if content is None and "url" not in fields:
        raise ValueError("one of text, html or url is missing")
    published = parse_moment(fields.get("published"))
    if fields.get("published") and published is None:
        raise ValueError(f"published is {fields['published']!r}: give ISO 8601, as in 2025-02-18T12:00:00Z")
    url = canonical_url(fields["url"]) if fields.get("url") else ""
    return replace(
        defaults,
        kind=Kind.LINK if content is None else Kind.TEXT if "text" in fields else Kind.HTML,
        label=url or label,
        payload=None if content is None else content.encode("utf-8", "surrogatepass"),
        url=url,
        title=fields.get("title", ""),
        source=fields.get("source") or defaults.source,
        publisher=fields.get("publisher") or defaults.publisher,
        byline=fields.get("byline") or defaults.byline,
        published=published or defaults.published,
    )


def _too_large(defaults: Incoming, label: str, size: int) -> Rejected:
    limit = settings.MAX_ARTICLE_BYTES
    message = f"{label} has {size:,} bytes, more than the {limit:,} allowed (MAX_ARTICLE_BYTES): split it"
    return _rejected(defaults, label, "too-large", message)


def _rejected(defaults: Incoming, label: str, code: str, message: str) -> Rejected:
    return Rejected(replace(defaults, kind=Kind.TEXT, label=label, payload=None), code, message)

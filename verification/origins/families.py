"""Families of articles as JSON: the contract of ``manage.py origins``.

In: ``{"articles": [metadata with "slug" and "text"], "claims": [{"id", "mentions": [...]}]}``. Out, for each
claim: ``{"id", "origins": [{"kind", "articles", "reason"}], "against_origins": [...]}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from verification.origins import count_origins
from verification.origins.types import Document, Origin, Voice


class BadFamilyError(ValueError):
    """A family that does not keep the contract; the message names the field, the value and what is right."""


def answer(family: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the origins of each claim of a family. Raises :class:`BadFamilyError`."""
    articles = _list(family, "articles", "family")
    documents = tuple(_document(article, at) for at, article in enumerate(articles))
    known = {document.id: document for document in documents}
    if len(known) < len(documents):
        raise BadFamilyError("articles: two have the same slug; slugs must be unique")
    for at, claim in enumerate(_list(family, "claims", "family")):
        name = f"claims[{at}]"
        voices = [
            _voice(mention, known, f"{name}.mentions[{number}]", str(number))
            for number, mention in enumerate(_list(claim, "mentions", name))
        ]
        origins = count_origins(documents, voices)
        where = {voice.id: voice.document for voice in voices}
        yield {
            "id": _field(claim, "id", name),
            "origins": [_origin(origin, where) for origin in origins if not origin.against],
            "against_origins": [_origin(origin, where) for origin in origins if origin.against],
        }


def _origin(origin: Origin, where: Mapping[str, str]) -> dict[str, Any]:
    articles = list(dict.fromkeys(where[edge.voice] for edge in origin.edges))
    return {"kind": str(origin.kind), "root": origin.root, "articles": articles, "reason": origin.reason}


def _document(article: Any, at: int) -> Document:
    name = f"articles[{at}]"
    return Document(
        id=_text(article, "slug", name),
        outlet=_text(article, "outlet", name),
        text=_text(article, "text", name),
        publisher=article.get("publisher"),
        published=_moment(article.get("published"), name),
        byline=article.get("byline"),
        title=article.get("title") or "",
        url=article.get("url") or "",
    )


def _voice(mention: Any, known: Mapping[str, Document], name: str, number: str) -> Voice:
    slug = _text(mention, "article", name)
    if slug not in known:
        raise BadFamilyError(f"{name}.article is {slug!r}; it must be the slug of one of the articles")
    start, end = _field(mention, "start", name), _field(mention, "end", name)
    length = len(known[slug].text)
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        raise BadFamilyError(
            f"{name}: start {start!r}, end {end!r} is no span of a text of {length} characters"
        )
    speaker = mention.get("speaker")
    if not (speaker is None or isinstance(speaker, str)):
        raise BadFamilyError(f"{name}.speaker is {speaker!r}; it must be a name or null")
    stance = mention.get("stance", "for")
    if stance not in ("for", "against"):
        raise BadFamilyError(f"{name}.stance is {stance!r}; it must be 'for' or 'against'")
    return Voice(
        id=number,
        document=slug,
        start=start,
        end=end,
        speaker=speaker,
        attribution=mention.get("attribution") or "asserted",
        against=stance == "against",
    )


def _moment(value: Any, name: str) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadFamilyError(f"{name}.published is {value!r}; it must be an ISO 8601 time or null") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _field(item: Any, key: str, name: str) -> Any:
    if not isinstance(item, Mapping):
        raise BadFamilyError(f"{name} is {item!r:.60}; it must be an object")
    if key not in item:
        raise BadFamilyError(f"{name}.{key} is missing")
    return item[key]


def _list(item: Any, key: str, name: str) -> list[Any]:
    value = _field(item, key, name)
    if not isinstance(value, list):
        raise BadFamilyError(f"{name}.{key} is {value!r:.60}; it must be a list")
    return value


def _text(item: Any, key: str, name: str) -> str:
    value = _field(item, key, name)
    if not isinstance(value, str):
        raise BadFamilyError(f"{name}.{key} is {value!r:.60}; it must be a string")
    return value

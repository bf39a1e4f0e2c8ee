"""Others' fact checks as they publish them: ClaimReview in web pages and in DataFeed dumps. No Django.

What is read is kept as it stands, with the publisher's own label. What that label says of the claim is told only
where it is plain: by its words, else by its place on the publisher's own scale.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from claims.fetching import parse_moment

#: reviews of one page or dump; longer ones are to be cut
MOST = 100_000
_LONGEST_CLAIM = 2000
_DEEPEST = 50


class Bearing(StrEnum):
    """What a review says of the claim."""

    AFFIRMS = "affirms"
    REJECTS = "rejects"
    NEITHER = "neither"  # half true, out of context, or a label that is not known


@dataclass(frozen=True, slots=True)
class ForeignReview:
    """One review. ``label`` is the publisher's own word; ``raw`` is the ClaimReview as it was published."""

    url: str
    publisher: str
    claim: str
    claimant: str
    label: str
    bearing: Bearing
    reviewed_on: date | None
    claimed_on: date | None
    language: str
    raw: dict[str, Any]


class NoReview(ValueError):
    """Something that calls itself a ClaimReview and lacks what one needs; the message names it."""


#: labels that say the same everywhere, in lower case
_SAID = {
    Bearing.REJECTS: "false, mostly false, incorrect, inaccurate, wrong, untrue, fake, fabricated, pants on fire, "
    "refuted, mostly refuted, not true, debunked, no evidence",
    Bearing.AFFIRMS: "true, mostly true, correct, accurate, supported, mostly supported, mostly correct, confirmed",
    Bearing.NEITHER: "half true, mixture, mixed, misleading, missing context, out of context, unproven, unverifiable, "
    "satire, disputed, partly false, partly true",
}
_LABELS = {label: bearing for bearing, labels in _SAID.items() for label in labels.split(", ")}
_LOW, _HIGH = 0.25, 0.75  # of the publisher's scale


def read_page(page: bytes | str) -> Iterator[dict[str, Any]]:
    """The ClaimReviews in the JSON-LD of an HTML page; a block that is not JSON is passed over, as browsers do."""
    root = html.fromstring(page or "<p></p>")
    for block in root.iter("script"):
        if (block.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json":
            try:
                yield from find_reviews(json.loads(block.text_content(), strict=False))
            except (ValueError, RecursionError):
                continue


def find_reviews(data: Any) -> Iterator[dict[str, Any]]:
    """All ClaimReviews in a JSON-LD document: alone, in a list, a graph, or the items of a DataFeed."""
    waiting, found = [data], 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            if "ClaimReview" in _types(item):
                yield item
                found += 1
                if found >= MOST:
                    return
            else:
                waiting.extend(item[name] for name in ("item", "dataFeedElement", "@graph") if name in item)


def read_review(raw: dict[str, Any]) -> ForeignReview:
    """One ClaimReview. Raises NoReview without an address, a claim, a label or a name of who publishes it."""
    raw = _storable(raw)
    item = _thing(raw.get("itemReviewed"))
    rating = _thing(raw.get("reviewRating"))
    claim = _text(raw.get("claimReviewed")) or _text(item.get("name"))
    url = _text(raw.get("url")) or _text(raw.get("@id"))
    label = _text(rating.get("alternateName")) or _text(rating.get("name"))
    host = _host(url)
    if not host:
        raise NoReview(f"url {url[:100]!r}: give the http(s) address of the review")
    if not claim or len(claim) > _LONGEST_CLAIM:
        raise NoReview(f"claimReviewed has {len(claim)} characters: give the claim in 1 to {_LONGEST_CLAIM}")
    if not label and rating.get("ratingValue") is None:
        raise NoReview("reviewRating: give an alternateName, or a ratingValue with its scale")
    author = _thing(raw.get("author")) or _thing(raw.get("publisher"))
    return ForeignReview(
        url=url[:2000],
        publisher=(_text(author.get("name")) or host)[:200],
        claim=claim,
        claimant=_text(_thing(item.get("author")).get("name"))[:200],
        label=(label or str(rating.get("ratingValue")))[:200],
        bearing=_bearing(label, rating),
        reviewed_on=_day(raw.get("datePublished")),
        claimed_on=_day(item.get("datePublished")),
        language=_text(raw.get("inLanguage"))[:20],
        raw=raw,
    )


def _bearing(label: str, rating: dict[str, Any]) -> Bearing:
    """By the words of the label where they are known, else by the place on the scale from worst to best."""
    known = _LABELS.get(" ".join(label.lower().strip(" .!").replace("-", " ").split()))
    if known is not None:
        return known
    value, worst, best = (
        _number(rating.get(f"{name}")) for name in ("ratingValue", "worstRating", "bestRating")
    )
    if value is None or worst is None or best is None or worst == best:
        return Bearing.NEITHER
    place = (value - worst) / (best - worst)
    if not 0 <= place <= 1:
        return Bearing.NEITHER
    return Bearing.REJECTS if place <= _LOW else Bearing.AFFIRMS if place >= _HIGH else Bearing.NEITHER


def _types(item: dict[str, Any]) -> list[str]:
    named = item.get("@type")
    return [str(name).rpartition("/")[2] for name in (named if isinstance(named, list) else [named])]


def _thing(value: Any) -> dict[str, Any]:
    """The first of several, {} for what is no thing; a bare text is its name."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str):
        return {"name": value}
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return " ".join(_plain(value).split())


def _plain(text: str) -> str:
    """What every database can store."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


def _storable(value: Any, depth: int = 0) -> Any:
    """The same with texts that every database can store. Raises NoReview for what is nested too deeply."""
    if depth > _DEEPEST:
        raise NoReview(f"it is nested more than {_DEEPEST} deep: take apart what belongs to other things")
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, list):
        return [_storable(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {_plain(str(name)): _storable(one, depth + 1) for name, one in value.items()}
    return value


def _host(url: str) -> str:
    """The host of an http(s) address, "" for anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _number(value: Any) -> float | None:
    try:
        return float(value) if not isinstance(value, bool) else None
    except (TypeError, ValueError, OverflowError):
        return None


def _day(value: Any) -> date | None:
    moment = parse_moment(value) if isinstance(value, str) else None
    return moment.date() if moment else None

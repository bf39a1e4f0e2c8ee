"""One guarded GET: what an article's or a feed's address answers, or why it does not."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

from claims.fetching.errors import Unreadable
from claims.fetching.limits import (
    CONNECT_SECONDS,
    MAX_BODY_BYTES,
    MAX_REDIRECTS,
    MAX_RETRY_AFTER,
    READ_SECONDS,
    TOTAL_SECONDS,
    human_size,
)
from claims.fetching.sniff import refuse_binary
from claims.fetching.transport import GuardedTransport, remaining
from claims.fetching.urls import check_url

USER_AGENT = "Twosource/0.1 (claim checking; reads an article once; honours ETag and Last-Modified)"

T = TypeVar("T")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
#: what a later try may well not answer any more (RFC 9110, RFC 6585, RFC 8470)
_TRANSIENT_STATUS = frozenset({408, 425, 429})
_MEDIA = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/feed+json, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1",
    "Accept-Language": "en, *;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_STATUS_REMEDY = {
    401: "The page is behind a login; submit its text instead.",
    402: "The page is behind a paywall; submit its text instead.",
    403: "The server refuses us; submit the text of the page instead.",
    404: "Check the address; the page may have moved.",
    410: "The page was taken down for good.",
    429: "We asked too often; it is tried again later.",
    451: "The page is withheld for legal reasons.",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``url`` is where the redirects ended; ``body`` is decompressed and is text of some charset.

    ``content_type`` is lower case without parameters, ``charset`` its parameter, None if not given.
    ``elapsed`` is in seconds over all redirects. ``moved_to`` is where the address asked for has moved for good
    (301, 308), as far as such redirects led without another kind between, None if it has not. With ``status``
    304 nothing changed and ``body`` is empty.
    """

    url: str
    status: int
    content_type: str
    charset: str | None
    body: bytes
    etag: str | None
    last_modified: str | None
    elapsed: float
    moved_to: str | None = None

    @property
    def not_modified(self) -> bool:
        return self.status == httpx2.codes.NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str
    for_good: bool


def fetch(
    url: str,
    *,
    etag: str | None = None,
    modified: str | None = None,
    allow_hosts: frozenset[str] = frozenset(),
    total_seconds: float = TOTAL_SECONDS,
    permit: Callable[[str], None] = lambda url: None,
) -> Fetched:
    """GET ``url``, following at most :data:`MAX_REDIRECTS` redirects, each to a public address only.

    ``etag`` and ``modified`` are those of an earlier answer, for a conditional request. Hosts in
    ``allow_hosts`` may have private addresses. ``permit`` is called with each address before it is asked for and
    may refuse it by raising :class:`Unreadable`. Raises :class:`Unreadable` with code "bad-url",
    "forbidden-address", "dead-link", "timeout", "bad-certificate", "http-<status>", "redirect-loop",
    "too-many-redirects", "too-large", "bad-answer" or "not-text".
    """
    start = time.monotonic()
    deadline = start + total_seconds
    headers = dict(_HEADERS)
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    current, seen = check_url(url), set[str]()
    moved_to: str | None = None
    for_good = True
    # No client keeps state between articles: no cookies, no proxies, no connection to a host checked before.
    with GuardedTransport(frozenset(host.lower() for host in allow_hosts), deadline) as transport:
        while True:
            _refuse_loop(current, seen, url)
            seen.add(current)
            permit(current)
            answer = _ask(transport, current, headers, deadline)
            if isinstance(answer, Fetched):
                return replace(answer, elapsed=time.monotonic() - start, moved_to=moved_to)
            current, for_good = answer.url, for_good and answer.for_good
            if for_good:
                moved_to = current


def _ask(
    transport: GuardedTransport, url: str, headers: dict[str, str], deadline: float
) -> Fetched | _Redirect:
    """One request: the answer, or where it redirects to."""

    def read(response: httpx2.Response) -> Fetched | _Redirect:
        if response.status_code in _REDIRECTS:
            return _Redirect(_redirect_target(response, url), response.status_code in _FOR_GOOD)
        return _read_answer(response, url, deadline)

    return exchange(transport, "GET", url, headers, read)


def exchange(
    transport: GuardedTransport,
    method: str,
    url: str,
    headers: Mapping[str, str],
    read: Callable[[httpx2.Response], T],
    body: bytes | None = None,
) -> T:
    """One request, and what ``read`` makes of its answer. Whatever goes wrong is raised as :class:`Unreadable`."""
    timeout = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": READ_SECONDS}
    host = urlsplit(url).hostname
    response: httpx2.Response | None = None
    try:
        extensions = {"timeout": timeout}
        request = httpx2.Request(method, url, headers=dict(headers), content=body, extensions=extensions)
        response = transport.handle_request(request)
        return read(response)
    except httpcore2.TimeoutException as error:
        raise Unreadable(
            "timeout",
            f"{host!r} did not answer in time ({error or 'no data'}). It is tried again later.",
            True,
        ) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise _connection_failure(host, error) from error
    except httpx2.InvalidURL as error:
        raise Unreadable("bad-url", f"{url!r} cannot be asked for ({error}). Check the address.") from error
    except httpx2.DecodingError as error:
        raise Unreadable(
            "bad-answer", f"The answer of {host!r} cannot be decoded ({error}).", True
        ) from error
    finally:
        if response is not None:
            response.close()


def _read_answer(response: httpx2.Response, url: str, deadline: float) -> Fetched:
    status = response.status_code
    if status != httpx2.codes.NOT_MODIFIED and not 200 <= status < 300:
        raise _status_failure(response, url)
    content_type, _, _ = response.headers.get("content-type", "").partition(";")
    content_type = content_type.strip().lower()
    if content_type.startswith(_MEDIA):
        raise Unreadable(
            "not-text",
            f"{url!r} is {content_type!r}, not text or HTML. Give the page that reports, or submit its text.",
        )
    body = _unzipped(_read_body(response, url, deadline), url)
    refuse_binary(body)
    return Fetched(
        url=url,
        status=status,
        content_type=content_type,
        charset=response.charset_encoding,
        body=body,
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
        elapsed=0.0,
    )


def _read_body(response: httpx2.Response, url: str, deadline: float) -> bytes:
    """The decompressed body, read no further than the limit, so that a bomb never unfolds."""
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > MAX_BODY_BYTES:
        raise _too_large(url, int(announced[:20]))
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise _too_large(url, None)
        # Decompression takes time without waiting on the socket, which has the deadline otherwise.
        remaining(deadline, None, httpcore2.ReadTimeout)
    return bytes(body)


def _unzipped(body: bytes, url: str) -> bytes:
    """What is in a gzip file (sitemaps come as such); anything else as it is. A bomb never unfolds."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(body, MAX_BODY_BYTES + 1)
    except zlib.error as error:
        raise Unreadable("bad-answer", f"{url!r} is a gzip file that is damaged ({error}).", True) from error
    if len(plain) > MAX_BODY_BYTES:
        raise _too_large(url, None)
    return plain


def _redirect_target(response: httpx2.Response, url: str) -> str:
    location = response.headers.get("location", "").strip()
    if not location:
        raise Unreadable(
            f"http-{response.status_code}",
            f"{url!r} redirects ({response.status_code}) without saying where to. Check the address.",
        )
    try:
        return check_url(urljoin(url, location))
    except ValueError as error:
        raise Unreadable("bad-url", f"{url!r} redirects to {location[:200]!r}: {error}.") from error


def _refuse_loop(current: str, seen: set[str], first: str) -> None:
    if current in seen:
        raise Unreadable(
            "redirect-loop",
            f"{first!r} redirects in a circle, by way of {current!r}. Open it in a browser and give the "
            "address at which it ends.",
        )
    if len(seen) > MAX_REDIRECTS:
        raise Unreadable(
            "too-many-redirects",
            f"{first!r} redirects more than {MAX_REDIRECTS} times, last to {current!r}. Give the address at "
            "which it ends.",
        )


def _status_failure(response: httpx2.Response, url: str) -> Unreadable:
    status, reason = response.status_code, response.reason_phrase
    transient = status >= 500 or status in _TRANSIENT_STATUS
    fallback = "It is tried again later." if transient else "Open it in a browser to see what it wants."
    said = f"{status} {reason}".strip()
    return Unreadable(
        f"http-{status}",
        f"{url!r} answers {said}. {_STATUS_REMEDY.get(status, fallback)}",
        transient,
        retry_after=_retry_after(response.headers.get("retry-after", "")) if transient else None,
    )


def _retry_after(value: str) -> float | None:
    """Seconds, from a number of them or from a date (RFC 9110, 10.2.3); at most :data:`MAX_RETRY_AFTER`."""
    plain = value.strip()
    if plain.isascii() and plain.isdigit():
        return min(float(plain[:9]), MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(plain)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), MAX_RETRY_AFTER)


def _connection_failure(host: str | None, error: Exception) -> Unreadable:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Unreadable(
            "bad-certificate", f"{host!r} does not prove who it is ({error}). Check the address.", True
        )
    return Unreadable(
        "dead-link", f"No connection to {host!r} ({error or type(error).__name__}). Check the address.", True
    )


def _too_large(url: str, announced: int | None) -> Unreadable:
    size = f"has {human_size(announced)}" if announced else "is larger"
    return Unreadable(
        "too-large",
        f"{url!r} {size}, more than the {human_size(MAX_BODY_BYTES)} that an article may have. "
        "Submit the text of the article instead.",
    )

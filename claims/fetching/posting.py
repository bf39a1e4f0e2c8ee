"""One guarded POST: to a public machine only, without following where it would lead."""

from __future__ import annotations

import time
from collections.abc import Mapping

from claims.fetching.http import USER_AGENT, exchange
from claims.fetching.transport import GuardedTransport
from claims.fetching.urls import check_url

#: everything, from the look-up of the host to the status of the answer
POST_SECONDS = 20.0


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_hosts: frozenset[str] = frozenset(),
    total_seconds: float = POST_SECONDS,
) -> int:
    """POST ``body``; returns the status of the answer, whose body is not read.

    Hosts in ``allow_hosts`` may have private addresses. A redirect is not followed: its status is returned.
    Raises :class:`Unreadable` with code "bad-url", "forbidden-address", "dead-link", "timeout" or
    "bad-certificate".
    """
    deadline = time.monotonic() + total_seconds
    sent = {"User-Agent": USER_AGENT, **headers}
    with GuardedTransport(frozenset(host.lower() for host in allow_hosts), deadline) as transport:
        return exchange(transport, "POST", check_url(url), sent, lambda answer: answer.status_code, body)

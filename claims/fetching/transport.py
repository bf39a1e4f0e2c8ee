"""Connections that go where the guard looked, and that end when their time is up."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from claims.fetching.guard import resolve


class _DeadlineStream(httpcore2.NetworkStream):
    """A stream whose every wait is cut at a common deadline.

    A read timeout alone does not stop a server that sends one byte before each expires.
    """

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, remaining(self._deadline, timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, remaining(self._deadline, timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = remaining(self._deadline, timeout, httpcore2.ConnectTimeout)
        return _DeadlineStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _GuardedBackend(httpcore2.SyncBackend):
    """Resolves and checks a host itself and connects to the address that passed.

    TLS still verifies the certificate against the host's name: only the socket knows the address.
    """

    def __init__(self, allow_hosts: frozenset[str], deadline: float) -> None:
        self._allow_hosts = allow_hosts
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in resolve(host, port, allow_private=host.lower() in self._allow_hosts):
            left = remaining(self._deadline, timeout, httpcore2.ConnectTimeout)
            try:
                stream = super().connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _DeadlineStream(stream, self._deadline)
        raise failure


class _Body(httpx2.SyncByteStream):
    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        close = getattr(self._parts, "close", None)
        if close is not None:
            close()


class GuardedTransport(httpx2.BaseTransport):
    """An httpx2 transport over httpcore2 that dials checked addresses only, until ``deadline``.

    ``deadline`` is a reading of :func:`time.monotonic`; hosts in ``allow_hosts`` (lower case) may be private.
    Proxies from the environment are not used: behind one, the guard could not see the address.
    Raises httpcore2's exceptions, and :class:`claims.fetching.errors.Unreadable` from the guard.
    """

    def __init__(self, allow_hosts: frozenset[str], deadline: float) -> None:
        self._pool = httpcore2.ConnectionPool(network_backend=_GuardedBackend(allow_hosts, deadline))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx2.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


def remaining(deadline: float, timeout: float | None, error: type[Exception]) -> float:
    """The seconds that a wait may take: ``timeout``, or less when ``deadline`` is nearer.

    Raises ``error`` when the deadline has passed.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("the time for the whole request is used up")
    return left if timeout is None else min(left, timeout)

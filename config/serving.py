"""How gunicorn serves the site: ``gunicorn -c python:config.serving config.wsgi``.

What is wrong with a request before the application sees it, such as an address that is too long, gunicorn answers
itself, with a page. Here that too is a problem (RFC 9457), as everywhere else.
"""

from __future__ import annotations

import json
import socket
from http import HTTPStatus
from typing import Any

from gunicorn.http.errors import (
    ConfigurationProblem,
    ExpectationFailed,
    ForbiddenProxyRequest,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

#: bytes of a request's first line, method and address: the most that gunicorn takes
LONGEST_LINE = 8190

worker_class = "config.serving.Worker"
limit_request_line = LONGEST_LINE
control_socket_disable = True

#: what is the house's own doing
_OURS = (ConfigurationProblem, InvalidResponseHeader, InvalidResponseHeaderName)
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (LimitRequestLine, 414),
    (LimitRequestHeaders, 431),
    (ExpectationFailed, 417),
    (ForbiddenProxyRequest, 403),
    (UnsupportedTransferCoding, 501),
    (ParseException, 400),
)


class Worker(ThreadWorker):
    """Answers what is no HTTP, or too much of it, with a problem."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        status = next((status for kind, status in _STATUS if isinstance(exc, kind)), None)
        if status is None or isinstance(exc, _OURS):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Refused a request of %s: %s", (addr or ("a local process",))[0], exc)
        try:
            write_nonblock(client, answer(status, str(exc)))
        except OSError:  # they have gone
            self.log.debug("Nobody took the refusal.")


def answer(status: int, detail: str) -> bytes:
    """A problem as bytes of HTTP, after which the connection is closed."""
    from claims.api.problems import MEDIA_TYPE, problem  # needs Django, which is set up when a worker runs

    body = json.dumps(problem(status, detail)).encode()
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nConnection: close\r\n"
        f"Content-Type: {MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body

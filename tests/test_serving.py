"""What the web server says of a request that never comes to the application."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.serving import LONGEST_LINE
from tests.houses import ROOT, free_port, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Of the site as it is served; no request here comes as far as its database."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.serving", "config.wsgi"]
    environment = {**os.environ, "TWOSOURCE_DATA_DIR": str(tmp_path)}
    server = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment)
    try:
        wait_for("the server", lambda: _said(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        yield port
    finally:
        server.terminate()
        server.wait()


def _said(port: int, request: bytes) -> tuple[int, str, bytes] | None:
    """Status, media type and body of the answer; None while nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
            client.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            answer = b"".join(iter(lambda: client.recv(65536), b""))
    except ConnectionRefusedError:
        return None
    head, _, body = answer.decode().partition("\r\n\r\n")
    lines = head.split("\r\n")
    (kind,) = [line.partition(": ")[2] for line in lines if line.lower().startswith("content-type")]
    return int(lines[0].split()[1]), kind, body.encode()


def test_what_is_too_long_or_no_http_is_answered_with_a_problem(port: int) -> None:
    bare = b"GET /api/v1/claims/?q= HTTP/1.1"
    longest = bare.replace(b"q=", b"q=" + b"a" * (LONGEST_LINE - len(bare)))
    host = b"\r\nHost: localhost\r\n"
    for request, status in (
        (longest + host + b"\r\n", 401),  # as far as the application
        (longest.replace(b"q=", b"q=a") + host + b"\r\n", 414),
        (bare + host + b"X-Long: " + b"a" * 100_000 + b"\r\n\r\n", 431),
        (b"GET /api/v1/ claims/ HTTP/1.1" + host + b"\r\n", 400),
    ):
        answered = _said(port, request)
        assert answered is not None
        assert answered[:2] == (status, "application/problem+json")
        problem = json.loads(answered[2])
        assert problem["status"] == status
        assert problem["remedy"]

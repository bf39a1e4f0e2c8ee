from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import time_machine

from claims.fetching import Unreadable, fetch, guard
from claims.fetching.limits import MAX_BODY_BYTES, MAX_REDIRECTS

from .conftest import Site, redirect, reply

LOCAL = frozenset({"127.0.0.1"})
PAGE = b"<html><body><p>The ferry to Skarn was closed on Monday.</p></body></html>"


def failure(url: str, **options: object) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        fetch(url, allow_hosts=LOCAL, **options)
    assert caught.value.message
    return caught.value


def test_a_page_comes_with_its_type_charset_and_validators(site: Site) -> None:
    site.routes["/story"] = reply(
        200, PAGE, "text/HTML; charset=ISO-8859-1", ETag='"v1"', Last_Modified="Tue, 18 Feb 2025 09:00:00 GMT"
    )
    answer = fetch(site.url("/story#top"), allow_hosts=LOCAL)
    assert (answer.status, answer.body, answer.content_type) == (200, PAGE, "text/html")
    assert answer.charset == "iso-8859-1"
    assert (answer.etag, answer.last_modified) == ('"v1"', "Tue, 18 Feb 2025 09:00:00 GMT")
    assert answer.url == site.url("/story")
    assert answer.elapsed > 0
    path, headers = site.requests[0]
    assert path == "/story"
    assert headers["user-agent"].startswith("Twosource/")
    assert headers["host"] == f"127.0.0.1:{site.port}"


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    site.routes["/story"] = reply(304)
    answer = fetch(
        site.url("/story"), etag='"v1"', modified="Tue, 18 Feb 2025 09:00:00 GMT", allow_hosts=LOCAL
    )
    assert answer.not_modified and answer.body == b""
    _, headers = site.requests[0]
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Tue, 18 Feb 2025 09:00:00 GMT"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_kept(site: Site, status: int) -> None:
    site.routes["/old"] = redirect("new?id=7", status)
    site.routes["/new"] = reply(200, PAGE)
    answer = fetch(site.url("/old"), allow_hosts=LOCAL)
    assert (answer.url, answer.body) == (site.url("/new?id=7"), PAGE)


def test_a_circle_of_redirects_is_named_as_one(site: Site) -> None:
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = redirect("/a#again")
    error = failure(site.url("/a"))
    assert (error.code, error.transient) == ("redirect-loop", False)
    assert len(site.requests) == 2


def test_redirects_are_followed_up_to_the_limit_and_no_further(site: Site) -> None:
    for step in range(MAX_REDIRECTS + 1):
        site.routes[f"/{step}"] = redirect(f"/{step + 1}")
    site.routes[f"/{MAX_REDIRECTS + 1}"] = reply(200, PAGE)
    assert failure(site.url("/0")).code == "too-many-redirects"
    assert fetch(site.url("/1"), allow_hosts=LOCAL).body == PAGE


def test_a_redirect_to_a_private_machine_is_refused_without_asking_it(site: Site) -> None:
    site.routes["/out"] = redirect(site.url("/secret", host="localhost"))
    site.routes["/secret"] = reply(200, b"the keys")
    error = failure(site.url("/out"))
    assert (error.code, error.transient) == ("forbidden-address", False)
    assert [path for path, _ in site.requests] == ["/out"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://[::1/", "gopher://x"]
)
def test_a_redirect_off_the_web_is_refused(site: Site, location: str) -> None:
    site.routes["/out"] = redirect(location)
    assert failure(site.url("/out")).code == "bad-url"


def test_a_redirect_to_nowhere_says_so(site: Site) -> None:
    site.routes["/out"] = reply(302)
    assert failure(site.url("/out")).code == "http-302"


@pytest.mark.parametrize(
    ("status", "transient"),
    [(404, False), (410, False), (403, False), (401, False), (400, False), (429, True), (408, True),
     (500, True), (502, True), (503, True)],
)  # fmt: skip
def test_a_status_is_the_code_and_tells_whether_to_try_again(
    site: Site, status: int, transient: bool
) -> None:
    site.routes["/story"] = reply(status, PAGE)
    error = failure(site.url("/story"))
    assert (error.code, error.transient) == (f"http-{status}", transient)
    assert str(status) in error.message and site.url("/story") in error.message


def test_a_body_announced_as_too_large_is_not_read(site: Site) -> None:
    site.routes["/huge"] = reply(200, b"x", Content_Length=str(50 * 1024 * 1024))
    error = failure(site.url("/huge"))
    assert (error.code, error.transient) == ("too-large", False)
    assert "50.0 MB" in error.message


def test_a_body_that_does_not_say_its_size_is_cut_at_the_limit(site: Site) -> None:
    sent = 0

    def answer(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        try:
            while sent < 4 * MAX_BODY_BYTES:
                sent += handler.wfile.write(b"word " * 20_000)
        except OSError:
            pass  # the reader hung up, as it should

    site.routes["/endless"] = answer
    assert failure(site.url("/endless")).code == "too-large"
    assert sent < 4 * MAX_BODY_BYTES


def test_a_compressed_page_is_unpacked_and_a_bomb_is_not(site: Site) -> None:
    site.routes["/story"] = reply(200, gzip.compress(PAGE), Content_Encoding="gzip")
    bomb = gzip.compress(b"\n" * (20 * MAX_BODY_BYTES))
    assert len(bomb) < MAX_BODY_BYTES / 20
    site.routes["/bomb"] = reply(200, bomb, Content_Encoding="gzip")
    site.routes["/double"] = reply(200, gzip.compress(bomb), Content_Encoding="gzip, gzip")
    site.routes["/broken"] = reply(200, b"no gzip at all", Content_Encoding="gzip")
    assert fetch(site.url("/story"), allow_hosts=LOCAL).body == PAGE
    assert failure(site.url("/bomb")).code == "too-large"
    assert failure(site.url("/double")).code == "too-large"
    assert failure(site.url("/broken")).code == "bad-answer"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "text/html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "text/html"),
        (bytes(range(256)) * 20, "text/html"),
        (PAGE, "image/png"),
    ],
)
def test_a_binary_is_refused_whatever_it_is_called(site: Site, body: bytes, content_type: str) -> None:
    site.routes["/story.html"] = reply(200, body, content_type)
    error = failure(site.url("/story.html"))
    assert (error.code, error.transient) == ("not-text", False)


def test_a_silent_server_runs_into_the_deadline(site: Site) -> None:
    site.routes["/slow"] = lambda handler: site.over.wait(30) and None
    error = failure(site.url("/slow"), total_seconds=0.3)
    assert (error.code, error.transient) == ("timeout", True)


def test_a_server_that_drips_runs_into_the_deadline_too(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        try:
            while not site.over.wait(0.02):
                handler.wfile.write(b"X-Drip: 1\r\n")
        except OSError:
            pass

    site.routes["/drip"] = drip
    assert failure(site.url("/drip"), total_seconds=0.3).code == "timeout"


def test_a_dead_link_is_worth_another_try(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        unused = free.getsockname()[1]
    error = failure(f"http://127.0.0.1:{unused}/story")
    assert (error.code, error.transient) == ("dead-link", True)

    def no_such_host(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(guard.socket, "getaddrinfo", no_such_host)
    error = failure("http://nowhere.example/story")
    assert (error.code, error.transient) == ("dead-link", True)
    assert "nowhere.example" in error.message


def test_a_server_that_hangs_up_is_a_dead_link(site: Site) -> None:
    site.routes["/story"] = lambda handler: handler.connection.close()
    assert failure(site.url("/story")).code == "dead-link"


def test_the_address_that_was_checked_is_the_one_that_is_called(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the name is public when it is looked up and private from then on."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: object, **options: object) -> list[tuple[object, ...]]:
        if host != "rebind.example":
            return real(host, port, *args, **options)  # type: ignore[arg-type,return-value]
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    called: list[str] = []

    def refuse(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        called.append(address[0])
        raise ConnectionRefusedError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", refuse)
    error = failure(f"http://rebind.example:{site.port}/")
    assert error.code == "dead-link"
    assert called == ["93.184.215.14"]
    assert failure(f"http://rebind.example:{site.port}/").code == "forbidden-address"
    assert called == ["93.184.215.14"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_tls_is_verified_against_the_name_not_the_pinned_address(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", certificate, "-subj", "/CN=skarn.example",
         "-addext", "subjectAltName=DNS:skarn.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    site.server.socket = server.wrap_socket(site.server.socket, server_side=True)
    site.routes["/"] = reply(200, PAGE)
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *args, **options: real("127.0.0.1", *args, **options)
    )
    names = frozenset({"skarn.example", "other.example"})

    def ask(host: str) -> bytes:
        return fetch(f"https://{host}:{site.port}/", allow_hosts=names).body

    with pytest.raises(Unreadable) as caught:
        ask("skarn.example")  # signed by nobody
    assert caught.value.code == "bad-certificate"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert ask("skarn.example") == PAGE
    with pytest.raises(Unreadable) as caught:
        ask("other.example")
    assert caught.value.code == "bad-certificate"


def test_where_an_address_moved_for_good_is_told_up_to_the_first_detour(site: Site) -> None:
    site.routes |= {
        "/a": redirect("/b", 301),
        "/b": redirect("/c", 308),
        "/c": redirect("/d", 302),
        "/d": redirect("/e", 301),
        "/e": reply(200, PAGE),
    }
    answer = fetch(site.url("/a"), allow_hosts=LOCAL)
    assert (answer.moved_to, answer.url) == (site.url("/c"), site.url("/e"))
    assert fetch(site.url("/c"), allow_hosts=LOCAL).moved_to is None


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        (429, "120", 120),
        (503, "Fri, 03 Jan 2025 10:10:00 GMT", 600),
        (503, "Fri, 03 Jan 2025 09:00:00 GMT", 0),
        (503, "99999999999", 86_400),
        (503, "soon", None),
        (503, "-5", None),
        (503, "", None),
        (404, "120", None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(
    site: Site, status: int, header: str, seconds: float | None
) -> None:
    site.routes["/x"] = reply(status, Retry_After=header)
    with time_machine.travel(datetime(2025, 1, 3, 10, tzinfo=UTC), tick=False):
        assert failure(site.url("/x")).retry_after == seconds


def test_each_address_on_the_way_has_to_be_permitted(site: Site) -> None:
    site.routes |= {"/a": redirect("/b", 301), "/b": reply(200, PAGE)}
    asked: list[str] = []

    def permit(url: str) -> None:
        asked.append(url)
        if url.endswith("/b"):
            raise Unreadable("robots", "not there")

    assert failure(site.url("/a"), permit=permit).code == "robots"
    assert asked == [site.url("/a"), site.url("/b")]
    assert [path for path, _ in site.requests] == ["/a"]


def test_a_gzip_file_is_unpacked_and_a_bomb_is_not(site: Site) -> None:
    site.routes["/sitemap.xml.gz"] = reply(200, gzip.compress(b"<urlset/>"), "application/gzip")
    site.routes["/bomb.gz"] = reply(200, gzip.compress(b" " * (MAX_BODY_BYTES + 1)), "application/gzip")
    site.routes["/cut.gz"] = reply(200, b"\x1f\x8bnonsense", "application/gzip")
    assert fetch(site.url("/sitemap.xml.gz"), allow_hosts=LOCAL).body == b"<urlset/>"
    assert failure(site.url("/bomb.gz")).code == "too-large"
    assert failure(site.url("/cut.gz")).code == "bad-answer"

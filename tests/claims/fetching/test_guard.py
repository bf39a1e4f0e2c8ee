from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.fetching import Unreadable, fetch
from claims.fetching.guard import resolve, why_forbidden

FORBIDDEN = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1",
    "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1",
    "fe80::1", "fe80::1%lo", "2600::1%lo", "fec0::1", "feff::1", "ff02::1", "4000::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
    "192.167.1.1", "198.17.0.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e",
    "2003::1", "2620:0:860:ed1a::1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORBIDDEN)
def test_addresses_that_are_no_public_host_are_forbidden(text: str) -> None:
    assert why_forbidden(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_not(text: str) -> None:
    assert why_forbidden(ipaddress.ip_address(text)) is None


@given(st.ip_addresses())
def test_whatever_python_knows_to_be_private_is_forbidden(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not address.is_global or address.is_multicast:
        assert why_forbidden(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]",
     "[::ffff:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[fe80::1]", "10.1.2.3", "169.254.169.254", "0",
     "LOCALHOST", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[::ffff:7f00:1]",
     "[::ffff:0:127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::1]", "[fd00::1]",
     "[fec0::1]", "[ff02::1]"],
)  # fmt: skip
def test_no_spelling_of_a_private_address_gets_through(host: str) -> None:
    with pytest.raises(Unreadable) as caught:
        fetch(f"http://{host}/latest/meta-data")
    assert (caught.value.code, caught.value.transient) == ("forbidden-address", False)


@pytest.mark.parametrize(
    "host", ["localhost.", "127.0.0.1.", "①②⑦.⓪.⓪.①", "[fe80::1%25lo]", "[::1%25lo]", "127。0。0。1"]
)
def test_what_only_some_take_for_a_private_address_is_not_called(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(address: object, *_: object, **__: object) -> socket.socket:
        called.append(address)
        raise ConnectionRefusedError

    called: list[object] = []
    monkeypatch.setattr(socket, "create_connection", call)
    with pytest.raises(Unreadable):
        fetch(f"http://{host}/")
    assert called == []


def test_an_octal_address_is_not_even_asked_for() -> None:
    with pytest.raises(Unreadable) as caught:
        fetch("http://0177.0.0.1/")
    assert (caught.value.code, caught.value.transient) == ("bad-url", False)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Unreadable, match=r"10\.0\.0\.1"):
        resolve("two-faced.example", 443)
    assert resolve("two-faced.example", 443, allow_private=True) == ("93.184.215.14", "10.0.0.1")

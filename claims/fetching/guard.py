"""Which machines may be spoken to: public ones only, and the very address that was checked.

Against server-side request forgery (OWASP SSRF Prevention Cheat Sheet; CWE-918). The address is checked
after resolution and the connection is made to that address, so that a name that changes between check
and use (DNS rebinding) gains nothing. ``ipaddress.is_global`` alone lets NAT64, 6to4, Teredo, site-local
and multicast forms through, hence a table of our own, from the IANA special-purpose registries.
"""

from __future__ import annotations

import ipaddress
import socket

from claims.fetching.errors import Unreadable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

#: IANA IPv4 Special-Purpose Address Registry, with multicast and the reserved block.
_IPV4: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared by carriers (CGNAT)"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "AS112"),
    ("192.52.193.0/24", "AMT"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "AS112"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
)

#: Inside global unicast (2000::/3), what still is no public host; names for what lies outside of it.
_IPV6: tuple[tuple[str, str], ...] = (
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::ffff:0:0/96", "an IPv4 address in IPv6 form"),
    ("::/96", "an IPv4 address in IPv6 form"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("100::/64", "discard-only"),
    ("2001::/32", "Teredo"),
    ("2001::/23", "protocol assignments"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("2620:4f:8000::/48", "AS112"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)

_FORBIDDEN: tuple[tuple[Network, str], ...] = tuple(
    (ipaddress.ip_network(network), name) for network, name in (*_IPV4, *_IPV6)
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")


def why_forbidden(address: Address) -> str | None:
    """What ``address`` is ("loopback", "NAT64") if it is not a public host, else None."""
    for network, name in _FORBIDDEN:
        if address.version == network.version and address in network:
            return name
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return "bound to one interface"
        if address not in _GLOBAL_UNICAST:
            return "not global unicast"
    return None


def resolve(host: str, port: int, *, allow_private: bool = False) -> tuple[str, ...]:
    """The addresses of ``host`` that a connection may be made to, in the resolver's order.

    ``allow_private`` lifts the guard: for tests and for hosts that a newsroom names itself.
    Raises :class:`Unreadable`: "dead-link" (transient) if the name does not resolve, "forbidden-address"
    if *any* of its addresses is not public, for a name that is both is no honest one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise Unreadable(
            "dead-link",
            f"The host {host!r} cannot be found ({error}). Check the spelling of the address.",
            transient=True,
        ) from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private:
        for text in addresses:
            _refuse_forbidden(host, text)
    return addresses


def _refuse_forbidden(host: str, text: str) -> None:
    why = why_forbidden(ipaddress.ip_address(text))
    if why is not None:
        raise Unreadable(
            "forbidden-address",
            f"The host {host!r} is at {text}, which is not a public address ({why}). "
            "Only articles on the public web are fetched; submit the text itself instead.",
        )

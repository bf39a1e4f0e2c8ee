"""Addresses of articles: checked, canonical, and the domain that answers for them."""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import tldextract
from url_normalize import url_normalize

from claims.fetching.errors import Unreadable
from claims.fetching.limits import MAX_URL_CHARS

#: Query parameters that say how a reader came, not what is read: exact names.
TRACKING_PARAMETERS = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
    "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id",
    "wickedid", "_openstat", "_ga", "_gl", "_hsenc", "_hsmi", "__hssc", "__hstc", "hsctatracking",
    "s_cid", "s_kwcid", "ef_id", "epik", "rb_clickid", "ml_subscriber", "ml_subscriber_hash", "ref_src",
    "ref_url", "smid", "cmpid", "cmp", "ncid", "ocid", "spm", "scm", "xtor", "at_medium", "at_campaign",
    "guccounter", "guce_referrer", "guce_referrer_sig", "taid", "__twitter_impression",
})  # fmt: skip

#: ... and the beginnings of names.
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "at_custom", "ns_")

_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f]")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """The one spelling under which an article at ``url`` is stored.

    Scheme and host in lower case (IDNA), path and escapes normalised (RFC 3986, section 6), no default
    port, no fragment, and without the parameters that only track readers. Idempotent.
    Raises :class:`Unreadable` ("bad-url") unless ``url`` is an http or https address with a host.
    """
    plain = check_url(url)
    try:
        normal = url_normalize(plain)
    except ValueError as error:  # also UnicodeError, which is what idna raises
        raise _bad_url(url, f"it cannot be normalised ({error})") from error
    if not normal:
        raise _bad_url(url, "it is empty")
    parts = urlsplit(check_url(normal))
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", _without_tracking(parts.query), ""))


def canonical_or_none(url: object) -> str | None:
    """:func:`canonical_url` of what may be no address at all."""
    try:
        return canonical_url(url) if isinstance(url, str) and url else None
    except Unreadable:
        return None


def check_url(url: str) -> str:
    """``url`` without surrounding blanks and fragment, if it can be fetched at all.

    Raises :class:`Unreadable` ("bad-url") that says what is wrong with it.
    """
    plain = url.strip()
    if len(plain) > MAX_URL_CHARS:
        raise _bad_url(plain, f"it has {len(plain)} characters, more than {MAX_URL_CHARS}")
    if re.search(r"[\x00-\x1f\x7f]", plain):
        raise _bad_url(plain, "it holds control characters")
    try:
        parts = urlsplit(plain)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise _bad_url(plain, str(error)) from error
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise _bad_url(plain, f"its scheme is {parts.scheme!r}" if parts.scheme else "it has no scheme")
    if not host or _CONTROL_OR_SPACE.search(host):
        raise _bad_url(plain, "it names no host")
    if parts.username is not None or parts.password is not None:
        # The address is stored and shown, and credentials are not for either.
        raise _bad_url(f"{parts.scheme}://...@{host}/", "it carries a user name or password")
    return urlunsplit(parts._replace(fragment=""))


def registered_domain(url: str) -> str:
    """The domain that somebody registered: "bbc.co.uk" for "https://www.bbc.co.uk/news", the host itself for
    an IP address or a name without a public suffix.

    By the Public Suffix List (the snapshot that tldextract ships, nothing is downloaded), private part
    included, so that two blogs on one platform are two domains. Raises as :func:`canonical_url`.
    """
    host = (urlsplit(canonical_url(url)).hostname or "").rstrip(".")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _suffix_list()(host).top_domain_under_public_suffix.lower() or host
    return host


@cache
def _suffix_list() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def _without_tracking(query: str) -> str:
    kept = []
    for piece in query.split("&"):
        pairs = parse_qsl(piece, keep_blank_values=True)
        name = pairs[0][0].lower() if pairs else ""
        if piece and name not in TRACKING_PARAMETERS and not name.startswith(TRACKING_PREFIXES):
            kept.append(piece)  # as it was written: some servers mind the difference of %20 and +
    return "&".join(kept)


def _bad_url(url: str, why: str) -> Unreadable:
    shown = url if len(url) <= 200 else url[:200] + "..."
    return Unreadable(
        "bad-url",
        f"{shown!r} is not the address of an article: {why}. "
        "Give a full address such as https://example.org/news/story.",
    )

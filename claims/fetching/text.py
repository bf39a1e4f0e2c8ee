"""Plain text and HTML pages, read into one form."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import charset_normalizer
import trafilatura
from lxml import etree, html
from trafilatura.settings import Document

from claims.fetching.errors import Unreadable
from claims.fetching.limits import MAX_HTML_ATTRIBUTES, MAX_TEXT_CHARS, MAX_TEXT_WORDS
from claims.fetching.sniff import bom_charset, refuse_binary, refuse_oversize


@dataclass(frozen=True, slots=True)
class Readable:
    """What a reader came for. ``text`` has paragraphs divided by an empty line, "\\n" for a line's end and no
    control characters; the rest is None where the page does not tell.

    ``published`` is aware, in the zone the page gives (UTC if none); midnight UTC where it gives only a day.
    ``language`` is what the page declares ("en", "en-GB"), which may be wrong.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    published: datetime | None = None
    site_name: str | None = None
    language: str | None = None


#: What is never the report, removed before extraction: headings are no claims (the title is kept as a field),
#: captions describe pictures, forms and asides sell something.
_PRUNED = [
    *(f"//{tag}" for tag in ("h1", "h2", "h3", "h4", "h5", "h6")),
    *(f"//{tag}" for tag in ("figcaption", "aside", "nav", "form", "footer", "button")),
    # a pull quote repeats the text, and a footnote's number would become part of the figure before it
    '//*[contains(@class, "pullquote") or contains(@class, "pull-quote")]',
    "//sup[.//a]",
]
#: names of the meta elements that give the moment of publication, best first
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "date",
)
#: WHATWG Encoding Standard: what these labels mean on the web.
_WEB_CHARSETS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
#: What Python can decode and no page is written in; some are quadratic on hostile input.
_NO_WEB_CODECS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"})
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})""", re.IGNORECASE
)
_DOCUMENT = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_META_WINDOW = 4096
_GUESS_WINDOW = 65_536
#: C0 and C1 controls but tab and newline, the BOM as a character, and surrogates that no encoding can write
#: ... and what no reader sees: soft hyphens, characters without width, and those that turn the direction of writing,
#: so that a claim reads as it is stored and compares as it reads (Unicode UTS 39; CVE-2021-42574). A joiner inside an
#: emoji stays.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff"
    "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\U000e0000-\U000e007f]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
#: what the libraries raise over pages that no browser would mind
_BROKEN_PAGE = (ValueError, AssertionError, AttributeError, LookupError, TypeError, RecursionError)
#: libxml2 takes time with the square of an element's attributes
_LONG_TAG = re.compile(r"<[^<>]{1000,}")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[\s\"'/][^\s\"'/=]")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]|\n")
_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")


def read_text(body: bytes) -> Readable:
    """Plain text in UTF-8, with or without a byte order mark.

    Raises :class:`Unreadable`: "too-large", "not-text", "not-utf-8", "empty-text".
    """
    refuse_oversize(len(body))
    refuse_binary(body)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("not-utf-8", _not_utf8(body, error)) from error
    return Readable(text=_checked(clean_text(text)))


def read_html(page: bytes | str, url: str | None = None, charset: str | None = None) -> Readable:
    """The report in an HTML page, without navigation, headings, captions and comments.

    ``url`` helps to find the site's name; ``charset`` is that of the HTTP header, if there was one.
    By trafilatura (Barbaresi, ACL 2021), favouring precision.
    Raises :class:`Unreadable`: "too-large", "not-text", "empty-text", "no-article".
    """
    if isinstance(page, bytes):
        refuse_oversize(len(page))
        refuse_binary(page)
        page = decode_html(page, charset)
    else:
        refuse_oversize(len(page))
    page = clean_text(page)
    if not page.strip():
        raise _empty()
    long = (_VALUE.sub("''", tag[0]) for tag in _LONG_TAG.finditer(page))
    if any(len(_ATTRIBUTE.findall(tag)) > MAX_HTML_ATTRIBUTES for tag in long):
        raise _no_article()
    if _DOCUMENT.search(page) is None:  # trafilatura reads documents; a fragment loses parts
        page = f"<html><body>{page}</body></html>"
    found = _extract(page, url)
    paragraphs = (line.strip() for line in clean_text(found.text or "").split("\n"))
    text = "\n\n".join(line for line in paragraphs if line)
    if not any(character.isalpha() for character in text):
        raise _no_article()
    tree = _tree(page)
    return Readable(
        text=_checked(text),
        title=_line(found.title),
        byline=_line(found.author),
        published=_published(tree, found.date),
        site_name=_line(found.sitename),
        language=_line(tree.get("lang")) if tree is not None else None,
    )


def clean_text(text: str) -> str:
    """``text`` with "\\n" for every line's end and without control characters. Idempotent."""
    return _CONTROLS.sub("", _NEWLINES.sub("\n", text))


def decode_html(body: bytes, charset: str | None = None) -> str:
    """``body`` as characters. Never raises.

    A byte order mark decides; else UTF-8 if the bytes are valid UTF-8, for other encodings practically never
    are, while pages often declare the wrong one; else the header's ``charset``, else the page's own
    declaration, else a guess by charset-normalizer.
    """
    marked = bom_charset(body)
    if marked is not None:
        return body[marked[1] :].decode(marked[0], errors="replace")
    declared = _META_CHARSET.search(body, 0, _META_WINDOW)
    for name in ("utf-8", charset, declared[1].decode("ascii", "ignore") if declared else None):
        try:
            return body.decode(_web_codec(name))
        except (LookupError, ValueError):  # a charset that is not known, or not the one it is in
            continue
    guess = charset_normalizer.from_bytes(body[:_GUESS_WINDOW]).best()
    return body.decode(guess.encoding if guess is not None else "cp1252", errors="replace")


def _web_codec(name: str | None) -> str:
    """Python's codec for a charset of the web. Raises LookupError or ValueError if there is none."""
    label = (name or "").strip().lower()
    codec = codecs.lookup(_WEB_CHARSETS.get(label, label)).name
    if codec in _NO_WEB_CODECS:
        raise LookupError(codec)
    return codec


def _extract(page: str, url: str | None) -> Document:
    try:
        found = trafilatura.bare_extraction(
            page,
            url=url,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            prune_xpath=_PRUNED,
            # A day in the running text is not the day of publication.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (*_BROKEN_PAGE, etree.LxmlError) as error:
        raise _no_article() from error
    if not isinstance(found, Document):
        raise _no_article()
    return found


def _tree(page: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _published(tree: html.HtmlElement | None, day: str | None) -> datetime | None:
    """The moment that the page's own metadata gives, else ``day`` as trafilatura found it."""
    if tree is not None:
        given = {_meta_name(meta): meta.get("content") for meta in tree.iter("meta")}
        for name in _PUBLISHED_META:
            moment = parse_moment(given.get(name))
            if moment is not None:
                return moment
    return parse_moment(day)


def _meta_name(meta: html.HtmlElement) -> str:
    return (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()


def parse_moment(text: str | None) -> datetime | None:
    """An ISO 8601 day or moment as an aware datetime (UTC if it names no zone), None if it is neither."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _line(text: str | None) -> str | None:
    """``text`` on one line, None if nothing is left."""
    return " ".join(clean_text(text).split()) or None if text else None


def _checked(text: str) -> str:
    if not text.strip():
        raise _empty()
    if len(text) > MAX_TEXT_CHARS:
        raise Unreadable(
            "too-large",
            f"The text has {len(text):,} characters, more than the {MAX_TEXT_CHARS:,} of an article. "
            "Submit the article alone, or split it.",
        )
    words = sum(1 for _ in _WORD_OR_SIGN.finditer(text))
    if words > MAX_TEXT_WORDS:
        raise Unreadable(
            "too-large",
            f"The text has {words:,} words and signs, more than the {MAX_TEXT_WORDS:,} of an article. "
            "Submit the article alone, or split it.",
        )
    return text


def _empty() -> Unreadable:
    return Unreadable("empty-text", "The text is empty or blank. Submit an article with text in it.")


def _no_article() -> Unreadable:
    return Unreadable(
        "no-article",
        "The page holds no readable article: it may be a front page, a video or filled by scripts. "
        "Give the address of one report, or submit its text.",
    )


def _not_utf8(body: bytes, error: UnicodeDecodeError) -> str:
    line = body.count(b"\n", 0, error.start) + 1
    marked = bom_charset(body)
    seems = f" It looks like {marked[0].upper()}." if marked else ""
    return (
        f"The text is not UTF-8: byte 0x{body[error.start]:02x} at position {error.start} (line {line}) is "
        f"no character.{seems} Save it as UTF-8 and submit it again."
    )

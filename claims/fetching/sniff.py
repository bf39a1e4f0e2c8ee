"""Is it text at all? By the bytes, since names and headers lie (after the WHATWG MIME Sniffing Standard)."""

from __future__ import annotations

from claims.fetching.errors import Unreadable
from claims.fetching.limits import MAX_BODY_BYTES, human_size

#: How formats begin that are met behind ".html" and ".txt", and that no text begins with.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x1aE\xdf\xa3", "a video"),
)
#: ... and beginnings that only name what the control bytes after them give away: (offset, bytes, name).
_PRINTABLE_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (4, b"ftyp", "a video"),
    (0, b"OggS", "an audio file"),
    (0, b"ID3", "an audio file"),
    (0, b"RIFF", "an audio or video file"),
    (0, b"BZh", "bzip2 data"),
    (0, b"wOF", "a font"),
)
#: Bytes that no encoding of plain text uses: C0 controls but tab, newline, form feed, return and escape.
_BINARY_BYTES = bytes(sorted({*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F}))
_SNIFFED = 4096
#: a few stray control bytes are an accident, one in a hundred is not
_STRAY_BYTES = 3
_BINARY_SHARE = 0.01

BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def bom_charset(body: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark announces and the mark's length, None without one."""
    for mark, charset in BOMS:
        if body.startswith(mark):
            return charset, len(mark)
    return None


def what_binary(body: bytes) -> str | None:
    """What ``body`` is ("a PDF document") if it is not text, else None."""
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    if bom_charset(body) is not None:
        return None
    head = body[:_SNIFFED]
    controls = len(head) - len(head.translate(None, delete=_BINARY_BYTES))
    if controls <= max(_STRAY_BYTES, _BINARY_SHARE * len(head)):
        return None
    named = (name for offset, magic, name in _PRINTABLE_MAGIC if body.startswith(magic, offset))
    return next(named, "binary data")


def refuse_binary(body: bytes) -> None:
    """Raise :class:`Unreadable`, "not-text", if ``body`` is not text."""
    name = what_binary(body)
    if name is not None:
        raise Unreadable(
            "not-text",
            f"The content is {name}, not text or HTML, whatever its name says. "
            "Submit the article as a web page or as plain UTF-8 text.",
        )


def refuse_oversize(size: int) -> None:
    """Raise :class:`Unreadable`, "too-large", if ``size`` bytes are more than an article may have."""
    if size > MAX_BODY_BYTES:
        raise Unreadable(
            "too-large",
            f"The content has {human_size(size)}, more than the {human_size(MAX_BODY_BYTES)} that an article "
            "may have. Submit the article alone, or split it.",
        )

"""How much a stranger's server or file may take of us. Sizes in bytes, times in seconds."""

from __future__ import annotations

#: a body, after decompression; a news page is rarely above 2 MB
MAX_BODY_BYTES = 10 * 1024 * 1024
#: characters of one article's text: about 80,000 words, more than any report and less than a book
MAX_TEXT_CHARS = 500_000
MAX_URL_CHARS = 2_048
MAX_REDIRECTS = 5
MAX_FEED_ENTRIES = 500

#: one attempt to open a connection
CONNECT_SECONDS = 5.0
#: silence in the middle of an answer
READ_SECONDS = 15.0
#: everything from the first redirect to the last byte, however steadily the server drips
TOTAL_SECONDS = 60.0


def human_size(size: int) -> str:
    """``size`` in bytes as people write it: "10.0 MB"."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} kB"
    return f"{size / (1024 * 1024):.1f} MB"

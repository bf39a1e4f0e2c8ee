"""How much a stranger's server or file may take of us. Sizes in bytes, times in seconds."""

from __future__ import annotations

#: a body, after decompression; a news page is rarely above 2 MB
MAX_BODY_BYTES = 10 * 1024 * 1024
#: characters of one article's text: about 80,000 words, more than any report and less than a book
MAX_TEXT_CHARS = 500_000
#: ... and its words and signs, which take the time; 500,000 characters of English prose hold about 100,000
MAX_TEXT_WORDS = 120_000
MAX_URL_CHARS = 2_048
MAX_REDIRECTS = 5

#: of a feed, the entries that are taken
MAX_FEED_ENTRIES = 500
#: a feed's or sitemap's body: 50,000 addresses of a sitemap take about 7 MB
MAX_FEED_BYTES = MAX_BODY_BYTES
MAX_SITEMAP_ENTRIES = 50_000
#: tags outside CDATA, opening and closing; each costs feedparser 0.1 ms
MAX_FEED_TAGS = 100_000
MAX_SITEMAP_TAGS = 1_000_000
#: of one XML element; Python's reader takes time with their square
MAX_XML_ATTRIBUTES = 60
#: of one element of a page
MAX_HTML_ATTRIBUTES = 1_000
#: RFC 9309 (2.5): at least 500 KiB of a robots.txt are to be read
MAX_ROBOTS_BYTES = 500 * 1024

#: one attempt to open a connection
CONNECT_SECONDS = 5.0
#: silence in the middle of an answer
READ_SECONDS = 15.0
#: everything from the first redirect to the last byte, however steadily the server drips
TOTAL_SECONDS = 60.0
#: a robots.txt that asks for more is taken to mean this
MAX_CRAWL_DELAY = 60.0
#: however long a server asks to be left alone, it is asked again after a day
MAX_RETRY_AFTER = 86_400.0


def human_size(size: int) -> str:
    """``size`` in bytes as people write it: "10.0 MB"."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} kB"
    return f"{size / (1024 * 1024):.1f} MB"

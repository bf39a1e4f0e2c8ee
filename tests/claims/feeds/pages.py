"""Feeds and articles as a small outlet's server would give them."""

from __future__ import annotations

from collections.abc import Iterable

FIRST = "The port of Skarn handled 1.2 million tonnes of cargo in 2024, the port authority said."
SECOND = "The new terminal employs 340 people, the operator said on Monday."


def article(*paragraphs: str, title: str = "Cargo falls at Skarn") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or (FIRST, SECOND))
    return f"""<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2025-03-03T08:00:00Z"></head>
<body><nav>Home News Sport</nav><article><h1>{title}</h1>{body}</article></body></html>""".encode()


def item(url: str, title: str = "A story", day: int = 3, guid: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{url}</link><guid>{guid or url}</guid>"
        f"<pubDate>{day:02} Mar 2025 07:00:00 GMT</pubDate></item>"
    )


def rss(items: Iterable[str], extra: str = "") -> bytes:
    return f'<rss version="2.0"><channel><title>Skarn</title>{extra}{"".join(items)}</channel></rss>'.encode()

"""Whether two texts of one page are the same to a reader, whatever the page changes by itself."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
#: of a line: marks of time and of attention that a page renews at every visit
_DATED = re.compile(
    r"(?:last )?(?:updated?|modified|published|posted|edited)\b"
    r"|\b(?:\d+|an?|few) (?:seconds?|minutes?|mins?|hours?|hrs?|days?) ago\b"
    r"|\b\d+[.,]?\d*k? (?:comments?|views?|shares?|likes?|readers?|reactions?)\b"
    r"|\b\d+ min(?:ute)?s? read\b",
    re.IGNORECASE,
)
_LONGEST_MARK = 80
_SENTENCE_END = (".", "!", "?", '"', "\u201d")
_SPELLED = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u00ad": "",
        "\u200b": "",
    }
)


def gist(text: str) -> str:
    """What ``text`` says, in one spelling: white space, typography and lines such as "Updated 5 minutes ago" and
    "12 comments" do not show. Two texts with one gist are no two revisions."""
    plain = unicodedata.normalize("NFKC", text.translate(_SPELLED))
    lines = (_SPACE.sub(" ", line).strip() for line in plain.split("\n"))
    return "\n".join(line for line in lines if line and not _is_mark(line))


def _is_mark(line: str) -> bool:
    return len(line) <= _LONGEST_MARK and not line.endswith(_SENTENCE_END) and _DATED.search(line) is not None

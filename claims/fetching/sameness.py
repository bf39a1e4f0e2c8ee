"""Whether two texts of one page are the same to a reader, whatever the page changes by itself."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
#: of a line: marks of time and of attention that a page renews at every visit
_DATED = re.compile(
    r"\b(?:last |first )?(?:updated?|modified|published|posted|edited)\b"
    r"|\b(?:\d+|an?|few) (?:seconds?|minutes?|mins?|hours?|hrs?|days?) ago\b"
    r"|\b\d+(?:[.,]\d+)*k? (?:comments?|views?|shares?|likes?|readers?|reactions?)\b"
    r"|\b\d+ min(?:ute)?s? read\b",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?"
    r"|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|[ap]m|gmt|utc|at|on)\b",
    re.IGNORECASE,
)
#: letters that a line of marks may have besides: "Share", "by Ann Lee"
_BESIDES = 12
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
    if len(line) > _LONGEST_MARK or line.endswith(_SENTENCE_END) or not _DATED.search(line):
        return False
    rest = _DATES.sub("", _DATED.sub("", line))
    return sum(character.isalpha() for character in rest) < _BESIDES

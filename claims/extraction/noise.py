"""Cuts a text into blocks of prose and what surrounds them on a news page.

Headings, bylines, datelines, captions, credits, subscription and cookie lines never bear a claim.
The cues are data (``data/noise.toml``); offsets are those of the original text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from claims.extraction import resources


class BlockKind(StrEnum):
    PROSE = "prose"
    HEADING = "heading"
    DATELINE = "dateline"  # or another label before the first sentence
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that no sentence crosses; blocks do not overlap and hold no outer blanks."""

    start: int
    end: int
    kind: BlockKind


#: What str.splitlines() breaks at.
_LINE = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_TERMINATED = re.compile(r"""[.!?…:;,]['"’”»)\]]{0,3}$""")
_SENTENCE_END = re.compile(r"""[.!?…]['"’”»)\]]{0,3}$""")
_BULLET = re.compile(r"(?:[•‣◦▪●○■*–—-]|\d{1,2}[.)]|\(\d{1,2}\))\s+")
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’.&-](?=[^\W_]))*")
_MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?:{_MONTHS} \d{{1,2}}|\d{{1,2}} {_MONTHS})(?:, \d{{4}})?"
_AGENCY = r"(?:\([A-Z][^()\n]{1,40}\)|/[A-Z][^/\n]{1,40}/\.?)"
_PLACE = r"[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,3}"
#: "RIYADH, Feb. 18 (Agency) - ", "WASHINGTON — ", "Paris, France (AFP) – ", "MOSCOW, March 3. /TASS/. "
_DATELINE = re.compile(
    rf"(?P<city>{_PLACE})(?:[,/] ?(?!{_MONTHS}){_PLACE}){{0,2}}(?P<day>,? {_DAY}\.?)?"
    rf"(?P<agency>,? ?{_AGENCY})?"
    r"\s?(?:--?|–|—|:|(?<=/\.))\s"
)
#: "10:42 GMT: ", "11.20am — ", "[10:15] " before an entry of a live blog
_CLOCK = re.compile(
    r"\[?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?(?:[A-Z]{2,4}|local time))?(?:\]|\s?(?:--?|–|—|:|\|)(?=\s))\s+"
)
#: "Jane Doe is a reporter for the Harnby Post." under a story
_BIO = re.compile(
    r"\*? ?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,2} (?:is|was|has been) (?:an?|the) [^.]{0,60}"
    r"(?:reporter|columnist|correspondent|journalist|editor|writer|contributor|producer)\b"
)
_BYLINE = re.compile(r"(?:By|BY|Story by|Words by|Text by) [A-Z][\w.'’-]+(?: |,|$)")
#: A line of the page is shorter than this; longer ones need not be looked at in full.
_LONGEST = 1000
#: How much of a block's beginning is looked at for datelines and labels.
_HEAD = 160


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order, without the blanks between them.

    A text of one line is prose even without a full stop: somebody's claim, not a page.
    """
    spans = tuple(_paragraphs(text))
    alone = len(spans) == 1
    pulled = _pull_quotes(text, spans)
    found: list[Block] = []
    for start, end in spans:
        kind = BlockKind.BOILERPLATE if start in pulled else _kind(text[start:end], alone=alone)
        if kind is BlockKind.PROSE:
            found.extend(_pieces(text, start, end))
        else:
            found.append(Block(start, end, kind))
    return tuple(found)


_QUOTATION = re.compile(r"""["“‘'«]([^"“”«»\n]{20,300})["”’'»]""")
_MOST_PULLED = 20  # quotations that are looked up in the text: a page has a handful


def _pull_quotes(text: str, spans: tuple[tuple[int, int], ...]) -> frozenset[int]:
    """Where paragraphs begin that are nothing but a quotation which stands elsewhere in the text, too."""
    pulled = []
    lines = [(start, match[1]) for start, end in spans if (match := _QUOTATION.fullmatch(text, start, end))]
    for start, quotation in lines[:_MOST_PULLED]:
        words = quotation.rstrip(".,!?…")
        at = text.find(words)
        if at == start + 1:
            at = text.find(words, start + len(words))
        if at >= 0 and (at < start or all(at != other + 1 for other, _ in lines)):
            pulled.append(start)
    return frozenset(pulled)


def is_boilerplate(text: str) -> bool:
    """Whether a block or a single sentence is a line of the page and not of the story."""
    even = " ".join(text[:_LONGEST].replace("’", "'").lower().split()).lstrip("([-–—•* ")
    begins, holds, short = _cues()
    return even.count(" ") < short and bool(begins.match(even) or holds.search(even))


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], int]:
    table = resources.toml("noise")

    def any_of(phrases: list[str]) -> str:
        ordered = sorted(phrases, key=len, reverse=True)
        return "|".join(re.escape(p) + (r"\b" if p[-1].isalnum() else "") for p in ordered)

    holds = any_of(table["holds"])
    return re.compile(any_of(table["begins"])), re.compile(rf"(?<!\w)(?:{holds})"), table["short"]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines without their outer blanks; the lines of a hard-wrapped text are put together again."""
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            lines.append((start, end))
    wrapped = _is_wrapped(text, lines)
    held: tuple[int, int] | None = None
    for start, end in lines:
        if held and _continues(text, held, start, end, wrapped):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines were broken to a width: those with a neighbour below are nearly all nearly as long."""
    widths = [
        end - start
        for (start, end), (after, _) in itertools.pairwise(lines)
        if text.count("\n", end, after) <= 1
    ]
    if len(widths) < 3:
        return False
    widest = max(widths)
    full = sum(width >= 0.7 * widest for width in widths)
    return 40 <= widest <= 110 and full >= 0.7 * len(widths)


def _continues(text: str, held: tuple[int, int], start: int, end: int, wrapped: bool) -> bool:
    """Whether the line at ``start`` goes on with the sentence of the line above it."""
    if text.count("\n", held[1], start) > 1 or _BULLET.match(text, start, end):
        return False
    if wrapped:
        return not _is_capitals(text[start:end])
    last = text[max(held[0], held[1] - 4) : held[1]]
    return text[start].islower() and not _SENTENCE_END.search(last) and held[1] - held[0] > 20


def _kind(block: str, *, alone: bool) -> BlockKind:
    words = _WORD.findall(block[:400])
    if not words or is_boilerplate(block):
        return BlockKind.BOILERPLATE
    if _BYLINE.match(block) and len(words) <= 12 and not _SENTENCE_END.search(block):
        return BlockKind.BOILERPLATE
    if len(words) <= 25 and not alone and _BIO.match(block):
        return BlockKind.BOILERPLATE
    if _is_capitals(block):
        return BlockKind.HEADING
    if alone:
        return BlockKind.PROSE
    if _is_credit(words):
        return BlockKind.BOILERPLATE
    if _is_title_case(words) or (
        len(words) <= 16 and not _TERMINATED.search(block) and not _BULLET.match(block)
    ):
        return BlockKind.HEADING
    return BlockKind.PROSE


def _is_capitals(line: str) -> bool:
    """A heading in capitals: two words or more, four letters or more, none of them small."""
    return line.upper() == line and sum(c.isalpha() for c in line[:60]) >= 4 and len(line.split()) >= 2


def _is_title_case(words: list[str]) -> bool:
    """As in "Poll: Wealthy Voters Abandon Republican Party": every longer word has a capital."""
    long = [word for word in words if len(word) > 3 and not word[0].isdigit() and word not in _SMALL]
    return len(words) <= 20 and len(long) >= 4 and all(word[0].isupper() for word in long)


_SMALL = frozenset(
    [
        "with",
        "from",
        "that",
        "than",
        "into",
        "over",
        "after",
        "about",
        "amid",
        "upon",
        "under",
        "until",
        "when",
        "they",
        "your",
    ]
)


def _is_credit(words: list[str]) -> bool:
    """As in "From Northern Wire." or "Coast Daily staff and agencies": names and newsroom words only."""
    small = set(resources.toml("noise")["credit_words"])
    lower = [word for word in words if not word[0].isupper()]
    names = len(words) - len(lower)
    return (
        len(words) <= 10
        and names > 0
        and bool(lower or words[0] in {"From", "By"})
        and all(word in small for word in lower)
    )


def _pieces(text: str, start: int, end: int) -> Iterator[Block]:
    """Prose without the dateline, label or bullet before it and the headings glued into it."""
    for cut in (_clock_end(text, start, end), _label_end(text, start, end), _dateline_end(text, start, end)):
        if cut:
            yield Block(start, start + len(text[start:cut].rstrip()), BlockKind.DATELINE)
            start = cut
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet and bullet.end() < end else start
    for left, right in _glued_headings(text, start, end):
        if left > start:
            yield Block(start, start + len(text[start:left].rstrip()), BlockKind.PROSE)
        yield Block(left, right, BlockKind.HEADING)
        start = right + len(text[right:end]) - len(text[right:end].lstrip())
    if start < end:
        yield Block(start, end, BlockKind.PROSE)


def _dateline_end(text: str, start: int, end: int) -> int | None:
    match = _DATELINE.match(text, start, min(end, start + _HEAD))
    if not match or match.end() >= end:
        return None
    signed = match["agency"] or match["day"]
    shouted = match["city"].isupper() and len(match["city"]) > 2 and not match.group().rstrip().endswith(":")
    return match.end() if signed or shouted else None


def _clock_end(text: str, start: int, end: int) -> int | None:
    match = _CLOCK.match(text, start, min(end, start + _HEAD))
    return match.end() if match and match.end() < end else None


def _label_end(text: str, start: int, end: int) -> int | None:
    head = text[start : min(end, start + 40)]
    name, colon, rest = head.partition(":")
    if colon and rest.startswith(" ") and name.lower().replace("’", "'") in resources.toml("noise")["labels"]:
        return start + len(name) + 2
    return None


#: A run of words in capitals, none of which ends a sentence; taken apart in `_glued_headings`.
_CAPITAL_WORD = re.compile(r"[A-Z0-9][A-Z0-9’'&,-]*(?=\s|$)")


def _glued_headings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Four words or more in capitals at a sentence's start, with a sentence in small letters behind them."""
    at = start
    while at < end:
        run = at
        words = 0
        long = 0
        match = _CAPITAL_WORD.match(text, run, end)
        while match:
            words += 1
            long += len(match.group()) >= 4 and match.group().isalpha()
            run = match.end()
            gap = run + 1 if run < end and text[run].isspace() else run
            match = _CAPITAL_WORD.match(text, gap, end) if gap > run else None
        sure = words >= 4 or (words == 3 and text[run:end].lstrip()[:1].isupper())
        if sure and long >= 2 and _begins_sentence(text, start, at):
            yield at, run
        space = text.find(" ", max(run, at), end)
        at = end if space < 0 else space + 1


def _begins_sentence(text: str, start: int, at: int) -> bool:
    before = text[max(start, at - 5) : at].rstrip()
    return at == start or bool(_SENTENCE_END.search(before))

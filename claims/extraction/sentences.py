"""Where sentences may and must begin, decided before the parser runs.

The parser of the small model breaks sentences at closing quotes, after "U.S." and inside headings.
What punctuation, quotes and blocks settle is settled before it; only after an ambiguous abbreviation
or an ellipsis is the parser left to choose.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from claims.extraction import noise
from claims.extraction.noise import Block, BlockKind
from claims.extraction.types import Span

_CLOSERS = frozenset("”’»)]}")
_STRAIGHT = frozenset("\"'")
_STOPS = frozenset({".", "!", "?", "..", "!!", "??", "?!", "!?", "。"})
_ELLIPSES = frozenset({"...", "…", "....", ". . ."})
_OPENERS = frozenset("“‘«([{\"'")
#: Never the last word of a sentence: something always follows.
_TITLES = frozenset(
    [
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "prof.",
        "sen.",
        "rep.",
        "gov.",
        "gen.",
        "lt.",
        "col.",
        "capt.",
        "cmdr.",
        "sgt.",
        "maj.",
        "adm.",
        "rev.",
        "hon.",
        "st.",
        "ft.",
        "mt.",
        "messrs.",
        "pres.",
        "sec.",
        "atty.",
        "supt.",
        "insp.",
        "vs.",
        "v.",
        "e.g.",
        "i.e.",
        "cf.",
        "no.",
        "nos.",
        "fig.",
        "approx.",
        "ca.",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "jun.",
        "jul.",
        "aug.",
        "sept.",
        "sep.",
        "oct.",
        "nov.",
        "dec.",
        "mon.",
        "tue.",
        "wed.",
        "thu.",
        "fri.",
        "sat.",
        "sun.",
    ]
)

Doc.set_extension("blocks", default=(), force=True)


def limit(doc: Doc) -> None:
    """Set ``is_sent_start`` on the tokens of a doc that is not parsed yet, and ``doc._.blocks``."""
    doc._.blocks = noise.blocks(doc.text)
    for block in doc._.blocks:
        _limit(doc, block)


def prose(doc: Doc) -> tuple[Span, ...]:
    """The sentences of a parsed ``doc`` that can bear a claim, without outer blanks."""
    kinds = {block.start: block for block in doc._.blocks if block.kind is BlockKind.PROSE}
    ends = sorted((block.start, block.end) for block in kinds.values())
    found = []
    position = 0
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if not words:
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        while position < len(ends) and ends[position][1] <= start:
            position += 1
        inside = position < len(ends) and ends[position][0] <= start
        if inside and any(word.is_alpha for word in words) and not noise.is_boilerplate(doc.text[start:end]):
            found.append(Span(start, end))
    return tuple(found)


def _limit(doc: Doc, block: Block) -> None:
    tokens = doc.char_span(block.start, block.end, alignment_mode="expand")
    if tokens is None:
        return
    stop: Token | None = None  # the sentence's end, if the tokens since were only what closes it
    quoting = False
    for token in tokens:
        if token.i == tokens.start:
            token.is_sent_start = True
        elif token.is_space:
            token.is_sent_start = False
            continue
        elif stop is not None and _closes(token, quoting):
            token.is_sent_start = False
        else:
            begins = _begins(stop, token)
            if begins is not None:
                token.is_sent_start = begins
            stop = None
        if token.text in {'"', "“", "”", "''", "``"}:
            quoting = token.text in {"“", "``"} or (token.text == '"' and not quoting)
        if _ends(token):
            stop = token


def _closes(token: Token, quoting: bool) -> bool:
    """Whether the token closes a quotation or a bracket that ends with the sentence."""
    before = token.nbor(-1)
    touches = not before.whitespace_ and not before.is_space
    if token.text[0] in _CLOSERS or token.text == "''":
        return len(token) == 1 or token.text == "''"
    return token.text in _STRAIGHT and (
        touches or (quoting and token.text == '"' and bool(token.whitespace_))
    )


def _ends(token: Token) -> bool:
    text = token.text
    return text in _STOPS or text in _ELLIPSES or (len(text) > 1 and text[-1] in ".!?")


def _begins(stop: Token | None, token: Token) -> bool | None:
    """True or False where it is plain, None where the parser shall decide."""
    if stop is None:
        return token.text in {"•", "‣", "▪", "●"}
    following = token
    while following.text[0] in _OPENERS and following.i + 1 < len(token.doc):
        following = following.nbor(1)
    if following.text[0].islower() or following.text[0] in ",;:-–—%":
        return False
    if stop.text in _ELLIPSES:
        return None
    if stop.text in _STOPS:
        quoted = token.nbor(-1).i != stop.i and stop.text != "."
        return None if quoted else True  # “Why?” Smith asked.
    if stop.text.lower() in _TITLES or (len(stop) == 2 and stop.text[0].isupper()):  # an initial
        return False
    return None if "." in stop.text[:-1] or len(stop) <= 6 else True

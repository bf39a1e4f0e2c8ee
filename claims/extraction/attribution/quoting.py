"""Joins drafts and quotations: a quotation belongs whole to the cue that touches it.

Newspapers set the cue before, within or behind a quotation, or only in a neighbouring sentence; a
quotation without any goes on from the one before (O'Keefe et al., "A Sequence Labelling Approach to
Quote Attribution", EMNLP 2012, describe the conventions).
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from claims.extraction.attribution.draft import Draft
from claims.extraction.attribution.lexicon import speaking
from claims.extraction.attribution.quotations import Quotation
from claims.extraction.types import Attitude

_SPOKEN = frozenset({Attitude.STATED, Attitude.ALLEGED, Attitude.DENIED, Attitude.BELIEVED, Attitude.ASKED})
#: Quotations of fewer words than this are terms and titles unless a cue claims them.
_FEW = 4


def attach(doc: Doc, found: list[Draft], quoted: tuple[Quotation, ...]) -> list[Draft]:
    """The drafts with their quotations, and a draft for each quotation that no cue claims."""
    last: Draft | None = None
    last_end = 0
    spans = [_tokens(doc, quotation) for quotation in quoted]
    within = set().union(*spans)
    outside = [draft for draft in found if draft.cue and not draft.cue & within]
    for tokens in filter(None, spans):
        owner = _owner(doc, outside, tokens)
        if owner is None and len(tokens) >= _FEW + 2 and _is_speech(doc, tokens):
            owner = _going_on(doc, last, last_end, tokens) or _behind(doc, outside, tokens)
        if owner is None:
            continue
        owner.content |= tokens | (owner.spare if owner.spare & tokens else set())
        owner.content -= owner.cue | owner.source
        last, last_end = owner, max(tokens)
    kept = [draft for draft in found if draft.content and not _is_talk(doc, draft)]
    return _without_nested(kept, within)


def _is_talk(doc: Doc, draft: Draft) -> bool:
    """Mere "I think", "you know", "what they call": no source that could be named, or nothing said."""
    person = draft.head.morph.get("Person", []) if draft.head is not None else []
    if draft.head is not None and draft.head.pos_ == "PRON" and person and person[0] in "12":
        return True
    return all(doc[i].tag_ in _WH or doc[i].is_punct for i in draft.content)


def _without_nested(kept: list[Draft], within: set[int]) -> list[Draft]:
    """Drops what only tells more of what a source says: thoughts, wishes and talk inside a content.

    A report inside indirect speech stays ("he said the ministry had announced ..."): it is the source's
    own source.
    """
    holders: dict[int, list[Draft]] = {}
    for draft in kept:
        for index in draft.content:
            holders.setdefault(index, []).append(draft)
    return [
        draft
        for draft in kept
        if not any(
            holder is not draft and holder.attitude is not Attitude.JUDGED and not _is_within(holder, draft)
            for index in draft.cue
            for holder in holders.get(index, [])
        )
        or (
            draft.attitude in _REPORTING
            and draft.head is not None
            and _may_be_asked(draft.head)
            and not draft.cue & within
        )
    ]


def _is_within(holder: Draft, draft: Draft) -> bool:
    """Of two that hold each other's cue the one that says more is the outer one."""
    return bool(holder.cue & draft.content) and len(holder.content) < len(draft.content)


def _may_be_asked(source: Token) -> bool:
    """Whether a source could be looked up: a name, an office or a body, not "voters" or "some"."""
    return source.pos_ == "PROPN" or source.lemma_.lower() in speaking()


_REPORTING = frozenset({Attitude.STATED, Attitude.ALLEGED, Attitude.DENIED})
_WH = frozenset({"WDT", "WP", "WRB"})


def _tokens(doc: Doc, quotation: Quotation) -> set[int]:
    tokens: set[int] = set()
    for start, end in quotation.parts:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            tokens |= set(range(span.start, span.end))
    return tokens


def _owner(doc: Doc, outside: list[Draft], tokens: set[int]) -> Draft | None:
    """The outermost cue outside the quotation whose content it touches, else a bare cue beside it."""
    first, last = min(tokens), max(tokens)
    touching = [draft for draft in outside if draft.content & tokens and draft.attitude in _SPOKEN]
    if touching:
        return min(touching, key=lambda draft: min(abs(min(draft.cue) - first), abs(min(draft.cue) - last)))
    starts = {doc[first].sent.start, doc[last].sent.start}
    near = [
        draft
        for draft in outside
        if draft.attitude in _SPOKEN and not draft.content and doc[min(draft.cue)].sent.start in starts
    ]
    if near:
        return min(near, key=lambda draft: min(abs(min(draft.cue) - first), abs(min(draft.cue) - last)))
    return _introducing(doc, outside, first)


def _introducing(doc: Doc, outside: list[Draft], first: int) -> Draft | None:
    """A cue with a colon ("Holt continued:") before a quotation that opens the next sentence or paragraph."""
    before = first - 1
    while before >= 0 and doc[before].is_space:
        before -= 1
    if before < 0 or doc[before].text != ":":
        return None
    sentence = doc[before].sent
    cues = [d for d in outside if d.attitude in _SPOKEN and sentence.start <= min(d.cue) < sentence.end]
    return cues[-1] if cues else None


def _is_speech(doc: Doc, tokens: set[int]) -> bool:
    """A whole sentence in quotation marks, not a term: it ends as sentences do, within the marks."""
    inner = [i for i in sorted(tokens) if not doc[i].is_space and not doc[i].is_quote]
    return bool(inner) and doc[inner[-1]].text in {".", "!", "?", ",", "...", "…"}


def _going_on(doc: Doc, last: Draft | None, last_end: int, tokens: set[int]) -> Draft | None:
    """The speaker before goes on: the same paragraph, or the next one opening with the quotation."""
    if last is None:
        return None
    first = min(tokens)
    breaks = sum("\n" in doc[i].text for i in range(last_end, first))
    between = doc[max(last_end, *last.cue) if last.cue else last_end].sent
    if breaks == 0:
        return last if doc[first].sent.start - between.end <= 1 else None
    opens = doc[first].sent.start == first and "\n" in doc[first - 1].text
    return last if breaks == 1 and opens and doc[first].sent.start - between.end <= 1 else None


def _behind(doc: Doc, found: list[Draft], tokens: set[int]) -> Draft | None:
    """A bare cue in the sentence behind: "... ." The minister was speaking in Oslo."""
    end = doc[max(tokens)].sent.end
    if end >= len(doc):
        return None
    following = doc[end].sent
    bare = [d for d in found if not d.content and following.start <= min(d.cue) < following.end]
    return bare[0] if bare else None

"""An attribution before its quotations and speakers are settled, and how the parse's phrases are taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from claims.extraction.types import Attitude

VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Draft:
    """Token indices of an attribution's parts; ``source`` and ``cue`` may be empty."""

    cue: set[int]
    source: set[int]
    content: set[int]
    attitude: Attitude
    head: Token | None = None  # the source's head
    negated: bool = False
    spare: set[int] = field(default_factory=set)  # the cue's object, said only if it holds a quotation


def subtree(token: Token) -> set[int]:
    return {part.i for part in token.subtree}


def phrase(head: Token) -> set[int]:
    """The source with what describes it, in one piece around its head."""
    return set(range(head.left_edge.i, head.right_edge.i + 1))


def closing(sentence: Span) -> int:
    """The index behind a sentence's last word or mark: a paragraph's last sentence ends in its line breaks."""
    end = sentence.end
    while end > sentence.start + 1 and sentence.doc[end - 1].is_space:
        end -= 1
    return end


def governor(token: Token) -> Token:
    """The verb that a phrase is put to, or the sentence's head."""
    above = token.head
    while above.pos_ not in VERBAL and above.head.i != above.i:
        above = above.head
    return above

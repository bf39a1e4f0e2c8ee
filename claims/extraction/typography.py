"""Curly marks made plain for the model, and the words put back as they were.

The model learned from plain apostrophes: it takes the "’s" of "Russia’s" for a closing quotation mark,
and the parse around it goes astray. Token for token, plain and original have the same length.
"""

from __future__ import annotations

from spacy.tokens import Doc

_PLAIN = str.maketrans("‘’‚‛′“”„‟″", "'''''\"\"\"\"\"")
_LAYERS: list[int | str] = [
    "TAG",
    "POS",
    "MORPH",
    "LEMMA",
    "DEP",
    "HEAD",
    "SENT_START",
    "ENT_IOB",
    "ENT_TYPE",
]


def plain(doc: Doc) -> Doc:
    """The doc with straight marks and the same sentence limits, for the model; itself if it has no other."""
    words = [token.text for token in doc]
    straight = [word.translate(_PLAIN) if not word.isascii() else word for word in words]
    if words == straight:
        return doc
    starts: list[bool | int | None] = [token.is_sent_start for token in doc]
    return Doc(
        doc.vocab, words=straight, spaces=[bool(token.whitespace_) for token in doc], sent_starts=starts
    )


def restored(original: Doc, annotated: Doc) -> Doc:
    """``original`` with the annotation of its plain twin."""
    if original is annotated:
        return original
    return original.from_array(_LAYERS, annotated.to_array(_LAYERS))  # type: ignore[arg-type]

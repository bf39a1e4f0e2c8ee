"""Tokens of a text, in time linear in its length.

spaCy's tokenizer looks for a suffix in all that is left of a stretch without blanks, which is quadratic in the
length of the stretch. No word is that long: such a stretch is cut before it is read.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

_STRETCH = 100  # characters without a blank that are read at once
_LONG = re.compile(rf"\S{{{_STRETCH}}}(?=\S)")


def tokens(nlp: Language, text: str) -> Doc:
    """The tokens of ``text``; ``doc.text`` equals it."""
    if _LONG.search(text) is None:
        return nlp.make_doc(text)
    cuts = [match.end() for match in _LONG.finditer(text)]
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    # Each piece is followed by a blank that is no part of the text.
    blanks = {cut + number for number, cut in enumerate(cuts)}
    padded = nlp.make_doc(" ".join(pieces))
    return Doc(
        nlp.vocab,
        words=[token.text for token in padded],
        spaces=[bool(token.whitespace_) and token.idx + len(token) not in blanks for token in padded],
    )

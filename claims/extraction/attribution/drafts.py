"""Attributions as the parse shows them, before quotations and speakers are settled.

The rules read the dependency tree (ClearNLP labels, as spaCy's English models use them): a cue verb
with its subject and its clause, infinitive or object; a cue noun or adjective; "according to X".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from claims.extraction.attribution.draft import VERBAL, Draft
from claims.extraction.attribution.nominals import according_to, by_account, of_adjective, of_noun
from claims.extraction.attribution.verbs import of_verb, taken_for_noun


def drafts(doc: Doc) -> Iterator[Draft]:
    """One draft for each cue that has something to attribute, in the order of the cues."""
    for token in doc:
        if token.lower_ == "according":
            draft = according_to(token)
        elif token.dep_ == "prep" and token.lower_ in {"by", "on"}:
            draft = by_account(token)
        elif token.dep_ == "acomp":
            draft = of_adjective(token)
        elif token.pos_ in VERBAL:
            draft = of_verb(token)
        elif token.pos_ == "NOUN":
            draft = of_noun(token) or taken_for_noun(token)
        else:
            continue
        if draft is not None:
            yield draft

"""Whether a text is English. Only a confident "no" counts: short claims must not be turned away."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]+")
#: So much of a text is looked at.
_SAMPLE = 5000
_CONFIDENT = 0.9
_FEWEST_WORDS = 6
#: In running English prose well over a quarter of the words are among these (Zipf); names alone hold none.
_SMALL_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "at",
        "by",
        "from",
        "it",
        "its",
        "are",
        "were",
        "be",
        "been",
        "have",
        "has",
        "had",
        "not",
        "said",
        "this",
        "which",
        "an",
        "or",
        "but",
        "they",
        "their",
        "he",
        "his",
        "she",
        "her",
        "we",
        "will",
        "would",
        "about",
        "than",
        "more",
        "after",
        "who",
    ]
)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def is_english(text: str) -> bool:
    """False for a text without letters and for one that is surely in another language, else True.

    Language identification after Lui and Baldwin (langid.py, ACL 2012), backed by English function words,
    which decide for short texts and for those full of foreign names.
    """
    words = _WORD.findall(text[:_SAMPLE])
    letters = sum(map(len, words))
    if not letters:
        return False
    if sum(len(word) for word in words if word.isascii()) < 0.5 * letters:
        return False
    small = sum(word.lower() in _SMALL_WORDS for word in words)
    if len(words) < _FEWEST_WORDS or small >= 0.15 * len(words):
        return True
    language, probability = _identifier().classify(" ".join(words))
    return language == "en" or probability < _CONFIDENT

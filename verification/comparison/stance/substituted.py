"""Pairs made of real ones that support: a word of the claim is exchanged for another of its kind.

Of "the premiere took place in Oslo", which supports "it was first shown in Oslo", and Lyon come four pairs: each
evidence with each claim, the two that name one place supporting and the two that do not contradicting. Neither the
claim alone nor what one knows of the world tells the label (as in FEVER-Symmetric; Schuster et al., 2019).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random

import numpy as np

from verification.comparison.lexicon import lemma, stopwords, synonymous
from verification.comparison.stance.contrasts import CONTRADICTS, SUPPORTS, Pair

_WORD = re.compile(r"[A-Za-z]{4,}|\d+")
_ENDINGS = ("ing", "ed", "ly", "ian", "ish", "ese", "er", "or", "est", "ion", "s")
_COMMON = 4  # times a word stands in the rows before it may take another's place
_NEAREST = slice(6, 50)  # the very nearest words are forms and synonyms of the word
_YEAR = range(1000, 2100)

#: a word and what else it could have been, or None
Alike = Callable[[str, Random], str | None]


def substituted(rows: Sequence[Pair], alike: Alike, random: Random) -> Iterator[Pair]:
    """Pairs of each row that supports: four where the word is shared, two where only the claim has it."""
    for row in rows:
        words = _told(row.claim) if row.label == SUPPORTS else []
        shared = [word for word in words if re.search(rf"\b{word}\b", row.evidence)]
        named = [word for word in shared if not word.islower()]
        word = random.choice(named + named + shared + words) if words else ""
        other = alike(word, random) if word else None
        if other is None or other.casefold() in f"{row.evidence} {row.claim}".casefold():
            continue
        evidence, claim = (
            re.sub(rf"\b{word}\b", other, text, flags=re.I) for text in (row.evidence, row.claim)
        )
        yield Pair(row.evidence, row.claim, SUPPORTS, "substituted")
        yield Pair(row.evidence, claim, CONTRADICTS, "substituted")
        if word in shared:
            yield Pair(evidence, claim, SUPPORTS, "substituted")
            yield Pair(evidence, row.claim, CONTRADICTS, "substituted")


def _told(claim: str) -> list[str]:
    """The words that a claim says of its subject: those after its first word in lower case."""
    begun = re.search(r"\s[a-z]+\s", claim)
    return [word for word in _WORD.findall(claim[begun.end() :]) if _tells(word)] if begun else []


def _tells(word: str) -> bool:
    """Whether another word would make it false: of verbs too many say the same ("released", "provided")."""
    return word.isdigit() or (word.lower() not in stopwords() and not word.endswith("ed"))


class Neighbours:
    """Words of the rows by how near they stand to each other in an encoder's word embeddings.

    :param vectors: a row for each word of the encoder's vocabulary
    :param vocabulary: the words, in lower case, with their rows
    """

    def __init__(self, rows: Iterable[Pair], vocabulary: dict[str, int], vectors: np.ndarray) -> None:
        forms = Counter(word for row in rows for word in re.findall(r"[A-Za-z]{4,}", row.evidence))
        known = [
            word
            for word, seen in forms.items()
            if seen >= _COMMON and word.lower() in vocabulary and _tells(word)
            and 2 * seen > forms[word.lower()] + forms[word.capitalize()]
        ]  # fmt: skip
        self._kinds: dict[tuple[bool, str], list[str]] = {}
        for word in sorted(known):
            self._kinds.setdefault(_kind(word), []).append(word)
        self._rows = {word: vocabulary[word.lower()] for word in known}
        self._found: dict[str, list[str]] = {}
        self._vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)

    def __call__(self, word: str, random: Random) -> str | None:
        """Another word of the same kind, or another number of as many digits."""
        if word.isdigit():
            return _other_number(word, random)
        if word not in self._rows:
            return None
        if word not in self._found:
            kind = self._kinds[_kind(word)]
            near = self._vectors[[self._rows[one] for one in kind]] @ self._vectors[self._rows[word]]
            ranked = [kind[at] for at in np.argsort(-near)[_NEAREST]]
            self._found[word] = [
                one for one in ranked if one[:4].lower() != word[:4].lower() and not _same(one, word)
            ]
        return random.choice(self._found[word]) if self._found[word] else None


def _kind(word: str) -> tuple[bool, str]:
    return word[0].isupper(), next((end for end in _ENDINGS if word.endswith(end)), "")


def _same(one: str, other: str) -> bool:
    return synonymous(lemma(one), lemma(other))


def _other_number(number: str, random: Random) -> str:
    value = int(number)
    if value in _YEAR and len(number) == 4:
        return str(value + random.choice((-1, 1)) * random.randint(1, 20))
    least = 10 ** (len(number) - 1)
    others = [random.randint(least, 10 * least - 1) for _ in range(3)]
    return str(next((one for one in others if abs(one - value) * 10 > value), value + 1 + value // 4))

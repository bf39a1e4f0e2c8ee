"""What was put in the place of what, where two texts run alike.

Copies are edited, and a claim in the same words with one name, number, unit, day or direction exchanged
is another claim. Two wordings are aligned word by word (Levenshtein); where words of one stand for words
of the other, names, figures, units, days and opposites are looked at, and whatever else where all but that is alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import Levenshtein

from verification.comparison import lexicon
from verification.comparison.arrangement import alike_words
from verification.comparison.view import View

ALIKE = 0.5  # below this the alignment of words says nothing
CLOSE = 0.7  # from here on whatever stands in the place of something else is looked at
_LONG = 4  # words in a replaced stretch that can still be read as one thing put for another


@cache
def _exclusive() -> dict[str, str]:
    """Words of which only one can be right in one place, with the set they belong to."""
    return {
        lexicon.lemma(word): kind for kind, cell in lexicon.rows("exclusive.tsv") for word in cell.split(", ")
    }


def substitutions(a: View, b: View) -> list[tuple[str, str, str]]:
    """(kind, words of the first, words of the second); kinds are name, unit, day, opposite and, in wordings that are
    close, other words."""
    alike = Levenshtein.normalized_similarity(a.folded, b.folded)
    if alike < ALIKE:
        return []
    found: list[tuple[str, str, str]] = []
    for step in Levenshtein.opcodes(a.folded, b.folded):
        if step.tag == "equal":
            continue
        left, right = a.words[step.src_start : step.src_end], b.words[step.dest_start : step.dest_end]
        if left and right and max(len(left), len(right)) <= _LONG:
            found += _exchanged(left, right, a, b)
    if not found and alike >= CLOSE:
        found = [pair for left, right in _stretches(a, b) for pair in _reworded(left, right, a, b)]
    return list(dict.fromkeys(found))


def _stretches(a: View, b: View) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands on either side between words that both have."""
    blocks = Levenshtein.editops(a.folded, b.folded).as_matching_blocks()
    at_a = at_b = 0
    for block in blocks:
        if block.a > at_a or block.b > at_b:
            yield a.words[at_a : block.a], b.words[at_b : block.b]
        at_a, at_b = block.a + block.size, block.b + block.size


def _reworded(left: tuple[str, ...], right: tuple[str, ...], a: View, b: View) -> list[tuple[str, str, str]]:
    """Content words in each other's place of which none is known to mean what another does."""
    ours, theirs = _content(left, a, b), _content(right, b, a)
    if (
        not ours
        or not theirs
        or any(alike_words(lexicon.lemma(x), lexicon.lemma(y)) for x in ours for y in theirs)
    ):
        return []
    return [("other words", " ".join(ours), " ".join(theirs))]


def _content(words: tuple[str, ...], view: View, other: View) -> list[str]:
    """Those that are no figure, name, day or word of grammar, and that the other side does not have."""
    theirs = {lexicon.lemma(word) for word in other.words}
    figures = {part for amount in view.amounts for part in lexicon.WORD.findall(amount.words)}
    compared = (
        figures if other.amounts else set()
    )  # where the other has none, "doubled" is a word like any other
    return [
        word
        for word in words
        if not any(c.isdigit() for c in word)
        and (low := lexicon.lemma(word)) not in lexicon.stopwords() | theirs
        and low not in _exclusive()
        and word not in compared
        and not _named(word, view)
    ]


def _exchanged(
    left: tuple[str, ...], right: tuple[str, ...], a: View, b: View
) -> Iterator[tuple[str, str, str]]:
    for kind in ("unit", "day"):
        ours, theirs = _of(kind, left), _of(kind, right)
        if kind == "unit" and _measured(ours, a) and _measured(theirs, b):
            continue  # the figures say how they stand
        if ours and theirs and not ours.keys() & theirs.keys():
            yield kind, " ".join(ours.values()), " ".join(theirs.values())
    for x in left:
        for y in right:
            denials = lexicon.cues("denial") & {lexicon.lemma(x), lexicon.lemma(y)}
            if not denials and lexicon.opposite(lexicon.lemma(x), lexicon.lemma(y)):
                yield "opposite", x, y
    ours_named = [word for word in left if _named(word, a) and not _elsewhere(word, b)]
    theirs_named = [word for word in right if _named(word, b) and not _elsewhere(word, a)]
    if ours_named and theirs_named:
        yield "name", " ".join(ours_named), " ".join(theirs_named)


def _of(kind: str, words: tuple[str, ...]) -> dict[str, str]:
    return {low: word for word in words if _exclusive().get(low := lexicon.lemma(word)) == kind}


def _measured(words: dict[str, str], view: View) -> bool:
    """Whether words are part of a figure that extraction read."""
    figures = {part for amount in view.amounts for part in lexicon.WORD.findall(amount.words)}
    return bool(words) and set(words.values()) <= figures


def _named(word: str, view: View) -> bool:
    """Whether a word is part of a name; the first word of the text only if extraction says so."""
    low = word.casefold()
    if _exclusive().get(lexicon.lemma(word)):
        return False
    if any(low in name.key.split() or low in name.words.casefold().split() for name in view.names):
        return True
    return word[0].isupper() and word != view.words[0] and lexicon.lemma(word) not in lexicon.stopwords()


def _elsewhere(word: str, view: View) -> bool:
    """Whether the other side names it too, in another place or another form."""
    key = lexicon.lemma(word)
    if any(key == lexicon.lemma(w) for w in view.words):
        return True
    initials = {"".join(part[0] for part in name.key.split()) for name in view.names}
    return word.casefold().replace(".", "") in initials or lexicon.known(key)

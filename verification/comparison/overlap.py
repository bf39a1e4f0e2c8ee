"""How much of one text's words the other has too: names, content terms, order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import eq

from rapidfuzz import fuzz

from verification.comparison import lexicon
from verification.comparison.view import Name, Term, View


def same_name(a: Name, b: Name) -> bool:
    """Whether two names can stand for one thing: equal, one a part of the other, initials, or a slip of spelling."""
    if a.key == b.key or a.words.casefold() == b.words.casefold():
        return True
    one, other = a.key.split(), b.key.split()
    if not one or not other:
        return False
    if set(one) <= set(other) or set(other) <= set(one):
        return _part_of_name(one, other)
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long):
        return True
    return len(one) == len(other) and min(len(a.key), len(b.key)) > 5 and fuzz.ratio(a.key, b.key) >= 90


def _part_of_name(one: list[str], other: list[str]) -> bool:
    """ "Rubio" in "Marco Rubio" but not "Korea" in "North Korea"."""
    rest = set(one) ^ set(other)
    return not rest & lexicon.cues("qualifier")


@lru_cache(maxsize=16)  # half a dozen features ask it of the pair that is compared
def pair_names(
    a: tuple[Name, ...], b: tuple[Name, ...]
) -> tuple[tuple[tuple[Name, Name], ...], tuple[Name, ...], tuple[Name, ...]]:
    """Names of both, names of the first only, names of the second only."""
    pairs: list[tuple[Name, Name]] = []
    rest_b = list(b)
    for exact in (True, False):
        taken = {one for one, _ in pairs}
        for name in a:
            if name in taken:
                continue
            match = next((o for o in rest_b if (name.key == o.key if exact else same_name(name, o))), None)
            if match is not None:
                pairs.append((name, match))
                rest_b.remove(match)
    left = {one for one, _ in pairs}
    only_a = [name for name in a if name not in left] + [rest for x, y in pairs for rest in _rest(x, y)]
    only_b = rest_b + [rest for x, y in pairs for rest in _rest(y, x)]
    return tuple(pairs), tuple(only_a), tuple(only_b)


def _rest(name: Name, other: Name) -> list[Name]:
    """What a name that joins two ("the Harbour Trust of Ostra") holds beside the one it was matched with."""
    words = lexicon.WORD.findall(name.words)
    if not {"of", "for"} & set(words):
        return []
    known = set(other.key.split()) | {w.casefold() for w in other.words.split()}
    rest = [word for word in words if word[0].isupper() and word.casefold() not in known]
    return [Name(" ".join(rest).casefold(), "", " ".join(rest))] if rest else []


def weight(term: Term) -> float:
    """How much a term says about what a text is about: a common word half of a rarer one."""
    return 0.5 if term.lemma in lexicon.cues("common") else 1.0


def pair_terms(
    a: Sequence[Term], b: Sequence[Term]
) -> tuple[list[tuple[Term, Term]], list[Term], list[Term]]:
    """Terms that match (the same lemma, then a synonym), terms of the first only, terms of the second only."""
    pairs: list[tuple[Term, Term]] = []
    rest_a, rest_b = list(a), list(b)
    near = [(x, y) for x in a for y in b if not marks(x.lemma).isdisjoint(marks(y.lemma))]
    for test in _MATCHES if near else ():
        for x, y in near:
            if x in rest_a and y in rest_b and test(x.lemma, y.lemma):
                pairs.append((x, y))
                rest_a.remove(x)
                rest_b.remove(y)
    return pairs, rest_a, rest_b


def shared_weight(pairs: Iterable[tuple[Term, Term]]) -> float:
    """How much terms that match weigh together; a pair as much as the lighter of the two."""
    return sum(min(weight(one), weight(other)) for one, other in pairs)


@lru_cache(maxsize=65536)
def marks(lemma: str) -> frozenset[str]:
    """What terms have in common that match: a concept, or how they begin."""
    return lexicon.concepts(lemma) | {lemma[:STEM]}


STEM = 5  # letters at the beginning that words of one stem share, at least


def related(one: str, other: str) -> bool:
    """Whether two lemmas share a stem ("participate", "participation")."""
    shared = 0
    for x, y in zip(one, other, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= STEM and shared >= 0.6 * max(len(one), len(other))


_MATCHES = (eq, lexicon.synonymous, related)


def opposites(a: Sequence[Term], b: Sequence[Term]) -> list[tuple[Term, Term]]:
    """The pairs of terms that exclude each other."""
    return [(x, y) for x in a for y in b if lexicon.opposite(x.lemma, y.lemma)]


def wording(a: View, b: View) -> float:
    """How alike the wordings are, 0 to 1 (normalised indel similarity of the words, in order)."""
    return fuzz.ratio(a.folded, b.folded) / 100

"""Whether two mentions can be about one thing at all, by the names in them and in their articles.

"Turnout was 38 percent" is told of every election: the words do not say of which, the article around them does. So
two mentions that a search found are strangers unless they name something in common, or their articles are about one
occasion. Measured with ``tests.benchmarks.strangers``, which also tells what this costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from claims.extraction import resources
from verification.comparison import lexicon
from verification.comparison.overlap import pair_names, pair_terms, shared_weight
from verification.comparison.view import Name, View

#: articles are about one occasion if the words of names that they share weigh so much together,
ENOUGH = 1.0
#: and so much of what those of the article with fewer weigh
PART = 0.3
#: content words that two texts share which name the same country, and no other thing
WITH_A_COUNTRY = 2.0
_EVERYWHERE = ("common", "qualifier", "scope")  # cues: words of names that are words of many names


def strangers(a: View, b: View) -> bool:
    """Whether nothing says that the two are about one thing."""
    ours, theirs = a.mention.setting, b.mention.setting
    if one_occasion(ours, theirs) or (not (ours and theirs) and _copied(a, b)):
        return False
    shared = [pair for pair in pair_names(a.names, b.names)[0] if any(map(_is_name, pair))]
    if not shared:
        return True
    if any("country" not in (one.kind, other.kind) for one, other in shared):
        return False
    terms, _, _ = pair_terms(a.terms, b.terms)
    return shared_weight(terms) < WITH_A_COUNTRY


def _copied(a: View, b: View) -> bool:
    """Whether both give the same figure in the same words, which is hardly by chance."""
    return a.plain == b.plain and bool(a.amounts and b.amounts)


def _is_name(name: Name) -> bool:
    """Not a word that begins a sentence, which may be any word."""
    return bool(name.kind) or " " in name.key


@lru_cache(maxsize=1024)  # the mentions of two articles are compared one after the other
def one_occasion(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two articles with these names in them may tell of one occasion."""
    ours, theirs = _words(one), _words(other)
    shared = _weight(ours & theirs)
    return shared >= ENOUGH and shared >= PART * min(_weight(ours), _weight(theirs))


@lru_cache(maxsize=1024)
def _words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(event_words(names))


def event_words(names: Iterable[str]) -> tuple[str, ...]:
    """The words of the names in an article, sorted: articles that share rare ones may tell of one event.

    Words and not names, since "Adriaens" is "Milo Adriaens of Team Halden" elsewhere.
    """
    words = {word.casefold().removesuffix("'s") for name in names for word in lexicon.WORD.findall(name)}
    common = lexicon.stopwords() | lexicon.cues("title")
    return tuple(sorted(word for word in words if len(word) > 2 and word not in common))


def _weight(words: Iterable[str]) -> float:
    return sum(map(_tells, words))


@lru_cache(maxsize=65536)
def _tells(word: str) -> float:
    """How much a word of a name tells of an occasion: nothing if many names have it ("Bank", "Ana"), and half if it is
    of a name that every newsroom knows, since those are in the news every day."""
    if lexicon.known(lexicon.lemma(word)) or any(word in lexicon.cues(kind) for kind in _EVERYWHERE):
        return 0.0
    if word in _given_names():
        return 0.0
    return 0.5 if word in _well_known() else 1.0


@cache
def _well_known() -> frozenset[str]:
    tables = ("countries", "organisations", "people", "places")
    cells = (cell for table in tables for row in resources.rows(table) for forms in row for cell in forms)
    return frozenset(word.casefold() for cell in cells for word in lexicon.WORD.findall(cell))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(word for names in resources.toml("given_names").values() for word in names.split())

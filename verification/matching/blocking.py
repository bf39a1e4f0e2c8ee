"""Blocking keys: which mentions are worth comparing at all.

Record linkage first *blocks* (Fellegi and Sunter, 1969; Splink): only mentions that share a rare enough
key become candidates, so that the cost of a new claim does not grow with the store. Each key joins two
facts of a mention, since one alone ("Ukraine") is soon too common.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from operator import attrgetter

from claims.extraction.types import Mention
from verification.comparison import lexicon
from verification.comparison.occasions import event_words
from verification.comparison.quantities import Amount
from verification.comparison.view import Name, Term, View, once_a_view
from verification.matching.types import Key

LIMIT = 60  # keys of one mention at most
_BUCKET = math.log(1.25)  # the width of a number's bucket


def keys(mention: Mention) -> tuple[Key, ...]:
    """The blocking keys of a mention, sorted, at most LIMIT; none for a text without content words."""
    return keys_of(View(mention))


@once_a_view
def keys_of(seen: View) -> tuple[Key, ...]:
    """The blocking keys of a view."""
    found: dict[Key, None] = {}
    for maker in (_figures, _speaker, _entities, _entity_terms, _terms):
        for key in maker(seen):
            if len(found) < LIMIT:
                found.setdefault(key)
    return tuple(sorted(found, key=attrgetter("kind", "value")))


#: kinds of keys that hold a name: what shares only others is of another occasion, unless its article is a near one,
_NAMED = ("entity", "speaker+entity")
#: or it is a copy of what names nobody
_COPIED = "number+measure"


def leads_of(seen: View) -> tuple[Key, ...]:
    """Those keys of a view under which claims are found again, whatever their article is about."""
    kinds = _NAMED if seen.names else (*_NAMED, _COPIED)
    return tuple(key for key in keys_of(seen) if key.kind.startswith(kinds))


def in_common(one: View, other: View) -> tuple[str, ...]:
    """Why two mentions were compared, for the reviewer: the keys that they share, else the event's names."""
    theirs = frozenset(keys_of(other))
    if shared := tuple(dict.fromkeys(key.words for key in keys_of(one) if key in theirs)):
        return shared
    names = sorted(set(one.mention.setting) & set(other.mention.setting))
    if not names:
        names = sorted(set(event_words(one.mention.setting)) & set(event_words(other.mention.setting)))
    return tuple(names[:_NAMES_SHOWN])


_NAMES_SHOWN = 3


@lru_cache(maxsize=65536)
def _heads(lemma: str) -> tuple[str, ...]:
    """The concepts that a term stands for, without the term itself unless it has no other."""
    return tuple(sorted(lexicon.concepts(lemma) - {lemma})) or (lemma,)


def _name_keys(names: tuple[Name, ...]) -> list[tuple[str, str]]:
    """(value, words): the last word of a person's name is what papers share."""
    return [(name.key.split()[-1] if name.kind == "person" else name.key, name.words) for name in names]


def _entities(seen: View) -> Iterator[Key]:
    for one, other in combinations(sorted(_name_keys(seen.names)), 2):
        yield Key("entity+entity", f"{one[0]}|{other[0]}", f"{one[1]} + {other[1]}")


def unit_of(amount: Amount) -> str:
    """The base unit of an amount, "number" for a bare one."""
    return amount.unit or "number"


def _figures(seen: View) -> Iterator[Key]:
    for amount in seen.amounts:
        unit = unit_of(amount)
        for value, words in _name_keys(seen.names):
            yield Key("entity+unit", f"{value}|{unit}", f"{words} + {unit}")
        for term in _measured(amount, seen):
            for head in _heads(term.lemma):
                yield Key("unit+measure", f"{unit}|{head}", f"{unit} + {term.words}")
                for bucket in buckets(amount):
                    yield Key("number+measure", f"{bucket}|{unit}|{head}", f"{amount.words} + {term.words}")


def _measured(amount: Amount, seen: View) -> list[Term]:
    """The terms of a measure, or those of the text if the measure is not known."""
    lemmas = [lexicon.lemma(word) for word in lexicon.WORD.findall(amount.measure)]
    empty = lexicon.stopwords(), lexicon.cues("void")
    terms = [Term(lemma, lemma) for lemma in lemmas if not any(lemma in words for words in empty)]
    return terms or list(seen.terms[:4])


def buckets(amount: Amount) -> list[int]:
    """The logarithmic buckets that the ends of an interval fall into."""
    ends = [end for end in (amount.low, amount.high) if end > 0]
    return sorted({math.floor(math.log(end) / _BUCKET) for end in ends})


def _speaker(seen: View) -> Iterator[Key]:
    if not seen.speaker:
        return
    speaker = seen.mention.speaker or ""
    for amount in seen.amounts:
        yield Key("speaker+unit", f"{seen.speaker}|{unit_of(amount)}", f"{speaker} + {unit_of(amount)}")
    for value, words in _name_keys(seen.names):
        yield Key("speaker+entity", f"{seen.speaker}|{value}", f"{speaker} + {words}")


def _entity_terms(seen: View) -> Iterator[Key]:
    for value, words in _name_keys(seen.names):
        for term in seen.terms:
            for head in _heads(term.lemma):
                yield Key("entity+concept", f"{value}|{head}", f"{words} + {term.words}")


def _terms(seen: View) -> Iterator[Key]:
    """Pairs of content words, for claims that name nobody."""
    if seen.names:
        return
    for one, other in combinations(sorted(seen.terms, key=lambda term: term.lemma), 2):
        yield Key(
            "concept+concept",
            f"{_heads(one.lemma)[0]}|{_heads(other.lemma)[0]}",
            f"{one.words} + {other.words}",
        )

"""The words of a made-up world: pools of names and nouns, drawn by Zipf's law.

A few countries, bodies and units stand in very many claims and most names in a few, as in the news; a store of
ten thousand claims has seen a small part of the pools, one of a million nearly all of it.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Generic, TypeVar

from verification.comparison import lexicon

T = TypeVar("T")
_ONSETS = "b br d dr f g gr h k kl l m n p pr r s sk st t tr v w z".split()
_NUCLEI = "a e i o u ai ea ou ei ia".split()
_CODAS = ["", "", "l", "n", "r", "s", "m", "th", "nd", "rk"]
_FIRST_NAMES = 300
COUNTRIES, PEOPLE, BODIES, PLACES, NOUNS = 120, 30_000, 12_000, 12_000, 6_000
_BODY = ("{0} Holdings", "{0} Rail", "{0} Energy", "{0} Institute", "Bank of {0}", "{0} Council", "{0} Union")


class Zipf(Generic[T]):
    """Draws the n-th of ``items`` with a likelihood in proportion to 1 / n^exponent (Zipf, 1949)."""

    def __init__(self, items: Sequence[T], exponent: float = 1.0) -> None:
        self.items = items
        self._upto = list(accumulate(1 / n**exponent for n in range(1, len(items) + 1)))

    def draw(self, rng: random.Random) -> T:
        return self.items[bisect(self._upto, rng.random() * self._upto[-1])]

    def some(self, rng: random.Random, count: int) -> list[T]:
        """``count`` different items."""
        found: dict[T, None] = {}
        while len(found) < count:
            found[self.draw(rng)] = None
        return list(found)


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    kind: str  # as extraction has it: person, organisation, country, place


@dataclass(frozen=True, slots=True)
class Unit:
    """``words`` holds ``{}`` for the number; ``unit`` as extraction gives it; values from ``least`` to ``most``."""

    unit: str
    words: str
    least: float
    most: float
    times: float = 1.0  # what the word of scale stands for: "million"


@dataclass(frozen=True, slots=True)
class Verb:
    lemma: str
    past: tuple[str, ...]  # wordings that mean the same


UNITS = (
    Unit("people", "{} people", 2, 90_000),
    Unit("%", "{} percent", 1, 95),
    Unit("USD", "${} million", 1, 900, 1e6),
    Unit("EUR", "€{} billion", 1, 90, 1e9),
    Unit("tonne", "{} tonnes", 10, 500_000),
    Unit("kilometre", "{} kilometres", 1, 4_000),
    Unit("house", "{} houses", 2, 9_000),
    Unit("hectare", "{} hectares", 5, 80_000),
    Unit("day", "{} days", 2, 400),
    Unit("GBP", "£{} million", 1, 900, 1e6),
    Unit("ship", "{} ships", 2, 300),
    Unit("megawatt", "{} megawatts", 5, 4_000),
    Unit("percentage point", "{} percentage points", 1, 20),
    Unit("vehicle", "{} vehicles", 2, 20_000),
    Unit("barrel", "{} barrels", 100, 900_000),
    Unit("school", "{} schools", 2, 700),
)
VERBS = (
    Verb("lose", ("lost", "shed")),
    Verb("gain", ("gained", "obtained")),
    Verb("destroy", ("destroyed", "wrecked")),
    Verb("build", ("built", "constructed")),
    Verb("buy", ("bought", "purchased")),
    Verb("sell", ("sold", "sold off")),
    Verb("close", ("closed", "shut")),
    Verb("approve", ("approved", "backed")),
    Verb("reject", ("rejected", "turned down")),
    Verb("attack", ("attacked", "raided")),
    Verb("repair", ("repaired", "mended")),
    Verb("promise", ("promised", "pledged")),
    Verb("withdraw", ("withdrew", "pulled out")),
    Verb("receive", ("received", "got")),
    Verb("cancel", ("cancelled", "called off")),
    Verb("evacuate", ("evacuated", "cleared")),
)


@dataclass(frozen=True, slots=True)
class World:
    countries: Zipf[Named]
    people: Zipf[Named]
    bodies: Zipf[Named]
    places: Zipf[Named]
    nouns: Zipf[str]
    units: Zipf[Unit]
    verbs: Zipf[Verb]


@cache
def world() -> World:
    """The pools: always the same ones."""
    rng = random.Random(4)
    names = _names(rng, COUNTRIES + BODIES + PLACES + _FIRST_NAMES + PEOPLE // 20)
    countries, names = names[:COUNTRIES], names[COUNTRIES:]
    places, names = names[:PLACES], names[PLACES:]
    bodies, names = names[:BODIES], names[BODIES:]
    first, last = names[:_FIRST_NAMES], names[_FIRST_NAMES:]
    people = {f"{rng.choice(first)} {rng.choice(last)}": None for _ in range(PEOPLE)}
    return World(
        countries=Zipf([Named(f"{name}ia", "country") for name in countries]),
        people=Zipf([Named(name, "person") for name in people]),
        bodies=Zipf(
            [Named(_BODY[n % len(_BODY)].format(name), "organisation") for n, name in enumerate(bodies)]
        ),
        places=Zipf([Named(name, "place") for name in places]),
        nouns=Zipf(_nouns(rng)),
        units=Zipf(UNITS),
        verbs=Zipf(VERBS, 0.7),
    )


def _names(rng: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (
            rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS)
            for _ in range(rng.choice((2, 2, 3)))
        )
        found["".join(syllables).capitalize()] = None
    return list(found)


def _nouns(rng: random.Random) -> list[str]:
    """English nouns that the tables of comparison know, and made-up ones."""
    known = sorted(
        {word.strip() for row in lexicon.rows("synonyms.tsv") for word in row[1].split(",")} - {""}
    )
    known = [word for word in known if word.isalpha() and word.islower() and not word.endswith(("ing", "ed"))]
    rng.shuffle(known)
    made = [name.lower() for name in _names(rng, NOUNS - len(known))]
    mixed = known + made
    rng.shuffle(mixed)
    return mixed

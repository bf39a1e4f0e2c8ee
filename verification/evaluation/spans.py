"""Spans against spans: by tokens, one to one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Spans = Sequence[tuple[int, int]]

_TOKEN = re.compile(r"\w+")
_HALF = 0.5


class Tokens:
    """The tokens (runs of letters and digits) of one text, so that spans can be compared by them.

    Punctuation and blanks at a span's edge then make no difference.
    """

    def __init__(self, text: str) -> None:
        self._starts = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]

    def inside(self, spans: Spans) -> frozenset[int]:
        """The numbers of the tokens that overlap any of ``spans``."""
        found: set[int] = set()
        for start, end in spans:
            found.update(
                number for number, (first, last) in enumerate(self._starts) if first < end and last > start
            )
        return frozenset(found)


def one_to_one(
    gold: Sequence[frozenset[int]],
    system: Sequence[frozenset[int]],
    allowed: Callable[[int, int], bool] = lambda _gold, _system: True,
) -> tuple[tuple[int, int], ...]:
    """Pairs (gold, system) that share at least half of the gold's tokens and are ``allowed``, each used once.

    Closest first (Dice coefficient of the tokens), ties in the order given: where a sentence was kept whole,
    it pairs with the one claim in it that it covers best.
    """
    candidates = []
    for g, wanted in enumerate(gold):
        for s, given in enumerate(system):
            common = len(wanted & given)
            if common and common >= _HALF * len(wanted) and allowed(g, s):
                candidates.append((-2 * common / (len(wanted) + len(given)), g, s))
    used_gold: set[int] = set()
    used_system: set[int] = set()
    pairs = []
    for _, g, s in sorted(candidates):
        if g not in used_gold and s not in used_system:
            used_gold.add(g)
            used_system.add(s)
            pairs.append((g, s))
    return tuple(sorted(pairs))


_EMPTY_WORDS = frozenset({"the", "a", "an", "of", "for", "and", "in", "mr", "mrs", "ms", "dr", "sir", "s"})


def same_name(gold: str | None, system: str | None) -> bool:
    """Whether two wordings name one speaker: none and none, or the words of one are among the other's.

    "Maja Holt" is "Holt" and "roads office" is "the Vennland Roads Office"; "Ann Holt" is not "Maja Holt".
    """
    if not gold or not system:
        return not gold and not system
    wanted, given = _name_words(gold), _name_words(system)
    return bool(wanted and given) and (wanted <= given or given <= wanted)


def _name_words(name: str) -> set[str]:
    return {word for word in _TOKEN.findall(name.casefold()) if word not in _EMPTY_WORDS}

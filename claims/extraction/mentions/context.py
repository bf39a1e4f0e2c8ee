"""Hedges and negation over a clause, after ConText (Chapman 2001; Harkema et al. 2009), rules as data.

A trigger opens a scope in its direction that runs to the next terminator or the edge of the
clause; the clause is negated or hedged when its predicate, or for a determiner the predicate's own
noun phrase, lies in such a scope. Matching is on lower-case words, and on lemmas for verbs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token


class Category(StrEnum):
    NEGATED = "negated"
    HEDGED = "hedged"
    PSEUDO = "pseudo"  # looks like a trigger and is none: "not only", "no doubt"
    TERMINATOR = "terminator"


class Direction(StrEnum):
    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Rule:
    """One trigger: its words (lemmas allowed), what it means, where it looks."""

    words: tuple[str, ...]
    category: Category
    direction: Direction = Direction.FORWARD


def _rules() -> tuple[Rule, ...]:
    """The rules of ``context.toml``: a table for each category, in it a list for each direction."""
    table = tomllib.loads(Path(__file__).with_name("context.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(tuple(phrase.split()), Category(category), Direction(direction))
        for category, directions in table.items()
        for direction, phrases in directions.items()
        for phrase in phrases
    )


_LIMIT = 25  # tokens that a trigger reaches; ConText's own windows are shorter, but for clinical notes


@cache
def _by_first_word() -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in _rules():
        table.setdefault(rule.words[0], []).append(rule)
    return {word: tuple(sorted(rules, key=lambda r: -len(r.words))) for word, rules in table.items()}


@dataclass(frozen=True, slots=True)
class Trigger:
    rule: Rule
    first: int
    last: int


def triggers(doc: Doc, first: int, last: int) -> tuple[Trigger, ...]:
    """The rules that fire in tokens ``first`` to ``last``: the longest at each place."""
    found = []
    i = first
    while i < last:
        best = _best(doc, i, last)
        found.extend(best)
        i += max((len(t.rule.words) for t in best), default=1)
    return tuple(found)


def _best(doc: Doc, i: int, last: int) -> list[Trigger]:
    matches = [rule for rule in _candidates(doc[i]) if _matches(doc, i, last, rule.words)]
    if not matches:
        return []
    longest = max(len(rule.words) for rule in matches)
    kept = [rule for rule in matches if len(rule.words) == longest]
    return [Trigger(rule, i, i + longest) for rule in kept]


def _candidates(token: Token) -> Iterator[Rule]:
    table = _by_first_word()
    for word in dict.fromkeys((token.lower_, token.lemma_.lower())):
        yield from table.get(word, ())


def _matches(doc: Doc, i: int, last: int, words: tuple[str, ...]) -> bool:
    if i + len(words) > last:
        return False
    return all(word in (doc[i + k].lower_, doc[i + k].lemma_.lower()) for k, word in enumerate(words))


def holds(category: Category, doc: Doc, fired: tuple[Trigger, ...], target: int) -> bool:
    """Whether the token ``target`` lies in a scope of ``category`` that one of the ``fired`` triggers opened.

    "could not" is inability, not a hedge: the pseudo-trigger shadows "could" for hedging only.
    """
    stops = [t.first for t in fired if t.rule.category is Category.TERMINATOR]
    return any(t.rule.category is category and _reaches(doc, t, target, stops) for t in fired)


def _reaches(doc: Doc, trigger: Trigger, target: int, stops: list[int]) -> bool:
    near, far = sorted((trigger.first, target))
    if far - near > _LIMIT or any(near < stop < far for stop in stops):
        return False
    if doc[trigger.first].tag_ == "MD" and trigger.first != target:
        return doc[trigger.first].head.i == target or doc[target].head.i == doc[trigger.first].head.i
    forward = target >= trigger.first
    if trigger.rule.direction is Direction.FORWARD and not forward:
        return _governed(doc, trigger, target)
    if trigger.rule.direction is Direction.BACKWARD and target > trigger.last:
        return False
    if trigger.rule.category is Category.NEGATED and forward:
        return _governed(doc, trigger, target) or not _inside_other_phrase(doc, trigger, target)
    return True


_ARGUMENTS = frozenset(
    """nsubj nsubjpass dobj attr expl oprd dative npadvmod pobj prep agent neg det advmod preconj aux
    auxpass""".split()
)


def _governed(doc: Doc, trigger: Trigger, target: int) -> bool:
    """A trigger behind the predicate counts when it sits in one of its arguments: "offered no breakdown"."""
    token = doc[trigger.first]
    for _ in range(3):
        if token.i == target:
            return True
        if token.dep_ not in _ARGUMENTS or token.head.i == token.i:
            return False
        token = token.head
    return token.i == target


def _inside_other_phrase(doc: Doc, trigger: Trigger, target: int) -> bool:
    """A trigger before the predicate that only belongs to a phrase: "the talks without Ukraine began"."""
    token = doc[trigger.first]
    if doc[target].i == token.i or doc[target].is_ancestor(token):
        return not _governed(doc, trigger, target)
    return False

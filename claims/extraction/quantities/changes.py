"""Whether an amount is the size of a move, and which way: "rose by 3%", "up 3.4 points", "a cut of 5%"."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.filters import is_comparative
from claims.extraction.quantities.lexer import Sort, words
from claims.extraction.quantities.lexicon import DOWN_WORDS, UP_WORDS
from claims.extraction.quantities.parse import Page
from claims.extraction.types import Change

#: with one of these the verb's object need not be the size of a change ("lost 20 men", "cut three trees")
_LOOSE_CHANGES = words("lose shed cut gain add advance slow ease worsen raise lift boost reduce lower")
_NOUNS_OF_CHANGE = {
    "increase": Change.UP, "rise": Change.UP, "growth": Change.UP, "gain": Change.UP, "jump": Change.UP,
    "surge": Change.UP, "more": Change.UP, "higher": Change.UP, "expansion": Change.UP, "hike": Change.UP,
    "raise": Change.UP, "decrease": Change.DOWN, "drop": Change.DOWN, "fall": Change.DOWN, "cut": Change.DOWN,
    "decline": Change.DOWN, "less": Change.DOWN, "lower": Change.DOWN, "fewer": Change.DOWN,
    "reduction": Change.DOWN, "contraction": Change.DOWN, "slump": Change.DOWN, "plunge": Change.DOWN,
}  # fmt: skip
_PARTICLES = {"up": Change.UP, "down": Change.DOWN}
#: comparatives of what is less
_LESS = words(
    "less fewer lower smaller cheaper shorter slower lighter weaker poorer thinner narrower younger worse"
)
#: behind a verb of change these lead to a level: "climbed above $64,000"
_LEVELS = words("above below under beyond past")
#: between two tellings of one move: "fell $1.12, or 1.6%"
_OR = {("or",), (",", "or"), ("(",)}


def change_of(page: Page, amount: Amount, start: int, effects: frozenset[str], last: Amount | None) -> Change:
    """The relation of value and world: a rise or fall by it, else a bound, else about, else equal.

    ``start`` is the lexeme where the wording of the amount starts, ``effects`` are those of its cues,
    ``last`` is the amount before it.
    """
    moved = _movement(page, amount, start) if amount.kind != "ratio" else None
    if moved is not None:
        return moved
    if last is not None and last.change in (Change.UP, Change.DOWN) and _tells_again(page, last, amount):
        return last.change
    if effects & {"more", "least"}:
        return Change.MORE
    if effects & {"less", "most"}:
        return Change.LESS
    return Change.ABOUT if "about" in effects else Change.EQUAL


def _tells_again(page: Page, last: Amount, amount: Amount) -> bool:
    between = range(last.end, min(amount.start, last.end + 3))
    return tuple(page.word(j) for j in between) in _OR


def _movement(page: Page, amount: Amount, start: int) -> Change | None:
    following = page.word(amount.end)
    if amount.kind == "share" and is_comparative(page, amount.end):
        return Change.DOWN if following in _LESS else Change.UP  # "a tenth dearer"
    if amount.kind != "time" and following in _NOUNS_OF_CHANGE and not _is_further(page, amount):
        return _NOUNS_OF_CHANGE[following]
    if amount.kind in {"share", "money"} and following in _PARTICLES and page.word(amount.end + 1) != "to":
        return _PARTICLES[following]
    if page.word(start) in _LEVELS or start == 0 or amount.kind == "time":
        return None
    if page.word(start - 1) == "of":
        token = page.token(start - 1)
        noun = token.head.lower_ if token is not None else ""
        return (
            _NOUNS_OF_CHANGE.get(noun) if noun not in {"more", "higher", "less", "lower", "fewer"} else None
        )
    if page.word(start - 1) == "by":
        token = page.token(start - 1)
        if token is not None and token.head.pos_ == "VERB":
            return _of_verb(token.head) if not _is_agent(page, amount) else None
    return _before(page, amount, start - 1)


def _before(page: Page, amount: Amount, i: int) -> Change | None:
    """The way of the word of change that leads to an amount behind lexeme ``i``."""
    while page.word(i) in {"by", "a", "an", "another", "further", "as", "nearly"} or page.word(i).endswith(
        "ly"
    ):
        i -= 1
    if i < 0 or page.lexemes[i].sort is not Sort.WORD:
        return None
    token = page.token(i)
    if token is None or (token.dep_ == "prt" and token.head.lemma_.lower() not in {"go", "be", "come"}):
        return None  # "make up 36 percent", "shut down 40 mines"
    lemma = token.lemma_.lower()
    return None if lemma in _LOOSE_CHANGES and amount.kind != "share" else _way(lemma)


def _way(lemma: str) -> Change | None:
    if lemma in {"more", "higher", "less", "fewer"}:
        return None
    if lemma in UP_WORDS:
        return Change.UP
    return Change.DOWN if lemma in DOWN_WORDS else None


def _of_verb(verb: Token) -> Change | None:
    """ "rise", "go up"."""
    particles = [_PARTICLES[child.lower_] for child in verb.children if child.lower_ in _PARTICLES]
    return _way(verb.lemma_.lower()) or (particles[0] if particles and verb.lemma_ == "go" else None)


def _is_agent(page: Page, amount: Amount) -> bool:
    """ "reduced by five officers": who does it."""
    return amount.unit == "people" and page.token(amount.start - 1).dep_ == "agent"  # type: ignore[union-attr]


def _is_further(page: Page, amount: Amount) -> bool:
    """ "two more suspects" are two; only "two more seats than in 2019" says by how many there are more."""
    if page.word(amount.end) != "more":
        return False
    end = max(amount.end, amount.measured[1] if amount.measured else 0)
    return not amount.unit or (amount.measured is not None and page.word(end) != "than")

"""Rates that a text leaves out because the sum is one that it has told at a rate before.

"£9.10 per passenger, up from £8.65", "the hourly rate goes up to £13.38", "The wage is €13.20 an hour
... It will rise to €13.90", "a dividend of 3.2p".
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import words
from claims.extraction.quantities.lexicon import MEASURING_VERBS
from claims.extraction.quantities.parse import Page

#: "an hourly wage of": the adjective says per what
_PERIODS = {"hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month"}
_RATED = words(
    "rate wage pay rent fee charge salary price fare rental premium toll allowance benefit pension"
)
_COMPARING = words("from to against versus with and")
_IT = words("it that this")
_SAME_SIZE = 4.0  # a price that is told again, moved or compared
_NEAR = 3  # sentences that "it" reaches back
_STEPS = 6
_REACH = 10  # lexemes


def complete(page: Page, amount: Amount, earlier: Sequence[Amount]) -> None:
    """Gives a sum of money without a rate the one that the words around it imply."""
    unit = amount.unit
    if amount.kind != "money" or unit is None or " per " in unit:
        return
    holder = _holder(page, amount)
    rate = _of_period(holder) or _per_share(holder, amount) or _told_before(page, amount, earlier, holder)
    if rate is not None:
        amount.unit = f"{unit} per {rate}"


def _of_period(holder: Token | None) -> str | None:
    if holder is None or holder.lemma_.lower() not in _RATED:
        return None
    return next((_PERIODS[child.lower_] for child in holder.lefts if child.lower_ in _PERIODS), None)


def _per_share(holder: Token | None, amount: Amount) -> str | None:
    """A dividend in pence or cents is one for each share."""
    paid = holder is not None and holder.lemma_.lower() in {"dividend", "payout"}
    return "share" if paid and amount.factor < 1 else None


def _told_before(page: Page, amount: Amount, earlier: Sequence[Amount], holder: Token | None) -> str | None:
    for one in reversed(earlier):
        unit, _, rate = (one.unit or "").partition(" per ")
        if not rate or unit != amount.unit or one.kind != "money":
            continue
        apart = page.apart(one.at, amount.at)
        if not apart and one is earlier[-1] and _is_like(one, amount) and _is_compared(page, amount):
            return rate
        if holder is None:
            return None
        if holder.lower_ in _IT:
            return rate if apart <= _NEAR and _is_like(one, amount) else None
        told = _holder(page, one)
        if told is not None and told.lemma_ == holder.lemma_ and holder.lemma_.lower() in _RATED:
            return rate
    return None


def _is_compared(page: Page, amount: Amount) -> bool:
    """ "up from £8.65", "compared with $2.10", "from £12 to £14"."""
    return page.word(amount.start - 1) in _COMPARING


def _is_like(one: Amount, other: Amount) -> bool:
    sizes = [abs(a.value if a.value is not None else a.low or 0.0) for a in (one, other)]
    return min(sizes) > 0 and max(sizes) / min(sizes) <= _SAME_SIZE


def _holder(page: Page, amount: Amount) -> Token | None:
    """What costs or earns so much: "the rate goes up from £12", "a rent of £900", "The wage is €13"."""
    token = page.token(amount.end - 1)
    if token is not None and " per " in (amount.unit or ""):
        token = page.token(amount.at)
    for _ in range(_STEPS):
        if token is None or token.head.i == token.i:
            break
        below, token = token, token.head
        if token.pos_ in {"VERB", "AUX"}:
            if token.lemma_.lower() not in MEASURING_VERBS:
                return None
            return next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if token.pos_ == "NOUN" and below.dep_ in {"prep", "appos"}:
            return token
    if token is not None and token.pos_ in {"VERB", "AUX"}:
        return next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return None

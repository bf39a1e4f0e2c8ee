"""Units that a text leaves out because it has just named them.

"The rate was 4.6%; in March it was just over five", "85bn crowns, 1.5bn more than planned",
"700 crowns a month and later 820 a month".
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction.quantities import wording
from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import words
from claims.extraction.quantities.lexicon import MEASURING_VERBS
from claims.extraction.quantities.parse import Page
from claims.extraction.quantities.units import rate_at

_EXPECTING = words(
    "hope expect forecast predict reckon project estimate see put aim target want budget plan allow"
)
_LEADING_TO = words("to at of from for than by above below with")
_PERSONS = words("he she i we they you who")
_AGAINST = words(
    "outside inside ahead behind off faster slower quicker adrift clear shy short more less under over"
)
_PAYING = words(
    "pay spend cost raise lend grant invest fund owe budget disburse donate repay borrow allocate"
)
_COUNTING = words("speak put count report estimate")
_SAME_SIZE = 30
_OWN_UNITS = frozenset({"share", "ratio", "time", "score"})


def settle(page: Page, amount: Amount, earlier: Sequence[Amount]) -> None:
    """Gives a bare amount the unit of one of the ``earlier`` amounts, if the wording carries it on.

    ``earlier`` are the amounts before it in the text, nearest last, with their units.
    """
    last = earlier[-1] if earlier else None
    counted = next((one for one in reversed(earlier[-4:]) if one.kind not in _OWN_UNITS), None)
    if _same_rate(page, amount, counted) or _same_share(page, amount, last):
        return
    if _same_clock(page, amount, last):
        return
    if counted is not None and counted.kind == "index" and not _is_point(amount):
        return  # "3.54 points, or 0.2 percent, to 2,173.60"
    if counted is None or counted.unit is None or (amount.value or 0) < 0:
        return
    apart = page.apart(counted.at, amount.at)
    if apart and not (apart <= 2 and _is_told_again(page, amount, counted)):
        return
    if counted.kind == "money":
        shared = amount.magnitude >= 1000
    elif counted.kind == "" and _is_fraction(amount):
        shared = False  # "2,340 admissions, and a rate of 0.8"
    else:
        shared = amount.magnitude < 1000 or _is_as_large(amount, counted)
    if shared:
        amount.unit, amount.kind = counted.unit, counted.kind


def _is_told_again(page: Page, amount: Amount, counted: Amount) -> bool:
    """A sentence later: money that is paid, or another's count of the same ("the mayor spoke of 110")."""
    near = [page.token(j) for j in range(max(0, amount.start - 4), min(amount.end + 5, len(page.lexemes)))]
    lemmas = {token.lemma_.lower() for token in near if token is not None}
    if counted.kind == "money":
        return amount.magnitude >= 1e6 and bool(lemmas & _PAYING)
    counts = counted.kind == "" and page.apart(counted.at, amount.at) == 1 and not _is_fraction(amount)
    return counts and bool(lemmas & _COUNTING) and _is_as_large(amount, counted)


def _is_point(amount: Amount) -> bool:
    """ "two points to 21": a count of points, as in a table, and no index."""
    return not _is_fraction(amount) and (amount.value or 0) < 200


def _is_fraction(amount: Amount) -> bool:
    number = amount.value if amount.value is not None else amount.low
    return number is not None and number != int(number) and amount.magnitude == 1.0


def _is_as_large(amount: Amount, counted: Amount) -> bool:
    """ "850,000 tons ... less than the 1.4 million of 2021"."""
    one, other = (a.value if a.value is not None else a.low or 0.0 for a in (amount, counted))
    return one > 0 and other > 0 and 1 / _SAME_SIZE <= one / other <= _SAME_SIZE


def _same_clock(page: Page, amount: Amount, last: Amount | None) -> bool:
    """ "in 9.98 seconds, 0.04 outside his best": so far ahead or behind."""
    if last is None or last.kind != "time" or page.word(amount.end) not in _AGAINST:
        return False
    if not page.same_sentence(last.at, amount.at):
        return False
    amount.unit, amount.kind = last.unit, last.kind
    return True


def _same_rate(page: Page, amount: Amount, counted: Amount | None) -> bool:
    """ "700 crowns a month ... 820 a month"."""
    rate = rate_at(page.lexemes, amount.end)
    if rate is None or counted is None or counted.unit is None or page.apart(counted.at, amount.at) > 1:
        return False
    unit = counted.unit.partition(" per ")[0]
    amount.unit, amount.kind, amount.end = f"{unit} per {rate.name}", counted.kind, rate.end
    return True


def _same_share(page: Page, amount: Amount, last: Amount | None) -> bool:
    """A level of what was just told in per cent, in the same sentence or the next."""
    if last is None or last.unit != "%" or amount.magnitude > 1 or page.apart(last.at, amount.at) > 1:
        return False
    if not 0 <= (amount.value if amount.value is not None else amount.low or 0) <= 100:
        return False
    if not _is_level(page, amount):
        return False
    amount.unit, amount.kind = last.unit, last.kind
    return True


def _is_level(page: Page, amount: Amount) -> bool:
    """Whether the amount is what something stands at, moves to or is expected to be."""
    i = wording.hedge(page, amount, amount.end)[0] - 1
    token = page.token(i)
    if token is None:
        return False
    if page.word(i) in _LEADING_TO and token.head.i != token.i:
        token = token.head
    forms = {token.lemma_.lower(), token.lower_.removesuffix("s"), token.lower_.removesuffix("d")}
    if not forms & (MEASURING_VERBS | _EXPECTING):  # "hopes" comes out of the lemmatiser as "hop"
        return False
    subjects = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return not any(one.lower_ in _PERSONS or one.ent_type_ == "PERSON" for one in subjects)


def name_degrees(amount: Amount, last: Amount | None, page: Page) -> None:
    """ "40C, six degrees above average": degrees of the scale that was just told."""
    told = amount.unit == "degree" and last is not None and last.kind == "temperature"
    if told and last is not None and page.same_sentence(last.at, amount.at):
        amount.unit, amount.kind = last.unit, last.kind


def name_points(amount: Amount, last: Amount | None, page: Page) -> None:
    """ "61.2%, 3.4 points more": behind a percentage, points are percentage points."""
    if amount.unit != "point" or not amount.own_unit or page.word(amount.start - 1) == "or":
        return
    if last is not None and last.unit == "%" and page.same_sentence(last.at, amount.at):
        amount.unit, amount.kind = "percentage point", "share"

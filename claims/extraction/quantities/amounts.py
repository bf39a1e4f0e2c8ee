"""Amounts: a number with its sign, currency, unit and rate; ranges, shares and scores of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.extraction.quantities.lexer import DASHES, HYPHENS, Lexeme, Sort, words
from claims.extraction.quantities.lexicon import DOWN_WORDS, RANGE_VERBS, SCORE_WORDS, UP_WORDS, VOTE_WORDS
from claims.extraction.quantities.numbers import MAGNITUDES, Number, read, word_at
from claims.extraction.quantities.units import (
    Unit,
    money_after,
    money_before,
    rate_at,
    rate_of_stuff,
    unit_at,
)
from claims.extraction.types import Change

_CHANGES = words(
    """
    rose risen fell fallen grew grown shrank shrunk rising falling sank went dropped slipped dropping growing
    slid gone cutting number
    """
) | {word + ending for word in UP_WORDS | DOWN_WORDS for ending in ("", "s", "d", "ed", "ing")}
#: how many of the finer unit make one of the coarser, where both are told together: "6 years and 8 months"
_FINER = {
    ("minute", "second"): 60, ("hour", "minute"): 60, ("hour", "second"): 3600, ("day", "hour"): 24,
    ("week", "day"): 7, ("year", "month"): 12, ("stone", "pound"): 14, ("pound", "ounce"): 16,
}  # fmt: skip
#: what joins the parts of one stretch of time, or the members of a row
AND = {(), (",",), ("and",), (",", "and")}
_NEXT_SET = 5  # lexemes: "6-4, 3-6, 7-6 (7-5)"
_APART = words("gap difference spread distinction differential margin")
_CENTS = words("cent cents pence penny")
_CLAUSE = 20  # lexemes
_HEADS = words(
    "numbers population audience viewers visitors passengers customers subscribers users members followers tourists"
)
_LENGTHS = words("tall high wide long deep thick away above below from race sprint swim hurdles")
_NOT_PLURAL = words("is was has as its this us his across towards")


@dataclass(slots=True)
class Amount:
    """An amount over ``lexemes[start:end]``; ``at`` is the lexeme where its (last) number starts.

    For a range ``value`` is None. ``unit`` is None until one is found. ``bare`` is the number
    without its magnitude, by which "3-4 billion" is told from "500 to 1 million".
    """

    start: int
    end: int
    at: int
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    kind: str = ""  # kind of unit: "money", "share", "time", ..., "score"
    share: bool = False
    digits: bool = False
    magnitude: float = 1.0
    #: whether a unit stands at this very number, rather than being shared from a neighbour
    own_unit: bool = False
    #: what the unit as written is in the unit told: a cent is 0.01 USD
    factor: float = 1.0
    age: bool = False
    change: Change = Change.EQUAL  # once it is settled
    measured: tuple[int, int] | None = None  # lexemes of the counted noun, if any


def read_amount(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """The amount whose number starts at lexeme ``i``; its currency sign may stand before."""
    number = read(lexemes, i)
    if number is None:
        return _one_and_half(lexemes, i)
    dashed = i > 1 and word_at(lexemes, i - 1) in DASHES and lexemes[i].glued
    before = money_before(lexemes, i) or (money_before(lexemes, i - 1) if dashed else None)
    start, negative = _sign(lexemes, before[1] if before else i, i, money=before is not None)
    number = _settle_magnitude(lexemes, number, money=before is not None)
    value = -number.value if negative else number.value
    amount = Amount(
        start, number.end, i, value, share=number.share, digits=number.digits, magnitude=number.magnitude
    )
    if before is not None:
        _set_unit(amount, Unit(before[0], number.end, money=True, kind="money"), lexemes)
        trailing = money_after(lexemes, amount.end, value)
        if trailing is not None and trailing.name == before[0] and trailing.end == amount.end + 1:
            amount.end = trailing.end  # "$5 USD"
        return amount
    unit = _unit_behind(lexemes, number)
    if unit is not None:
        _set_unit(amount, unit, lexemes)
        _add_half(lexemes, amount)
        _add_inches(lexemes, amount)
        _add_cents(lexemes, amount)
    return amount


def _set_unit(amount: Amount, unit: Unit, lexemes: Sequence[Lexeme]) -> None:
    amount.unit, amount.end, amount.kind, amount.own_unit = unit.name, unit.end, unit.kind, True
    if amount.value is not None:
        amount.value, amount.factor = amount.value * unit.factor, unit.factor
    if unit.kind not in {"share", "time"}:
        rate = rate_at(lexemes, amount.end, money=unit.money)
        if rate is not None:
            amount.unit, amount.end = f"{unit.name} per {rate.name}", rate.end
        elif (rate := rate_of_stuff(lexemes, amount.end)) is not None:
            amount.unit = f"{unit.name} per {rate.name}"


def _unit_behind(lexemes: Sequence[Lexeme], number: Number) -> Unit | None:
    """The unit behind a number; for a share also "half a mile", "two thirds of an hour"."""
    unit = money_after(lexemes, number.end, number.value) or unit_at(
        lexemes, number.end, digits=number.digits
    )
    if unit is not None or not number.share:
        return unit
    j = number.end + 1 if word_at(lexemes, number.end) == "of" else number.end
    if word_at(lexemes, j) not in {"a", "an"}:
        return None
    return unit_at(lexemes, j + 1, digits=False) or money_after(lexemes, j + 1, 1000)


def _sign(lexemes: Sequence[Lexeme], start: int, number: int, *, money: bool) -> tuple[int, bool]:
    """Whether a minus stands before the amount, and where the amount then starts."""
    if start and word_at(lexemes, start - 1) in DASHES and lexemes[start].glued:
        before = lexemes[start - 2] if start > 1 else None
        if not lexemes[start - 1].glued or (before is not None and before.text in {"(", "[", "“", '"'}):
            return start - 1, True
    if money and number > start and word_at(lexemes, number - 1) in DASHES:
        return start, True
    if word_at(lexemes, start - 1) in {"minus", "negative"} and word_at(lexemes, start - 2) != "or":
        return start - 1, True
    return start, False


def _settle_magnitude(lexemes: Sequence[Lexeme], number: Number, *, money: bool) -> Number:
    """Decides whether "5m", "5b" or "5t" is a magnitude or a unit."""
    if number.without is None:
        return number
    letter = lexemes[number.end - 1]
    if money or money_after(lexemes, number.end, number.value) is not None:
        return number
    if letter.text in {"M", "MM"} and letter.glued:
        return number
    following = word_at(lexemes, number.end)
    plural = (following.endswith("s") and following not in _NOT_PLURAL) or following in {
        "people",
        "women",
        "men",
        "children",
        "of",
    }
    if letter.lower in {"m", "b"} and letter.glued and plural:
        return number
    if letter.text == "m" and letter.glued and _counts_heads(lexemes, number):
        return number  # "passenger numbers rose to 1.2m"
    return number if letter.text == "B" and letter.glued else number.without


def _counts_heads(lexemes: Sequence[Lexeme], number: Number) -> bool:
    """Whether the sentence tells how many there are, so that "1.2m" has no metres in it."""
    before = []
    for lexeme in reversed(lexemes[max(0, number.start - _CLAUSE) : number.start]):
        if lexeme.text in {".", ";", "?", "!"}:
            break
        before.append(lexeme.lower)
    return any(word in _HEADS for word in before) and word_at(lexemes, number.end) not in _LENGTHS


def _one_and_half(lexemes: Sequence[Lexeme], i: int) -> Amount | None:
    """ "a year and a half"."""
    if word_at(lexemes, i) not in {"a", "an"} or word_at(lexemes, i + 2) != "and":
        return None
    unit = unit_at(lexemes, i + 1, digits=False)
    if unit is None:
        return None
    amount = Amount(i, unit.end, i, 1.0, unit=unit.name, kind=unit.kind, own_unit=True)
    _add_half(lexemes, amount)
    return amount if amount.end > unit.end or _goes_on(lexemes, amount) else None


def _goes_on(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """ "an hour and 52 minutes": the finer unit of one stretch follows."""
    number = read(lexemes, amount.end + 1)
    unit = unit_at(lexemes, number.end, digits=number.digits) if number is not None else None
    return unit is not None and (amount.unit or "", unit.name) in _FINER


def _add_half(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """ "two years and a half"; but not "two years and a half million euros"."""
    words = tuple(word_at(lexemes, j) for j in range(amount.end, amount.end + 4))
    half = words[:2] == ("and", "a") and words[2] in {"half", "quarter"}
    if half and amount.value is not None and words[3] not in {*MAGNITUDES, "of", *HYPHENS}:
        amount.value, amount.end = amount.value + (0.5 if words[2] == "half" else 0.25), amount.end + 3


def _add_inches(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """ "5 feet 2 inches" is one length, in the smaller unit."""
    if amount.unit != "foot" or amount.value is None:
        return
    j = amount.end + (word_at(lexemes, amount.end) in {"and", ","})
    inches = read(lexemes, j)
    if inches is None or inches.value >= 12:
        return
    unit = unit_at(lexemes, inches.end, digits=True)
    if (unit is not None and unit.name == "inch") or word_at(lexemes, inches.end) == "in":
        amount.value, amount.unit = amount.value * 12 + inches.value, "inch"
        amount.end = unit.end if unit else inches.end + 1


def _add_cents(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """ "thirteen dollars and forty-five cents" is one sum."""
    j = amount.end + (word_at(lexemes, amount.end) == "and")
    whole = amount.kind == "money" and word_at(lexemes, amount.end - 1) not in _CENTS
    cents = read(lexemes, j) if whole else None
    if cents is not None and cents.value < 100 and word_at(lexemes, cents.end) in _CENTS:
        amount.value, amount.end = (amount.value or 0.0) + cents.value / 100, cents.end + 1


# neighbours


def one_in_three(lexemes: Sequence[Lexeme], first: Amount) -> Amount | None:
    """ "one in three", "one voter in three", "nine out of ten": a share, as percent."""
    if first.unit is not None or first.value is None or first.value != int(first.value) or first.value < 1:
        return None
    j = _past_hyphen(lexemes, first.end)
    noun = None
    if j < len(lexemes) and lexemes[j].sort is Sort.WORD and word_at(lexemes, j) not in {"in", "out"}:
        noun, j = (j, j + 1), j + 1
    link = (word_at(lexemes, j), word_at(lexemes, j + 1))
    j += 2 if link in {("out", "of"), ("in", "every"), ("of", "every")} else 1
    if link[0] not in {"in", "out"} and link != ("of", "every"):
        return None
    whole = read(lexemes, _past_hyphen(lexemes, j))
    if (
        whole is None
        or whole.share
        or money_before(lexemes, j)
        or whole.value <= first.value
        or whole.value < 2
    ):
        return None
    unit = unit_at(lexemes, whole.end, digits=whole.digits)
    round_whole = whole.value <= 12 or whole.value in {20, 25, 50, 100, 1000, 10000, 100000, 1e6}
    if unit is not None or not round_whole or (link == ("in", "every") and first.value > 10):
        return None
    mixed = whole.digits and not first.digits and link[0] == "in" and first.value > 1
    if mixed and whole.value not in {10, 100, 1000}:
        return None  # "killed two in 12 attacks"
    value = round(100 * first.value / whole.value, 2)
    return replace(
        first, value=value, end=whole.end, unit="%", kind="share", share=True, own_unit=True, measured=noun
    )


def _past_hyphen(lexemes: Sequence[Lexeme], i: int) -> int:
    """ "a one-in-eight chance"."""
    return i + 1 if word_at(lexemes, i) in HYPHENS and lexemes[i].glued else i


def join(lexemes: Sequence[Lexeme], amounts: list[Amount]) -> list[Amount]:
    """Makes ranges of neighbouring amounts, takes out scores, and lets neighbours share a unit."""
    joined: list[Amount] = []
    score = -_NEXT_SET  # where the last score ended
    for amount in amounts:
        previous = joined[-1] if joined else None
        if previous is not None and _add_time(lexemes, previous, amount):
            continue
        if previous is not None and (gap := _connector(lexemes, previous, amount)):
            if _is_score(lexemes, previous, amount, gap, next_set=previous.start - score < _NEXT_SET):
                if _near(lexemes, previous.start, amount.end, VOTE_WORDS):
                    for side in (previous, amount):
                        side.unit, side.kind, side.own_unit = "vote", "vote", True
                    joined.append(amount)
                else:
                    joined.pop()
                    score = amount.end
                continue
            if (ratio := _to_one(lexemes, previous, amount, gap)) is not None:
                joined[-1] = ratio
                continue
            _share_magnitude(previous, amount, gap)
            merged = _range(lexemes, previous, amount, gap)
            if merged is not None:
                joined[-1] = merged
                continue
            moved = word_at(lexemes, previous.start - 1) == "from"
            _share_unit(previous, amount, gap, moved=moved)
        joined.append(amount)
    _share_in_rows(lexemes, joined)
    return joined


def _share_in_rows(lexemes: Sequence[Lexeme], joined: Sequence[Amount]) -> None:
    """ "20, 30 and 45 km": the unit told at the last of a row is that of all."""
    for k in range(len(joined) - 2, -1, -1):
        left, right = joined[k], joined[k + 1]
        shared = right.unit is not None and not right.own_unit and left.unit is None
        if shared and left.digits and right.digits and _connector(lexemes, left, right) == ",":
            left.unit, left.kind = right.unit, right.kind


def _add_time(lexemes: Sequence[Lexeme], coarse: Amount, fine: Amount) -> bool:
    """ "4 hours, 12 minutes and 9 seconds" is one stretch, told in the finest of its units."""
    factor = _FINER.get((coarse.unit or "", fine.unit or ""))
    if factor is None or coarse.value is None or fine.value is None or not 0 <= fine.value < factor:
        return False
    if tuple(lexeme.lower for lexeme in lexemes[coarse.end : fine.start]) not in AND:
        return False
    coarse.value, coarse.unit, coarse.end = coarse.value * factor + fine.value, fine.unit, fine.end
    return True


def _connector(lexemes: Sequence[Lexeme], left: Amount, right: Amount) -> str:
    """What stands between two amounts, if it is only a connector: "-", "to", "and", "or", ","."""
    between = [lexeme.lower for lexeme in lexemes[left.end : right.start]]
    between = [word for word in between if word not in {"about", "around", "some", "nearly", "almost", "the"}]
    if len(between) == 2 and between[0] in HYPHENS and between[1] in {"to", "and", "or"}:
        return between[1]
    if len(between) == 3 and between[1] == "to" and between[0] in HYPHENS and between[2] in HYPHENS:
        return "to"  # "a 5-to-3 decision"
    if len(between) == 2 and between[0] == "," and between[1] == "and":
        return ","
    if len(between) != 1:
        return ""
    word = between[0]
    return (
        "-"
        if word in DASHES | {"—"}
        else word
        if word in {"to", "and", "or", "through", ",", "±", "not"}
        else ""
    )


def _is_score(lexemes: Sequence[Lexeme], left: Amount, right: Amount, gap: str, *, next_set: bool) -> bool:
    """ "won 3-1", "a 7-2 vote", "by 217 votes to 213": two counts side by side, not a range."""
    if left.kind == "money" or right.unit is not None or left.value is None or right.value is None:
        return False
    if gap == "to" and (left.unit == "vote" or _is_poll(lexemes, left, right)):
        return True
    hyphen = gap == "-" and left.digits and right.digits and left.unit is None
    whole = left.value == int(left.value) and right.value == int(right.value)
    if not hyphen or not whole or max(left.value, right.value) >= 1000 or right.magnitude > 1:
        return False
    return next_set or left.value >= right.value or _near(lexemes, left.start, right.end, SCORE_WORDS)


def _to_one(lexemes: Sequence[Lexeme], left: Amount, right: Amount, gap: str) -> Amount | None:
    """ "by almost two to one", "a three-to-one margin": so many times as many."""
    bare = left.unit is None and right.unit is None
    if gap != "to" or right.value != 1 or not bare or (left.value or 0) <= 1 or left.share:
        return None
    if word_at(lexemes, left.start - 1) == "from":
        return None  # a fall
    return replace(left, end=right.end, unit="ratio", kind="ratio", own_unit=True)


def _is_poll(lexemes: Sequence[Lexeme], left: Amount, right: Amount) -> bool:
    """ "The vote was 5 to 4", "a 5-to-3 decision": so many for, so many against."""
    if left.unit is not None or (left.value or 0) <= (right.value or 0) or left.magnitude > 1:
        return False
    return _near(lexemes, left.start, right.end, VOTE_WORDS)


def _near(lexemes: Sequence[Lexeme], start: int, end: int, words: frozenset[str]) -> bool:
    around = [lexeme.lower for lexeme in (*lexemes[max(0, start - 5) : start], *lexemes[end : end + 2])]
    return any(word in words for word in around)


def _share_magnitude(left: Amount, right: Amount, gap: str) -> None:
    """ "$3-4 billion", "between two and three million": the magnitude counts for both, and so do cents."""
    if left.unit is None and left.value is not None and right.factor != 1.0:
        left.value, left.factor = left.value * right.factor, right.factor  # "10 to 12 cents"
    if left.magnitude > 1 or right.magnitude < 1000 or left.value is None or right.value is None:
        return
    mantissa = right.value / right.magnitude
    same = left.unit in (None, right.unit) or right.unit is None
    if gap in {"-", "to", "and", "or"} and same and abs(left.value) < 1000 and left.value <= mantissa:
        left.value, left.magnitude = left.value * right.magnitude, right.magnitude


def _range(lexemes: Sequence[Lexeme], left: Amount, right: Amount, gap: str) -> Amount | None:
    unit = right.unit or left.unit
    if (
        left.value is None
        or right.value is None
        or not _may_be_ends(left, right, gap)
        or _are_apart(lexemes, left)
    ):
        return None
    if gap == "±":
        low, high = left.value - right.value, left.value + right.value
        return replace(left, end=right.end, low=low, high=high, unit=unit, kind=right.kind or left.kind)
    before, start = word_at(lexemes, left.start - 1), left.start
    if gap == "and":
        if before == "between":
            start -= 1
        elif [word_at(lexemes, left.start - k) for k in (4, 3, 2, 1)] != ["between", "the", "ages", "of"]:
            return None
    elif gap == "or":
        if left.own_unit or not left.value < right.value <= max(left.value + 2, left.value * 1.5):
            return None
    elif not _spans(lexemes, left, right, before, gap):
        return None
    elif before in {"between", "from"} and gap != "-":
        start -= 1
    if right.value <= left.value:
        if before != "from" or not right.own_unit or right.value == left.value:
            return None
        left, right = replace(left, value=right.value), replace(right, value=left.value)
    own = left.own_unit or right.own_unit
    return replace(right, start=start, value=None, low=left.value, high=right.value, unit=unit,
                   kind=right.kind or left.kind, own_unit=own)  # fmt: skip


def _are_apart(lexemes: Sequence[Lexeme], left: Amount) -> bool:
    """ "the gap between 3.8% and 4.1%": two values, and no range."""
    i = left.start
    return word_at(lexemes, i - 1) == "between" and word_at(lexemes, i - 2) in _APART


def _may_be_ends(left: Amount, right: Amount, gap: str) -> bool:
    """Whether two amounts can be the ends of one range: in one unit, told at both or at the second only."""
    unit = right.unit or left.unit
    if gap in {",", "not"} or left.unit not in (None, unit) or right.unit not in (None, unit):
        return False
    return gap == "±" or right.own_unit or not left.own_unit or left.kind == "money"  # "by 11% to 2,340"


def _spans(lexemes: Sequence[Lexeme], left: Amount, right: Amount, before: str, gap: str) -> bool:
    """Whether "A to B" is a range and not a change: "from 3% to 5%" is one only behind "range"."""
    if before == "by":
        return gap != "to"  # "up by one to 57": a change and what it leads to
    if before == "from":
        near = [word_at(lexemes, left.start - k) for k in range(2, 8)]
        falling = left.value is not None and right.value is not None and right.value <= left.value
        if any(word in RANGE_VERBS for word in near[:3]):
            return True
        return not (falling or left.own_unit or right.own_unit or any(word in _CHANGES for word in near))
    near = [word_at(lexemes, left.start - k) for k in range(1, 6)]
    return not (left.own_unit and any(word in _CHANGES for word in near))


def _share_unit(left: Amount, right: Amount, gap: str, *, moved: bool) -> None:
    """ "from 4.1 to 3.2 per cent", "45 and 50 mg", "2.2bn to 3bn crowns", "$3bn, 4bn": one unit for both."""
    if (
        left.unit is None
        and right.own_unit
        and gap != ","
        and (right.kind != "time" or (moved and gap == "to"))
    ):
        left.unit, left.kind = right.unit, right.kind
    elif right.unit is None and left.own_unit and left.kind == "money" and right.magnitude >= 1000:
        right.unit, right.kind = left.unit, left.kind

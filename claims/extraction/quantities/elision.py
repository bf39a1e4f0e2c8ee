"""Units that a text leaves out because it has just named them.

"The rate was 4.6%; in March it was just over five", "85bn crowns, 1.5bn more than planned",
"700 crowns a month and later 820 a month".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.quantities import nouns, wording
from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import words
from claims.extraction.quantities.lexicon import MEASURING_VERBS
from claims.extraction.quantities.parse import Page
from claims.extraction.quantities.units import names_unit, rate_at

_EXPECTING = words(
    "hope expect forecast predict reckon project estimate see put aim target want budget plan allow"
)
_LEADING_TO = words("to at of from for than by above below with")
_PERSONS = words("he she i we they you who")
_AGAINST = words(
    "outside inside ahead behind off faster slower quicker adrift clear shy short more less under over"
)
#: "fin" is what the lemmatiser makes of "fined"
_PAYING = words(
    """
    pay spend cost raise lend grant invest fund owe budget disburse donate repay borrow allocate fine fin charge
    take steal pocket receive embezzle launder siphon
    """
)
_SUMS = words(
    """
    fine profit loss debt turnover revenue sale earnings income cost price bill budget sum damage bond
    compensation salary bonus fee fund funding deficit surplus loan aid grant investment subsidy bribe bid
    offer contract settlement tax saving payment price ransom penalty money cash prize credit bailout
    """
)
_THEM = words("them those these which whom")
_READING = MEASURING_VERBS | words("note record measure register log touch read show climb dip drop forecast")
_LEVELS = words("limit ceiling threshold norm target average maximum minimum")
_REACH = 14
_SETTING = {
    ("instead", "of"),
    ("rather", "than"),
    ("compared", "with"),
    ("compared", "to"),
    ("up", "from"),
    ("down", "from"),
}
_HAVING = words("have want need seek employ hire demand get lose keep add plan create")
_FIGURES = words("figure number total count tally it that")
_MANY = 20  # smaller numbers are as often ages, scores, days
_COUNTING = words("speak put count report estimate")
_SAME_SIZE = 30
_OWN_UNITS = frozenset({"share", "ratio", "time", "score"})


def currency_of(found: Sequence[Amount]) -> str | None:
    """The currency in which most of the ``found`` sums are told, None where there are none."""
    told = Counter((one.unit or "").partition(" per ")[0] for one in found if one.kind == "money")
    return told.most_common(1)[0][0] if told else None


def settle(page: Page, amount: Amount, earlier: Sequence[Amount], currency: str | None) -> None:
    """Gives a bare amount the unit of one of the ``earlier`` amounts, if the wording carries it on.

    ``earlier`` are the amounts before it in the text, nearest last, with their units; ``currency``
    is that of the whole text.
    """
    last = earlier[-1] if earlier else None
    counted = next((one for one in reversed(earlier[-4:]) if one.kind not in _OWN_UNITS), None)
    if _same_rate(page, amount, counted) or _same_share(page, amount, last):
        return
    if (
        _set_against(page, amount, last)
        or _to_another(page, amount, last)
        or _brought_to(page, amount, earlier)
    ):
        return
    if _same_clock(page, amount, last) or _of_them(page, amount, earlier):
        return
    if _same_degrees(page, amount, earlier):
        return
    if counted is not None and counted.kind == "index" and not _is_point(amount):
        return  # "3.54 points, or 0.2 percent, to 2,173.60"
    if currency is not None and _is_sum(page, amount, counted):
        amount.unit, amount.kind = currency, "money"
        return
    if counted is None or counted.unit is None or (amount.value or 0) < 0:
        return
    apart = page.apart(counted.at, amount.at)
    if apart and not (apart <= 2 and _is_told_again(page, amount, counted)):
        return
    if counted.kind == "money":
        shared = amount.magnitude >= 1000 or _of_same_deed(page, amount, counted)
    elif counted.kind == "" and _is_fraction(amount):
        shared = False  # "2,340 admissions, and a rate of 0.8"
    else:
        shared = amount.magnitude < 1000 or _is_as_large(amount, counted)
    if shared:
        amount.unit, amount.kind = counted.unit, counted.kind


def _set_against(page: Page, amount: Amount, last: Amount | None) -> bool:
    """ "62 euros instead of 49", "11 homes compared with 15", "230,000 euros, of which he has paid 18,000"."""
    if last is None or last.unit is None or not page.same_sentence(last.at, amount.at):
        return False
    i = wording.hedge(page, amount, amount.end)[0]
    pair = (page.word(i - 2), page.word(i - 1))
    between = [page.word(j) for j in range(last.end, i)]
    parted = between[:3] == [",", "of", "which"] and len(between) <= _REACH
    if not (parted or pair in _SETTING or page.word(i - 1) == "versus"):
        return False
    if nouns.noun_behind(page, amount.end) or not (parted or _is_as_large(amount, last)):
        return False
    amount.unit, amount.kind = last.unit, last.kind
    return True


def _to_another(page: Page, amount: Amount, last: Amount | None) -> bool:
    """ "cut from six years to four", "rose from 300 euros to 450"."""
    if last is None or last.unit is None or not page.same_sentence(last.at, amount.at):
        return False
    first, second = (wording.hedge(page, one, one.end)[0] for one in (last, amount))
    if page.word(first - 1) != "from" or page.word(second - 1) != "to" or second - 1 - last.end > 1:
        return False
    amount.unit, amount.kind = last.unit, last.kind
    return True


def _brought_to(page: Page, amount: Amount, earlier: Sequence[Amount]) -> bool:
    """ "rescued 212 people from three boats, bringing the total to 9,400": of what the sentence counts first."""
    i = wording.hedge(page, amount, amount.end)[0]
    before = [page.word(j) for j in range(max(0, i - _REACH), i)]
    if before[-1:] != ["to"] or not {"total", "tally", "toll"} & set(before):
        return False
    counts = [one for one in earlier if one.kind == "" and one.unit and page.same_sentence(one.at, amount.at)]
    if counts:
        amount.unit = counts[0].unit
    return bool(counts)


def _of_same_deed(page: Page, amount: Amount, counted: Amount) -> bool:
    """ "fined him 300 euros and his firm 400", "a ride costs it 19 crowns; a daytime ride costs it 2.40"."""
    if not page.same_sentence(counted.at, amount.at):
        return False
    verbs = [_governor(page.token(one.at)) for one in (counted, amount)]
    return verbs[0] is not None and verbs[0] == verbs[1] and verbs[0] in _PAYING


def _governor(token: Token | None) -> str | None:
    """The lemma of the verb that a number stands with."""
    for _ in range(6):
        if token is None or token.pos_ == "VERB" or token.head.i == token.i:
            break
        token = token.head
    return token.lemma_.lower() if token is not None and token.pos_ == "VERB" else None


def _is_told_again(page: Page, amount: Amount, counted: Amount) -> bool:
    """A sentence later: money that is paid, or another's count of the same ("the mayor spoke of 110")."""
    near = [page.token(j) for j in range(max(0, amount.start - 4), min(amount.end + 5, len(page.lexemes)))]
    lemmas = {token.lemma_.lower() for token in near if token is not None}
    if counted.kind == "money":
        return amount.magnitude >= 1e6 and bool(lemmas & _PAYING)
    if counted.kind != "" or _is_fraction(amount) or not _is_as_large(amount, counted):
        return False
    if page.apart(counted.at, amount.at) == 1 and bool(lemmas & _COUNTING):
        return True
    return (amount.value or amount.low or 0) >= _MANY and _is_counted(page, amount)


def _is_counted(page: Page, amount: Amount) -> bool:
    """ "The unions want at least 1,000", "The figure was revised to 96,000": a number that counts what is talked of."""
    i = wording.hedge(page, amount, amount.end)[0] - 1
    token = page.token(amount.at)
    if token is None or nouns.noun_behind(page, amount.end):
        return False
    while token.dep_ in {"quantmod", "nummod", "pobj", "prep", "advmod"} and token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            break
    if token.dep_ == "dobj":
        return token.head.lemma_.lower() in _HAVING
    subject = next((one for one in token.children if one.dep_ in {"nsubj", "nsubjpass"}), None)
    return page.word(i) in _LEADING_TO and subject is not None and subject.lemma_.lower() in _FIGURES


def _is_sum(page: Page, amount: Amount, counted: Amount | None) -> bool:
    """Whether a bare million or more is money: "a fine of 25 million", "the 1.1 billion they are owed"."""
    if amount.magnitude < 1e6 or amount.share:
        return False
    token = page.token(amount.end - 1)
    while token is not None and token.dep_ in {"nummod", "quantmod", "compound"} and token.head.i != token.i:
        token = token.head
    if token is not None and token.dep_ == "nsubj" and token.head.lemma_ not in {"be", "go", "come"}:
        return False  # "some 1.9 million watched"
    behind = page.token(amount.end)
    if behind is not None and behind.tag_ in {"VBD", "VBP"} and behind.pos_ == "VERB":
        return False
    if counted is not None and counted.kind == "money" and page.apart(counted.at, amount.at) <= 2:
        return True
    near = [page.token(j) for j in range(max(0, amount.start - 8), min(amount.end + 8, len(page.lexemes)))]
    return any(
        one is not None and (one.lemma_.lower() in _PAYING or one.lemma_.lower() in _SUMS)
        for one in near
        if one is not None and token is not None and one.sent.start == token.sent.start
    )


def _of_them(page: Page, amount: Amount, earlier: Sequence[Amount]) -> bool:
    """ "two of them", "the sheep, all 140 of them", "letters, of which there are two thousand"."""
    i = wording.hedge(page, amount, amount.end)[0]
    behind = page.word(amount.end) == "of" and page.word(amount.end + 1) in _THEM
    if not behind:
        if [page.word(i - k) for k in (4, 3, 2)] != ["of", "which", "there"]:
            return False
        i -= 4
    counted = next((one for one in reversed(earlier[-4:]) if one.kind == "" and one.unit), None)
    apart = page.apart(counted.at, amount.at) if counted is not None else _REACH
    noun = _plural_before(page, i) if apart else None
    if noun is not None:
        amount.unit = nouns.unit_name(noun)
    elif counted is not None and apart <= 1:
        amount.unit, amount.kind = counted.unit, counted.kind
    return amount.unit is not None


def _plural_before(page: Page, i: int) -> Token | None:
    """The plural noun of the sentence that stands last before lexeme ``i``, within reach."""
    anchor = page.token(i)
    for j in range(i - 1, max(-1, i - _REACH), -1):
        token = page.token(j)
        if token is None or anchor is None or not page.same_sentence(j, i):
            return None
        if token.tag_ == "NNS" and not names_unit(token.lower_):
            return token
    return None


def _same_degrees(page: Page, amount: Amount, earlier: Sequence[Amount]) -> bool:
    """ "It had reached 40C. A week earlier it had stood at 31": a temperature, as the one before it."""
    last = next((one for one in reversed(earlier[-4:]) if one.kind not in _OWN_UNITS), None)
    if (
        last is None
        or last.kind != "temperature"
        or page.apart(last.at, amount.at) > 2
        or amount.magnitude > 1
    ):
        return False
    near = (page.token(j) for j in range(max(0, amount.start - 4), amount.start))
    if not any(token is not None and token.lemma_.lower() in _READING for token in near):
        return False
    amount.unit, amount.kind = last.unit, last.kind
    return True


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
    if token.pos_ == "NOUN" and page.word(i) == "of" and token.lemma_.lower() in _LEVELS:
        return True
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

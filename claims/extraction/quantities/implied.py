"""What a bare number counts where its noun does not stand behind it.

"killed at least 214", "a crowd of about 40,000", "a magnitude 6.4 earthquake", "the number of wolves
went up by one to 57", "admissions fell to 2,340", "151.30 per dollar".
"""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.quantities import nouns, wording
from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import words
from claims.extraction.quantities.lexicon import (
    HARM_STATES,
    HARM_VERBS,
    LIFE_VERBS,
    MEASURING_VERBS,
    MULTIPLIERS,
)
from claims.extraction.quantities.parse import Page
from claims.extraction.quantities.units import currency_at, money_after, rate_at

#: whose size is a number of persons
_GROUPS = words(
    """
    family group team crew party gang crowd audience population staff workforce squad class panel jury
    congregation community delegation queue throng gathering attendance membership headcount nation
    town city village county country cast band parliament assembly enrolment enrollment toll readership
    viewership
    """
)
#: plurals that are told in money, by an index or in per cent, and seldom counted
_NOT_COUNTED = words(
    """
    share stock price sale profit earning revenue export import rate yield future cost bond market wage
    score rating odd point temperature level gain loss return rent tax premium receipt dividend reserve
    holding asset deposit loan debt saving expense proceed contract equity finance spending term number
    euro dollar pound fee salary bill bitcoin index average chance limit estimate forecast expectation
    """
)
_THERMOMETERS = words("temperature temperatures thermometer thermometers mercury lows")
_STATES = words(
    """
    unemployed jobless homeless accused sick elderly poor rich young survivors rescued freed convicted infected
    ill
    """
)
_DOING = words(
    """
    watch attend vote march gather protest listen apply commute emigrate immigrate queue cheer sleep turn
    volunteer study graduate resign abstain live reside retire enrol enroll demonstrate rally complain testify believe
    """
)
#: what is done to persons
_UNDERGOING = words(
    """
    treat vaccinate interview question release free sack dismiss acquit convict sentence charge invite elect appoint
    baptise baptize christen discharge deport naturalise naturalize enlist conscript
    """
)
_BRINGING = words("bring take push raise lift carry drive")
_PUTTING = words("put estimate")
_LEADING_TO = words("to at from by of")
_COUNTS = words("number total tally count figure")
_TO_A_CURRENCY = (("per",), ("to", "the"), ("against", "the"), ("to", "a"), ("to", "one"), ("a",))


def told_before(page: Page, amount: Amount) -> bool:
    """Gives a bare ``amount`` a unit of measure that stands apart from it, and says whether there is one."""
    if (rate := _exchange_rate(page, amount) or _per_so_many(page, amount)) is not None:
        amount.unit, amount.kind = rate, "rate"
    elif _is_magnitude(page, amount):
        amount.unit, amount.kind = "magnitude", "earthquake"
    elif _is_temperature(page, amount):
        amount.unit, amount.kind = "degree Celsius", "temperature"
    return amount.unit is not None


def settle(page: Page, amount: Amount) -> bool:
    """Gives a bare ``amount`` the counted noun that the words around it imply, and says whether they do."""
    unit = None
    if amount.value != 0 and any(
        told(page, amount) for told in (_counts_victims, _of_group, _of_persons, _who, _crowd_put_at, _do)
    ):
        unit = "people"
    unit = unit or _of_subject(page, amount)
    if unit is None:
        return False
    amount.unit = unit
    return True


def _exchange_rate(page: Page, amount: Amount) -> str | None:
    """ "the yen weakened to 151.30 per dollar": so many of one currency for one of the other."""
    for phrase in _TO_A_CURRENCY:
        j = amount.end + len(phrase)
        if tuple(page.word(k) for k in range(amount.end, j)) != phrase:
            continue
        other = money_after(page.lexemes, j, 1.0)
        if other is None:
            return None
        for k in range(amount.start - 1, max(-1, amount.start - 25), -1):
            own = currency_at(page.lexemes, k)
            if own is not None and own != other.name:
                amount.end = other.end
                return f"{own} per {other.name}"
        return None
    return None


def _per_so_many(page: Page, amount: Amount) -> str | None:
    """ "23 per 100,000", where it goes without saying of whom."""
    rate = rate_at(page.lexemes, amount.end)
    if rate is None or not rate.name.isascii() or not rate.name[0].isdigit():
        return None
    amount.end = rate.end
    return f"per {rate.name}"


def _is_temperature(page: Page, amount: Amount) -> bool:
    """ "the thermometer at minus 6": below zero, beside a word for it; "the mercury touched 44.6"."""
    if amount.value is None or amount.value >= 0:
        return _is_read_off(page, amount)
    return any(page.word(j) in _THERMOMETERS for j in range(max(0, amount.start - 12), amount.end + 8))


def _is_read_off(page: Page, amount: Amount) -> bool:
    """Whether a bare number is what a temperature reaches: "temperatures of 38", "the mercury hit 44"."""
    if not 0 <= (amount.value or 0) <= 130 or amount.magnitude > 1 or nouns.noun_behind(page, amount.end):
        return False
    i = wording.hedge(page, amount, amount.end)[0] - 1
    token = page.token(i)
    if page.word(i) in _LEADING_TO:
        if page.word(i) != "by" and page.word(i - 1) in _THERMOMETERS:
            return True
        token = token.head if token is not None else None
    if token is None or page.word(i) == "by" or token.pos_ not in {"VERB", "AUX"}:
        return False
    return any(child.dep_ == "nsubj" and child.lower_ in _THERMOMETERS for child in token.children)


def _is_magnitude(page: Page, amount: Amount) -> bool:
    if (page.word(amount.end), page.word(amount.end + 2), page.word(amount.end + 3)) == (
        "on",
        "richter",
        "scale",
    ):
        return True
    i = wording.hedge(page, amount, amount.end)[0]
    before = page.word(i - 1) if page.word(i - 1) not in {"of", "-"} else page.word(i - 2)
    return before == "magnitude" and not (amount.value or amount.low or 0) > 10


def _counts_victims(page: Page, amount: Amount) -> bool:
    """ "killed at least 214", "214 dead", "more than 900 were hurt", "three died": persons, unnamed."""
    if page.word(amount.end) in HARM_STATES:
        return True
    token = page.token(amount.at)
    if token is None:
        return False
    near = [page.token(j) for j in range(max(0, amount.start - 4), amount.start)]
    if any(t is not None and t.lemma_.lower() in HARM_VERBS and t.pos_ == "VERB" for t in near):
        return True
    verb, state = token.head, page.word(amount.end + 1)
    if token.dep_ == "nsubjpass" and verb.lemma_.lower() in HARM_VERBS | _UNDERGOING:
        return True
    if token.dep_ == "nsubjpass" and any(c.lower_ == "to" and _holds_patients(c) for c in verb.children):
        return True
    if token.dep_ == "nsubj" and verb.lemma_.lower() in LIFE_VERBS:
        return True
    return (
        page.word(amount.end) in {"are", "is", "was", "were", "remain", "remained"} and state in HARM_STATES
    )


def _holds_patients(to: Token) -> bool:
    """ "Eleven were taken to hospital"."""
    return any(c.lower_ in {"hospital", "custody", "prison", "court"} for c in to.children)


def _of_group(page: Page, amount: Amount) -> bool:
    """ "a family of four", "a town of some 52,000", "the 30-strong crew"."""
    if page.word(amount.end) == "strong" or (page.word(amount.end), page.word(amount.end + 1)) == (
        "-",
        "strong",
    ):
        return True
    i = wording.hedge(page, amount, amount.end)[0]
    if page.word(i - 1) != "of" or _is_fraction(amount):
        return False
    group = page.token(i - 2)
    return group is not None and group.pos_ == "NOUN" and group.lemma_.lower() in _GROUPS


def _of_persons(page: Page, amount: Amount) -> bool:
    """ "two of the dead", "a dozen of the injured": persons by what befell them."""
    if page.word(amount.end) != "of" or page.word(amount.end + 1) not in {"the", "these", "those"}:
        return False
    following = page.token(amount.end + 3)
    counted = following is not None and following.pos_ in {"NOUN", "PROPN"}
    return page.word(amount.end + 2) in HARM_STATES | _STATES and not counted


def _do(page: Page, amount: Amount) -> bool:
    """ "some 1.9 million watched": what only persons do."""
    verb = page.token(amount.end)
    if verb is None or verb.pos_ not in {"VERB", "AUX"}:
        return False
    while verb.dep_ in {"aux", "auxpass"} and verb.head.i > verb.i:
        verb = verb.head
    return verb.lemma_.lower() in _DOING and not _is_fraction(amount)


def _who(page: Page, amount: Amount) -> bool:
    """ "the 7,000 who were told to leave", "of the 40 aboard"; but not "the three companies who"."""
    j = amount.end
    while page.word(j) in {"-", "odd", "or", "so", "others", "more"}:
        j += 1
    return page.word(j) in {"who", "whom", "aboard"} and not _is_fraction(amount)


def _crowd_put_at(page: Page, amount: Amount) -> bool:
    """ "police put the crowd at about 250,000", "estimated attendance at 3,000"."""
    i = wording.hedge(page, amount, amount.end)[0]
    at = page.token(i - 1)
    if page.word(i - 1) != "at" or at is None or _is_fraction(amount):
        return False
    near = at.doc[max(0, at.i - 12) : at.i]
    put = next((token for token in reversed(list(near)) if token.lemma_.lower() in _PUTTING), None)
    if put is None:
        return False
    return any(child.dep_ == "dobj" and child.lemma_.lower() in _GROUPS for child in put.children)


def _is_fraction(amount: Amount) -> bool:
    number = amount.value if amount.value is not None else amount.low
    return number is None or number != int(number)


def _of_subject(page: Page, amount: Amount) -> str | None:
    """The noun of which the amount is the number: "the number of wolves rose to 57", "deaths fell to 12"."""
    if _is_fraction(amount):
        return None
    i = wording.hedge(page, amount, amount.end)[0]
    token = page.token(i - 1) if page.word(i - 1) in _LEADING_TO else page.token(amount.end - 1)
    subject = (_put(token) or _subject(token) or _brought(token)) if token is not None else None
    if subject is not None and subject.lower_ == "it":
        subject = _number_before(subject)
    if subject is None or subject.pos_ != "NOUN":
        return None
    lemma = subject.lemma_.lower()
    if lemma in _GROUPS:
        return "people"
    if lemma == "number" and (counted := _compounded(subject)) is not None:
        return nouns.unit_name(counted)  # "passenger numbers fell to 1.2 million"
    if lemma in _COUNTS:
        subject = next(
            (
                one
                for of in subject.children
                if of.lower_ == "of"
                for one in of.children
                if one.dep_ == "pobj"
            ),
            None,
        )
        if subject is not None and subject.lower_ in _STATES:
            return "people"
        return nouns.unit_name(subject) if subject is not None and subject.tag_ == "NNS" else None
    if subject.tag_ != "NNS" or lemma in _NOT_COUNTED or page.word(i - 1) not in {"to", "at", "from", "by"}:
        return None
    return nouns.unit_name(subject)


def _compounded(noun: Token) -> Token | None:
    return next(
        (child for child in noun.lefts if child.dep_ in {"compound", "amod"} and child.pos_ == "NOUN"), None
    )


def _put(at: Token) -> Token | None:
    """ "puts the number of families at 128,000": what is put there."""
    verb = at.head
    if at.lower_ != "at" or verb.lemma_.lower() not in _PUTTING:
        return None
    return next((child for child in verb.rights if child.dep_ == "dobj" and child.i < at.i), None)


def _brought(to: Token) -> Token | None:
    """The "number" of "taking the number of outbreaks to 17"."""
    verb = to.head
    if to.lower_ != "to" or verb.lemma_.lower() not in _BRINGING:
        return None
    return next((c for c in verb.rights if c.dep_ == "dobj" and c.lemma_.lower() in _COUNTS), None)


def _number_before(pronoun: Token) -> Token | None:
    """ "the number of registered voters. It is 6.6 million": what "it" stands for."""
    tokens = pronoun.doc[max(0, pronoun.i - 40) : pronoun.i]
    return next((one for one in reversed(list(tokens)) if one.lemma_ == "number"), None)


def _subject(token: Token) -> Token | None:
    """The subject of the measuring verb that governs ``token``, or the noun it hangs on."""
    for _ in range(4):
        head = token.head
        if head.i == token.i:
            return None
        if head.pos_ in {"VERB", "AUX"}:
            if head.lemma_.lower() not in MEASURING_VERBS and head.lemma_.lower() not in MULTIPLIERS:
                return None
            return _subject_of(head)
        if head.pos_ == "NOUN" and token.dep_ == "prep":
            return head if token.lower_ in _LEADING_TO else None
        token = head
    return None


def _subject_of(verb: Token) -> Token | None:
    """Its own, or, of "..., rising from 90 to 131", that of the clause it hangs on."""
    own = next((one for one in verb.children if one.dep_ in {"nsubj", "nsubjpass"}), None)
    if own is not None or verb.dep_ != "advcl" or verb.tag_ != "VBG":
        return own
    return next((one for one in verb.head.children if one.dep_ in {"nsubj", "nsubjpass"}), None)

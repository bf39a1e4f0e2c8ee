"""Ages: "Dmitriev, 49,", "aged 49", "a 44-year-old", "ten months old", "six weeks of age"."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.quantities import nouns
from claims.extraction.quantities.amounts import AND, Amount
from claims.extraction.quantities.lexer import HYPHENS, Sort, words
from claims.extraction.quantities.parse import Page

_LIMITS = words("under over below above")
_ANYBODY = words("them those anyone everyone everybody anybody all")
_BEHIND_AGE = words("when and but or on in this next at now")
_NO_ONE = words("staff personnel")  # "a staff of 84"


def is_age(page: Page, amount: Amount, last: Amount | None = None) -> bool:
    """Whether an amount is an age; one without a unit gets years, and the span takes in "old".

    ``last`` is the amount before it: ages are told in a row ("aged 12, nine and six").
    """
    if amount.kind == "time":
        return _old_behind(page, amount)
    years = amount.value if amount.value is not None else amount.low
    if amount.unit is not None or years is None or not 0 < years < 125 or years != int(years):
        return False
    if not (
        _is_apposition(page, amount)
        or _is_named(page, amount)
        or _is_limit(page, amount)
        or _is_of_person(page, amount)
        or _is_predicate(page, amount)
        or (last is not None and last.age and _goes_on(page, last, amount))
    ):
        return False
    amount.unit, amount.kind, amount.own_unit = "year", "time", True
    return True


def _old_behind(page: Page, amount: Amount) -> bool:
    j = amount.end + 1 if page.word(amount.end) in HYPHENS else amount.end
    if page.word(j) in {"old", "olds"}:
        amount.end = j + 1
        return True
    if (page.word(j), page.word(j + 1)) == ("of", "age"):
        amount.end = j + 2
        return True
    return False


def _is_named(page: Page, amount: Amount) -> bool:
    """ "aged 49", "at age 87", "the age of 12", "87 yo"."""
    if page.word(amount.end) in {"yo", "yrs"}:
        amount.end += 1
        return True
    before = (page.word(amount.start - 2), page.word(amount.start - 1))
    return before[1] in {"aged", "age", "ages"} or before in {("age", "of"), ("ages", "of")}


def _goes_on(page: Page, last: Amount, amount: Amount) -> bool:
    between = tuple(page.word(j) for j in range(last.end, min(amount.start, last.end + 3)))
    return between in AND and not nouns.noun_behind(page, amount.end)


def _is_limit(page: Page, amount: Amount) -> bool:
    """ "children under five", "those over 65": an age, for nothing else is counted."""
    token = page.token(amount.start - 2)
    if (page.word(amount.start - 2), page.word(amount.start - 1)) in {("older", "than"), ("younger", "than")}:
        return not nouns.noun_behind(page, amount.end)
    if page.word(amount.start - 1) not in _LIMITS or token is None or nouns.noun_behind(page, amount.end):
        return False
    return token.lower_ in _ANYBODY or (token.pos_ == "NOUN" and nouns.counts_persons(token))


def _is_of_person(page: Page, amount: Amount) -> bool:
    """ "a woman of 84", "a retired plumber of 71": one person, and nothing else is counted."""
    token = page.token(amount.start - 2)
    if page.word(amount.start - 1) != "of" or token is None or token.tag_ != "NN":
        return False
    if nouns.noun_behind(page, amount.end) or page.word(amount.end) in HYPHENS:
        return False
    single = any(child.lower_ in {"a", "an", "another", "one"} for child in token.lefts)
    return single and token.lower_ not in _NO_ONE and nouns.counts_persons(token)


def _is_predicate(page: Page, amount: Amount) -> bool:
    """ "Harrow, who is 38", "she was only 19 when it happened"."""
    i = amount.start - 1
    limited = page.word(i) in _LIMITS  # "half of the staff are over 55"
    i -= limited
    i -= page.word(i) in {"only", "just", "now", "then", "already", "still", "about"}
    verb = page.token(i)
    verbs = {"is", "was", "turned", "turns"} | ({"are", "were"} if limited else set())
    if page.word(i) not in verbs or verb is None or amount.share:
        return False
    following = page.lexemes[amount.end : amount.end + 1]
    if following and following[0].sort is not Sort.SIGN and following[0].lower not in _BEHIND_AGE:
        return False
    if following and following[0].text in HYPHENS | {"%", "/", ":"}:
        return False
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None:
        return False
    if subject.lower_ in {"he", "she", "who"}:
        return True
    if limited:
        return any(part.pos_ == "NOUN" and nouns.counts_persons(part) for part in subject.subtree)
    return subject.ent_type_ == "PERSON" or (subject.tag_ == "NN" and nouns.counts_persons(subject))


def _is_apposition(page: Page, amount: Amount) -> bool:
    """A number between commas behind a name: "Kirill Dmitriev, 49, said"."""
    i = amount.at
    if amount.start != i or amount.end != i + 1 or page.word(i - 1) != "," or i < 2 or not amount.digits:
        return False
    if page.word(amount.end) not in {",", ".", ")", ";", ""} or amount.value is None or amount.value < 1:
        return False
    name, token = page.lexemes[i - 2], page.token(i - 2)
    if name.sort is not Sort.WORD or not name.text[0].isupper() or token is None:
        return False
    named = (
        token.pos_ == "PROPN"
        or token.ent_type_ == "PERSON"
        or (token.pos_ == "NOUN" and not token.is_sent_start)
        or _opens_sentence(page, token, amount)
    )
    placed = token.ent_type_ == "GPE" and not (page.word(amount.end) == "," and 16 <= amount.value <= 110)
    return named and not placed and token.ent_type_ not in {"DATE", "LOC", "FAC"}


def _opens_sentence(page: Page, token: Token, amount: Amount) -> bool:
    """A surname that is a word as well, whatever the tagger takes it for: "Pike, 63, was"."""
    verb = page.token(amount.end + 1)
    acts = verb is not None and verb.tag_ in {"VBD", "VBZ", "MD"}
    return (
        bool(token.is_sent_start)
        and page.word(amount.end) == ","
        and acts
        and 10 <= (amount.value or 0) <= 110
    )

"""What looks like an amount and is none: labels, names, codes, ordinals, years, pronouns."""

from __future__ import annotations

import re

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import APOSTROPHES, DASHES, HYPHENS, Sort, words
from claims.extraction.quantities.lexicon import (
    DOWN_WORDS,
    IDIOMS,
    LABELS,
    PRONOUN_MARKERS,
    STREETS,
    UP_WORDS,
)
from claims.extraction.quantities.numbers import DENOMINATORS, MAGNITUDES, ORDINALS, read
from claims.extraction.quantities.parse import Page

_LONGEST_IDIOM = max(map(len, IDIOMS))
_PLAIN_YEAR = re.compile(r"1[5-9]\d\d|20\d\d|21\d\d")
_SHARE_CUES = words(
    """
    about nearly almost than over by least roughly exactly under approximately around some to in
    only just
    """
)
_OWNING = words("own have need want buy use get see find make build carry run")
_LETTERS = frozenset("ABCDEFGHJKLMNPRSTVWm")
_DIALLING = words(
    "call called calls calling dial dialled dialed dials dialling phone phoned ring rang text texted"
)
_BEFORE_VERBS = words("and to will can could would may might should must not usually typically")
_MONTHS = words(
    """
    january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec
    """
)
_ORDER = words("first last past previous next final latest opening closing")
_FRAMES = _ORDER | words("coming following recent preceding")
_HALF_FOLLOWERS = words("of the its their his her our my your all that those these this")
_JOINABLE = frozenset({"magnitude", "sub", "to", "nearly", "about", "over", "under", "a", "an"}) | set(
    MAGNITUDES
)


def is_amount(page: Page, amount: Amount) -> bool:
    """Whether ``amount``, as read from the text alone, is one."""
    if idiom_at(page, amount.at) or _inside_code(page, amount):
        return False
    if page.word(amount.end) in HYPHENS and page.glued(amount.end) and amount.share and not amount.own_unit:
        return False  # "a half-marathon"
    if amount.own_unit and page.lexemes[amount.end - 1].text in _LETTERS and _is_label(page, amount):
        return False  # "Building 31N"
    if amount.own_unit and _is_half_year(page, amount):
        return False
    if amount.own_unit:
        return amount.kind != "time" or not (_is_frame(page, amount) or _is_ordinal_time(page, amount))
    if amount.share:
        return not _is_ordinal(page, amount)
    if page.word(amount.start - 1) == "every" and not _counts_something(page, amount):
        return False  # "every 15 minutes instead of every 20"
    if page.lexemes[amount.at].sort is Sort.WORD and page.word(amount.start - 1) == "number":
        return False
    if page.lexemes[amount.at].sort is Sort.WORD:
        return not (_is_pronoun(page, amount) or _is_name(page, amount) or _is_numbered(page, amount))
    return not (_is_label(page, amount) or _is_address(page, amount) or _is_marker(page, amount))


def past_code(page: Page, i: int) -> int:
    """The lexeme behind the digits and letters that touch a number that is none: "1182" of "CVE-2023-1182"."""
    while page.glued(i) and (page.lexemes[i].sort is not Sort.SIGN or page.word(i) in DASHES | {"/"}):
        i += 1
    return i


def _is_ordinal_time(page: Page, amount: Amount) -> bool:
    """ "the third quarter", "a fifth week": no "third of a", nor "half an"."""
    return amount.share and (_is_ordinal(page, amount) or _counts_weeks(page, amount))


def _is_half_year(page: Page, amount: Amount) -> bool:
    """ "in the half-year to September", "half-year results": a season of accounts, and no stretch of time."""
    return (page.word(amount.at), page.word(amount.end - 1)) == ("half", "year") and (
        page.word(amount.at + 1) in HYPHENS
    )


def _counts_weeks(page: Page, amount: Amount) -> bool:
    behind = page.word(amount.end - 2)
    return page.word(amount.at) in {"a", "an"} and behind in ORDINALS and behind not in {"half", "quarter"}


def _is_frame(page: Page, amount: Amount) -> bool:
    """ "the last three months" says when, "one week is a long time" says nothing of any week."""
    frame = page.token(amount.start - 1)
    lasts = page.word(amount.start - 1) == "last" and page.word(amount.start - 2) in _BEFORE_VERBS
    if page.word(amount.start - 1) in _FRAMES and not lasts and (frame is None or frame.pos_ != "VERB"):
        return True
    token = page.token(amount.end - 1)
    one = amount.end == amount.at + 2 and page.word(amount.at) == "one"
    return one and token is not None and token.dep_ == "nsubj" and token.head.lemma_ == "be"


def idiom_at(page: Page, i: int) -> bool:
    """Whether lexeme ``i`` is part of an idiom such as "24/7" or "one another"."""
    for length in range(2, _LONGEST_IDIOM + 1):
        for start in range(i - length + 1, i + 1):
            if start >= 0 and tuple(page.word(j) for j in range(start, start + length)) in IDIOMS:
                return True
    return False


def looks_like_year(page: Page, amount: Amount) -> bool:
    """Four bare digits of a year that count nothing."""
    lexeme = page.lexemes[amount.at]
    return amount.end == amount.at + 1 and bool(_PLAIN_YEAR.fullmatch(lexeme.text))


def _inside_code(page: Page, amount: Amount) -> bool:
    """Letters or further digits touch the number: "SCP-173", "777F", "COVID-19", "1/0", "20s"."""
    first, last = amount.start, amount.end
    if amount.unit == "second" and page.word(last - 1) == "s" and _is_plural(page, amount):
        return True
    if page.glued(first) and _joins_left(page, first):
        return True
    if last < len(page.lexemes) and page.glued(last):
        following = page.lexemes[last]
        if following.sort is Sort.WORD and page.lexemes[last - 1].sort is Sort.NUMBER:
            return True
        if following.sort in (Sort.NUMBER, Sort.CODE) and page.lexemes[last - 1].sort is Sort.NUMBER:
            return True
        if following.text == "/" and page.glued(last + 1) and not amount.own_unit:
            return True
        if following.text in {"@", "_", "#"}:
            return True
    return False


def _is_plural(page: Page, amount: Amount) -> bool:
    """ "in the 80s", "the Under-21s", "three Boeing 787s": an "s" that stands for no seconds."""
    if amount.value is None or amount.value != int(amount.value):
        return False
    token = page.token(amount.start - 1)
    named = token is not None and token.pos_ == "PROPN"
    return amount.value % 10 == 0 or named or page.word(amount.start - 1) in HYPHENS


def _joins_left(page: Page, i: int) -> bool:
    before = page.lexemes[i - 1]
    if before.sort in (Sort.WORD, Sort.ORDINAL, Sort.CODE):
        return page.lexemes[i].sort is not Sort.SIGN
    if before.text in {"/", "#", "@", "_", "№"}:
        return page.lexemes[i].sort is Sort.NUMBER and (before.text != "/" or page.glued(i - 1))
    if before.text == "." and page.glued(i - 1):
        return page.lexemes[i].sort is Sort.NUMBER and page.lexemes[i - 2].sort is not Sort.WORD
    if before.text not in HYPHENS or not page.glued(i - 1) or i < 2:
        return False
    word = page.lexemes[i - 2]
    if word.sort is not Sort.WORD or page.lexemes[i].sort is Sort.WORD:
        return False
    if word.glued and i > 2 and page.lexemes[i - 3].sort is Sort.NUMBER:
        return False  # "5k-20k"
    return word.lower not in _JOINABLE and read(page.lexemes, i - 2) is None


def _is_ordinal(page: Page, amount: Amount) -> bool:
    """Whether "a third", "a quarter", "half" is no share here."""
    word, following = page.word(amount.start), page.word(amount.end)
    if page.lexemes[amount.at].sort is Sort.NUMBER:
        return False  # "3/4"
    before = page.word(amount.start - 1)
    if before in _ORDER and following not in {"of", "to"}:
        return True  # "the first three quarters"
    if word == "half" and amount.end == amount.start + 1:
        if amount.own_unit:
            return before in {"first", "second", "other", "later"}
        if (
            before in HYPHENS
            or following in HYPHENS
            or before in {"first", "second", "other", "latter", "and"}
        ):
            return True
        token = page.token(amount.end)
        return not (
            following in _HALF_FOLLOWERS
            or before in _SHARE_CUES
            or following in {"were", "are", "have", "had", "did", "do"}
            or (token is not None and token.tag_ == "NNS")
        )
    if word not in {"a", "an"} or following == "of" or page.word(amount.end - 1) == "half":
        return False
    token = page.token(amount.end)
    if is_comparative(page, amount.end):
        return False  # "a tenth dearer"
    if page.word(amount.end - 1) == "quarter" and before not in _SHARE_CUES and not _moves(page, amount):
        return True
    if following in HYPHENS:
        return True
    named = page.word(amount.end - 1) in DENOMINATORS and token is not None
    return bool(named and token is not None and token.pos_ in {"NOUN", "ADJ", "PROPN", "NUM"})


def _moves(page: Page, amount: Amount) -> bool:
    """ "they have gained a quarter since January"."""
    verb = page.token(amount.start - 1)
    return verb is not None and verb.pos_ == "VERB" and verb.lemma_.lower() in UP_WORDS | DOWN_WORDS


def is_comparative(page: Page, i: int) -> bool:
    """ "dearer", "more"; rare ones the tagger takes for nouns."""
    token = page.token(i)
    if token is None:
        return False
    return token.tag_ in {"JJR", "RBR"} or (page.word(i).endswith("er") and page.word(i + 1) == "than")


def _is_pronoun(page: Page, amount: Amount) -> bool:
    """ "no one", "the one", "which one", "one is told": "one" that counts nothing."""
    if amount.end != amount.at + 1 or page.word(amount.at) != "one":
        return False
    token = page.token(amount.at)
    before = page.word(amount.at - 1)
    if token is not None and any(child.dep_ in {"amod", "det"} for child in token.lefts):
        return True  # "the national one", "another one"
    if before in {"only", "just"} and token is not None and token.dep_ == "nummod" and token.head.i > token.i:
        return False  # "only one paid staffer"
    if before in HYPHENS and page.word(amount.at - 2) == "to":
        return False  # "a three-to-one margin"
    if before in PRONOUN_MARKERS or before in HYPHENS:
        return True
    if (
        token is None
        or token.pos_ == "PRON"
        or token.dep_ in {"nsubj", "nsubjpass"}
        or _stands_for(page, amount)
    ):
        return True
    return page.word(amount.end) in {
        "another",
        "of",
        "can",
        "must",
        "should",
        "who",
        "that",
        "more",
        "-",
        "such",
    }


def _stands_for(page: Page, amount: Amount) -> bool:
    """ "do not own one", "including one made for the tsar": a thing of a sort named before."""
    token, behind = page.token(amount.at), page.token(amount.end)
    if token is None or token.dep_ not in {"dobj", "pobj"}:
        return False
    described = behind is not None and behind.tag_ == "VBN" and behind.head.i == token.i
    owned = token.dep_ == "dobj" and token.head.lemma_.lower() in _OWNING
    return described or (owned and (behind is None or behind.is_punct))


def _is_name(page: Page, amount: Amount) -> bool:
    """A capitalised number word inside a sentence is part of a name: "Group of Seven", "the Six Nations"."""
    lexeme = page.lexemes[amount.at]
    if not lexeme.text[0].isupper() or page.line_start(amount.at):
        return False
    before = page.lexemes[amount.at - 1]
    token = page.token(amount.at)
    starts = token is not None and token.is_sent_start
    return (
        not starts and (before.sort is Sort.WORD or before.text in HYPHENS) and before.text not in {"-", "–"}
    )


def _is_label(page: Page, amount: Amount) -> bool:
    """ "Article 5", "No. 10", "Apollo 11", "Windows 11 Pro", "Boeing 737"."""
    i = amount.start
    before = page.word(i - 1)
    if before in LABELS or (
        before == "." and page.word(i - 2) in {"no", "nr", "art", "sec", "para", "vol", "p", "pp"}
    ):
        return True
    if before == "no" and page.lexemes[i - 1].text == "No":
        return True
    if _is_day(page, amount):
        return True
    if before == "top" and not _counts_something(page, amount):
        return True
    if before == "of" and page.lexemes[i - 2].text == "Group":
        return True
    if _is_bare_name(page, amount):
        return True
    token, previous = page.token(amount.at), page.token(i - 1) if i else None
    if previous is None or token is None or page.lexemes[i - 1].sort is not Sort.WORD:
        return False
    if not page.same_sentence(i - 1, amount.at):
        return False
    if previous.pos_ != "PROPN" or previous.text.islower():
        return False
    return not _counts_something(page, amount)


def _is_numbered(page: Page, amount: Amount) -> bool:
    """ "in gallery four": which of several, told in a word."""
    i = amount.start
    previous, token = page.token(i - 1), page.token(i)
    if previous is None or token is None or page.word(i - 2) not in {"in", "on", "from", "at"}:
        return False
    return previous.tag_ == "NN" and token.dep_ == "nummod" and token.head.i == previous.i


def _is_day(page: Page, amount: Amount) -> bool:
    """ "last Oct. 23", "April 24 and 25": a day of the month that no time expression has taken."""
    i = amount.start
    if page.word(i - 1) in {"and", "or", "to", ","} and page.lexemes[i - 2].sort is Sort.NUMBER:
        i -= 2
    i -= page.word(i - 1) == "."
    return (
        page.word(i - 1) in _MONTHS and page.lexemes[i - 1].text[0].isupper() and (amount.value or 99) <= 31
    )


def _is_bare_name(page: Page, amount: Amount) -> bool:
    """ "called 999", "The 405 was shut", "wore 23": digits that stand for something themselves."""
    before, following = page.word(amount.start - 1), page.word(amount.end)
    lexeme = page.lexemes[amount.at]
    if not lexeme.text.isdigit() or amount.end != amount.at + 1:
        return False
    if before in _DIALLING:
        return len(lexeme.text) == 3 and _nothing_counted(page, amount)
    return before == "the" and following in {"was", "is", "has"}


def _nothing_counted(page: Page, amount: Amount) -> bool:
    token = page.token(amount.end)
    return token is None or token.pos_ not in {"NOUN", "ADJ", "PROPN"}


def _counts_something(page: Page, amount: Amount) -> bool:
    """Whether a common noun stands behind: "In Texas 20 people"."""
    for j in range(amount.end, amount.end + 4):
        token = page.token(j)
        if token is None or token.pos_ in {"PUNCT", "VERB", "AUX", "ADP", "PROPN"}:
            return False
        if token.tag_ in {"NNS", "NN"}:
            return token.tag_ == "NNS" and page.lexemes[amount.at].text.isdigit() is not None
    return False


def _is_address(page: Page, amount: Amount) -> bool:
    """ "10 Downing Street", "123 Random Road": digits, capitalised words, a word for a street."""
    for j in range(amount.end, amount.end + 4):
        if j >= len(page.lexemes) or not page.lexemes[j].text[0].isupper():
            return False
        if j > amount.end and page.word(j) in STREETS:
            return True
    return False


def _is_marker(page: Page, amount: Amount) -> bool:
    """Numbers of lists, notes and codes: "1. ", "(2)", "[12]", "007", "#5"."""
    i, text = amount.at, page.lexemes[amount.at].text
    before, following = page.word(i - 1), page.word(amount.end)
    if text.isdigit() and (len(text) > 8 or (text[0] == "0" and len(text) > 1)):
        return True
    if before in APOSTROPHES | {"‘"} and page.glued(i) and len(text) == 2 and not page.glued(i - 1):
        return True  # "’08"
    if (
        page.line_start(i)
        and following in {".", ")"}
        and page.glued(amount.end)
        and (amount.value or 0) < 100
    ):
        after = page.lexemes[amount.end + 1] if amount.end + 1 < len(page.lexemes) else None
        return after is not None and not after.glued and not page.line_start(amount.end + 1)
    if before in {"(", "["} and following in {")", "]"} and page.glued(i) and page.glued(amount.end):
        return before == "[" or (amount.value or 0) < 20
    return before in DASHES and page.glued(i) and page.word(i - 2) == ")"

"""Ratios told by words: "doubled", "halves", "twice as many", "three times higher", "threefold"."""

from __future__ import annotations

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import HYPHENS, Sort, lex, words
from claims.extraction.quantities.lexicon import FOLD, MULTIPLIERS, PERIOD_WORDS, RATIO_FOLLOWERS, TIMES_WORDS
from claims.extraction.quantities.numbers import ORDINALS, STARTERS, Number, read
from claims.extraction.quantities.parse import Page

_WHEN = words(
    "last this next each every since in during over between before after daily weekly yesterday today"
)
_REPEATED = PERIOD_WORDS | words(
    """
    time weekend morning evening afternoon sunday monday tuesday wednesday thursday friday saturday
    january february march april may june july august september october november december summer winter
    """
)
_STARTERS = (
    frozenset({*STARTERS, *TIMES_WORDS, "every"})
    | {
        form
        for verb in MULTIPLIERS
        for form in (verb, verb + "s", verb + "d", verb.removesuffix("e") + "ing")
    }
    | {"tripled", "trebled"}
)


def read_ratio(page: Page, i: int) -> Amount | None:
    """The ratio that starts at lexeme ``i``, with unit "ratio"."""
    word = page.word(i)
    if page.lexemes[i].sort is not Sort.NUMBER and word not in _STARTERS and not word.endswith("fold"):
        return None
    if word == "every":
        return _every_second(page, i)
    if word in TIMES_WORDS:
        following = page.token(i + 1)
        said = following is not None and following.dep_ == "mark"  # "warned them twice that it was blocked"
        if page.word(i + 1) in RATIO_FOLLOWERS and not said:
            return _ratio(i, i + 1, TIMES_WORDS[word])
        return Amount(i, i + 1, i, TIMES_WORDS[word], unit="time", kind="count", own_unit=True)
    factor = _multiplier(page, i)
    if factor is not None:
        return _ratio(i, i + 1, factor)
    if word.endswith("fold") and (factor := _number_word(word.removesuffix("fold"))) is not None:
        return _ratio(i, i + 1, factor)
    number = read(page.lexemes, i)
    if number is None or number.share or number.without is not None:
        return None
    j = number.end + 1 if page.word(number.end) in HYPHENS else number.end
    if page.word(j) in FOLD:
        return _ratio(i, j + 1, number.value)
    if j == number.end and page.word(j) == "times" and _multiplies(page, number, j + 1):
        return _ratio(i, j + 1, number.value)
    return None


def _every_second(page: Page, i: int) -> Amount | None:
    """ "every second house", "every tenth worker": a share; "every third day" is a repetition."""
    nth, token = ORDINALS.get(page.word(i + 1), 0), page.token(i + 2)
    if not 2 <= nth <= 100 or token is None or token.tag_ != "NN" or page.word(i + 2) in _REPEATED:
        return None
    return Amount(i, i + 2, i, round(100 / nth, 2), unit="%", kind="share", share=True, own_unit=True,
                  measured=(i + 2, i + 3))  # fmt: skip


def _multiplies(page: Page, number: Number, behind: int) -> bool:
    """Whether "times" before lexeme ``behind`` multiplies: "2.8 times earnings", not "three times this year"."""
    word, token = page.word(behind), page.token(behind)
    if word in RATIO_FOLLOWERS or number.value != int(number.value):
        return True
    if token is None or word in _WHEN or not page.same_sentence(behind - 1, behind):
        return False
    return token.tag_ in {"JJ", "JJR", "NN", "NNS", "VBN", "CD"} and token.ent_type_ not in {"DATE", "TIME"}


def _multiplier(page: Page, i: int) -> float | None:
    """ "doubled", "halves", "has tripled"; "double the number": a verb, or "double" before a determiner."""
    word, token = page.word(i), page.token(i)
    if token is None:
        return None
    lemma = token.lemma_.lower()
    if lemma not in MULTIPLIERS and word.removesuffix("d") in MULTIPLIERS:
        lemma = word.removesuffix("d")
    if lemma not in MULTIPLIERS or page.word(i + 1) in HYPHENS or page.word(i - 1) in HYPHENS:
        return None
    if token.pos_ == "VERB" or page.word(i + 1) in {"the", "its", "their", "that", "what", "last"}:
        return MULTIPLIERS[lemma] if word != "halves" or token.pos_ == "VERB" else None
    return None


def _number_word(word: str) -> float | None:
    lexemes = lex(word)
    number = read(lexemes, 0) if lexemes else None
    return number.value if number is not None and number.end == len(lexemes) else None


def _ratio(start: int, end: int, value: float) -> Amount:
    return Amount(start, end, start, value, unit="ratio", kind="ratio", own_unit=True)

"""Number grammar: digits, number words, magnitudes and fractions.

``read(lexemes, i)`` parses the longest number that starts at lexeme ``i``. English number words
are read as in any positional grammar: units and tens add up, "hundred" multiplies what stands
before it, larger magnitudes close a group ("two million three hundred thousand").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.extraction.quantities.lexer import DASHES, HYPHENS, VULGAR_FRACTIONS, Lexeme, Sort

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS: dict[str, int] = {w: n for n, w in enumerate(_SMALL.split())} | {"nought": 0, "naught": 0}
TENS: dict[str, int] = {w: 10 * n for n, w in enumerate(_TENS.split(), 2)} | {"fourty": 40}
MAGNITUDES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "quadrillion": 1e15, "lakh": 1e5, "lac": 1e5, "crore": 1e7, "dozen": 12.0,
}  # fmt: skip
#: only behind digits: "2.5bn", "1.2 mln", "300 bn"
SHORT_MAGNITUDES: dict[str, float] = {
    "k": 1e3, "mn": 1e6, "mln": 1e6, "mio": 1e6, "mil": 1e6, "mm": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12,
    "trn": 1e12, "tln": 1e12, "m": 1e6, "b": 1e9, "t": 1e12,
}  # fmt: skip
#: also a unit of measure, or next to nothing, without money or a counted noun beside it
AMBIGUOUS_MAGNITUDES = frozenset({"m", "b", "t", "mm", "mil"})

_ORDINAL_UNITS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS: dict[str, int] = {word: value for value, word in enumerate(_ORDINAL_UNITS.split())} | {
    word[:-1] + "ieth": value for word, value in TENS.items()
}
DENOMINATORS: dict[str, int] = {word: value for word, value in ORDINALS.items() if value > 2} | {
    "half": 2,
    "quarter": 4,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
}
_PLURAL_DENOMINATORS = {word + "s": value for word, value in DENOMINATORS.items()} | {"halves": 2}

#: the words that a number can start with
STARTERS = frozenset({*UNITS, *TENS, "a", "an", "half", "quarter"})
_LONGEST = 40  # lexemes; keeps reading linear on hostile runs of number words


@dataclass(frozen=True, slots=True)
class Number:
    """A number over ``lexemes[start:end]``.

    ``share`` marks a fraction of a whole ("a fifth", "one in three"); ``digits`` one written in
    digits; ``short`` a magnitude letter that may be a unit instead ("5m"), with the reading
    without it in ``without``.
    """

    value: float
    start: int
    end: int
    share: bool = False
    digits: bool = False
    magnitude: float = 1.0
    without: Number | None = None


def word_at(lexemes: Sequence[Lexeme], i: int) -> str:
    """The lower-case text of lexeme ``i``, "" beyond either end."""
    return lexemes[i].lower if 0 <= i < len(lexemes) else ""


def read(lexemes: Sequence[Lexeme], i: int) -> Number | None:
    """The longest number starting at lexeme ``i``; None where none does."""
    if i >= len(lexemes):
        return None
    first = lexemes[i]
    if first.sort is Sort.NUMBER:
        return _digits(lexemes, i)
    if first.sort is not Sort.WORD or first.lower not in STARTERS:
        return None
    return _share(lexemes, i) or _words(lexemes, i)


# digits


def _digits(lexemes: Sequence[Lexeme], i: int) -> Number | None:
    value, end, share = _mixed(lexemes, i)
    number = Number(value, i, end, share=share, digits=True)
    word = word_at(lexemes, end)
    if word in HYPHENS and word_at(lexemes, end + 1) in MAGNITUDES and lexemes[end + 1].glued:
        end, word = end + 1, word_at(lexemes, end + 1)  # "2-million-year"
    singular = word.removesuffix("s")
    if singular in MAGNITUDES:
        return _words_after(lexemes, replace(number, end=end), singular)
    if word in SHORT_MAGNITUDES and not share:
        return _with_short(lexemes, number, word)
    return number


def _mixed(lexemes: Sequence[Lexeme], i: int) -> tuple[float, int, bool]:
    """Value and end of digits: "2 1/2", "2½", "3/4", "1 234 567"; the flag marks a pure fraction."""
    value = lexemes[i].value or 0.0
    if lexemes[i].text in VULGAR_FRACTIONS:
        return value, i + 1, True
    if (part := _slashed(lexemes, i)) is not None:
        return part, i + 3, True
    spaced = _spaced_thousands(lexemes, i)
    if spaced is not None:
        return spaced
    following = lexemes[i + 1] if i + 1 < len(lexemes) else None
    if following is not None and following.text in VULGAR_FRACTIONS:
        return value + (following.value or 0.0), i + 2, False
    if value == int(value) and following is not None and following.glued and following.text in HYPHENS:
        part = _slashed(lexemes, i + 2)  # "4-1/2 cents", as markets are told
        if part is not None and part < 1 and lexemes[i + 2].glued:
            return value + part, i + 5, False
    if value == int(value) and not (following and following.glued):
        part = _slashed(lexemes, i + 1)
        if part is not None and part < 1:
            return value + part, i + 4, False
    return value, i + 1, False


def _slashed(lexemes: Sequence[Lexeme], i: int) -> float | None:
    if i + 2 >= len(lexemes) or lexemes[i + 1].text != "/" or lexemes[i + 2].sort is not Sort.NUMBER:
        return None
    over, under = lexemes[i].value, lexemes[i + 2].value
    glued = lexemes[i + 1].glued and lexemes[i + 2].glued
    if not glued or over is None or not under or over != int(over) or not over < under <= 1000:
        return None
    return over / under


def _spaced_thousands(lexemes: Sequence[Lexeme], i: int) -> tuple[float, int, bool] | None:
    """ "10 000", "1 234 567": groups of three after at most three, parted by single spaces."""
    if not (lexemes[i].text.isdigit() and len(lexemes[i].text) <= 3) or lexemes[i].text.startswith("0"):
        return None
    j, text = i + 1, lexemes[i].text
    while (
        j < min(len(lexemes), i + 5)
        and lexemes[j].start == lexemes[j - 1].end + 1
        and len(lexemes[j].text) == 3
    ):
        if not lexemes[j].text.isdigit():
            break
        text += lexemes[j].text
        j += 1
    if j == i + 1 or (j == i + 2 and not text.endswith("000")) or len(text) > 15:
        return None
    return float(text), j, False


def _with_short(lexemes: Sequence[Lexeme], number: Number, word: str) -> Number:
    """A magnitude letter: taken where it is certain, else kept as one of two readings."""
    letter = lexemes[number.end]
    following = lexemes[number.end + 1] if number.end + 1 < len(lexemes) else None
    if following is not None and following.glued and following.sort in (Sort.NUMBER, Sort.WORD):
        return number  # "5k2"
    if not letter.glued and word in AMBIGUOUS_MAGNITUDES and letter.text.islower() and word != "m":
        return number
    size = SHORT_MAGNITUDES[word]
    certain = word not in AMBIGUOUS_MAGNITUDES
    return replace(
        number,
        value=number.value * size,
        end=number.end + 1,
        magnitude=size,
        without=None if certain else number,
    )


# words


def _words_after(lexemes: Sequence[Lexeme], number: Number, magnitude: str) -> Number:
    """Digits, then magnitude words: "2.5 million", "13 lakh crore", "3 hundred and 21"."""
    value, j = number.value * MAGNITUDES[magnitude], number.end + 1
    size = MAGNITUDES[magnitude]
    while (word := word_at(lexemes, j)) in MAGNITUDES and MAGNITUDES[word] >= 1e3 and j < number.end + 4:
        value, size, j = value * MAGNITUDES[word], size * MAGNITUDES[word], j + 1
    rest = _and_half(lexemes, j)
    if rest is not None:
        return replace(number, value=value + 0.5 * size, end=rest, magnitude=size)
    return replace(number, value=value, end=j, magnitude=size)


def _and_half(lexemes: Sequence[Lexeme], i: int) -> int | None:
    """The end of "and a half" at ``i``."""
    words = [word_at(lexemes, j) for j in range(i, i + 3)]
    if words[0] == "and" and words[1] in {"a", "one"} and words[2] == "half":
        return i + 3
    return None


def _words(lexemes: Sequence[Lexeme], i: int) -> Number | None:
    start, article = i, word_at(lexemes, i) in {"a", "an", "half", "quarter"}
    total, group, j = 0.0, 0.0, i
    if article:
        group, j = _article_group(lexemes, i)
        if j == i:
            return None
    size, seen = 1.0, article
    last = "article" if article else ""
    while j < min(len(lexemes), i + _LONGEST):
        k = _next_word(lexemes, j, last)
        word = word_at(lexemes, k)
        step = _step(word, last)
        if step is None:
            break
        if step == "magnitude":
            value = MAGNITUDES[word.removesuffix("s") if seen else word]
            if value == 100 or value == 12:
                group = (group or 1.0) * value
            else:
                total = total * value if last == "magnitude" and not group else total + (group or 1.0) * value
                group = 0.0
            size = value
        else:
            group += UNITS.get(word, TENS.get(word, 0))
        last, seen, j = step, True, k + 1
    if last in {"", "article"}:
        return None
    number = Number(total + group, start, j, magnitude=size)
    return _decimals(lexemes, number) or _halves(lexemes, number)


def _article_group(lexemes: Sequence[Lexeme], i: int) -> tuple[float, int]:
    """The multiplier and its end: "a million", "half a million", "a quarter million"."""
    words = [word_at(lexemes, j) for j in range(i, i + 4)]
    if words[0] in {"a", "an"}:
        if words[1] in MAGNITUDES:
            return 1.0, i + 1
        if words[1] in {"half", "quarter"} and words[2] in MAGNITUDES:
            return (0.5 if words[1] == "half" else 0.25), i + 2
        return 0.0, i
    part = 0.5 if words[0] == "half" else 0.25
    if words[1] in MAGNITUDES:
        return part, i + 1
    if words[1] in {"a", "an"} and words[2] in MAGNITUDES:
        return part, i + 2
    return 0.0, i


def _next_word(lexemes: Sequence[Lexeme], j: int, last: str) -> int:
    """Where the next number word is: behind a hyphen, or behind "and" after a magnitude."""
    word = word_at(lexemes, j)
    if last and word in DASHES and last != "article" and _step(word_at(lexemes, j + 1), last):
        return j + 1
    if last == "magnitude" and word in {"and", "&"}:
        follower = word_at(lexemes, j + 1)
        if follower in UNITS or follower in TENS:
            return j + 1
    if last == "magnitude" and word == "," and word_at(lexemes, j + 2) == "hundred":
        return j + 1
    return j


def _step(word: str, last: str) -> str | None:
    """What ``word`` does after a word of kind ``last``; None if it cannot follow."""
    if word in UNITS:
        small = UNITS[word] < 10
        if last in {"", "magnitude"} or (last == "tens" and small and UNITS[word]):
            return "unit"
        return None
    if word in TENS:
        return "tens" if last in {"", "magnitude"} else None
    plural = word.endswith("s") and word.removesuffix("s") in MAGNITUDES and last in {"unit", "tens"}
    if (word in MAGNITUDES or (plural and word == "dozens")) and last:
        return "magnitude"
    return None


def _decimals(lexemes: Sequence[Lexeme], number: Number) -> Number | None:
    """ "two point five", "zero point zero three", then a magnitude: "two point five million"."""
    if word_at(lexemes, number.end) != "point":
        return None
    digits, j = "", number.end + 1
    while (word := word_at(lexemes, j)) in UNITS and UNITS[word] < 10 and len(digits) < 12:
        digits, j = digits + str(UNITS[word]), j + 1
    if not digits:
        return None
    value = number.value + int(digits) / 10 ** len(digits)
    if (word := word_at(lexemes, j)) in MAGNITUDES:
        return replace(number, value=value * MAGNITUDES[word], end=j + 1, magnitude=MAGNITUDES[word])
    return replace(number, value=value, end=j)


def _halves(lexemes: Sequence[Lexeme], number: Number) -> Number:
    """ "two and a half", "one and a quarter", "one and a half million", "a million and a half"."""
    places = _past_hyphens(lexemes, number.end, 4)
    words = [word_at(lexemes, j) for j in places]
    if words[0] != "and" or words[1] not in {"a", "one", "three"}:
        return number
    singular = words[2].removesuffix("s")
    if singular not in {"half", "quarter", "third", "fifth"}:
        return number
    part = (3.0 if words[1] == "three" else 1.0) / DENOMINATORS[singular]
    unit = number.magnitude if number.magnitude >= 1e3 else 1.0
    value = number.value + part * unit
    if words[3] in MAGNITUDES and unit > 1:
        return number
    if words[3] in MAGNITUDES:
        size = MAGNITUDES[words[3]]
        return replace(number, value=value * size, end=places[3] + 1, magnitude=size)
    return replace(number, value=value, end=places[2] + 1)


def _past_hyphens(lexemes: Sequence[Lexeme], i: int, count: int) -> list[int]:
    """Where the next ``count`` lexemes are that are no hyphens: "two-and-a-half-year"."""
    places: list[int] = []
    while len(places) < count:
        if word_at(lexemes, i) not in HYPHENS:
            places.append(i)
        i += 1
    return places


# shares of a whole


def _share(lexemes: Sequence[Lexeme], i: int) -> Number | None:
    """ "a fifth", "one-third", "two thirds", "half"; telling it from an ordinal is for the caller."""
    word = word_at(lexemes, i)
    if word == "half" and word_at(lexemes, i + 1) not in {"dozen", *MAGNITUDES}:
        if word_at(lexemes, i + 1) in {"a", "an"} and word_at(lexemes, i + 2) in MAGNITUDES:
            return None
        return Number(0.5, i, i + 1, share=True)
    top: float
    if word in {"a", "an"}:
        top, j = 1.0, i + 1
    else:
        number = _cardinal_below_hundred(lexemes, i)
        if number is None:
            return None
        top, j = number
    if word_at(lexemes, j) in DASHES and j + 1 < len(lexemes):
        j += 1
    table = DENOMINATORS if top == 1 else _PLURAL_DENOMINATORS
    under = table.get(word_at(lexemes, j))
    if under is None or word_at(lexemes, j + 1) in MAGNITUDES:
        return None
    value, end = top / under, j + 1
    if [word_at(lexemes, k) for k in (end, end + 1)] == ["of", "a"] and word_at(
        lexemes, end + 2
    ) in MAGNITUDES:
        size = MAGNITUDES[word_at(lexemes, end + 2)]
        return Number(value * size, i, end + 3, magnitude=size)
    return Number(value, i, end, share=True)


def _cardinal_below_hundred(lexemes: Sequence[Lexeme], i: int) -> tuple[float, int] | None:
    word = word_at(lexemes, i)
    if word in UNITS:
        return float(UNITS[word]), i + 1
    if word not in TENS:
        return None
    j = i + 1
    if word_at(lexemes, j) in DASHES:
        j += 1
    unit = UNITS.get(word_at(lexemes, j), 0)
    return (float(TENS[word] + unit), j + 1) if 0 < unit < 10 else (float(TENS[word]), i + 1)

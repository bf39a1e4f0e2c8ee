"""Units and currencies: the tables, and finding one beside a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.extraction.quantities.lexer import HYPHENS, Lexeme, Sort, lex, words
from claims.extraction.quantities.lexicon import PERIOD_WORDS
from claims.extraction.quantities.numbers import DENOMINATORS, MAGNITUDES, word_at

_FOLDER = Path(__file__).parent
Key = tuple[str, ...]

#: one-letter symbols that may stand apart from their number ("12 m"); all others must touch it
_LOOSE_LETTERS = frozenset("mgltWVNJL")
#: currency words that are everyday words, each with the least that is told in it
_EVERYDAY_MONEY = {
    "won": 1000, "real": 100, "reais": 100, "sol": 100, "som": 100, "rand": 100, "lev": 100, "kip": 100,
    "colon": 100, "mark": 100, "marks": 100,
}  # fmt: skip
#: touching their number these signs are a unit without a word that speaks for it: "29p", "26C"
_PLAIN_SIGNS = frozenset("pcCF")
_EVERYDAY_CODES = {"won": "KRW", "rand": "ZAR", "real": "BRL", "som": "KGS", "lev": "BGN"}
_PARTS = frozenset({"%", *DENOMINATORS, *(word + "s" for word in DENOMINATORS)})
_SOLD_BY = words(
    """
    share person head unit piece ticket seat journey trip ride night visit call household home room customer
    passenger student pupil patient employee worker subscriber shareholder page copy vote plate cup loaf pint
    container vehicle car tree animal bird
    """
)
_PERIOD_ADVERBS = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
}  # fmt: skip
_LINKS = words("and or but at in on by from to for with when while as than of through into over under during")
_SIZES = frozenset({"length", "mass", "volume", "area"})
_STUFF = 7  # lexemes from "of" within which the rate of what is measured stands
_CONTEXT = 25  # lexemes on each side that a word of several meanings is judged by


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit read at a lexeme, and the lexeme behind it."""

    name: str
    end: int
    money: bool = False
    kind: str = ""
    factor: float = 1.0  # what one of it is in ``name``: a cent is 0.01 USD


def _table(name: str) -> list[list[str]]:
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("# ")]


def _alternatives(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _key(surface: str) -> Key:
    return tuple(lexeme.text for lexeme in lex(surface))


def _with_plurals(word: str) -> list[str]:
    head, _, last = word.rpartition(" ")
    plural = word if last.endswith(("s", "feet")) else word + "s"
    per = word.split(" per ", 1)
    heads = [per[0] + "s per " + per[1]] if len(per) == 2 else []
    forms = [word, plural, *heads, *([f"{head}s {last}"] if head.endswith("pound") else [])]
    return [*forms, *(form.replace(" ", "-") for form in forms if " " in form)]


@cache
def _units() -> tuple[Mapping[Key, tuple[str, str]], Mapping[Key, tuple[str, str]]]:
    """Symbols (case counts) and words (lower case) of the units, each to name and kind."""
    symbols: dict[Key, tuple[str, str]] = {}
    words: dict[Key, tuple[str, str]] = {}
    for name, signs, terms, kind in (row + [""] * (4 - len(row)) for row in _table("units")):
        for sign in _alternatives(signs):
            (words if sign == "%" else symbols)[_key(sign)] = (name, kind)
        for term in _alternatives(terms):
            for form in _with_plurals(term):
                words.setdefault(_key(form), (name, kind))
    return symbols, words


@cache
def _currencies() -> tuple[Mapping[Key, str], Mapping[Key, str]]:
    """Signs (case counts) and words (lower case) of the currencies, each to ISO 4217."""
    signs: dict[Key, str] = {}
    words: dict[Key, str] = {}
    for code, symbols, terms in (row + [""] * (3 - len(row)) for row in _table("currencies")):
        for sign in _alternatives(symbols):
            signs.setdefault(_key(sign), code)
        for term in _alternatives(terms):
            for form in _with_plurals(term):
                words.setdefault(_key(form), code)
    return signs, words


@cache
def _senses() -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    senses: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for surface, unit, *cues in _table("ambiguous"):
        senses.setdefault(surface, []).append((unit, frozenset(_alternatives(cues[0] if cues else ""))))
    return {surface: tuple(options) for surface, options in senses.items()}


@cache
def _small_change() -> Mapping[Key, tuple[str, float]]:
    """The words for the parts of a currency, each to its singular and its size."""
    return {
        _key(form): (name, 1 / float(parts))
        for name, words, parts in _table("subunits")
        for word in _alternatives(words)
        for form in _with_plurals(word)
    }


def _part_of_currency(lexemes: Sequence[Lexeme], i: int) -> Unit | None:
    """ "84 cents", "26.4 pence" at lexeme ``i``, in the currency whose part they are."""
    for length in (4, 2, 1):
        key = _lower(lexemes[i : i + length])
        part = _small_change().get(key)
        if part is not None and len(key) == length:
            name, size = part
            code = disambiguate(name, lexemes, i) or name
            return Unit(code, i + length, money=True, kind="money", factor=size)
    return None


@cache
def currency_codes() -> frozenset[str]:
    """The units that are money: the ISO 4217 codes known here."""
    return frozenset(code for code in _currencies()[1].values() if len(code) == 3 and code.isupper())


def names_unit(word: str) -> bool:
    """Whether a lower-case word is a unit, a currency or a magnitude: it is not what an amount measures."""
    key = (word,)
    return (
        key in _units()[1]
        or key in _currencies()[1]
        or key in _small_change()
        or word.removesuffix("s") in MAGNITUDES
        or word in _PARTS
    )


def disambiguate(surface: str, lexemes: Sequence[Lexeme], i: int) -> str | None:
    """The sense of an ambiguous sign or word by the words around it (a simplified Lesk, 1986)."""
    senses = _senses().get(surface)
    if senses is None:
        return None
    near = lexemes[max(0, i - _CONTEXT) : i] + lexemes[i + 1 : i + _CONTEXT]  # type: ignore[operator]
    words = {w for lexeme in near for w in (lexeme.lower, lexeme.lower.removesuffix("s"))}
    return max(senses, key=lambda sense: len(sense[1] & words))[0]


def money_before(lexemes: Sequence[Lexeme], i: int) -> tuple[str, int] | None:
    """The currency sign that ends just before lexeme ``i``: its code and where it starts."""
    signs = _currencies()[0]
    for length in (3, 2, 1):
        start = i - length
        if start < 0:
            continue
        key = tuple(lexeme.text for lexeme in lexemes[start:i])
        if key not in signs:
            continue
        if any(not lexeme.glued for lexeme in lexemes[start + 1 : i]) and length == 2 and key[0] == "A":
            continue  # "A $5 bill"
        if key[0][0].isalpha() and lexemes[start].glued and start and lexemes[start - 1].sort is Sort.WORD:
            continue
        if (
            key[-1].isalpha()
            and len(key[-1]) < 3
            and not lexemes[i].glued
            and key[-1] not in {"Rs", "RM", "Rp"}
        ):
            continue
        return disambiguate(key[-1], lexemes, i) or signs[key], start
    if word_at(lexemes, i - 1) == "." and word_at(lexemes, i - 2) == "rs" and lexemes[i - 2].text == "Rs":
        return "INR", i - 2
    return None


def money_after(lexemes: Sequence[Lexeme], i: int, value: float) -> Unit | None:
    """The currency named at lexeme ``i``: "dollars", "USD", "€", "Australian dollars"."""
    signs, terms = _currencies()
    if word_at(lexemes, i) in HYPHENS and i + 1 < len(lexemes) and lexemes[i + 1].glued:
        i += 1
        if lexemes[i].sort is not Sort.WORD:
            return None  # "$3-$4"
    if (part := _part_of_currency(lexemes, i)) is not None:
        return part
    for length in (3, 2, 1):
        stretch = lexemes[i : i + length]
        if len(stretch) < length:
            continue
        key = _lower(stretch)
        if key in terms and abs(value) >= _EVERYDAY_MONEY.get(key[0], 0):
            code = (disambiguate(key[0].removesuffix("s"), lexemes, i) if length == 1 else None) or terms[key]
            return Unit(code, i + length, money=code != "pound", kind="mass" if code == "pound" else "money")
        sign = tuple(lexeme.text for lexeme in stretch)
        if (
            sign in signs
            and (len(sign[-1]) == 3 or not sign[-1].isalpha())
            and not _starts_amount(lexemes, i + length)
        ):
            return Unit(
                disambiguate(sign[-1], lexemes, i) or signs[sign], i + length, money=True, kind="money"
            )
    return None


def currency_at(lexemes: Sequence[Lexeme], i: int) -> str | None:
    """The currency that the one word or sign at lexeme ``i`` names."""
    signs, terms = _currencies()
    word = word_at(lexemes, i)
    return (
        terms.get((word,))
        or signs.get((lexemes[i].text,))
        or (_EVERYDAY_CODES.get(word) if word_at(lexemes, i - 1) == "the" else None)
    )


def _starts_amount(lexemes: Sequence[Lexeme], i: int) -> bool:
    """A sign in front of glued digits belongs to those: "500 $300"."""
    return i < len(lexemes) and lexemes[i].glued and lexemes[i].sort is Sort.NUMBER


def _lower(lexemes: Sequence[Lexeme]) -> Key:
    return tuple(lexeme.lower for lexeme in lexemes)


def unit_at(lexemes: Sequence[Lexeme], i: int, *, digits: bool) -> Unit | None:
    """The unit of measure at lexeme ``i``, behind a number; a hyphen or a bracket may stand between."""
    word = word_at(lexemes, i)
    hyphen = word in HYPHENS
    if hyphen:
        i += 1
        if i < len(lexemes) and not lexemes[i].glued and word_at(lexemes, i) not in {"year"}:
            return None
    elif word in {"(", "["} and word_at(lexemes, i + 2) in {")", "]"}:
        inner = _plain_unit(lexemes, i + 1, digits=digits)
        return Unit(inner.name, i + 3, kind=inner.kind) if inner and inner.end == i + 2 else None
    return _plain_unit(lexemes, i, digits=digits, hyphen=hyphen)


def _plain_unit(lexemes: Sequence[Lexeme], i: int, *, digits: bool, hyphen: bool = False) -> Unit | None:
    symbols, words = _units()
    for length in (5, 4, 3, 2, 1):
        stretch = lexemes[i : i + length]
        if len(stretch) < length:
            continue
        if (entry := words.get(_lower(stretch))) is not None:
            return Unit(entry[0], i + length, kind=entry[1])
        key = tuple(lexeme.text for lexeme in stretch)
        if digits and (entry := symbols.get(key)) is not None and _may_be_symbol(lexemes, i, key, hyphen):
            return Unit(disambiguate(key[0], lexemes, i) or entry[0], i + length, kind=entry[1])
    return _ambiguous_symbol(lexemes, i, digits)


def _may_be_symbol(lexemes: Sequence[Lexeme], i: int, key: Key, hyphen: bool) -> bool:
    following = lexemes[i + len(key)] if i + len(key) < len(lexemes) else None
    if (
        following is not None
        and following.glued
        and (following.sort is not Sort.SIGN or following.text in HYPHENS)
    ):
        return False
    touching = lexemes[i].glued
    if any(not lexeme.glued for lexeme in lexemes[i + 1 : i + len(key)]):
        return False
    if key == ("in",):  # "2 in thick", "2 in." but not "12 in all"
        return (
            following is None
            or following.text == "."
            or following.lower in {"thick", "wide", "long", "tall", "deep"}
        )
    if key in {("pm",), ("ms",), ("min",), ("mi",), ("mo",), ("ct",), ("bar",)} and not touching:
        return following is None or following.sort is Sort.SIGN or key in {("min",), ("ms",)}
    if len(key) == 1 and len(key[0]) == 1 and key[0].isalpha():
        return touching or hyphen or key[0] in _LOOSE_LETTERS
    return True


def _ambiguous_symbol(lexemes: Sequence[Lexeme], i: int, digits: bool) -> Unit | None:
    """Signs that are a unit only by the company they keep: "25 c", "20 kn", "30′"."""
    if not digits or i >= len(lexemes):
        return None
    sign = lexemes[i].text
    quote = sign in {"'", '"', "′", "″"}
    if sign not in _senses() or len(sign) > 2 or sign == "¥" or (quote and not lexemes[i].glued):
        return None
    following = lexemes[i + 1] if i + 1 < len(lexemes) else None
    if following is not None and following.glued and following.sort is not Sort.SIGN:
        return None
    near = [x.lower.removesuffix("s") for x in lexemes[max(0, i - _CONTEXT) : i + _CONTEXT]]
    plain = sign in _PLAIN_SIGNS and lexemes[i].glued
    told = plain or any(cue in near for _, cues in _senses()[sign] for cue in cues)
    if not told or sign in {"a", "b", "B"}:
        return None
    name = disambiguate(sign, lexemes, i) or sign
    part = _small_change().get((name,))
    if part is not None:
        return Unit(disambiguate(name, lexemes, i) or name, i + 1, money=True, kind="money", factor=part[1])
    return Unit(name, i + 1, money=name in currency_codes())


def rate_at(lexemes: Sequence[Lexeme], i: int, *, money: bool = False) -> Unit | None:
    """What an amount is counted per: "per day", "a barrel", "/hour", "an hour", "per 100,000 people"."""
    word, following = word_at(lexemes, i), word_at(lexemes, i + 1)
    if word in _PERIOD_ADVERBS and _ends_phrase(lexemes, i + 1):
        return Unit(_PERIOD_ADVERBS[word], i + 1)
    if word in {"a", "an", "each", "every"}:
        told = word_at(lexemes, i + 2) in {
            "ago",
            "earlier",
            "later",
            "before",
            "after",
            "old",
            "-",
        }
        if following in PERIOD_WORDS and (following != "second" or _ends_phrase(lexemes, i + 2)):
            return None if told else Unit(following, i + 2)
        return _price_unit(lexemes, i + 1) if money else None
    if word == "/" and lexemes[i].glued and i + 1 < len(lexemes) and lexemes[i + 1].sort is Sort.WORD:
        named = _plain_unit(lexemes, i + 1, digits=True)
        return named or (Unit(following, i + 2) if len(following) > 2 else None)
    if word != "per" or i + 1 >= len(lexemes):
        return None
    j = i + 1
    count = ""
    if lexemes[j].sort is Sort.NUMBER:
        count, j = lexemes[j].text + " ", j + 1
        if j >= len(lexemes) or lexemes[j].sort is not Sort.WORD or lexemes[j].lower in _LINKS:
            return Unit(count.strip(), j)
    if following in {"cent", "capita"} or j >= len(lexemes) or lexemes[j].sort is not Sort.WORD:
        return Unit("capita", i + 2) if following == "capita" else None
    named = _plain_unit(lexemes, j, digits=True)
    if (noun := _described(lexemes, j, named)) > j:
        return Unit(("" if named else count) + word_at(lexemes, noun), noun + 1)
    name = named.name if named else lexemes[j].lower
    return Unit(count + name, named.end if named else j + 1)


def _described(lexemes: Sequence[Lexeme], j: int, measure: Unit | None) -> int:
    """The noun of "per departing passenger", "per 40ft container", ``j`` where none stands behind another word."""
    noun = measure.end if measure is not None else j + 1
    told = noun < len(lexemes) and lexemes[noun].sort is Sort.WORD and not _ends_phrase(lexemes, noun)
    sized = measure is not None and measure.kind in _SIZES and lexemes[j - 1].sort is Sort.NUMBER
    acting = measure is None and lexemes[j].lower.endswith(("ing", "ed")) and len(lexemes[j].lower) > 5
    return noun if told and (sized or acting) else j


def rate_of_stuff(lexemes: Sequence[Lexeme], i: int) -> Unit | None:
    """The rate behind what is measured: "of coal a day", "of the solvent per litre"."""
    if word_at(lexemes, i) != "of":
        return None
    for j in range(i + 2, min(i + _STUFF, len(lexemes))):
        if lexemes[j - 1].sort is not Sort.WORD or lexemes[j - 1].lower in _LINKS:
            return None
        if word_at(lexemes, j) in {"per", "a", "an", "each", "every"}:
            rate = rate_at(lexemes, j)
            return rate if rate is not None and names_unit(rate.name) else None
    return None


def _ends_phrase(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether what ends before lexeme ``i`` is no adjective: "12 litres a second", not "a second time"."""
    return i >= len(lexemes) or lexemes[i].sort is not Sort.WORD or lexemes[i].lower in _LINKS


def _price_unit(lexemes: Sequence[Lexeme], i: int) -> Unit | None:
    """What a price is for, behind its article: "$70 a barrel", "20 cents a share"."""
    if word_at(lexemes, i) in _SOLD_BY:
        return Unit(word_at(lexemes, i), i + 1)
    named = _plain_unit(lexemes, i, digits=False)
    return (
        named if named is not None and named.kind in {"mass", "volume", "area", "energy", "length"} else None
    )

"""Unit names of several collections, brought to the project's: ISO 4217, "%", English singular."""

from __future__ import annotations

import re

#: What other collections call a unit that the project writes otherwise. "" is a bare number.
_ALIASES: dict[str, str] = {
    **dict.fromkeys(("", "-", "dimensionless", "number", "none"), ""),
    **dict.fromkeys(("%", "percent", "percentage", "per cent"), "%"),
    **dict.fromkeys(("percentage point", "percent point", "pp", "point percentage"), "percentage point"),
    **dict.fromkeys(("dollar", "us dollar", "united states dollar", "u.s. dollar"), "usd"),
    **dict.fromkeys(("pound sterling", "british pound", "pound (currency)"), "gbp"),
    "euro": "eur",
    **dict.fromkeys(("yen", "japanese yen"), "jpy"),
    **dict.fromkeys(("chinese yuan", "yuan", "renminbi", "yuan renminbi"), "cny"),
    "canadian dollar": "cad",
    "australian dollar": "aud",
    "new zealand dollar": "nzd",
    "hong kong dollar": "hkd",
    "singapore dollar": "sgd",
    "swiss franc": "chf",
    "french franc": "frf",
    "deutsche mark": "dem",
    "dutch guilder": "nlg",
    "finnish markka": "fim",
    "swedish krona": "sek",
    "norwegian krone": "nok",
    "danish krone": "dkk",
    "polish zloty": "pln",
    "czech koruna": "czk",
    "hungarian forint": "huf",
    "ukrainian hryvnia": "uah",
    "israeli shekel": "ils",
    "egyptian pound": "egp",
    "saudi riyal": "sar",
    "pakistani rupee": "pkr",
    "thai baht": "thb",
    "philippine peso": "php",
    "indonesian rupiah": "idr",
    "malaysian ringgit": "myr",
    "nigerian naira": "ngn",
    "kenyan shilling": "kes",
    **dict.fromkeys(("rupee", "indian rupee"), "inr"),
    **dict.fromkeys(("ruble", "rouble", "russian ruble", "russian rouble"), "rub"),
    "mexican peso": "mxn",
    "turkish lira": "try",
    "brazilian real": "brl",
    "south african rand": "zar",
    "croatian kuna": "hrk",
    "armenian dram": "amd",
    **dict.fromkeys(("south korean won", "won"), "krw"),
    "bitcoin": "btc",
    "c": "degree celsius",
    "celsius": "degree celsius",
    "f": "degree fahrenheit",
    "fahrenheit": "degree fahrenheit",
    "pound-mass": "pound",
    **dict.fromkeys(("person", "persons", "people"), "people"),
    **dict.fromkeys(("km2", "sq km"), "square kilometer"),
    **dict.fromkeys(("m2", "sqm"), "square meter"),
    **dict.fromkeys(("ton", "tonne", "metric ton"), "ton"),
    "kilotonne": "kiloton",
    "bp": "basis point",
    "km": "kilometer",
    "kg": "kilogram",
}
_BRITISH = re.compile(r"(met|lit)res?\b")
_BLANKS = re.compile(r"[\s_]+|(?<=\w)-(?=\w)")
_IRREGULAR = {"feet": "foot", "inches": "inch", "men": "man", "women": "woman", "children": "child"}


def unit_key(unit: str | None, *, money: bool = False) -> str:
    """One spelling for the names of a unit: "US dollars", "United States dollar" and "USD" are "usd".

    With ``money`` the name is known to be a currency's, so that a "pound" is no weight.
    """
    name = _BLANKS.sub(" ", (unit or "").casefold()).strip()
    if money and name in ("pound", "pounds"):
        return "gbp"
    return " per ".join(_part_key(part) for part in name.split(" per "))


def _part_key(name: str) -> str:
    if name in _ALIASES:
        return _ALIASES[name]
    name = _BRITISH.sub(r"\1er", name)
    head, _, last = name.rpartition(" ")
    name = f"{head} {_singular(last)}".strip()
    return _ALIASES.get(name, name)


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word

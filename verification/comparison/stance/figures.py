"""Large numbers written one way in both texts: a small reader takes "1,100,000" and "1.1 million" for two numbers."""

from __future__ import annotations

import re
from decimal import Decimal

_SIZES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
_BEFORE, _BEHIND = r"(?<![\w.,])", r"(?!\w|[.,]\d)"
_NUMBER = re.compile(
    rf"{_BEFORE}(\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,15}})(\.\d{{1,9}})?(?:[ -]({'|'.join(_SIZES)})\b)?{_BEHIND}",
    re.IGNORECASE,
)
_FOUR = re.compile(rf"{_BEFORE}\d{{4}}{_BEHIND}")
_FOUR_APART = re.compile(rf"{_BEFORE}\d,\d{{3}}{_BEHIND}")
_YEARS = range(1000, 2100)  # four figures without a comma that may be one
_DECIMALS = 2


def written_alike(evidence: str, claim: str) -> tuple[str, str]:
    """Both texts with thousands set apart by commas, and what is millions or more in two decimals in words.

    Four figures that may be a year stay as they are, unless the other text sets the same figures apart.
    """
    evidence, claim = (_NUMBER.sub(_written, text) for text in (evidence, claim))
    return _apart_as_in(claim, evidence), _apart_as_in(evidence, claim)


def _written(match: re.Match[str]) -> str:
    whole, decimals, size = match.groups()
    if not size and (whole.startswith("0") or ("," not in whole and (decimals or _may_name(whole)))):
        return match[0]
    value = Decimal(whole.replace(",", "") + (decimals or "")) * _SIZES.get((size or "").lower(), 1)
    name, least = next(((name, least) for name, least in _SIZES.items() if value >= least), ("", 1))
    if least >= _SIZES["million"] and value * 10**_DECIMALS % least == 0:
        return f"{(value / least).normalize():f} {name}"
    return f"{value.normalize():,f}"


def _may_name(figures: str) -> bool:
    """Whether it is too short to be set apart, or as long as a year."""
    return len(figures) < 4 or int(figures) in _YEARS


def _apart_as_in(other: str, text: str) -> str:
    apart = {number.replace(",", ""): number for number in _FOUR_APART.findall(other)}
    return _FOUR.sub(lambda match: apart.get(match[0], match[0]), text)

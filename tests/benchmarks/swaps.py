"""Wrong confirmations: a true pair with one detail exchanged must never be called the same or supporting.

``python -m tests.benchmarks.swaps [--show]`` prints one JSON object: for each kind of detail (number, unit,
date, entity, role, direction, polarity) how many cases there are and how many were confirmed, and how the
true pairs themselves were judged. The pairs are ``gold/true_pairs.tsv``; the cases follow from them by rule,
in both directions: each detail that one wording states is exchanged in it, and the result is compared with
the other wording and with the one that it was made from. A detail that the other wording does not state is
left alone there, since then nothing could tell.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claims.extraction import as_mention
from claims.extraction.types import EntityMention, Mention
from verification.comparison import Relation, compare

PAIRS = Path(__file__).parent / "gold" / "true_pairs.tsv"
PUBLISHED = date(2025, 4, 11)
CONFIRMED = (Relation.SAME, Relation.SUPPORTS)

NUMBER = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ROWS = (  # words of which the next but two takes a word's place
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "January February March April June July August September October November December".split(),
)
UNITS = {
    "percent": "percentage points",
    "kilometres": "miles",
    "tonnes": "barrels",
    "hectares": "acres",
    "million": "billion",
    "billion": "million",
    "euros": "dollars",
    "crowns": "euros",
    "metres": "kilometres",
    "months": "weeks",
    "years": "months",
    "days": "weeks",
    "hours": "days",
    "%": " percentage points",
    "$": "€",
}
DIRECTIONS = {
    "rose": "fell", "fell": "rose", "raised": "cut", "lifted": "cut", "climbed": "fell", "dropped": "rose",
    "increased": "decreased", "grew": "shrank", "approved": "rejected", "rejected": "approved",
    "bought": "sold", "sold": "bought", "acquitted": "convicted", "imported": "exported",
    "exported": "imported", "banned": "allowed", "went up": "went down", "appointed": "dismissed",
}  # fmt: skip
OTHERS = {
    "person": ("Martin Holm", "Sofia Brandt"),
    "country": ("Paraguay", "Mongolia"),
    "place": ("Toulouse", "Adelaide"),
    "organisation": ("Brightwater", "Kestrel"),
}
AUXILIARY = re.compile(r"\b(?:was|were|is|are|has|had|have|will)\b(?! not)")


@dataclass(frozen=True, slots=True)
class Case:
    """``text`` is what became of a wording; ``gone`` the words that it lost."""

    kind: str
    text: str
    gone: str


def read(text: str) -> Mention:
    return as_mention(text, published=PUBLISHED)


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _other_number(number: str) -> tuple[str, ...]:
    """Another first digit, and a decimal place lost or won."""
    digit = str(int(number[0]) % 9 + 1)
    turned = (digit + number[1:],)
    grown = number.replace(",", "") + "0" if "." not in number else number.replace(".", "")
    return (*turned, grown)


def numbers(text: str) -> Iterator[Case]:
    for match in NUMBER.finditer(text):
        if YEAR.fullmatch(match.group()):
            continue
        for new in _other_number(match.group()):
            yield Case("number", _put(text, *match.span(), new), match.group())


def units(text: str) -> Iterator[Case]:
    for unit, new in UNITS.items():
        found = re.search(rf"\b{unit}\b" if unit.isalpha() else re.escape(unit), text)
        if found:
            yield Case("unit", _put(text, *found.span(), new), unit)


def dates(text: str) -> Iterator[Case]:
    for row in ROWS:
        for match in re.finditer(rf"\b(?:{'|'.join(row)})\b", text):
            new = row[(row.index(match.group()) + 3) % len(row)]
            yield Case("date", _put(text, *match.span(), new), match.group())
    for match in YEAR.finditer(text):
        yield Case("date", _put(text, *match.span(), str(int(match.group()) - 3)), match.group())


def entities(text: str, found: tuple[EntityMention, ...]) -> Iterator[Case]:
    for entity in found:
        for new in OTHERS.get(entity.kind, ())[:1]:
            adjective = entity.kind == "country" and not entity.text.startswith(entity.name)
            new = "Mongolian" if adjective else new
            yield Case("entity", _put(text, entity.start, entity.end, new), entity.name)


SYMMETRIC = re.compile(r"\band\b|\bbetween\b")


def roles(text: str, found: tuple[EntityMention, ...]) -> Iterator[Case]:
    """Two names of one kind change places, unless they are joined by "and"."""
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            plain = one.text.startswith(one.name) == other.text.startswith(other.name)
            joined = SYMMETRIC.search(text[one.end : other.start])
            if one.kind == other.kind and one.name != other.name and plain and not joined:
                turned = _put(text, other.start, other.end, one.text)
                yield Case("role", _put(turned, one.start, one.end, other.text), "")


def directions(text: str) -> Iterator[Case]:
    for word, new in DIRECTIONS.items():
        if found := re.search(rf"\b{word}\b", text):
            yield Case("direction", _put(text, *found.span(), new), word)


def polarity(text: str) -> Iterator[Case]:
    """A "not" behind the first auxiliary; another way to deny it where there is none."""
    found = AUXILIARY.search(text)
    if found:
        yield Case("polarity", _put(text, found.end(), found.end(), " not"), "")
    yield Case("polarity", f"It is not true that {text[0].lower() if text[:3] in ('The', 'In ', 'On ') else text[0]}"
               f"{text[1:]}", "")  # fmt: skip


def cases(text: str) -> Iterator[Case]:
    """All that one wording gives, in a fixed order, no text twice."""
    found = read(text).entities
    every = [numbers(text), units(text), dates(text), entities(text, found), roles(text, found)]
    every += [directions(text), polarity(text)]
    seen: set[str] = {text}
    for one in every:
        for case in one:
            if case.text not in seen:
                seen.add(case.text)
                yield case


def _stated(case: Case, other: str) -> bool:
    """Whether the other wording states what was exchanged."""
    named = {entity.name for entity in read(other).entities}
    return not case.gone or case.gone in named or case.gone in other


def pairs() -> list[tuple[str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [(a, b) for a, b in (line.split("\t") for line in lines if line and line[0] != "#")]


def exchanged() -> Iterator[tuple[str, Mention, Mention]]:
    """(kind, a wording, what became of it or of its partner when one detail was exchanged)."""
    for a, b in pairs():
        for text, other in ((a, b), (b, a)):
            for case in cases(text):
                changed = read(case.text)
                stated = _stated(case, other)
                if case.kind == "entity" and not stated:
                    continue  # what only one of the two readings takes for a name may be none
                for against in [text] + [other] * stated:
                    yield case.kind, read(against), changed


def measure(show: bool = False) -> dict[str, object]:
    """The figures; with ``show`` the wrong confirmations are written to standard error."""
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for a, b in pairs():
        true[compare(read(a), read(b)).relation.value] += 1
    for kind, one, other in exchanged():
        total[kind] += 1
        if compare(one, other).relation in CONFIRMED:
            wrong[kind] += 1
            if show:
                sys.stderr.write(f"{kind}: {one.text} | {other.text}\n")
    return {
        "true_pairs": dict(sorted(true.items())),
        "cases": sum(total.values()),
        "confirmed": sum(wrong.values()),
        "by_kind": {kind: {"cases": n, "confirmed": wrong[kind]} for kind, n in sorted(total.items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--show", action="store_true", help="write each wrong confirmation to standard error")
    sys.stdout.write(json.dumps(measure(parser.parse_args().show), indent=2) + "\n")


if __name__ == "__main__":
    main()

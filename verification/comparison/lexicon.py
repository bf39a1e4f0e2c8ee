"""Words: lemmas, concepts, opposites and cues, read from the tables in ``data``.

The lemmatiser is for matching, not for showing: what counts is that both sides of a comparison
and the tables go through the same function. Everything here is general English; a newsroom may edit
the tables without touching code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_LONGEST = 4  # words in the longest multi-word term of the tables


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table in ``data``, comments and blank lines left out."""
    text = (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _members(cell: str) -> list[str]:
    return [member.strip() for member in cell.split(",") if member.strip()]


@cache
def _irregular() -> dict[str, str]:
    return dict(rows("irregular.tsv"))


_KEEP_ES = ("sses", "shes", "ches", "xes", "zzes", "oes")


def _undouble(stem: str) -> str:
    """run-n-ing -> run; but fall-ing -> fall, pass-ed -> pass."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem


def _restore_e(stem: str) -> str:
    """increas-ed -> increase, mov-ing -> move: add the silent e that English wants after these endings."""
    if len(stem) < 2 or stem.endswith(("ss", "sh", "ch", "x", "ll")):
        return stem
    if stem[-1] in "vcsuz" or (stem[-1] == "g" and stem[-2] in "rdnae" and not stem.endswith("ing")):
        return stem + "e"
    silent = re.search(r"[bcdfghjklmnpqrstvwxyz][aeiou][rtkdmblpn]$|(?:at|ut|ir|bl|pl|tl|gl|dl)$", stem)
    if silent and not re.search(r"(?:er|en|or|on|el|it|op|et|om|ow|um|al|ain|eat|oot|eet)$", stem):
        return stem + "e"
    return stem


@cache
def _vocabulary() -> frozenset[str]:
    """The single words that the tables spell out: the lemmatiser prefers them."""
    cells = [cell for _, cell in rows("synonyms.tsv")] + [",".join(row[:2]) for row in rows("antonyms.tsv")]
    return frozenset(word for cell in cells for member in _members(cell) for word in member.split())


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The dictionary form of an English word, as far as its spelling shows it; lower case."""
    low = word.lower().replace("’", "'").removesuffix("'s").rstrip("'.")
    if low in (table := _irregular()):
        return table[low]
    if len(low) < 4 or not low.isascii():
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(_KEEP_ES):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-2] if low.endswith("es") and low[:-2] in _vocabulary() else low[:-1]
    if low.endswith("ied") and len(low) > 4:
        return low[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = low.removesuffix(ending)
        if stem != low and len(stem) > 2 and re.search("[aeiouy]", stem):
            undoubled = _undouble(stem)
            for candidate in (stem, stem + "e", undoubled):
                if candidate in _vocabulary():
                    return candidate
            return undoubled if undoubled != stem else _restore_e(stem)
    return low


def phrase(text: str) -> str:
    """The lemmas of a term of one or more words, joined by a space."""
    return " ".join(lemma(word) for word in WORD.findall(text))


@cache
def _concepts() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for head, cell in rows("synonyms.tsv"):
        for member in _members(cell):
            table.setdefault(phrase(member), set()).add(phrase(head))
    return {term: frozenset(heads) for term, heads in table.items()}


@cache
def _opposites(kind: str) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset({phrase(one), phrase(other)})
        for one, other, sort in rows("antonyms.tsv")
        if kind in ("", sort)
    )


@lru_cache(maxsize=65536)
def opposed(concept: str) -> frozenset[str]:
    """The concepts that exclude this one, whatever the kind."""
    return frozenset().union(*(pair for pair in _opposites("") if concept in pair)) - {concept}


@cache
def stopwords() -> frozenset[str]:
    return frozenset(lemma(word) for row in rows("stopwords.tsv") for word in _members(row[0]))


@cache
def cues(kind: str) -> frozenset[str]:
    """The cue terms of a kind ("negation", "denial", "expected", "possible", "scope", ...)."""
    return frozenset(
        form
        for name, cell in rows("cues.tsv")
        if name == kind
        for m in _members(cell)
        for form in (m, phrase(m))
    )


@cache
def _first_words(kind: str) -> frozenset[str]:
    return frozenset(form.partition(" ")[0] for form in cues(kind))


@lru_cache(maxsize=65536)
def concepts(term: str) -> frozenset[str]:
    """The concepts that a term (lemmas) can stand for, itself among them."""
    return _concepts().get(term, frozenset()) | {term}


def synonymous(one: str, other: str) -> bool:
    """Whether two terms (lemmas) can mean the same."""
    return one == other or not concepts(one).isdisjoint(concepts(other))


@lru_cache(maxsize=65536)
def opposite(one: str, other: str, kind: str = "") -> bool:
    """Whether two terms (lemmas) exclude each other: "rise" and "fall"; ``kind`` is one of antonyms.tsv, "" any."""
    if synonymous(one, other):
        return False
    table = _opposites(kind)
    return any(frozenset({x, y}) in table for x in concepts(one) for y in concepts(other))


def known(term: str) -> bool:
    """Whether the table of synonyms holds the term: then two or more words are read as one."""
    return term in _concepts()


def grouped(lemmas: list[str]) -> Iterator[tuple[str, int, int]]:
    """Terms of one or more lemmas, the longest known first: (term, first index, last index + 1)."""
    at = 0
    while at < len(lemmas):
        for size in range(min(_LONGEST, len(lemmas) - at), 0, -1):
            term = " ".join(lemmas[at : at + size])
            if size == 1 or known(term):
                yield term, at, at + size
                at += size
                break


def _bounds_or_counts(word: str) -> bool:
    return word[0].isdigit() or word in ("fewer", "less", "more", "later", "earlier", "sooner")


@lru_cache(maxsize=4096)
def _forms(words: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Words in lower case, and their lemmas. One text is searched for cues of many kinds."""
    surface = [word.lower().replace("’", "'") for word in words]
    return surface, [lemma(word) for word in surface]


def find_cues(kind: str, words: Iterable[str]) -> tuple[str, ...]:
    """The cues of a kind among words, in their order, as they stand in the text."""
    surface, lemmas = _forms(tuple(words))
    table, first, found = cues(kind), _first_words(kind), []
    for at in range(len(surface)):
        may_begin = surface[at] in first or lemmas[at] in first
        if not may_begin and not (kind == "negation" and surface[at].endswith("n't")):
            continue
        if surface[at] == "no" and (at + 1 < len(surface)) and _bounds_or_counts(surface[at + 1]):
            continue  # "No. 2", "no fewer than"
        if surface[at] == "not" and surface[at + 1 : at + 2] == ["only"]:
            continue
        for size in (3, 2, 1):
            piece = slice(at, at + size)
            if " ".join(surface[piece]) in table or " ".join(lemmas[piece]) in table:
                found.append(" ".join(surface[piece]))
                break
        else:
            if kind == "negation" and surface[at].endswith("n't"):
                found.append(surface[at])
    return tuple(found)

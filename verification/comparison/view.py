"""What comparison reads off a mention: names, terms, amounts, polarity, modality, scope, time.

A view is built from the self-contained wording (``Mention.claim``) and from what extraction found.
Words that belong to names, amounts or times are taken out of the terms, so that no evidence counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims.extraction.types import Attribution, Kind, Mention
from verification.comparison import lexicon
from verification.comparison.quantities import Amount, amounts, loose_numbers


class Modality(StrEnum):
    ACTUAL = "actual"  # it is or was so
    EXPECTED = "expected"  # it will be so: plans, forecasts, obligations
    POSSIBLE = "possible"  # it may be so


@dataclass(frozen=True, slots=True)
class Name:
    """A named thing: ``key`` is its canonical name in lower case, ``kind`` as extraction has it or ""."""

    key: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Term:
    """A content word or a known group of words, as lemmas, and as it stands in the text."""

    lemma: str
    words: str


@dataclass(frozen=True, slots=True)
class View:
    mention: Mention
    words: tuple[str, ...]
    names: tuple[Name, ...]
    terms: tuple[Term, ...]
    predicate: str
    amounts: tuple[Amount, ...]
    numbers: frozenset[float]  # digits that extraction made no quantity or time of
    negations: tuple[str, ...]  # the words that turn the proposition round
    rejected: bool  # the proposition is denied or negated
    modality: Modality
    modal_words: tuple[str, ...]
    scope: tuple[str, ...]
    first: date | None
    last: date | None
    time_words: str

    @property
    def speaker(self) -> str:
        return (self.mention.speaker or "").casefold()


_ARTICLES = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def _key(name: str) -> str:
    return " ".join(
        lexicon.WORD.findall(_ARTICLES.sub("", name.strip()).casefold().replace("’s", "").replace("'s", ""))
    )


def _tokens(pieces: Iterable[str]) -> frozenset[str]:
    """The lower-case words of several pieces of text."""
    return frozenset(
        word.casefold().removesuffix("'s").removesuffix("’s")
        for p in pieces
        for word in lexicon.WORD.findall(p)
    )


def _bare(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s")


def _is_loose_name(word: str, initial: bool) -> bool:
    """Whether a word that no entity covers looks like a name: capitalised, not first, not common."""
    if initial or not word[0].isupper() or len(word) < 2:
        return False
    low = lexicon.lemma(word)
    return low not in lexicon.stopwords() and not lexicon.known(low)


def _names(mention: Mention, words: list[str], covered: frozenset[str]) -> tuple[Name, ...]:
    """Entities other than the speaker, then capitalised words that no entity covers."""
    speaker = (mention.speaker or "").casefold()
    found: dict[str, Name] = {}
    for entity in mention.entities:
        key = _key(entity.name or entity.text)
        if key and key != _key(speaker):
            found.setdefault(key, Name(key, entity.kind, entity.text))
    capitals = sum(word[0].isupper() for word in words)
    if capitals <= 0.6 * max(len(words), 1):
        for at, word in enumerate(words):
            if _bare(word) not in covered and _is_loose_name(word, at == 0):
                found.setdefault(_bare(word), Name(_bare(word), "", word))
    return tuple(sorted(found.values(), key=lambda name: name.key))


def _terms(words: list[str], covered: frozenset[str]) -> tuple[Term, ...]:
    """The content terms among words that no name, amount or time covers."""
    free = [word for word in words if _bare(word) not in covered and not word[0].isdigit()]
    lemmas = [lexicon.lemma(word) for word in free]
    terms: dict[str, Term] = {}
    for term, start, end in lexicon.grouped(lemmas):
        if term not in lexicon.stopwords():
            terms.setdefault(term, Term(term, " ".join(free[start:end])))
    return tuple(terms.values())


def _modality(mention: Mention, words: list[str]) -> tuple[Modality, tuple[str, ...]]:
    lower = [word for word in words if not (word[0].isupper() and word.casefold() in ("may", "will"))]
    possible = lexicon.find_cues("possible", lower)
    expected = lexicon.find_cues("expected", lower)
    if possible:
        return Modality.POSSIBLE, possible
    if expected or mention.kind is Kind.FORECAST:
        return Modality.EXPECTED, expected
    return Modality.ACTUAL, ()


def _time(mention: Mention) -> tuple[date | None, date | None, str]:
    """The days for which the mention is said to hold, and the words that say so."""
    dated = [time for time in mention.times if time.first is not None or time.last is not None]
    words = "; ".join(time.text for time in mention.times)
    if mention.as_of_first is not None or mention.as_of_last is not None:
        return mention.as_of_first, mention.as_of_last, words
    if len(dated) == 1:
        return dated[0].first, dated[0].last, words
    if dated:
        firsts = [time.first for time in dated if time.first]
        lasts = [time.last for time in dated if time.last]
        return min(firsts, default=None), max(lasts, default=None), words
    return None, None, words


def view(mention: Mention) -> View:
    """Everything that comparison and matching look at in one mention."""
    text = mention.claim or mention.text
    words = lexicon.WORD.findall(text)
    measured = [quantity.text for quantity in mention.quantities] + [time.text for time in mention.times]
    named = [piece for entity in mention.entities for piece in (entity.text, entity.name)]
    covered = _tokens([*measured, *named])
    modality, modal_words = _modality(mention, words)
    negations = lexicon.find_cues("negation", words) + lexicon.find_cues("denial", words)
    first, last, time_words = _time(mention)
    return View(
        mention=mention,
        words=tuple(words),
        names=_names(mention, words, covered),
        terms=_terms(words, covered),
        predicate=lexicon.phrase(mention.frame.predicate),
        amounts=amounts(mention.quantities),
        numbers=frozenset(loose_numbers(" ".join(w for w in words if _bare(w) not in covered))),
        negations=negations,
        rejected=mention.negated or mention.attribution is Attribution.DENIED or bool(negations),
        modality=modality,
        modal_words=modal_words,
        scope=tuple(sorted(set(lexicon.find_cues("scope", words)))),
        first=first,
        last=last,
        time_words=time_words,
    )

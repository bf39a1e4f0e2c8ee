"""What comparison reads off a mention: names, terms, amounts, polarity, modality, scope, time.

A :class:`View` is built from the self-contained wording (``Mention.claim``) and from what extraction found.
Words that belong to names, amounts or times are taken out of the terms, so that no evidence counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, wraps
from itertools import pairwise
from typing import Any, ParamSpec, TypeVar

from claims.extraction.types import Attribution, EntityMention, Kind, Mention, Quantity
from verification.comparison import lexicon
from verification.comparison.quantities import Amount, amounts, loose_numbers, scores


class Modality(StrEnum):
    ACTUAL = "actual"  # it is or was so
    LOOSE = "future or reported"  # "will", "would", "could": the future, or the past told at second hand
    EXPECTED = "expected"  # it should be so: plans, forecasts
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


@dataclass(frozen=True, eq=False)
class View:
    """One mention seen so; each part is worked out when it is first asked for, and then kept."""

    mention: Mention
    kept: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)  # by once_a_view

    @cached_property
    def text(self) -> str:
        return wording(self.mention)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(lexicon.WORD.findall(self.text))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words without case."""
        return tuple(word.casefold() for word in self.words)

    @cached_property
    def plain(self) -> str:
        """The wording without case, quotation marks and a final stop."""
        return " ".join(_QUOTES.sub("", self.text.casefold()).split()).rstrip(".")

    @cached_property
    def _covered(self) -> frozenset[str]:
        """The words of amounts, times and entities."""
        m = self.mention
        named = (
            piece for entity in filter(_names_somebody, m.entities) for piece in (entity.text, entity.name)
        )
        return _tokens([*(q.text for q in m.quantities), *(t.text for t in m.times), *named])

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return _names(self.mention, self.words, self._covered)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return _terms(self.words, self._covered | _tokens(name.words for name in self.names))

    @cached_property
    def predicate(self) -> str:
        return lexicon.phrase(self.mention.frame.predicate)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        return amounts(_informing(self.mention.quantities, self.text))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Digits that extraction made no quantity or time of."""
        words = lexicon.WORD.findall(self.mention.text)
        return frozenset(loose_numbers(" ".join(word for word in words if word not in self._covered)))

    @cached_property
    def scores(self) -> frozenset[str]:
        """ "3-1", the higher first."""
        return scores(self.mention.text)

    @cached_property
    def digits(self) -> frozenset[float]:
        """All numbers that stand in the text as digits."""
        return frozenset(loose_numbers(self.mention.text))

    @cached_property
    def negations(self) -> tuple[str, ...]:
        """The words that turn the proposition round."""
        kinds = ("negation", "denial", "correction")
        return tuple(cue for kind in kinds for cue in lexicon.find_cues(kind, self.words))

    @cached_property
    def denials(self) -> int:
        """How often it is denied or negated beside those words."""
        return _denials(self.mention, self.words, self.negations)

    @property
    def modality(self) -> Modality:
        return self._modality[0]

    @property
    def modal_words(self) -> tuple[str, ...]:
        return self._modality[1]

    @cached_property
    def _modality(self) -> tuple[Modality, tuple[str, ...]]:
        return _modality(self.mention, self.words)

    @cached_property
    def scope(self) -> tuple[str, ...]:
        return tuple(sorted(set(lexicon.find_cues("scope", self.words))))

    @property
    def first(self) -> date | None:
        return self._time[0]

    @property
    def last(self) -> date | None:
        return self._time[1]

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """Those days, an end that is left open as the first or last there is; None if neither is known."""
        return stretch(self.first, self.last) if self.first or self.last else None

    @property
    def time_words(self) -> str:
        return self._time[2]

    @cached_property
    def _time(self) -> tuple[date | None, date | None, str]:
        return _time(self.mention)

    @cached_property
    def speaker(self) -> str:
        return (self.mention.speaker or "").casefold()

    @cached_property
    def order(self) -> str:
        """Orders mentions by all that they say, so that a pair is always compared the same way round."""
        return repr(self.mention)


Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def once_a_view(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Have a function whose last argument is a view work each answer out once: a view is compared with many.

    The view keeps the answers; nobody may change one.
    """

    @wraps(function)
    def kept(*args: Given.args, **named: Given.kwargs) -> Answer:
        view: Any = args[-1]
        key = (function, *args[:-1])
        if key not in view.kept:
            view.kept[key] = function(*args, **named)
        found: Answer = view.kept[key]
        return found

    return kept


_QUOTES = re.compile(r"[\"“”‘’']")
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


def _nameable(word: str) -> bool:
    """Whether a capitalised word may be (part of) a name: no stopword, no common word, no title or office."""
    low = lexicon.lemma(word)
    common = low in lexicon.stopwords() or lexicon.known(low) or low in lexicon.cues("title")
    return len(word) > 1 and word[0].isalpha() and not common


def _loose_names(mention: Mention, words: Sequence[str], covered: frozenset[str]) -> list[Name]:
    """Runs of capitalised words that no entity covers. A lone first word counts if it is the subject
    or opens a list of names; a text in capitals or a headline gives none."""
    free = [word[0].isupper() and _nameable(word) and _bare(word) not in covered for word in words]
    if sum(word[0].isupper() for word in words) > 0.6 * len(words):
        return []
    if free[:1] == [True] and free[1:2] != [True]:
        listed = tuple(words[1:2]) in (("and",), ("or",)) and free[2:3] == [True]
        free[0] = listed or mention.frame.subject.casefold() == _bare(words[0])
    found, run = [], []
    for word, is_name in zip([*words, ""], [*free, False], strict=True):
        if is_name:
            run.append(word)
        elif run:
            found.append(Name(_key(" ".join(run)), "", " ".join(run)))
            run = []
    return found


def _names_somebody(entity: EntityMention) -> bool:
    """Not a common word with a capital ("Turnout"), which small models take for a person."""
    return entity.kind in _SURE or " " in entity.text or not lexicon.known(lexicon.lemma(entity.text))


_SURE = frozenset({"country", "place", "government"})


def _names(mention: Mention, words: Sequence[str], covered: frozenset[str]) -> tuple[Name, ...]:
    """Entities other than the speaker, then capitalised words that no entity covers, then a subject resolved."""
    speaker = _key(mention.speaker or "")
    subject = mention.frame.subject.casefold().split()
    if set(speaker.split()) & {*subject, *_agents(words)}:
        speaker = ""  # who speaks is who acts: a participant
    found: dict[str, Name] = {}
    for entity in filter(_names_somebody, mention.entities):
        key = _key(entity.name or entity.text)
        if key and key != speaker:
            found.setdefault(key, Name(key, entity.kind, entity.text))
    for name in _loose_names(mention, words, covered):
        if name.key != speaker:
            found.setdefault(name.key, name)
    present = {lexicon.lemma(word) for word in words} | covered
    if subject and not {lexicon.lemma(word) for word in subject} & present and all(map(_nameable, subject)):
        found.setdefault(" ".join(subject), Name(" ".join(subject), "", mention.frame.subject))
    return tuple(sorted(found.values(), key=lambda name: name.key))


def _agents(words: Sequence[str]) -> set[str]:
    """What follows "by": "Ethiopia" in "Eritrea was accused by Ethiopia"."""
    return {_bare(word) for before, word in pairwise(words) if before.casefold() == "by"}


def _terms(words: Sequence[str], covered: frozenset[str]) -> tuple[Term, ...]:
    """The content terms among words that no name, amount or time covers."""
    free = [word for word in words if _bare(word) not in covered and not word[0].isdigit()]
    lemmas = [lexicon.lemma(word) for word in free]
    terms: dict[str, Term] = {}
    for term, start, end in lexicon.grouped(lemmas):
        if term not in lexicon.stopwords():
            terms.setdefault(term, Term(term, " ".join(free[start:end])))
    return tuple(terms.values())


def _modality(mention: Mention, words: Sequence[str]) -> tuple[Modality, tuple[str, ...]]:
    lower = [word for word in words if not (word[0].isupper() and word.casefold() in ("may", "will"))]
    for modality, kind in (
        (Modality.POSSIBLE, "possible"),
        (Modality.EXPECTED, "expected"),
        (Modality.LOOSE, "weak"),
    ):
        if found := lexicon.find_cues(kind, lower):
            return modality, found
    if mention.kind is Kind.FORECAST:
        return Modality.EXPECTED, ()
    return Modality.ACTUAL, ()


def stretch(first: date | None, last: date | None) -> tuple[date, date]:
    """A stretch of days, an end that is left open as the first or last that there is."""
    return first or date.min, last or date.max


def _time(mention: Mention) -> tuple[date | None, date | None, str]:
    """The days for which the mention is said to hold, and the words that say so."""
    dated = [time for time in mention.times if time.first is not None or time.last is not None]
    words = "; ".join(time.text for time in mention.times)
    default = not dated and mention.kind is Kind.EVENT  # the day of publication is not that of the event
    if not default and (mention.as_of_first is not None or mention.as_of_last is not None):
        return mention.as_of_first, mention.as_of_last, words
    if len(dated) == 1:
        return dated[0].first, dated[0].last, words
    if dated:
        firsts = [time.first for time in dated if time.first]
        lasts = [time.last for time in dated if time.last]
        return min(firsts, default=None), max(lasts, default=None), words
    return None, None, words


def wording(mention: Mention) -> str:
    """The self-contained claim, unless it leaves out much of what the mention says: then its own text."""
    claim, text = lexicon.WORD.findall(mention.claim), lexicon.WORD.findall(mention.text)
    ours, all_of_it = (
        {lexicon.lemma(word) for word in words} - lexicon.stopwords() for words in (claim, text)
    )
    vital = {word for word in text if word[0].isdigit()} | set(lexicon.find_cues("negation", text))
    kept = vital <= set(claim) | set(lexicon.find_cues("negation", claim))
    return mention.claim if kept and len(ours & all_of_it) >= _COVERED * len(all_of_it) else mention.text


_COVERED = 0.7  # of the content words of the text


def _informing(quantities: Iterable[Quantity], text: str) -> tuple[Quantity, ...]:
    """The figures that say how much: not "the two sides", which counts what is known, nor "the Russian one"."""
    return tuple(q for q in quantities if not _only_counts(q, text))


def _only_counts(quantity: Quantity, text: str) -> bool:
    if quantity.value is None or quantity.value > _FEW or quantity.text[:1].isdigit():
        return False
    if quantity.text.casefold() == "one":
        return True
    before = text.partition(quantity.text)[0].split()[-1:]
    return bool({word.casefold() for word in before} & lexicon.cues("definite"))


_FEW = 5


def _denials(mention: Mention, words: Sequence[str], negations: tuple[str, ...]) -> int:
    """Denials that no word of the text shows; "without power" alone denies nothing."""
    unseen = mention.negated and not negations and "without" not in map(str.casefold, words)
    shown = any(lexicon.phrase(cue) in lexicon.cues("denial") for cue in negations)
    return int(unseen or (mention.attribution is Attribution.DENIED and not shown))

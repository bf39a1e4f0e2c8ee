"""Who "he", "its" and "the commission" are, where the article leaves little doubt.

A few safe rules in the spirit of the deterministic sieves of Lee et al. (2013): a sieve answers only
when it is sure, and silence leaves the word as it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Token

from claims.extraction import resources
from claims.extraction.entities import people
from claims.extraction.mentions import lexicon
from claims.extraction.mentions.descriptions import Descriptions
from claims.extraction.mentions.inflection import possessive
from claims.extraction.mentions.view import View, subject_of
from claims.extraction.quantities.lexicon import MEASURING_VERBS
from claims.extraction.quantities.persons import is_person
from claims.extraction.types import EntityMention

_PERSONAL = {"he": "", "she": "", "him": "", "his": "'s", "her": "?", "hers": "'s"}
_NEUTER = {"it": "", "its": "'s"}
_PLURAL = {"they": "", "them": "", "their": "'s", "theirs": "'s"}
#: the outlet of itself: "our reporter counted", "an earlier version of our report"
OUTLET = {"our": "the outlet's"}
_TAKING_UP = frozenset([*_PERSONAL, *_NEUTER, *_PLURAL, *OUTLET])
_THINGS = ("country", "organisation", "government")
_SUBJECTS = ("nsubj", "nsubjpass")
#: "every station", "no shop": said of all or none, so that nothing is left to take up
_QUANTIFIERS = frozenset("every each no any neither either another whatever which what".split())
_ONE = frozenset("the a an his her their its this that another".split())
_OBJECTS = ("dobj", "dative")
_CLAUSES = ("relcl", "ccomp", "acl", "csubj")
_LONGEST = 9  # tokens of a noun phrase that is put for a pronoun
_LOOK_BACK = 3  # sentences
_CHAIN = 6  # pronouns, each taking up the one before
_FEMALE = frozenset(["she", "her", "hers"])


class Antecedents:
    """Resolves words of one document; headings and boilerplate are never looked at."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._sentences = [view.tokens(s.start, s.end) for s in view.parts.sentences]
        self._number = {i: n for n, (first, last) in enumerate(self._sentences) for i in range(first, last)}
        self._descriptions = Descriptions(view, self._before)

    @cached_property
    def _quotation(self) -> dict[int, int]:
        """The number of the direct speech that a token stands in."""
        return {
            i: number
            for number, speech in enumerate(self._view.speeches)
            if speech.direct
            for span in speech.content
            for i in range(*self._view.tokens(span.start, span.end))
        }

    @cached_property
    def _candidates(self) -> list[int]:
        """The tokens that may take something up, in text order."""
        words = self._view.words
        return [
            i for i, word in enumerate(words) if word in _TAKING_UP or self._descriptions.may_open(i, words)
        ]

    def candidates(self, first: int, last: int) -> list[Token]:
        """Those of the tokens ``first`` to ``last`` that :meth:`resolve` may have an answer for."""
        low, high = bisect_left(self._candidates, first), bisect_left(self._candidates, last)
        return [self._view.doc[i] for i in self._candidates[low:high]]

    def resolve(self, token: Token) -> str | None:
        """The words to put for a pronoun or for "the" with its noun, possessive too; None if unsure."""
        lower = token.lower_
        if lower in _PERSONAL:
            return self._possessive(self._person(token), token, _PERSONAL[lower])
        if lower in _NEUTER:
            name = self._thing(token) if not _is_copular(token) else self._before_copula(token)
            return self._possessive(name, token, _NEUTER[lower])
        if lower in _PLURAL:
            return self._possessive(self._things(token), token, _PLURAL[lower])
        return self._descriptions.resolve(token)

    @staticmethod
    def _possessive(name: str | None, token: Token, suffix: str) -> str | None:
        if name is None:
            return None
        if suffix == "?":
            suffix = "'s" if token.dep_ == "poss" else ""
        if not suffix:
            return name
        return possessive(name)

    def _before(self, token: Token) -> Iterator[tuple[int, int]]:
        """The token ranges to look in, nearest first: this sentence up to ``token``, then those before."""
        n = self._number.get(token.i)
        if n is None:
            return
        yield self._sentences[n][0], token.i
        for k in range(n - 1, max(-1, n - 1 - _LOOK_BACK), -1):
            yield self._sentences[k]

    def _within_reach(self, candidate: Token, token: Token) -> bool:
        """Whether ``token`` may take up ``candidate``: what is named within a quotation is not known outside it."""
        inside = self._quotation.get(candidate.i)
        return inside is None or inside == self._quotation.get(token.i)

    def _entities(self, low: int, high: int, kinds: tuple[str, ...]) -> list[tuple[EntityMention, Token]]:
        found = []
        for entity in self._view.entities(low, high) if high > low else ():
            if entity.kind in kinds:
                first, last = self._view.tokens(entity.start, entity.end)
                found.append((entity, self._view.head_of(first, last)))
        return found

    def _person(self, token: Token, chain: int = _CHAIN) -> str | None:
        if token.dep_ == "poss" and self._has_somebody(token):
            return None
        named = self._person_named(token, chain, sure=True) if self._has_lone_names else None
        return named or self._person_named(token, chain, sure=False)

    @cached_property
    def _has_lone_names(self) -> bool:
        return any(e.kind == "person" and " " not in e.name for e in self._view.parts.entities)

    def _person_named(self, token: Token, chain: int, *, sure: bool) -> str | None:
        """Among persons with a full name or a title if ``sure``: a lone word may be a firm taken for a person."""
        female = token.lower_ in _FEMALE
        doer = subject_of(token.head) if token.dep_ in _OBJECTS else None  # who would be "himself"
        for nth, (low, high) in enumerate(self._before(token)):
            persons = [
                (e, r)
                for e, r in self._entities(low, high, ("person",))
                if self._fits(r, female)
                and people.gender_of(e.name) != ("m" if female else "f")
                and r.dep_ != "compound"  # "the Lomond medal"
                and (not sure or " " in e.name or _has_title(r))
                and self._within_reach(r, token)
                and r != doer
            ]
            subjects = [r for _, r in persons if _is_subject(r)]
            somebody = self._somebody(low, high, token, doer) if nth or not persons else None
            if subjects and not (somebody is not None and somebody.i > subjects[-1].i):
                return self._meant(persons, subjects[0]).name
            gone_on = self._taken_up_before(token, low, high) if nth and chain else None
            name = self._person_named(gone_on, chain - 1, sure=sure) if gone_on is not None else None
            if name is not None:
                return name
            if persons:
                return persons[-1][0].name
            if somebody is not None:
                return self._descriptions.resolve(somebody) or self._noun_phrase(somebody)
        return None

    def _somebody(self, low: int, high: int, token: Token, doer: Token | None) -> Token | None:
        """ "The suspect was stopped. He ...": the subject that is somebody, without a name."""
        female = token.lower_ in _FEMALE
        for i in self._somebodies[bisect_left(self._somebodies, low) : bisect_left(self._somebodies, high)]:
            one = self._view.doc[i]
            if one not in (token, doer) and self._within_reach(one, token) and self._fits(one, female):
                return one
        return None

    @cached_property
    def _somebodies(self) -> list[int]:
        """The subjects that are one person without a name, in text order."""
        named = self._view.entity_at
        return [t.i for t in self._view.doc if t.dep_ in _SUBJECTS and t.i not in named and _is_somebody(t)]

    def _taken_up_before(self, token: Token, low: int, high: int) -> Token | None:
        """ "They found her near the house of the commander, Ivo Lund. Her driver ...": the same woman."""
        female = token.lower_ in _FEMALE
        same = [
            self._view.doc[i]
            for i in self._candidates[
                bisect_left(self._candidates, low) : bisect_left(self._candidates, high)
            ]
            if (word := self._view.words[i]) in _PERSONAL and (word in _FEMALE) == female
        ]
        same = [t for t in same if self._within_reach(t, token)]
        return next((t for t in same if _is_subject(t)), same[-1] if same else None)

    def _has_somebody(self, token: Token) -> bool:
        """ "The man buried his face in his hands": his own, and the words say so."""
        verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        subject = subject_of(verb) if verb is not None else None
        if subject is None or subject.i >= token.i:
            return False
        named = self._view.entity_at.get(subject.i)
        if named is not None:
            return named.kind == "other"  # "Togbe Afari had asked his people": a name, of whatever
        if subject.is_ancestor(token):  # "five of her riders"
            return False
        if subject.pos_ in ("ADJ", "NUM", "DET") or subject.lower_ in ("one", "another", "both"):
            return True  # "the third, a woman of 84, had left her farm"
        return subject.pos_ == "NOUN" and (_is_office(subject) or is_person(subject, subject.lemma_.lower()))

    @staticmethod
    def _meant(persons: list[tuple[EntityMention, Token]], subject: Token) -> EntityMention:
        """The subject, or whom it accused or praised, if that may be meant."""
        meant = people.meant_by_next_pronoun(subject)
        named = {root.i: entity for entity, root in persons}
        return named.get(meant.i, named[subject.i])

    def _fits(self, root: Token, female: bool) -> bool:
        words = {t.lower_.strip(".") for t in root.doc[max(0, root.left_edge.i - 1) : root.i + 1]}
        words |= {t.lower_ for t in root.children if t.dep_ == "appos"} | {root.head.lower_}
        return not words & frozenset(resources.toml("reference")["male" if female else "female"])

    def _subjects(self, low: int, high: int, token: Token) -> list[Token]:
        """The subjects in a range that ``token`` may take up, in text order."""
        return [
            t
            for t in self._view.doc[low:high]
            if _is_subject(t) and t.dep_ in _SUBJECTS and t.i != token.i and self._within_reach(t, token)
        ]

    def _thing(self, token: Token) -> str | None:
        """What "it" or "its" stands for: a subject of this sentence or of the one before."""
        if token.dep_ == "dobj" and token.head.lemma_.lower() in lexicon.DENY | lexicon.EXPERIENCE | {
            "doubt"
        }:
            return None  # "The unions doubt it": that it is so
        inert = token.head.lemma_.lower() in resources.toml("reference")["inert"]
        for nth, (low, high) in enumerate(self._before(token)):
            if nth > 1:
                return None
            subjects = self._subjects(low, high, token)
            if token.dep_ == "poss" and _is_office(
                token.head
            ):  # "its chairwoman": that of a board, not of a hall
                subjects = [t for t in subjects if self._descriptions.is_body(t)]
            elif inert and token.dep_ in _SUBJECTS:
                subjects = [t for t in subjects if not self._descriptions.is_body(t)]
            if token.dep_ == "poss":  # "the pact, which Oslo blamed on its ally": the nearest verb's subject
                subjects.sort(key=lambda t: -t.head.i if t.head.is_ancestor(token) else 1)
            if inert:  # "filed a request. It concerns 21 districts."
                subjects += [t for t in reversed(self._view.doc[low:high]) if t.dep_ in ("dobj", "attr")]
            if _acts(token):
                subjects = [
                    t for t in subjects if t.lemma_.lower() not in resources.toml("reference")["sums"]
                ]
            name = self._first_named(subjects, token, plural=False)
            if name is not None:
                return name
            near = [e for e, r in self._entities(low, high, _THINGS) if self._within_reach(r, token)]
            if nth == 0 and near and not inert:
                return near[-1].name
        return None

    def _before_copula(self, token: Token) -> str | None:
        """ "It was the strongest quake": the quake that the sentences before are about, or a name that is one."""
        complement = next((c for c in token.head.children if c.dep_ == "attr"), None)
        if complement is None or any(c.dep_ in _CLAUSES for c in complement.children):
            return None
        for low, high in list(self._before(token))[1:]:
            for subject in self._subjects(low, high, token):
                same = subject.lemma_.lower() == complement.lemma_.lower()
                if same or self._descriptions.may_be(subject, complement):
                    return self._as_thing(subject, plural=False)
        return None

    def _things(self, token: Token) -> str | None:
        """What "they" or "their" stands for: the one plural, or both subjects of the sentence before."""
        part = token.head.lower_ == "of" and token.dep_ == "pobj"
        for nth, (low, high) in enumerate(self._before(token)):
            if nth > 1:
                return None
            nouns = [t for t in self._view.doc[low:high] if t.pos_ == "NOUN"]
            if part and (counted := _counted(nouns)) is not None:
                return self._noun_phrase(counted)
            plurals = [t for t in self._view.doc[low:high] if t.tag_ in ("NNS", "NNPS")]
            if nth == 0 and plurals:
                sure = len(plurals) == 1 and _is_subject(plurals[0])
                return self._as_thing(plurals[0], plural=True) if sure else None
            subjects = self._subjects(low, high, token)
            name = self._first_named(subjects, token, plural=True) or (self._both(subjects) if nth else None)
            if name is not None:
                return name
        return None

    def _both(self, subjects: list[Token]) -> str | None:
        """ "The League lost a seat, while the Union won two. Their shares ..."."""
        named = [self._view.entity_at[t.i] for t in subjects if t.i in self._view.entity_at]
        names = [self._descriptions.called(entity) for entity in named]
        return " and ".join(names) if len(names) == len(subjects) == 2 and names[0] != names[1] else None

    def _first_named(self, subjects: list[Token], token: Token, *, plural: bool) -> str | None:
        names = (self._as_thing(t, plural) for t in subjects if t.i != token.head.i)
        return next((name for name in names if name is not None), None)

    def _as_thing(self, subject: Token, plural: bool) -> str | None:
        entity = self._view.entity_at.get(subject.i)
        many = subject.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in subject.children)
        if subject.pos_ not in ("NOUN", "PROPN") or many != plural:
            return None
        if entity is not None and entity.kind == "person" and not plural:
            return None
        if any(c.lower_ in _QUANTIFIERS for c in subject.lefts) or (_is_somebody(subject) and not plural):
            return None
        return self._descriptions.resolve(subject) or self._noun_phrase(subject)

    def _noun_phrase(self, noun: Token) -> str | None:
        """A noun with what stands before it and "of ..." behind, as long as it is short."""
        view, last = self._view, noun.i + 1
        for child in noun.children:
            if child.i > noun.i and (child.dep_ in ("cc", "conj") or child.lower_ == "of"):
                last = max(last, child.right_edge.i + 1)
        first = noun.left_edge.i
        if last - first > _LONGEST:
            last = noun.i + 1
        if last - first > _LONGEST:
            return None
        opening = view.doc[first]
        if opening.pos_ == "PRON":
            owner = self.resolve(opening) if opening.dep_ == "poss" and opening.i != noun.i else None
            return f"{owner} {view.doc[first + 1 : last].text}" if owner else None
        text = view.doc[first:last].text.strip(" ,")
        if opening.is_sent_start and opening.pos_ != "PROPN" and first not in view.entity_at:
            text = text[0].lower() + text[1:]
        head, _, rest = text.partition(" ")
        return f"the {rest}" if head in ("A", "An", "The", "a", "an") and rest else text


def _counted(nouns: list[Token]) -> Token | None:
    """ "The clinic treated 47 children. Two of them ...": the one noun with a number."""
    counted = [t for t in nouns if any(c.dep_ == "nummod" and c.lower_ != "one" for c in t.children)]
    return counted[0] if len(counted) == 1 else None


def _is_office(noun: Token) -> bool:
    """ "the governor": somebody, not something."""
    return noun.pos_ == "NOUN" and noun.lower_ in people.words("offices")


def _is_somebody(noun: Token) -> bool:
    """ "the governor", "a driver": one person, whatever the trade."""
    one = noun.tag_ == "NN" and noun.left_edge.lower_ in _ONE and is_person(noun, noun.lower_)
    return _is_office(noun) or one


def _has_title(name: Token) -> bool:
    """ "Dr Lund", "the mayor, Lund"."""
    before = name.doc[max(0, name.left_edge.i - 1) : name.i]
    beside = [*before, *(c for c in name.children if c.dep_ == "appos"), name.head]
    return any(t.lower_ in people.words("titles") or t.lower_ in people.words("offices") for t in beside)


def _acts(token: Token) -> bool:
    """ "It carried 5.6 million passengers": the subject of a verb with an object, none that only measures."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.lemma_.lower() in MEASURING_VERBS:
        return False
    return any(c.dep_ == "dobj" for c in verb.children)


def _is_copular(token: Token) -> bool:
    """ "It is 6.6 million", "it rains", "it was the strongest quake": the subject of a verb that says little."""
    return (
        token.lower_ == "it"
        and token.dep_ in _SUBJECTS
        and token.head.lemma_.lower() in ("be", "seem", "appear")
    )


def _is_subject(token: Token) -> bool:
    if token.dep_ == "appos":
        token = token.head
    return token.dep_ in _SUBJECTS

"""Who "he", "its" and "the commission" are, where the article leaves little doubt.

A few safe rules in the spirit of the deterministic sieves of Lee et al. (2013): a sieve answers only
when it is sure, and silence leaves the word as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.entities.people import meant_by_next_pronoun
from claims.extraction.mentions.view import View
from claims.extraction.types import EntityMention

_PERSONAL = {"he": "", "she": "", "him": "", "his": "'s", "her": "?", "hers": "'s"}
_NEUTER = {"it": "", "its": "'s"}
_PLURAL = {"they": "", "them": "", "their": "'s", "theirs": "'s"}
_COUNTRY_NOUNS = frozenset("country nation".split())
_ORGANISATION_NOUNS = frozenset(
    """bank commission ministry council company firm club party agency group union court committee league
    federation association institute university hospital airline charity watchdog regulator team board
    department authority army parliament""".split()
)
_FEMALE = frozenset(
    """ms mrs miss spokeswoman queen princess duchess chairwoman actress businesswoman congresswoman mother
    daughter sister wife""".split()
)
_MALE = frozenset(
    "mr spokesman king prince duke chairman actor businessman congressman father son brother husband".split()
)
_EVENTS = frozenset(
    """meeting summit talk election vote deal agreement treaty law trial strike attack crash earthquake storm
    flood fire""".split()
)
_EMPTY = frozenset("same other only full entire such own latest next last new".split())
_THINGS = ("country", "organisation", "government")
_SUBJECTS = ("nsubj", "nsubjpass")
_LOOK_BACK = 3  # sentences
_REACH = 2000  # tokens back that a fuller name is looked for


class Antecedents:
    """Resolves words of one document; headings and boilerplate are never looked at."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._sentences = [view.tokens(s.start, s.end) for s in view.parts.sentences]
        self._number = {i: n for n, (first, last) in enumerate(self._sentences) for i in range(first, last)}

    def resolve(self, token: Token) -> str | None:
        """The words to put for a pronoun or for "the" with its noun, possessive too; None if unsure."""
        lower = token.lower_
        if lower in _PERSONAL:
            return self._possessive(self._person(token), token, _PERSONAL[lower])
        if lower in _NEUTER and not _is_empty_it(token):
            return self._possessive(self._thing(token, plural=False), token, _NEUTER[lower])
        if lower in _PLURAL:
            return self._possessive(self._thing(token, plural=True), token, _PLURAL[lower])
        if token.pos_ == "NOUN" and _is_bare_definite(token):
            return self._definite(token)
        return None

    @staticmethod
    def _possessive(name: str | None, token: Token, suffix: str) -> str | None:
        if name is None:
            return None
        if suffix == "?":
            suffix = "'s" if token.dep_ == "poss" else ""
        if not suffix:
            return name
        return name + ("'" if name.endswith("s") else "'s")

    def _before(self, token: Token) -> Iterator[tuple[int, int]]:
        """The token ranges to look in, nearest first: this sentence up to ``token``, then those before."""
        n = self._number.get(token.i)
        if n is None:
            return
        yield self._sentences[n][0], token.i
        for k in range(n - 1, max(-1, n - 1 - _LOOK_BACK), -1):
            yield self._sentences[k]

    def _entities(self, low: int, high: int, kinds: tuple[str, ...]) -> list[tuple[EntityMention, Token]]:
        found = []
        for entity in self._view.entities(low, high) if high > low else ():
            if entity.kind in kinds:
                first, last = self._view.tokens(entity.start, entity.end)
                found.append((entity, self._view.head_of(first, last)))
        return found

    def _person(self, token: Token) -> str | None:
        female = token.lower_ in ("she", "her", "hers")
        for low, high in self._before(token):
            people = [(e, r) for e, r in self._entities(low, high, ("person",)) if self._fits(r, female)]
            subjects = [r for _, r in people if _is_subject(r)]
            if subjects:
                return self._meant(people, subjects[0]).name
            if people:
                return people[-1][0].name
        return None

    @staticmethod
    def _meant(people: list[tuple[EntityMention, Token]], subject: Token) -> EntityMention:
        """The subject, or whom it accused or praised, if that may be meant."""
        meant = meant_by_next_pronoun(subject)
        named = {root.i: entity for entity, root in people}
        return named.get(meant.i, named[subject.i])

    def _fits(self, root: Token, female: bool) -> bool:
        words = {t.lower_.strip(".") for t in root.doc[max(0, root.left_edge.i - 1) : root.i + 1]}
        words |= {t.lower_ for t in root.children if t.dep_ == "appos"} | {root.head.lower_}
        return not words & (_MALE if female else _FEMALE)

    def _thing(self, token: Token, *, plural: bool) -> str | None:
        for nth, (low, high) in enumerate(self._before(token)):
            if nth > 1:
                return None
            if plural and nth == 0 and any(t.tag_ in ("NNS", "NNPS") for t in self._view.doc[low:high]):
                return self._only_subject(low, high)
            subjects = [t for t in self._view.doc[low:high] if _is_subject(t) and t.dep_ in _SUBJECTS]
            if token.dep_ == "poss":  # "the pact, which Oslo blamed on its ally": the nearest verb's subject
                subjects.sort(key=lambda t: -t.head.i if t.head.is_ancestor(token) else 1)
            for subject in subjects:
                name = self._as_thing(subject, plural)
                if name is not None and token.head.i != subject.i:
                    return name
            if nth == 0 and not plural and (near := self._entities(low, high, _THINGS)):
                return near[-1][0].name
        return None

    def _only_subject(self, low: int, high: int) -> str | None:
        """ "They" after several plural nouns: the one that is a subject, if there is no other plural."""
        plurals = [t for t in self._view.doc[low:high] if t.tag_ in ("NNS", "NNPS")]
        sure = len(plurals) == 1 and _is_subject(plurals[0])
        return self._as_thing(plurals[0], plural=True) if sure else None

    def _as_thing(self, subject: Token, plural: bool) -> str | None:
        entity = self._view.entity_at.get(subject.i)
        many = subject.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in subject.children)
        if subject.pos_ not in ("NOUN", "PROPN") or many != plural:
            return None
        if entity is not None and entity.kind == "person" and not plural:
            return None
        return self.noun_phrase(subject)

    def noun_phrase(self, noun: Token) -> str | None:
        """A noun with what stands before it and "of ..." behind, as long as it is short."""
        view, last = self._view, noun.i + 1
        for child in noun.children:
            if child.i > noun.i and (child.dep_ in ("cc", "conj") or child.lower_ == "of"):
                last = max(last, child.right_edge.i + 1)
        first = noun.left_edge.i
        if last - first > 9:
            last = noun.i + 1
        if last - first > 9:
            return None
        text = view.doc[first:last].text.strip(" ,")
        head, _, rest = text.partition(" ")
        return f"{head.lower()} {rest}" if head in ("The", "A", "An") and rest else text

    def _definite(self, noun: Token) -> str | None:
        if noun.lower_ in _COUNTRY_NOUNS:
            return self._nearest(noun, ("country",), only=False)
        known = noun.lower_ in _ORGANISATION_NOUNS or noun.lemma_.lower() in _EVENTS
        return self._fuller(noun) if known else None

    def _nearest(self, noun: Token, kinds: tuple[str, ...], *, only: bool) -> str | None:
        for low, high in self._before(noun):
            found = self._entities(low, high, kinds)
            names = list(dict.fromkeys(e.name for e, _ in found))
            if names:
                return names[-1] if len(names) == 1 or not only else None
        return None

    def _fuller(self, noun: Token) -> str | None:
        """ "the commission" after "the electoral commission": the same noun, named more fully before."""
        for earlier in reversed(self._view.doc[max(0, noun.i - _REACH) : noun.i]):
            if earlier.lower_ == noun.lower_ and earlier.pos_ in ("NOUN", "PROPN"):
                modifiers = [c for c in earlier.lefts if c.dep_ in ("compound", "amod", "nmod", "poss")]
                if modifiers and not any(
                    m.i in self._view.time_tokens or m.lower_ in _EMPTY for m in modifiers
                ):
                    return self._with_article(earlier)
        return None

    def _with_article(self, noun: Token) -> str | None:
        first = noun.left_edge.i
        if noun.i - first > 7:
            return None
        text = self._view.doc[first : noun.i + 1].text
        starts = noun.doc[first]
        if starts.dep_ == "det" and starts.lower_ in ("the", "a", "an", "this", "that"):
            return "the " + text[len(starts.text_with_ws) :]
        return text if any(c.dep_ == "poss" for c in noun.children) else "the " + text


def _is_bare_definite(noun: Token) -> bool:
    before = [c for c in noun.children if c.i < noun.i]
    behind = [c for c in noun.children if c.i > noun.i and c.dep_ in ("prep", "relcl", "acl", "appos")]
    return len(before) == 1 and before[0].lower_ == "the" and not behind


def _is_empty_it(token: Token) -> bool:
    """ "It is 6.6 million", "it rains": no noun can be put for it safely."""
    return (
        token.lower_ == "it"
        and token.dep_ in _SUBJECTS
        and token.head.lemma_.lower() in ("be", "seem", "appear")
    )


def _is_subject(token: Token) -> bool:
    if token.dep_ == "appos":
        token = token.head
    return token.dep_ in _SUBJECTS

"""From a source to the name of who speaks: surnames, offices, pronouns, seats of government."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from claims.extraction.attribution.bodies import KINDS, REACH, Bodies
from claims.extraction.attribution.lexicon import accounts, bodies, documents, issued
from claims.extraction.entities import Named
from claims.extraction.entities.people import meant_by_next_pronoun, words
from claims.extraction.quantities.persons import is_person

_SHE = frozenset({"she", "her", "herself"})
_HE = frozenset({"he", "him", "his", "himself"})
_MANY = frozenset({"they", "them", "their", "themselves"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_HIGH = frozenset({"prime", "foreign", "interior", "chief", "general", "executive", "central"})
_NAMED = frozenset({"person", "organisation"})
_FEW = 5  # words of a source behind its owner
_ISSUING = frozenset(
    "publish release issue compile prepare write circulate post file collect gather carry".split()
)
_AUTHORING = frozenset({"by", "from", "of"})
_DROPPED = frozenset({"the", "this", "that", "these", "those", "same"})


class Speakers:
    """Resolves the sources of one text."""

    def __init__(self, doc: Doc, named: tuple[Named, ...]) -> None:
        self._doc = doc
        self._named = named
        self._at = {i: one for one in named for i in range(one.start, one.end)}
        self._content: set[int] = set()
        self._said: set[int] = set()
        self._bodies = Bodies(doc, named)
        self._told: set[int] = set()  # the tokens of what the speakers before said
        self._last: str | None = None  # the last speaker called by a name, known for a person or not
        self._last_body: str | None = None
        self._last_person: tuple[str, int] | None = None  # with where
        self._last_nameless: tuple[str, int] | None = None  # "a former foreman", with where

    def resolve(self, head: Token, content: set[int]) -> tuple[str | None, str]:
        """The canonical name and its kind; (None, "") where a pronoun points nowhere.

        Whom the ``content`` names is not who says it: "I met Ms Lee," she said.
        """
        self._content = self._said = content
        name, kind = self._resolve(head)
        if kind in KINDS or head.lemma_.lower() in bodies():
            self._last_body = name
        elif head.pos_ == "PROPN":
            self._last = name
        if kind == "person" and name is not None:
            self._last_person = name, head.i
        elif kind == "" and name is not None and head.tag_ == "NN" and is_person(head, head.lower_):
            self._last_nameless = name, head.i
        self._told |= content
        return name, kind

    def _resolve(self, head: Token, depth: int = 0) -> tuple[str | None, str]:
        lower = head.lower_
        if lower in _RELATIVE and depth < 3:
            clause = head.head
            while clause.dep_ not in {"relcl", "ROOT"} and clause.head.i != clause.i:
                clause = clause.head
            return self._resolve(clause.head, depth + 1) if clause.dep_ == "relcl" else (None, "")
        if lower in _HE | _SHE:
            return self._person_before(head.i, "m" if lower in _HE else "f")
        if lower in _MANY:
            return (self._many_said(head) if head.dep_ == "poss" else None) or self._bodies_before(head.i)
        if lower in {"it", "its"}:
            return self._known(self._bodies.before(head.i, self._told) or self._bodies.before(head.i, set()))
        described = any(child.dep_ in {"prep", "relcl"} for child in head.children)  # "one of her aides"
        if lower in {"i", "we", "me", "us", "you"} or (head.pos_ == "PRON" and not described):
            return None, ""
        return self._noun(head)

    def _noun(self, head: Token) -> tuple[str | None, str]:
        one = self._at.get(head.i)
        if one is not None and one.kind != "group":
            return self._name(one)
        apposed = next((c for c in head.children if c.dep_ == "appos" and self._kind(c.i) in _NAMED), None)
        if apposed is not None:
            return self._name(self._at[apposed.i])
        if head.lower_ in words("offices"):
            return self._office(head)
        return self._authored(head) or self._owned(head) or self._body(head)

    def _body(self, head: Token) -> tuple[str | None, str]:
        """The "commission" after an "electoral commission": the last body named or described so, in full."""
        description = self._description(head)
        if description.lower() == head.lower_:
            return self._known(self._bodies.bare(head) or description)
        self._bodies.describe(head.lower_, description)
        return description, ""

    def _known(self, body: Named | Token | str | None) -> tuple[str | None, str]:
        if isinstance(body, Named):
            return self._name(body)
        return self._noun(body) if isinstance(body, Token) else (body, "")

    def _authored(self, head: Token) -> tuple[str | None, str] | None:
        """The office for "a count of the same office": a document or account whose author has no name here."""
        if (issuer := self._issuer(head)) is not None:
            return self._noun(issuer)
        if head.lemma_.lower() in issued() and self._is_bare(head):
            return self._speaking_before(head.i)
        if head.lemma_.lower() not in documents() | accounts():
            return None
        if (owner := self._owning_body(head)) is not None:
            return owner
        by = next((c for c in head.rights if c.dep_ == "prep" and c.lower_ in _AUTHORING), None)
        author = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
        if author is None or author.i in self._at or not self._is_bare(author):
            return None
        return self._known(self._bodies.bare(author)) if self._bodies.bare(author) is not None else None

    def _owning_body(self, document: Token) -> tuple[str | None, str] | None:
        """ "the council's own survey": the body whose document it is."""
        owner = next((c for c in document.lefts if c.dep_ == "poss" and c.pos_ != "PRON"), None)
        if owner is None:
            return None
        return (
            self._resolve(owner) if self._kind(owner.i) in KINDS or owner.lemma_.lower() in bodies() else None
        )

    @staticmethod
    def _issuer(document: Token) -> Token | None:
        """ "results published by the board", "a survey carried out by the union": who answers for them."""
        made = (c for c in document.rights if c.dep_ == "acl" and c.lemma_.lower() in _ISSUING)
        by = (c for verb in made for c in verb.children if c.dep_ in {"agent", "prep"} and c.lower_ == "by")
        return next((part for c in by for part in c.children if part.dep_ == "pobj"), None)

    def _speaking_before(self, at: int) -> tuple[str | None, str] | None:
        """For "the statement" and "a spokesman": the body that spoke last, else the last organisation."""
        body = self._last_body or self._bodies.firm_before(at)
        return self._known(body) if body is not None else None

    @staticmethod
    def _is_bare(noun: Token) -> bool:
        return noun.pos_ == "NOUN" and all(c.lower_ in _DROPPED for c in noun.children)

    def _kind(self, index: int) -> str:
        return self._at[index].kind if index in self._at else ""

    def _name(self, one: Named) -> tuple[str, str]:
        """A seat of government speaks under its own name: "Kremlin", "Washington"."""
        return (self._doc[one.start : one.end].text if one.kind == "government" else one.name), one.kind

    def _office(self, head: Token) -> tuple[str | None, str]:
        """The last person of that office for "the spokeswoman"; "spokeswoman of X" for "his"."""
        owner = next((child for child in head.children if child.dep_ == "poss"), None)
        definite = any(child.lower_ == "the" for child in head.children)
        if definite or owner is not None:
            for one in reversed(self._named):
                if one.start < head.i and one.person and head.lower_ in one.person.offices:
                    return one.person.name, "person"
        known = self._owned(head) or self._titled(head, bare=definite)
        return known or (self._speaking_for(head) or self._description(head), "")

    def _speaking_for(self, head: Token) -> str | None:
        """ "spokesman of the port" for "a spokesman"."""
        if not (head.lower_.startswith("spokes") and all(c.dep_ == "det" for c in head.children)):
            return None
        body = self._speaking_before(head.i)
        return f"{head.text} of {body[0]}" if body is not None else None

    def _titled(self, head: Token, *, bare: bool) -> tuple[str, str] | None:
        """Whom the paragraph named without an office, for "the governor" behind: "Lind came. The governor said ..."."""
        if not bare or head.lower_ in words("unplaced_offices") or not self._is_placed(head):
            return None
        for one in reversed(self._named):
            if one.end <= head.i and one.person is not None and self._doc[one.end - 1].dep_ in _SUBJECTS:
                between = self._doc[one.end : head.i]
                apart = len(between) > REACH or any("\n" in token.text for token in between)
                if apart:
                    return None
                if not one.person.offices:
                    return one.person.name, "person"
        return None

    @staticmethod
    def _is_placed(office: Token) -> bool:
        """Without words that tell of another person: "the former governor", "the governor of Lund"."""
        return all(c.dep_ in {"det", "compound", "amod"} for c in office.children) and not any(
            c.dep_ == "amod" and c.lower_ not in _HIGH for c in office.children
        )

    def _owned(self, head: Token) -> tuple[str, str] | None:
        """ "lawyers of Ann Holt" for "his lawyers": a source that only a pronoun tells apart."""
        owner = next((child for child in head.children if child.dep_ == "poss"), None)
        if owner is None or owner.pos_ != "PRON":
            return None
        if (body := self._bodies.ending_in(head)) is not None:
            return self._name(body)  # "her council": the council named before
        self._content = set()  # "Holt resigned, his spokesman said": the owner may be whom it is about
        name, _ = self._resolve(owner, 1)
        words_ = self._doc[owner.i + 1 : head.i + 1].text if head.i - owner.i < _FEW else head.text
        return (f"{words_} of {name}" if name else words_), ""

    def _person_before(self, at: int, gender: str) -> tuple[str | None, str]:
        """The nearest person before, subjects first, and not out of what is said, or was just said by another."""
        seen: list[Named] = []
        floor = max(0, min([at, *self._content]) - REACH)
        for one in reversed(self._named):
            if one.start >= at or one.start < floor or one.start in self._content:
                continue
            if one.kind == "person" and not (one.person and one.person.gender not in {"", gender}):
                seen.append(one)
        seen = [one for one in seen if _is_surely_somebody(one)] or seen
        nameless = self._last_nameless
        if nameless is not None and at - nameless[1] < REACH and not any(o.start > nameless[1] for o in seen):
            return nameless[0], ""
        if not seen:
            bodily = any(one.name == self._last and one.kind in KINDS for one in self._named)
            return (None, "") if bodily or self._last is None else (self._last, "person")
        near = seen[0]
        sentence = self._doc[near.start].sent.start
        subjects = [one for one in seen if one.start >= sentence and self._doc[one.end - 1].dep_ in _SUBJECTS]
        telling = [one for one in subjects if one.start not in self._told]
        subject = next(iter(telling or subjects), None)
        if subject is not None:
            meant = meant_by_next_pronoun(self._doc[subject.end - 1])
            subject = next((one for one in seen if one.start <= meant.i < one.end), subject)
        chosen = subject or near
        if not telling and self._last_person is not None and self._last_person[1] >= sentence:
            name = self._last_person[0]  # "She said Lund left. She added": who spoke, not of whom
            chosen = next((one for one in seen if one.name == name), chosen)
        if chosen.person and not chosen.person.gender:
            chosen.person.gender = gender
        return chosen.name, "person"

    def _bodies_before(self, at: int) -> tuple[str | None, str]:
        for one in reversed(self._named):
            near = at - REACH <= one.start < at and one.kind in KINDS
            if near and self._doc[one.end - 1].dep_ in _SUBJECTS and one.start not in self._told:
                return self._name(one)
        return self._plural_before(at)

    def _many_said(self, owner: Token) -> tuple[str | None, str] | None:
        """ "Farmers get six euros, their association says": the subject of what is said."""
        subjects = (self._doc[i] for i in sorted(self._said) if i < owner.i and self._doc[i].dep_ == "nsubj")
        many = next((token for token in subjects if token.tag_ in {"NNS", "NNPS"}), None)
        return (self._description(many), "") if many is not None else None

    def _plural_before(self, at: int) -> tuple[str | None, str]:
        for token in reversed(self._doc[max(0, at - REACH // 2) : at]):
            if token.dep_ == "nsubj" and token.tag_ == "NNS" and token.i not in self._told:
                return self._description(token), ""
        return None, ""

    def _description(self, head: Token) -> str:
        """As in "a person familiar with the planning": the noun phrase up to its first clause or comma."""
        start, end, inside = head.left_edge.i, head.i + 1, {part.i for part in head.subtree}
        while end in inside:
            end += 1
        for child in head.children:
            if child.i > head.i and (child.dep_ in {"relcl", "appos", "punct", "cc"} or child.text == ","):
                end = min(end, child.left_edge.i)
        for i in range(head.i + 1, end - 1):
            if self._doc[i].text == "," and self._doc[i + 1].tag_ in {"WDT", "WP"}:
                end = i
                break
        while start < head.i and (
            self._doc[start].lower_ in _DROPPED or self._doc[start].is_punct or self._doc[start].is_space
        ):
            start += 1
        while end > head.i + 1 and self._doc[end - 1].tag_ == "POS":
            end -= 1
        return " ".join(self._doc[start:end].text.split()).strip(' ,;:—–-“”"')


def _is_surely_somebody(one: Named) -> bool:
    """A full name, or one with an office or a title: a lone word may be a firm that was taken for a person."""
    return " " in one.name or bool(one.person and (one.person.offices or one.person.gender))

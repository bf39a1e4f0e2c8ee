"""A claim's self-contained wording: edits to the verbatim span, each taken from the article itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from claims.extraction import resources
from claims.extraction.entities import people
from claims.extraction.mentions import lexicon
from claims.extraction.mentions.antecedents import OUTLET, Antecedents
from claims.extraction.mentions.clause import Clause, Construction
from claims.extraction.mentions.dates import absolute
from claims.extraction.mentions.frame import antecedent
from claims.extraction.mentions.inflection import past, possessive
from claims.extraction.mentions.timing import own_times
from claims.extraction.mentions.view import View, is_verb, subject_of
from claims.extraction.mentions.voice import Voice
from claims.extraction.types import EntityMention

_SPACES = re.compile(r"\s+")
#: where a day takes no preposition: as subject or object, or as a noun's label
_BARE_DAYS = frozenset(["nsubj", "nsubjpass", "dobj", "attr", "compound", "nmod"])
#: constructions that are worded behind the clause that they stand beside
_LEANING = frozenset([Construction.MEASURE, Construction.ABSOLUTE])
#: what within a clause takes up its subject, where that is a thing
_OF_SUBJECT = frozenset(["it", "its"])
_AFTER = frozenset(["after", "before"])
_PARTS = frozenset("most many some all few several half none both any".split())
_DETERMINERS = frozenset("the a an one two three some several many both his her its their our no".split())
_LOOSE = re.compile(r"\s+([,.;:!?])")


@dataclass(slots=True)
class Wording:
    """Words the clauses of one document."""

    view: View
    antecedents: Antecedents = field(init=False)

    def __post_init__(self) -> None:
        self.antecedents = Antecedents(self.view)

    def word(self, clause: Clause, voice: Voice, parent: Clause | None = None) -> str:
        """The claim of ``clause`` as a sentence; ``parent`` is the clause that it adds a figure to."""
        body = self._body(clause, parent)
        speech = voice.speech
        if clause.construction is Construction.SAYING and voice.speaker and self._lacks_source(clause, voice):
            body = f"{_as_subject(voice.speaker)} {self.edited(clause.first, clause.last, voice.speaker)}"
        if speech is not None and speech.direct and voice.speaker:
            said = [clause] if parent is None or clause.construction not in _LEANING else [parent, clause]
            if all(map(self._is_all_said, said)) and any(_speaks_of_oneself(self.view, c) for c in said):
                words = ", ".join(_inner(self._quoted(c)) for c in said)
                body = f"{_as_subject(voice.speaker)} said: “{words}”"
        return finish(body)

    def _is_all_said(self, clause: Clause) -> bool:
        """Whether nothing but what is said stands in the span: no "he emphasized last week, ..."."""
        return not any(i in self.view.cue_tokens for i in range(clause.first, clause.last))

    def _lacks_source(self, clause: Clause, voice: Voice) -> bool:
        """ "..., and warned that": the one who warns stands outside the span."""
        if voice.speaker is None or voice.speech is None or clause.head.i not in self.view.cue_tokens:
            return False
        start, end = self.view.chars(clause.first, clause.last)
        return not any(start <= span.start < end for span in voice.speech.source)

    def _body(self, clause: Clause, parent: Clause | None) -> str:
        text = self.edited(clause.first, clause.last)
        if clause.construction in (Construction.MEASURE, Construction.ABSOLUTE, Construction.NOMINAL):
            return self._beside(clause, parent, text)
        if clause.construction is Construction.APPOSITION:
            return self._apposition(clause)
        if clause.construction is Construction.RELATIVE and clause.anchor is not None:
            return self._relative(clause, clause.anchor)
        if clause.construction is Construction.ADVERBIAL:
            return self._without_mark(clause)
        return self._inverted(clause) or self._with_subject(clause, text)

    def _inverted(self, clause: Clause) -> str | None:
        """ "Seated opposite were Ann Lund and Bo Ray" -> "Ann Lund and Bo Ray were seated opposite"."""
        doc, first = self.view.doc, clause.first
        if doc[first].tag_ not in ("VBG", "VBN") or clause.construction is not Construction.MAIN:
            return None
        be = next((t for t in doc[first + 1 : clause.last - 1] if t.lower_ in ("was", "were")), None)
        if be is None or any(t.dep_ in ("nsubj", "nsubjpass") or t.text == "," for t in doc[first : be.i]):
            return None
        if not any(t.dep_ in ("nsubj", "attr", "nsubjpass") for t in doc[be.i + 1 : clause.last]):
            return None
        front = self.edited(first, be.i)
        return f"{self.edited(be.i + 1, clause.last)} {be.text} {front[0].lower()}{front[1:]}"

    def edited(self, first: int, last: int, known: str = "") -> str:
        """The words of tokens ``first`` to ``last`` with pronouns, names and dates filled in.

        ``known`` is what will stand in front of them: a pronoun may take up what it names.
        """
        taken_up = self._taken_up(first, last, known)
        return self._put(first, last, [*self._days(first, last), *self._names(first, last), *taken_up])

    def _quoted(self, clause: Clause) -> str:
        """The very words, with days as an editor would put them in: "on [Tuesday 3 February 2026]"."""
        days = [(low, high, f"[{words}]") for low, high, words in self._days(clause.first, clause.last)]
        return self._put(clause.first, clause.last, days)

    def _put(self, first: int, last: int, edits: list[tuple[int, int, str]]) -> str:
        """The words of the tokens with other words put in, by character; of two that overlap the first."""
        at, end = self.view.chars(first, last)
        pieces = []
        for low, high, words in sorted(edits, key=lambda edit: edit[0]):
            if low < at:
                continue
            pieces += [self.view.parts.text[at:low], words]
            at = high
        return "".join([*pieces, self.view.parts.text[at:end]])

    def _days(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Relative dates made absolute."""
        doc = self.view.doc
        for time in self.view.times(first, last):
            low, high = self.view.tokens(time.start, time.end)
            before = doc[low - 1].lower_ if low else ""
            if self.view.head_of(low, high).dep_ in _BARE_DAYS:
                before = "the"
            words = absolute(time, before, doc[high].lower_ if high < len(doc) else "")
            if words is not None:
                yield time.start, time.end, words

    def _names(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Short names completed."""
        for entity in self.view.entities(first, last):
            short = entity.kind == "person" and entity.text != entity.name
            if short and entity.name.endswith(entity.text) and not self._stays_short(entity):
                yield entity.start, entity.end, entity.name

    def _taken_up(self, first: int, last: int, known: str) -> Iterator[tuple[int, int, str]]:
        """Pronouns and descriptions resolved, where the claim so far does not explain them."""
        text, start = self.view.parts.text, self.view.doc[first].idx
        put = known.lower()
        for token in self.antecedents.candidates(first, last):
            if known and token.lower_ in _OF_SUBJECT and token.dep_ != "dobj" and not self._is_person(known):
                continue  # "the auditor had signed accounts that it had not checked"
            words = self._resolved(token, first, f"{put} {text[start : token.idx].lower()}")
            if words is not None:
                put += f" {words.lower()}"
                low = token.left_edge.i if token.pos_ == "NOUN" else token.i
                yield self.view.doc[low].idx, token.idx + len(token), words

    def _is_person(self, name: str) -> bool:
        return self.view.kinds.get(name) == "person"

    def _stays_short(self, entity: EntityMention) -> bool:
        """Whether a surname stays short: as a label ("the Biden administration"), or behind its first name."""
        first, last = self.view.tokens(entity.start, entity.end)
        complete = first > 0 and self.view.doc[first - 1].text == entity.name.split(maxsplit=1)[0]
        return complete or self.view.head_of(first, last).dep_ in ("compound", "nmod")

    def _resolved(self, token: Token, first: int, said: str) -> str | None:
        """What to put for ``token``; nothing where ``said``, the claim so far, explains it already."""
        if token.lower_ in OUTLET:
            return OUTLET[token.lower_] if token.i not in self.view.speech_of else None
        words = self.antecedents.resolve(token) if token.pos_ != "NOUN" or token.i > first else None
        if words is None:
            return None
        bare = words.removesuffix("'s").removesuffix("'").removeprefix("the ").lower()
        explained = bare in said or (token.pos_ == "PRON" and bare.rsplit(maxsplit=1)[-1] in said.split())
        return None if explained else words

    def _with_subject(self, clause: Clause, text: str) -> str:
        """Puts the shared subject back: "currently occupies" -> "Russia currently occupies"."""
        if not is_verb(clause.head):
            return text
        subject = antecedent(subject_of(clause.head) or _controller(clause.head), clause)
        if subject is None or clause.first <= subject.i < clause.last:
            if (
                clause.construction is Construction.PARTICIPLE
                and clause.anchor is not None
                and clause.anchor.dep_ != "ROOT"
            ):
                return self._participle(clause, clause.anchor, clause.anchor.i + 1)
            return text
        bare = clause.head.tag_ == "VBG" and not any(c.dep_ == "aux" for c in clause.head.children)
        bare = bare or self.view.words[clause.first] == "having"
        if clause.construction is Construction.PARTICIPLE or bare:
            return self._participle(clause, subject, clause.first)
        name = self.name(subject)
        be = f"{self._shared_be(clause)} " if self._shared_be(clause) else ""
        return f"{name} {be}{self.edited(clause.first, clause.last, name)}"

    @staticmethod
    def _shared_be(clause: Clause) -> str:
        """The "were" of "taken by soldiers in 1897 and bought by the museum": shared by both, said once."""
        head = clause.head
        if (
            head.tag_ != "VBN"
            or head.dep_ != "conj"
            or any(c.dep_ in ("aux", "auxpass") for c in head.children)
        ):
            return ""
        be = [c for c in head.head.lefts if c.dep_ in ("aux", "auxpass")]
        return " ".join(c.text for c in be) if be and be[-1].dep_ == "auxpass" else ""

    def name(self, noun: Token, before: int | None = None) -> str:
        """A noun phrase as the subject of a sentence, with what stands in front of token ``before``."""
        resolved = self.antecedents.resolve(noun) if noun.pos_ in ("PRON", "NOUN") else None
        if resolved is not None:
            return resolved
        entity = self.view.entity_at.get(noun.i)
        if (
            entity is not None
            and entity.kind == "person"
            and not any(c.dep_ == "conj" for c in noun.children)
        ):
            return entity.name
        last = noun.i + 1
        for child in noun.children:
            if (
                noun.i < child.i < (before or len(self.view.doc))
                and child.dep_ in ("prep", "cc", "conj")
                and self._plain(child)
            ):
                last = max(last, child.right_edge.i + 1)
        return self.edited(noun.left_edge.i, last)

    def _plain(self, child: Token) -> bool:
        inside = list(child.subtree)
        return len(inside) <= 10 and not any(
            t.dep_ in ("relcl", "acl", "appos") or t.text == "," for t in inside
        )

    def _participle(self, clause: Clause, noun: Token, first: int) -> str:
        while first < clause.last and self.view.doc[first].is_punct:
            first += 1
        plural = noun.tag_ in ("NNS", "NNPS") or any(
            c.dep_ == "conj" and c.i < clause.head.i for c in noun.children
        )
        name, head = self.name(noun, clause.head.i), clause.head
        if self.view.words[first] == "having":
            return f"{name} had {self.edited(first + 1, clause.last, name)}"
        if head.tag_ == "VBG" and head.i >= first:
            before = self.edited(first, head.i) + " " if head.i > first else ""
            behind = " " + self.edited(head.i + 1, clause.last, name) if head.i + 1 < clause.last else ""
            return f"{name} {before}{past(head.lemma_.lower(), plural=plural)}{behind}"
        return f"{name} {'were' if plural else 'was'} {self.edited(first, clause.last)}"

    def _relative(self, clause: Clause, anchor: Token) -> str:
        doc, head = self.view.doc, clause.head
        pronoun = next(
            (t for t in head.subtree if t.tag_ in ("WDT", "WP", "WRB", "WP$") and t.i <= head.i), None
        )
        if pronoun is None:
            return self._with_subject(clause, self.edited(clause.first, clause.last))
        rest_first = pronoun.i + 1
        if rest_first >= clause.last:
            return doc[clause.first : clause.last].text
        rest = self.edited(rest_first, clause.last)
        noun = self.name(self._thing_of(anchor))
        if pronoun.dep_ == "pobj" and pronoun.head.lower_ == "of" and pronoun.head.i < pronoun.i:
            return self._part_of(clause, pronoun, _inside(noun, self._thing_of(anchor)))
        if pronoun.dep_ in ("dobj", "dative", "pobj"):
            return self._object_relative(clause, pronoun, _inside(noun, self._thing_of(anchor)))
        if pronoun.tag_ == "WRB":
            return f"{rest} in {noun}" if pronoun.lower_ == "where" and anchor.pos_ == "PROPN" else rest
        if pronoun.tag_ == "WP$":
            return f"{possessive(noun)} {rest}"
        return f"{noun} {rest}" if pronoun.dep_ in ("nsubj", "nsubjpass") else f"{rest} {noun}"

    def _part_of(self, clause: Clause, pronoun: Token, noun: str) -> str:
        """ "four children, the youngest of whom was three" -> "the youngest of four children was three"."""
        of, rest = pronoun.head, self.edited(pronoun.i + 1, clause.last)
        first = of.head.left_edge.i
        if of.head.i < of.i and first < of.i and of.head.pos_ in ("NOUN", "ADJ", "NUM", "ADV", "DET", "PRON"):
            return f"{self.edited(first, of.i)} of {noun} {rest}"
        return f"of {noun}, {rest}"

    def _thing_of(self, anchor: Token) -> Token:
        """ "the show on May 3, which ...": the show, not its date."""
        if anchor.i not in self.view.time_tokens or anchor.dep_ != "pobj" or anchor.head.i == 0:
            return anchor
        before = self.view.doc[anchor.head.i - 1]
        return before if before.pos_ in ("NOUN", "PROPN") else anchor

    def _object_relative(self, clause: Clause, pronoun: Token, noun: str) -> str:
        """ "the state, which Oslo described as grave" -> "Oslo described the state as grave"."""
        first, verb, lead = pronoun.i + 1, pronoun.head, ""
        if pronoun.dep_ == "pobj":  # "the house in which he lived"
            lead = f"{verb.text.lower()} " if verb.i < pronoun.i else ""
            verb = verb.head if lead else verb
        if not first <= verb.i < clause.last - 1:
            return f"{self.edited(first, clause.last)} {lead}{noun}"
        behind = verb.i + 1
        while behind < clause.last - 1 and self.view.doc[behind].dep_ == "prt":
            behind += 1
        return f"{self.edited(first, behind)} {lead}{noun} {self.edited(behind, clause.last)}"

    def _apposition(self, clause: Clause) -> str:
        """ "Ann Lee, head of the fund" -> "Ann Lee is head of the fund", whichever comes first."""
        head, other = clause.head, clause.anchor or clause.head.head
        entity = self.view.entity_at.get(other.i)
        name, role = (other, head) if entity is not None and entity.kind == "person" else (head, other)
        if role is other:
            role = _holder(role)
        first, last = role.left_edge.i, role.right_edge.i + 1
        if name is head:
            last = min(last, head.left_edge.i)
        while last > first and self.view.doc[last - 1].is_punct:
            last -= 1
        while first < last and self.view.doc[first].is_punct:
            first += 1
        words = self.edited(first, last)
        if self.view.doc[first].dep_ in ("det", "poss") and self.view.doc[first].pos_ != "PROPN":
            words = words[0].lower() + words[1:] if words == self.view.doc[first:last].text else words
        return f"{self.name(name)} is {words}"

    def _without_mark(self, clause: Clause) -> str:
        """ "after 41,000 votes were added", "a day after ..." -> "41,000 votes were added"."""
        first = self._behind_mark(clause)
        while first < clause.head.i and (
            self.view.doc[first].dep_ in ("mark", "cc") or self.view.doc[first].tag_ == "WRB"
        ):
            first += 1
        return self._with_subject(clause, self.edited(first, clause.last))

    def _behind_mark(self, clause: Clause) -> int:
        """Where the clause begins behind "two days after"."""
        mark = next((c.i for c in clause.head.lefts if c.dep_ == "mark" and c.lower_ in _AFTER), clause.first)
        counted = self.view.quantity_tokens | self.view.time_tokens
        return mark if all(i in counted for i in range(clause.first, mark)) else clause.first

    def _when(self, clause: Clause) -> str:
        """The date of the event that ``clause`` is coordinated with, if its own words have none."""
        if self.view.times(clause.first, clause.last):
            return ""
        times = own_times(self.view, clause)
        if not times:
            return ""
        low, high = self.view.tokens(times[0].start, times[0].end)
        opens = low > 0 and self.view.doc[low - 1].dep_ == "prep"
        return " " + self.edited(low - 1 if opens else low, high)

    def _beside(self, clause: Clause, parent: Clause | None, text: str) -> str:
        if clause.construction is Construction.NOMINAL and text.split(maxsplit=1)[0].lower() not in (
            "at",
            "on",
        ):
            return f"{text} took place{self._when(clause)}"
        if parent is None:
            return text
        return self._absolute(clause) or f"{self._body(parent, None)}, {text}"

    def _absolute(self, clause: Clause) -> str | None:
        """ "..., most of them sent in by sailors" -> "most of the ballots were sent in by sailors"."""
        inside = self.view.doc[clause.first : clause.last]
        subject = next((t for t in inside if t.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or subject.head.tag_ != "VBN" or subject.left_edge.i != clause.first:
            return None
        behind = subject.right_edge.i + 1
        if behind != subject.head.i or any(c.dep_ == "auxpass" for c in subject.head.children):
            return None
        be = "were" if _is_plural(subject) else "was"
        return f"{self.edited(clause.first, behind)} {be} {self.edited(behind, clause.last)}"


def _controller(head: Token) -> Token | None:
    """Who did what stands behind "for" and "after": "fined the bank for hiding", "was jailed for hiding"."""
    if head.dep_ != "pcomp" or head.tag_ not in ("VBG", "VBN"):
        return None
    verb = head.head.head
    patients = [c for c in verb.children if c.dep_ in ("dative", "dobj")] if head.head.lower_ == "for" else []
    return patients[0] if patients else subject_of(verb)


def _is_plural(subject: Token) -> bool:
    """ "The flats", "most of the flats", "Ann Lund and Bo Ray"."""
    if subject.lower_ in _PARTS:
        return any(t.tag_ in ("NNS", "NNPS") or t.lower_ in ("them", "these") for t in subject.subtree)
    return subject.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in subject.children)


def _as_subject(speaker: str) -> str:
    """ "Port authority" is how a speaker is noted, "the port authority" how one says it."""
    first = speaker.split(maxsplit=1)[0].lower()
    bare = speaker[0].islower() and first not in _DETERMINERS and not first.endswith(("'s", "’s"))
    return f"the {speaker}" if bare else speaker


def _holder(noun: Token) -> Token:
    """ "A spokesman for the company, Ivo Lund": the spokesman, when the parser hung the name on the company."""
    above = noun.head.head if noun.dep_ == "pobj" else noun
    return above if above.pos_ == "NOUN" and above.lower_ in people.words("offices") else noun


def _inner(text: str) -> str:
    """Words for use within quotation marks."""
    return text.replace("“", "‘").replace("”", "’").replace('"', "'").strip(" ,")


def _inside(words: str, noun: Token) -> str:
    """A noun phrase for use within a sentence: without the capital that its place gave it."""
    first = noun.doc[noun.left_edge.i]
    starts = (
        first.is_sent_start
        and first.pos_ in ("DET", "PRON", "NUM", "ADJ", "ADV")
        and words.startswith(first.text)
    )
    return words[0].lower() + words[1:] if starts else words


def _speaks_of_oneself(view: View, clause: Clause) -> bool:
    return any(t.lower_ in lexicon.FIRST_AND_SECOND for t in view.doc[clause.first : clause.last])


@cache
def _links() -> re.Pattern[str]:
    """Words that tie a sentence to the one before it and say nothing by themselves: "Meanwhile, ...", ", however, "."""
    words = "|".join(resources.toml("reference")["links"])
    return re.compile(rf"^(?:(?:{words}),\s+)+|(?:,\s+(?:{words}))+,(?=\s)", re.IGNORECASE)


def finish(text: str) -> str:
    """One line, a capital, a full stop."""
    text = _LOOSE.sub(r"\1", _SPACES.sub(" ", text)).strip(" ,;:")
    text = _links().sub("", text)
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "”", '."')) else text + "."

"""What a cue verb gives as said, thought or judged: its clause, infinitive, object, or what it is set into."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.attribution.draft import VERBAL, governor, subtree
from claims.extraction.attribution.lexicon import cues, documents, lemma, particle

_ABOUT = frozenset({"for", "about", "against", "on", "to"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CIRCUMSTANCES = frozenset({"punct", "prep", "advmod", "npadvmod", "prt", "dative"})
#: subordinators whose clause argues for what was said before
_ARGUING = frozenset({"because", "since", "though", "although", "while", "whereas", "unless", "if"})


def clause(verb: Token) -> set[int]:
    """The clause said: the verb's own complement, or the clause that the cue is set into."""
    for child in verb.children:
        beside = child.dep_ == "parataxis" and child.i > verb.i and lemma(child) not in cues("clause")
        if child.dep_ == "ccomp" or beside:
            if child.i > verb.i:
                return subtree(child) | _rest(verb, child)
            if not any(t.text == ";" for t in verb.doc[child.i : verb.i]):  # not "X says a; Y doubts b"
                return subtree(child)
    if verb.dep_ in {"parataxis", "ccomp"} and _is_inserted(verb):
        return subtree(verb.head) - subtree(verb)
    if verb.dep_ == "advcl" and _is_comparison(verb):
        return subtree(governor(verb)) - subtree(verb)
    return set()


def _is_inserted(verb: Token) -> bool:
    """As ", he said on Tuesday, ": between commas or at the sentence's end, with its subject beside it."""
    if any(child.dep_ == "mark" for child in verb.lefts):
        return False  # "She warned, however, that wages would add ..."
    left = verb.left_edge.i
    before = verb.doc[left - 1] if left else None
    return (
        before is not None and before.text in {",", "—", "–", "-", "”", '"', "''"} and verb.head.i != verb.i
    )


def _is_comparison(verb: Token) -> bool:
    """ "As the court noted in May, ...", "as reported by X": a cue that leaves what is said to its governor."""
    return any(child.lower_ == "as" for child in verb.lefts) and all(
        child.dep_ in _CIRCUMSTANCES or child.dep_ == "agent" for child in verb.rights
    )


def _rest(verb: Token, said: Token) -> set[int]:
    """What the parser hangs on the cue though it goes on with what is said: "..., but that he would not"."""
    rest: set[int] = set()
    for child in verb.rights:
        if child.i < said.i or child.pos_ not in VERBAL:
            continue
        goes_on = (child.dep_ == "conj" and _is_said_too(child, verb)) or (
            child.dep_ == "advcl" and any(part.lower_ in _ARGUING for part in child.lefts)
        )
        if goes_on and not any(lemma(part) in cues("clause") for part in child.subtree):
            rest |= subtree(child)
    return rest


def _is_said_too(joined: Token, cue: Token) -> bool:
    """Whether a clause coordinated with a cue is one with its content: "saying he was and is ..."."""
    lefts = list(joined.lefts)
    if any(part.dep_ == "mark" and part.lower_ == "that" for part in lefts):
        return True
    finite = joined.tag_ in _FINITE or any(part.tag_ in _FINITE for part in lefts)
    if finite and cue.tag_ in {"VBG", "VB"} and not any(part.tag_ == "MD" for part in cue.lefts):
        return True
    joint = next((part for part in cue.rights if part.dep_ == "cc" and part.i < joined.i), None)
    own = any(part.dep_ in {"nsubj", "nsubjpass", "expl"} for part in lefts)
    return own and joint is not None and not joint.nbor(-1).is_punct


def infinitive(verb: Token) -> set[int]:
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and any(
            part.dep_ == "aux" and part.lower_ == "to" for part in child.children
        ):
            return subtree(child)
    return set()


def object_(verb: Token) -> set[int]:
    """The verb's object with what follows it up to a comma or clause ("Holt for opposing the bill").

    Of a passive the subject, if the agent stands by it ("the plan was praised by X"); of a relative
    clause what it describes ("an offer that X rejected").
    """
    if (subject := next((c for c in verb.children if c.dep_ == "nsubjpass"), None)) is not None:
        return subtree(subject) if any(child.dep_ == "agent" for child in verb.children) else set()
    content = _onwards(verb, {"dobj", "xcomp", "oprd"}, _ABOUT)
    if not content and verb.dep_ == "relcl" and not any(c.dep_ == "dobj" for c in verb.rights):
        content = _described(verb)
    return content


def _onwards(verb: Token, objects: set[str], prepositions: frozenset[str]) -> set[int]:
    """From the first object, or the complement of the first preposition, up to a new clause."""
    content: set[int] = set()
    apart = False
    for child in verb.rights:
        if content:
            apart = apart or child.dep_ == "punct"
            if child.dep_ in {"cc", "conj", "parataxis"} or (apart and not _is_absolute(child)):
                break
            content |= subtree(child)
        elif child.dep_ in objects or (objects and child.lower_ == "so"):
            content = subtree(child)
        elif child.dep_ == "prep" and child.lower_ in prepositions:
            content = {i for part in child.children if part.dep_ in {"pobj", "pcomp"} for i in subtree(part)}
    return content


def _is_absolute(child: Token) -> bool:
    """The comma and the rest of "..., with output down by a tenth"."""
    return child.dep_ == "punct" or (
        child.lower_ == "with" and any(c.dep_ == "pcomp" for c in child.children)
    )


def _described(verb: Token) -> set[int]:
    """The noun that a relative clause without an object of its own tells of, with its pronoun."""
    pronoun = next((c for c in verb.lefts if c.tag_ in {"WDT", "WP"}), None)
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or subject == pronoun:
        return set()
    clause_ = subtree(verb)
    return {i for i in subtree(verb.head) if i < min(clause_)} | (
        {pronoun.i} if pronoun is not None else set()
    )


def prepositional(verb: Token) -> set[int]:
    """The complement of a preposition that makes a cue with the verb: "rail against", "lash out at"."""
    names = (lemma(verb), f"{lemma(verb)} {particle(verb)}")
    for child in verb.rights:
        if child.dep_ == "prep" and any(f"{name} {child.lower_}" in cues("preposition") for name in names):
            return _onwards(verb, set(), frozenset({child.lower_}))
    return set()


def evidence(verb: Token) -> set[int]:
    """The object of a verb whose subject is a document: "the poll shows a lead"."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    return object_(verb) if subject is not None and subject.lemma_.lower() in documents() else set()


def likened(verb: Token) -> set[int]:
    """The object and what it is taken for: "sees the levy as unfair", "called her weak"."""
    content = object_(verb)
    taken = any(c.dep_ == "oprd" for c in verb.rights) or any(
        verb.doc[i].lower_ == "as" and verb.doc[i].dep_ == "prep" for i in content
    )
    return content if taken else set()

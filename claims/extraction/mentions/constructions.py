"""How each word hangs in its sentence: whether it heads a clause of its own, and of which kind."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.mentions import lexicon
from claims.extraction.mentions.clause import Construction
from claims.extraction.mentions.spans import QUOTES
from claims.extraction.mentions.view import View, is_finite, is_past, is_verb
from claims.extraction.types import Quantity

_LONGEST_CHAIN = 60  # tokens or verbs; what is longer is no prose, and must not take for ever
_COMMAS = frozenset([",", "—", "–", "-", "(", ";", ":"])
#: what the head of a clause is to the word above it, if there is one
RELATIONS = frozenset("ccomp parataxis dep conj relcl acl advcl pcomp appos prep pobj dobj".split())


def construction_of(token: Token, view: View, first: int, last: int) -> Construction | None:
    """Whether ``token`` heads a clause of its own, and which."""
    is_root = token.head.i == token.i or not first <= token.head.i < last
    if (not is_root and token.dep_ not in RELATIONS) or token.is_punct or token.is_space:
        return None
    if token.i in view.cue_tokens and is_verb(token) and (is_root or _says(token)):
        return Construction.SAYING
    if is_root:
        return Construction.MAIN
    if is_verb(token):
        return _verbal(token, view, first)
    if token.dep_ == "appos" or token.dep_ == "relcl":
        return _nominal_description(token, view, first)
    if token.dep_ == "prep" and token.lower_ == "with":
        return Construction.ABSOLUTE if _is_absolute(token, view, first) else None
    return Construction.NOMINAL if _is_nominal_event(token, view) else None


def _says(token: Token) -> bool:
    if token.dep_ in ("relcl", "acl", "advcl"):
        return any(c.dep_ == "ccomp" for c in token.children)
    return token.dep_ in ("parataxis", "ccomp", "conj", "dep")


def _verbal(token: Token, view: View, first: int) -> Construction | None:
    speech, above = view.speech_of.get(token.i), view.speech_of.get(token.head.i)
    if token.dep_ == "ccomp" and token.i < token.head.i and _has_between(token, token.head, ";"):
        return Construction.JUXTAPOSED
    if token.dep_ in ("ccomp", "parataxis", "dep") and (is_finite(token) or speech is not above):
        if token.head.i in view.cue_tokens or (speech is not None and speech is not above):
            return Construction.CONTENT
        if is_finite(token) and (token.head.lemma_.lower() in lexicon.FRAMING or _is_told_by_be(token)):
            return Construction.CONTENT
        return Construction.JUXTAPOSED if _is_juxtaposed(token) else None
    if token.dep_ == "conj":
        return _coordinated(token, view, first)
    if token.dep_ == "relcl":
        set_off = after_comma(token, first) or described(token, first) or _brings_figure(token, view)
        return Construction.RELATIVE if set_off and is_finite(token) else None
    if token.dep_ in ("acl", "advcl"):
        return _subordinate(token, view, first)
    return _governed(token, view) if token.dep_ == "pcomp" else None


def _is_told_by_be(token: Token) -> bool:
    """ "What nobody disputes is that Oslo still holds both", "The fact is that ..."."""
    return token.head.lemma_ == "be" and any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)


def _brings_figure(token: Token, view: View) -> bool:
    """ "a firm whose partners shared 96 million", "a zone patrolled by 300 men": a figure of its own."""
    first = token.left_edge.i
    return (token.tag_ == "VBN" or is_finite(token)) and any(
        quantity.unit not in lexicon.TIME_UNITS and not _is_small(quantity)
        for quantity in view.figures(first, token.right_edge.i + 1)
    )


def _is_small(quantity: Quantity) -> bool:
    """ "two of the fires": a handful that points to something."""
    return quantity.value in (1, 2, 3, 4, 5) and quantity.text[:1].isalpha() and quantity.unit != "%"


def _governed(token: Token, view: View) -> Construction | None:
    """ "jailed for taking 3 million", "in what the army called the deadliest attack": facts behind a preposition."""
    preposition = token.head.lower_
    if preposition == "in" and is_finite(token):
        named = any(c.lower_ == "what" for c in token.children)
        return Construction.RELATIVE if named and _ranks_something(token) else None
    if preposition not in ("for", "after") or token.head.i > token.i or not is_verb(token.head.head):
        return None
    perfect = any(c.lower_ == "having" for c in token.children)
    acts = perfect or (token.tag_ == "VBG" and _holds_figure(token, view))
    return Construction.PARTICIPLE if acts and is_past(token.head.head) else None


def _ranks_something(token: Token) -> bool:
    return any(t.tag_ in ("JJS", "RBS") for t in token.doc[token.i : token.right_edge.i])


def _holds_figure(token: Token, view: View) -> bool:
    found = view.quantities(token.left_edge.i, token.right_edge.i + 1)
    return any(quantity.unit not in lexicon.TIME_UNITS for quantity in found)


def _is_juxtaposed(token: Token) -> bool:
    """ "... had grown: a table put it at ..." or "...; others expect": two clauses side by side.

    So are two with a comma between them and a subject each: "prices rose, the crown fell".
    """
    if any(child.dep_ == "mark" for child in token.children):
        return False
    if any(_has_between(token, token.head, mark) for mark in (":", ";", "—")):
        return True
    subjects = token.i < token.head.i and has_subject(token) and has_subject(token.head)
    return subjects and _has_between(token, token.head, ",") and not _is_contrast(token)


def _has_between(token: Token, other: Token, mark: str) -> bool:
    low, high = sorted((token.i, other.i))
    return any(t.text == mark for t in token.doc[low:high])


def _is_contrast(token: Token) -> bool:
    """ "We are not fighting one fire, we are fighting eleven" is one claim."""
    return token.lemma_ == token.head.lemma_ and any(c.dep_ == "neg" for c in token.children)


def _coordinated(token: Token, view: View, first: int) -> Construction | None:
    above = token.head
    if not has_subject(token) and any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in above.children):
        return None  # "collapsed or were badly damaged" is one claim
    if is_finite(token) or has_subject(token):
        chain = above
        for _ in range(_LONGEST_CHAIN):
            if chain.dep_ != "conj" or not is_verb(chain.head):
                break
            chain = chain.head
        if chain.dep_ in ("relcl", "acl", "advcl") and not _verbal(chain, view, first):
            return None
        return None if chain.dep_ in ("pcomp", "csubj") else Construction.COORDINATE
    if token.tag_ in ("VBN", "VBD") and is_finite(above):
        return Construction.COORDINATE
    if token.tag_ in ("VBG", "VBN") and above.dep_ in ("acl", "advcl"):
        return Construction.COORDINATE if _subordinate(above, view, first) else None
    repeats_to = any(c.tag_ == "TO" for c in token.children)
    both = above.dep_ == "xcomp" and repeats_to
    return Construction.COORDINATE if both or is_intended_too(token) else None


def is_intended_too(token: Token) -> bool:
    """ "would freeze rents and take back the tramway": the second of two intentions, with an object of its own."""
    above = token.head
    if token.dep_ != "conj" or token.tag_ != "VB" or not is_verb(above):
        return False
    ahead = any(c.dep_ == "aux" and c.lower_ in lexicon.MODALS_OF_FUTURE for c in above.children)
    return ahead and all(any(c.dep_ == "dobj" for c in verb.children) for verb in (above, token))


def _subordinate(token: Token, view: View, first: int) -> Construction | None:
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i}
    if (
        token.lower_ in lexicon.PREPOSITIONAL
        or marks & lexicon.IRREALIS_MARKS
        or any(c.tag_ == "TO" for c in token.children)
    ):
        return None
    bare = token.tag_ == "VBD" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    if not is_finite(token) or bare:  # the tagger takes "accompanied by" for a past tense
        participle = token.tag_ in ("VBN", "VBG", "VBD")
        fronted = token.left_edge.i == first
        own = after_comma(token, first) or (token.dep_ == "acl" and _brings_figure(token, view))
        return Construction.PARTICIPLE if participle and own and not fronted else None
    if not marks & lexicon.FACTIVE_MARKS or _is_evidence(token, marks):
        return None
    if marks & lexicon.TEMPORAL_MARKS and (not is_past(token) or _is_perfect(token)):
        return None  # "once the votes have been counted" is still to come
    if token.left_edge.i == first:
        subtree = range(token.left_edge.i, token.right_edge.i + 1)
        firm = any(i in view.quantity_tokens or i in view.entity_tokens for i in subtree)
        return Construction.ADVERBIAL if firm and token.tag_ in ("VBD", "VBN", "VBZ") else None
    contrast = bool(marks & {"while", "whereas"})
    dated = bool(marks & {"after", "before", "since"}) and _tells_when(token, view)
    return Construction.ADVERBIAL if contrast or dated or after_comma(token, first) else None


def _tells_when(token: Token, view: View) -> bool:
    """ "since fighting erupted on 11 May": with a day or a figure of its own, and its own subject.

    What stands before it has to say enough without it, unlike "Sales fell".
    """
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.pos_ == "PRON" or subject.lower_ == "records":
        return False  # "since records began"
    first = token.left_edge.i
    inside, before = range(first, token.right_edge.i + 1), range(token.head.left_edge.i, first)
    figures = view.time_tokens | view.quantity_tokens
    return any(i in figures for i in inside) and any(i in figures | view.entity_tokens for i in before)


def _is_perfect(token: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP") for c in token.children)


def _is_evidence(token: Token, marks: set[str]) -> bool:
    """ "..., as a survey showed": says where it comes from, and nothing of its own."""
    shows = token.lemma_.lower() in lexicon.SHOW and "as" in marks
    return shows and not any(c.dep_ in ("dobj", "ccomp") for c in token.children)


def _nominal_description(token: Token, view: View, first: int) -> Construction | None:
    """ "Ann Lee, head of the fund": a person and, beside the name, what she is."""
    if token.dep_ != "appos" or not after_comma(token, first):
        return None
    if token.right_edge.i - token.head.left_edge.i > _LONGEST_CHAIN:
        return None
    if any(t.text in QUOTES and not t.text.startswith(("'", "’")) for t in token.doc[token.head.i : token.i]):
        return None  # “We ran out of time, not ideas,” Ann Lee wrote
    names = [_is_person(token.head, view), _is_person(token, view)]
    kinds = [
        t.pos_ in ("NOUN", "ADJ") or (t.pos_ == "PROPN" and not p)
        for t, p in zip((token.head, token), names, strict=True)
    ]
    described = (names[0] and kinds[1]) or (names[1] and kinds[0])
    return Construction.APPOSITION if described and sum(1 for _ in token.subtree) > 1 else None


def _is_person(token: Token, view: View) -> bool:
    entity = view.entity_at.get(token.i)
    return entity is not None and entity.kind == "person"


def _is_absolute(token: Token, view: View, first: int) -> bool:
    if (
        token.right_edge.i - token.i > _LONGEST_CHAIN
        or token.left_edge.i == first
        or not after_comma(token, first)
    ):
        return False
    inside = list(token.subtree)
    ranked = any(t.tag_ == "JJS" for t in inside)
    negative = ranked or any(t.lower_ in ("no", "none", "neither") for t in inside)
    predicative = any(
        t.dep_ in ("nsubj", "nsubjpass") or t.dep_ == "acl" or t.text.endswith("ing") for t in inside
    )
    return len(inside) > 3 and (negative or predicative)


def _is_nominal_event(token: Token, view: View) -> bool:
    """ "following its annexation of Crimea": an act as a noun, its author or its object with it."""
    if token.dep_ == "conj" and token.head.pos_ == "NOUN" and token.head.dep_ != "conj":
        return is_event_noun(token) and _has_object(token) and _is_nominal_event(token.head, view)
    if token.dep_ not in ("pobj", "dobj") or not is_event_noun(token):
        return False
    preposition = token.head
    author = any(c.dep_ == "poss" for c in token.children)
    if preposition.lower_ in lexicon.EVENT_PREPOSITIONS:
        fronted = preposition.i == preposition.sent.start
        named = any(t.i in view.entity_tokens or t.i in view.quantity_tokens for t in token.subtree)
        return not fronted and (author or (_has_object(token) and named))
    return (
        preposition.lower_ in ("at", "on")
        and token.lemma_.lower() in lexicon.INSTIGATION
        and _has_object(token)
    )


def is_event_noun(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ != "NOUN" or lemma in lexicon.NOT_EVENTS:
        return False
    return lemma in lexicon.EVENT_NOUNS or (len(lemma) > 6 and lemma.endswith(lexicon.EVENT_SUFFIXES))


def _has_object(token: Token) -> bool:
    return any(
        c.dep_ == "prep" and c.lower_ in ("of", "by", "on", "between", "against", "in")
        for c in token.children
    )


def described(token: Token, first: int) -> Token | None:
    """The noun that begins a description of all that was said: "..., a decision that will cost 3 million"."""
    noun = token.head
    if noun.dep_ not in ("appos", "npadvmod", "dep") or noun.i > token.i or noun.head.pos_ == "PROPN":
        return None
    interrupted = (
        noun.head.i + 1 < noun.i and noun.head.nbor(1).text == ","
    )  # "approved, by 9 to 7, a law that"
    described = noun.left_edge.lower_ in ("a", "an") and after_comma(noun, first)
    return noun if described and not (is_verb(noun.head) and interrupted) else None


def has_subject(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in token.children)


def after_comma(token: Token, first: int) -> bool:
    left = token.left_edge.i
    while left > first and token.doc[left - 1].text in QUOTES:
        left -= 1
    return left > first and token.doc[left - 1].text in _COMMAS

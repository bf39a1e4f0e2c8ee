"""What is counted and what is measured, from the dependency parse."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import HYPHENS, Sort, words
from claims.extraction.quantities.lexicon import COMPOUNDS, MEASURING_VERBS
from claims.extraction.quantities.numbers import MAGNITUDES, TENS, UNITS, read
from claims.extraction.quantities.parse import Page
from claims.extraction.quantities.persons import is_person
from claims.extraction.quantities.units import names_unit, rate_at, rate_of_stuff

_MODIFIERS = {"amod", "compound", "nmod", "poss"}
_SKIPPED = {"NUM", "DET", "PUNCT", "PRON", "SYM", "PART", "ADP"}
_STOP_NOUNS = words("number amount total sum rate level figure lot bit kind sort other")
_NO_NOUNS = words("past under over par way on off plus odd one strong")
_FORESEEING = words(
    "expect forecast predict estimate plan promise project budget envisage pencil seek demand want"
)
_UNINFLECTED = words("crew police military")  # "14,000 crew" are persons, "two crews" are not
_NEXT = words("last next this past previous earlier")
_REACH = 6  # lexemes behind a number within which its noun must stand


def count_noun(page: Page, amount: Amount) -> None:
    """Gives a bare count its unit, the noun it counts, and marks where that noun stands."""
    if _hyphened(page, amount):
        return
    if page.word(amount.end) == "strong" or page.word(amount.end + 1) == "strong":
        return  # "the 9,000-strong workforce"
    noun = noun_behind(page, amount.end)
    if noun is not None and _speaks_of_it(page, amount, noun[0]):
        return
    if noun is None:
        noun = _noun_of_partitive(page, amount.end)
    elif noun[0].lemma_.lower() in _STOP_NOUNS:
        noun = None
    if noun is None and (end := _name_behind(page, amount)):
        first, last = page.lexemes[amount.end].start, page.lexemes[end - 1].end
        amount.unit = page.text[first:last].removesuffix("s")
        amount.measured = (amount.end, end)
    if noun is not None:
        token, end = noun
        amount.unit = unit_name(token, page.lexemes[amount.end].start, amount.value or amount.low)
        amount.measured = (amount.end, end)
        _add_rate(page, amount, end)


def _speaks_of_it(page: Page, amount: Amount, noun: Token) -> bool:
    """ "below the 185,000 economists had expected": who expects so many, and not what there are so many of."""
    verb = noun.head
    above = page.word(amount.start - 1) == "the" and verb.i > noun.i and noun.dep_ == "nsubj"
    return above and verb.lemma_.lower() in _FORESEEING and not any(c.dep_ == "dobj" for c in verb.children)


def _hyphened(page: Page, amount: Amount) -> bool:
    """ "5,000-seat arena", "two-capsule dose": what is counted is the noun behind the hyphen alone."""
    j = amount.end + 1
    if page.word(amount.end) not in HYPHENS or not (page.glued(amount.end) and page.glued(j)):
        return False
    token = page.token(j)
    if token is None or token.pos_ not in {"NOUN", "PROPN"} or page.word(j + 1) in HYPHENS:
        return False
    if token.lower_ in _NO_NOUNS:
        return False
    amount.unit, amount.measured = unit_name(token, page.lexemes[j].start), (amount.end, j + 1)
    return True


def _add_rate(page: Page, amount: Amount, end: int) -> None:
    """ "90 calls a day", "214 cases per 100,000 people": the rate behind the counted noun, at lexeme ``end``."""
    rate = rate_at(page.lexemes, end)
    if rate is not None:
        amount.unit, amount.end = f"{amount.unit} per {rate.name}", max(amount.end, rate.end)
    elif (rate := rate_of_stuff(page.lexemes, end)) is not None:
        amount.unit = f"{amount.unit} per {rate.name}"


def noun_behind(page: Page, i: int) -> tuple[Token, int] | None:
    """The head of the noun phrase that starts at lexeme ``i``, and the lexeme behind it."""
    best: tuple[Token, int] | None = None
    j = i
    while j < min(i + _REACH, len(page.lexemes)):
        token = page.token(j)
        lexeme = page.lexemes[j]
        if token is None:
            break
        if lexeme.sort is Sort.SIGN and lexeme.text not in {"-", "‑", "'", "’", "."}:
            break
        if lexeme.text == "." and not (page.glued(j) and token.text != "."):
            break
        if lexeme.sort is Sort.WORD and lexeme.lower != "odd":  # "7,000-odd people"
            if lexeme.lower in UNITS or lexeme.lower in TENS or lexeme.lower in MAGNITUDES:
                break
            if token.tag_ in {"NN", "NNS"} or (
                token.pos_ == "PROPN" and token.tag_ == "NNPS" and best is None
            ):
                best = (token, j + 1)
                if token.tag_ == "NNS" and not _is_compound(page, j):
                    break
            elif lexeme.lower in _NEXT or not _may_modify(token, best is not None):
                break
        elif lexeme.sort not in (Sort.SIGN, Sort.WORD):
            break
        j += 1
    return best


def _name_behind(page: Page, amount: Amount) -> int:
    """The lexeme behind a name that is counted ("23 Boeing 787s", "three Oscars", "2 million TEU"), 0 for none."""
    j = amount.end
    while page.lexemes[j : j + 1] and page.lexemes[j].sort is Sort.WORD and page.lexemes[j].text[0].isupper():
        j += 1
        if page.lexemes[j - 1].text.endswith("s"):
            break
    if j == amount.end or j > amount.end + 3:
        return 0
    if page.lexemes[j : j + 1] and page.lexemes[j].sort is Sort.NUMBER:
        return j + 2 if page.word(j + 1) == "s" and page.glued(j + 1) else 0
    last, number = page.lexemes[j - 1].text, page.token(j - 1)
    if number is None or number.pos_ != "PROPN" or (len(last) < 3 or page.word(j) in HYPHENS):
        return 0
    if not (last.isupper() or (last.endswith("s") and not last.endswith("ss"))):
        return 0
    counted = page.token(amount.end - 1)
    return j if counted is not None and counted.dep_ == "nummod" and counted.head.i == number.i else 0


def _may_modify(token: Token, noun_seen: bool) -> bool:
    """Adjectives, names and participles stand between a number and its noun, and nothing else."""
    if noun_seen:
        return False
    if token.pos_ == "ADV":  # "one particularly steep fall"
        return token.dep_ in {"advmod", "amod"} and token.head.i > token.i
    if token.tag_ in {"VBN", "VBG"}:
        return token.dep_ in {"amod", "compound"} or token.head.pos_ in {"NOUN", "PROPN"}
    return (
        token.pos_ in {"ADJ", "PROPN"}
        or token.dep_ in {"amod", "compound"}
        or token.lower_ in {"more", "other", "such"}
    )


def _is_compound(page: Page, j: int) -> bool:
    token, following = page.token(j), page.token(j + 1)
    return (
        token is not None
        and following is not None
        and token.dep_ == "compound"
        and token.head.i == following.i
    )


def _noun_of_partitive(page: Page, i: int) -> tuple[Token, int] | None:
    """ "71 of the 180 seats", "four of its members", "40 of the state's delegates": the noun behind "of"."""
    if page.word(i) != "of":
        return None
    whole = _noun_after(page, i + 1)
    if whole is not None and whole.tag_ == "NNS":
        return whole, i
    j = i + 1
    while page.word(j) in {"the", "its", "their", "his", "her", "our", "these", "those", "all"}:
        j += 1
    if j >= len(page.lexemes) or (j == i + 1 and page.lexemes[j].sort is not Sort.NUMBER):
        return None
    number = read(page.lexemes, j)
    if number is not None:
        j = number.end
    found = noun_behind(page, j)
    return (found[0], i) if found else None


def unit_name(noun: Token, start: int = 0, amount_of: float | None = None) -> str:
    """The singular of a counted noun with what is inseparable from it, from offset ``start`` on.

    These are the nouns compounded to it ("polling station") and adjectives that make a name of it
    ("primary school"); persons are "people".
    """
    lemma = _lemma(noun)
    if is_person(noun, lemma) or (lemma in _UNINFLECTED and (amount_of or 0) > 1 and noun.tag_ == "NN"):
        return "people"
    parts = [
        child.lower_
        for child in noun.lefts
        if child.i >= noun.i - 2 and child.idx >= start and child.text.isalpha() and _belongs(child, lemma)
    ]
    return " ".join([*parts, lemma])


def _belongs(part: Token, noun: str) -> bool:
    if part.pos_ == "ADJ":
        return (part.lower_, noun) in COMPOUNDS
    if part.i and part.nbor(-1).text in HYPHENS:
        return False  # "209,000 first-time claims" are claims
    return part.dep_ == "compound" and part.pos_ == "NOUN" and part.lower_ not in MAGNITUDES


def counts_persons(noun: Token) -> bool:
    """Whether what ``noun`` names are persons."""
    return is_person(noun, _lemma(noun))


# what is measured


def measure(page: Page, amount: Amount) -> str:
    """Lower-case lemmas of what the amount measures, "" where the parse does not tell."""
    if amount.measured is not None and amount.measured[1] > amount.measured[0]:
        token = page.token(amount.measured[1] - 1)
        return _phrase(token) if token is not None else ""
    head = page.token(amount.end - 1)
    if head is None:
        return ""
    head = _top(page, amount, head)
    return _complement(page, amount) or _governor(head, duration=amount.kind == "time")


def _top(page: Page, amount: Amount, token: Token) -> Token:
    """The token of the amount that everything else in it depends on."""
    start = page.lexemes[amount.start].start
    end = page.lexemes[amount.end - 1].end
    for _ in range(8):
        if not start <= token.head.idx < end or token.head.i == token.i:
            break
        token = token.head
    return token


def _complement(page: Page, amount: Amount) -> str:
    """ "20% of Ukrainian territory", "$300 billion in losses", "a 5% stake"."""
    i = amount.end
    if page.word(i) in {"of", "in"} or (page.word(i) == "worth" and page.word(i + 1) == "of"):
        j = i + (2 if page.word(i) == "worth" else 1)
        noun = _noun_after(page, j)
        if noun is not None and (page.word(i) != "in" or (noun.tag_ == "NNS" and noun.ent_type_ == "")):
            return _phrase(noun)
        return ""
    behind = noun_behind(page, i)
    if behind is not None and names_unit(behind[0].lower_):
        return ""
    return _phrase(behind[0]) if behind is not None else ""


def _noun_after(page: Page, j: int) -> Token | None:
    """The head noun of the phrase that a preposition at ``j - 1`` governs."""
    preposition = page.token(j - 1)
    if preposition is None:
        return None
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def _governor(token: Token, *, duration: bool) -> str:
    """ "losses of $300 billion", "turnout fell to 58%", "put turnout at 58%", "lost $300 billion"."""
    for _ in range(6):
        head = token.head
        if head.i == token.i:
            return ""
        if duration and head.pos_ in {"ADP", "SCONJ"} and head.lower_ != "of":
            return ""  # "in two years" places the event and measures nothing
        if head.pos_ == "ADP" or head.pos_ == "NUM" or head.dep_ in {"quantmod", "nummod"}:
            token = head
            continue
        if names_unit(head.lower_):
            token = head
            continue
        if head.pos_ in {"NOUN", "PROPN"}:
            return _phrase(head) if head.tag_ in {"NN", "NNS"} else ""
        if head.pos_ in {"VERB", "AUX"}:
            return _of_verb(head, token)
        token = head
    return ""


def _of_verb(verb: Token, token: Token) -> str:
    if token.dep_ == "nsubjpass":
        return verb.lemma_.lower()
    direct = token.dep_ in {"dobj", "attr", "npadvmod", "oprd"}
    if direct and verb.lemma_.lower() not in MEASURING_VERBS:
        return verb.lemma_.lower()
    if not direct:
        objects = [child for child in verb.children if child.dep_ == "dobj" and child.pos_ == "NOUN"]
        if objects and objects[0].i != token.i:
            return _phrase(objects[0])
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if not subjects and verb.dep_ in {"conj", "xcomp", "advcl"}:
        subjects = [child for child in verb.head.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if subjects and subjects[0].pos_ in {"NOUN", "PROPN"} and subjects[0].i != token.i:
        return "" if names_unit(subjects[0].lower_) else _phrase(subjects[0])
    return verb.lemma_.lower() if token.dep_ == "dobj" else ""


def _phrase(noun: Token) -> str:
    """A noun with the modifiers before it, as lower-case lemmas."""
    words = [
        child.lemma_.lower()
        for child in noun.lefts
        if child.dep_ in _MODIFIERS
        and not names_unit(child.lower_)
        and child.pos_ not in _SKIPPED
        and any(c.isalpha() for c in child.text)
    ]
    return " ".join([*words, _lemma(noun)])


def _lemma(noun: Token) -> str:
    """The lower-case singular; the parser leaves plural names ("Republicans") as they are."""
    lemma = noun.lemma_.lower()
    if (
        lemma.endswith(("os", "as"))
        and noun.lower_ == lemma + "es"
        and lemma not in {"gas", "canvas", "atlas"}
    ):
        lemma += "e"  # "doses" is no plural of "dos"
    return lemma.removesuffix("s") if noun.tag_ == "NNPS" and not lemma.endswith("ss") else lemma

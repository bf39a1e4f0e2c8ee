"""Who does what to whom: the parts that shared names play, by the frame and by their order.

"A attacked B" is not "B attacked A", though the words are the same (Zhang, Baldridge and He, 2019, PAWS).
Two names of one kind that change places are a change of roles, unless something turns the sentence round
with them: a passive, a converse verb ("bought", "sold"), or a link in which order does not matter.
"""

from __future__ import annotations

from itertools import combinations, permutations

from verification.comparison import lexicon
from verification.comparison.overlap import pair_names, related, same_name, wording
from verification.comparison.view import Name, View, once_a_view


@once_a_view
def role(name: Name, view: View) -> str:
    """Where a name stands in the frame: "subject", "object" or ""."""
    frame = view.mention.frame
    words = set(name.key.split()) | {lexicon.lemma(w) for w in name.words.casefold().split()}
    in_subject = bool(words & set(frame.subject.casefold().split()))
    in_object = bool(words & set(frame.object.casefold().split()))
    return "subject" if in_subject and not in_object else "object" if in_object and not in_subject else ""


@once_a_view
def places(name: Name, view: View) -> tuple[int, ...]:
    """The positions of a name's words in the text."""
    forms = {w.casefold() for w in lexicon.WORD.findall(name.words)} | set(name.key.split())
    return tuple(at for at, word in enumerate(view.words) if word.casefold().removesuffix("'s") in forms)


def _linked(one: Name, other: Name, view: View) -> bool:
    """Whether two names stand side by side so that their order says nothing: "A and B", "A-B talks"."""
    first, second = places(one, view), places(other, view)
    if not first or not second:
        return True
    if set(first) & set(second):
        return True
    low, high = (max(first), min(second)) if min(first) < min(second) else (max(second), min(first))
    between = [word.casefold() for word in view.words[low + 1 : high]]
    if view.words[low].endswith(("'s", "’s")):
        return False
    return not between or (len(between) <= 3 and bool(lexicon.cues("link") & set(between)))


def _turned(view: View) -> bool:
    """Whether a passive puts who acts after who is acted on."""
    lower = [word.casefold() for word in view.words]
    return "by" in lower and bool({"was", "were", "been", "is", "are", "being"} & set(lower))


def _explained(one: Name, one_b: Name, other: Name, other_b: Name, a: View, b: View) -> bool:
    """Whether the links show one of two names in its old part and do not show the other in a new one."""
    known = [
        kept(x, y, a, b) if parts(x, a) and parts(y, b) else None for x, y in ((one, one_b), (other, other_b))
    ]
    return True in known and False not in known


_ACTORS = frozenset({"person", "organisation", "country", "government", "group", ""})


def inversions(a: View, b: View) -> list[tuple[Name, Name]]:
    """Pairs of shared names of one kind that stand in the other order, where no passive explains it; or in the
    same one in spite of a passive. Names that the links show in their old parts are left out."""
    shared = pair_names(a.names, b.names)[0]
    symmetric = lexicon.cues("symmetric")
    if (
        symmetric & (lexicon.concepts(a.predicate) | lexicon.concepts(b.predicate))
        or "between" in a.words + b.words
    ):
        return []
    if converse(a.predicate, b.predicate, a, b):
        return []
    found = []
    for (one, one_b), (other, other_b) in combinations(shared, 2):
        if one.kind != other.kind and not {one.kind, other.kind} <= _ACTORS:
            continue
        in_a, in_b = (places(one, a), places(other, a)), (places(one_b, b), places(other_b, b))
        if not all((*in_a, *in_b)) or _linked(one, other, a) or _linked(one_b, other_b, b):
            continue
        inverted = (in_a[0][0] < in_a[1][0]) != (in_b[0][0] < in_b[1][0])
        explained = _explained(one, one_b, other, other_b, a, b)
        if inverted != (_turned(a) != _turned(b)) and not explained:
            found.append((one, other))
    return found


@once_a_view
def parts(name: Name, view: View) -> list[tuple[str, str]]:
    """(governor, relation) of a name in the links of the frame, as lemmas; with a noun, prepositions of
    belonging count as mod: "Kenya's", "from Kenya"."""
    forms = {w.casefold().rstrip(".") for w in lexicon.WORD.findall(name.words)} | set(name.key.split())
    split = (link.split(" ") for link in view.mention.frame.links)
    return [
        (
            head := lexicon.lemma(governor),
            "mod" if relation in _BELONGS and head != view.predicate else relation,
        )
        for governor, relation, dependent in split
        if dependent.rstrip(".") in forms and governor not in forms
    ]


_BELONGS = frozenset({"mod", "of", "from", "in"})
_CORE = frozenset({"agent", "patient", "mod"})


def _same_part(one: tuple[str, str], other: tuple[str, str], a: View, b: View) -> bool:
    """Whether two (governor, relation) are one part: one relation to governors that mean the same."""
    if one[1] != other[1]:
        return False
    heads = _heads_answer(a, b) and one[0] == a.predicate and other[0] == b.predicate and one[1] != "mod"
    prepositions = one[1] not in _CORE
    return heads or prepositions or lexicon.synonymous(one[0], other[0]) or related(one[0], other[0])


@once_a_view
def _governors(view: View) -> set[str]:
    return {lexicon.lemma(link.split(" ")[0]) for link in view.mention.frame.links}


def _heads_answer(a: View, b: View) -> bool:
    """Whether the main predicates can be taken to answer each other: the same, or neither has a better match."""
    one, other = a.predicate, b.predicate
    if lexicon.synonymous(one, other) or not one or not other:
        return True
    better = any(lexicon.synonymous(one, g) for g in _governors(b)) or any(
        lexicon.synonymous(other, g) for g in _governors(a)
    )
    return not better and not lexicon.opposite(one, other)


def _agents(lemma: str, view: View) -> list[Name]:
    return [name for name in view.names if (lemma, "agent") in parts(name, view)]


def converse(one: str, other: str, a: View, b: View) -> bool:
    """Whether two opposites tell one thing from two sides: "A sold it to B", "B bought it from A"."""
    if not lexicon.opposite(one, other, "converse"):
        return False
    ours, theirs = _agents(one, a), _agents(other, b)
    return bool(ours and theirs) and not any(same_name(x, y) for x in ours for y in theirs)


def answer(one: str, other: str, a: View, b: View) -> bool:
    """Whether two opposite words stand in one place: both predicates, or both tied to the same word."""
    if lexicon.synonymous(one, a.predicate) and lexicon.synonymous(other, b.predicate):
        return True
    light = lexicon.cues("light")
    if not (a.mention.frame.links and b.mention.frame.links):
        return not a.predicate or not b.predicate or bool({a.predicate, b.predicate} & light)
    return any(
        x[0] == y[0] and (x[1] == y[1] or related(x[1], y[1]) or lexicon.synonymous(x[1], y[1]))
        for x in _ties(one, a)
        for y in _ties(other, b)
    )


def _ties(lemma: str, view: View) -> set[tuple[str, str]]:
    """(relation, other end) of the links of a word; what a figure is tied to says nothing."""
    ties = set()
    for link in view.mention.frame.links:
        governor, relation, dependent = link.split(" ")
        governor, dependent = lexicon.lemma(governor), lexicon.lemma(dependent)
        if governor == lemma:
            ties.add((relation, dependent))
        if dependent == lemma:
            ties.add((f"to {relation}", governor))
    return ties


def reattached(a: View, b: View) -> str:
    """A word that both texts have and that belongs to another word in each, though both have those words too.

    "The north wing of the old museum" is not "the old wing of the north museum".
    """
    ours, theirs = _attachments(a), _attachments(b)
    for word, one in ours.items():
        other = theirs.get(word)
        if not other:
            continue
        crossed = {g for g in one if g in theirs or g in _all(theirs)} and {
            g for g in other if g in ours or g in _all(ours)
        }
        if crossed and not any(alike_words(x, y) for x in one for y in other):
            return word
    return ""


def alike_words(one: str, other: str) -> bool:
    """Whether two lemmas are synonyms or share a stem."""
    return lexicon.synonymous(one, other) or related(one, other)


def _all(attachments: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*attachments.values())


@once_a_view
def _attachments(view: View) -> dict[str, frozenset[str]]:
    """What each word acts in, is acted on by, or describes; both ends of a description, which may be turned."""
    found: dict[str, set[str]] = {}
    for link in view.mention.frame.links:
        governor, relation, dependent = link.split(" ")
        governor, dependent = lexicon.lemma(governor), lexicon.lemma(dependent)
        if relation in _CORE | {"of"} and governor not in lexicon.cues("light"):
            found.setdefault(dependent, set()).add(governor)
            if relation == "mod":
                found.setdefault(governor, set()).add(dependent)
    return {word: frozenset(others) for word, others in found.items()}


def usurped(a: View, b: View) -> list[Name]:
    """A shared name that does in the second what another shared name does in the first."""
    for (one, one_b), (other, other_b) in permutations(pair_names(a.names, b.names)[0], 2):
        ours, theirs = _deeds(one, a), _deeds(other_b, b)
        same = [(x, y) for x in ours for y in theirs if lexicon.synonymous(x, y)]
        own, their = _deeds(one_b, b), _deeds(other, a)
        if any(x not in their and y not in own for x, y in same):
            return [one, other]
    return []


def _deeds(name: Name, view: View) -> set[str]:
    return {head for head, relation in parts(name, view) if relation == "agent"} - lexicon.cues("light")


def _meets(ours: list[tuple[str, str]], theirs: list[tuple[str, str]], a: View, b: View) -> bool:
    return any(_same_part(one, other, a, b) for one in ours for other in theirs)


def exchanged(a: View, b: View) -> list[Name]:
    """Two shared names each of which plays in the second the part that the other plays in the first."""
    for (one, one_b), (other, other_b) in combinations(pair_names(a.names, b.names)[0], 2):
        first, second = parts(one, a), parts(other, a)
        first_b, second_b = parts(one_b, b), parts(other_b, b)
        crossed = _meets(first, second_b, a, b) and _meets(second, first_b, a, b)
        if crossed and not (_meets(first, first_b, a, b) or _meets(second, second_b, a, b)):
            return [one, other]
    return []


def kept(one: Name, one_b: Name, a: View, b: View) -> bool:
    """Whether the links show that a name plays one part in both."""
    return _meets(parts(one, a), parts(one_b, b), a, b)


def swapped_frame(a: View, b: View) -> list[Name]:
    """Two shared names, one acting and one acted on, that change places between the frames."""
    pairs = pair_names(a.names, b.names)[0]
    placed = [(x, role(x, a), role(y, b)) for x, y in pairs]
    turned = [name for name, one, other in placed if one and other and one != other]
    return turned if len(turned) > 1 else []


def kept_frame(a: View, b: View) -> bool:
    """Whether some shared name plays the same part in both frames."""
    return any((one := role(x, a)) and one == role(y, b) for x, y in pair_names(a.names, b.names)[0])


def alike(a: View, b: View) -> bool:
    """Whether the wordings are near enough for order alone to tell roles."""
    return wording(a, b) >= 0.6

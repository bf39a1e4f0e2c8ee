"""Who does what to whom: the parts that shared names play, by the frame and by their order.

"A attacked B" is not "B attacked A", though the words are the same (Zhang, Baldridge and He, 2019, PAWS).
Two names of one kind that change places are a change of roles, unless something turns the sentence round
with them: a passive, a converse verb ("bought", "sold"), or a link in which order does not matter.
"""

from __future__ import annotations

from itertools import combinations

from verification.comparison import lexicon
from verification.comparison.overlap import pair_names, pair_terms, same_name, wording
from verification.comparison.view import Name, Term, View


def role(name: Name, view: View) -> str:
    """Where a name stands in the frame: "subject", "object" or ""."""
    frame = view.mention.frame
    words = set(name.key.split()) | {lexicon.lemma(w) for w in name.words.casefold().split()}
    in_subject = bool(words & set(frame.subject.casefold().split()))
    in_object = bool(words & set(frame.object.casefold().split()))
    return "subject" if in_subject and not in_object else "object" if in_object and not in_subject else ""


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


def inversions(a: View, b: View) -> list[tuple[Name, Name]]:
    """Pairs of shared names of one kind that stand in the other order, where nothing explains it."""
    shared = pair_names(a.names, b.names)[0]
    symmetric = lexicon.cues("symmetric")
    if (
        symmetric & (lexicon.concepts(a.predicate) | lexicon.concepts(b.predicate))
        or "between" in a.words + b.words
    ):
        return []
    found = []
    for (one, one_b), (other, other_b) in combinations(shared, 2):
        if one.kind != other.kind:
            continue
        in_a, in_b = (places(one, a), places(other, a)), (places(one_b, b), places(other_b, b))
        if not all((*in_a, *in_b)) or _linked(one, other, a) or _linked(one_b, other_b, b):
            continue
        if (in_a[0][0] < in_a[1][0]) != (in_b[0][0] < in_b[1][0]):
            found.append((one, other))
    return found if _turned(a) == _turned(b) else []


def _modifier(term: Term, view: View) -> Name | None:
    """The name that stands right before a term: "U.S. companies", "Norland's exports"."""
    head = term.words.split()[0]
    at = next((at for at, word in enumerate(view.words) if word == head), 0)
    return next((name for name in view.names if at and at - 1 in places(name, view)), None)


def exchanged_modifiers(a: View, b: View) -> list[Name]:
    """Shared names that modify one thing in the first and change places in the second: "U.S. firms in Russia",
    "Russian firms in the U.S."."""
    for x, y in pair_terms(a.terms, b.terms)[0]:
        ours, theirs = _modifier(x, a), _modifier(y, b)
        if ours and theirs and not same_name(ours, theirs):
            crossed = any(same_name(ours, n) for n in b.names) and any(same_name(theirs, n) for n in a.names)
            if crossed:
                return [ours, theirs]
    return []


def swapped_frame(a: View, b: View) -> list[Name]:
    """Shared names that act in one frame and are acted on in the other."""
    pairs = pair_names(a.names, b.names)[0]
    placed = [(x, role(x, a), role(y, b)) for x, y in pairs]
    turned = [name for name, one, other in placed if one and other and one != other]
    return turned if len(pairs) > 1 else []


def kept_frame(a: View, b: View) -> bool:
    """Whether some shared name plays the same part in both frames."""
    return any((one := role(x, a)) and one == role(y, b) for x, y in pair_names(a.names, b.names)[0])


def alike(a: View, b: View) -> bool:
    """Whether the wordings are near enough for order alone to tell roles."""
    return wording(a, b) >= 0.6

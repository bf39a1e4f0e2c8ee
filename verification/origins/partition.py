"""From edges to origins: follow every voice to its root; voices with one root are one origin.

Union-find (Tarjan, 1975) over voices and named roots. A circle of citations has no named root and takes
its earliest article for one. A reviewer's cut is a cannot-link constraint: the later voice of the two
loses the edge that would put them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from verification.origins.case import Case, Hang
from verification.origins.types import Edge, Origin, OriginKind, Voice

Node = tuple[str, ...]


class _Groups:
    """Disjoint sets of nodes that never join two nodes which a reviewer has cut apart."""

    def __init__(self, cuts: Collection[tuple[str, str]]) -> None:
        self._parent: dict[Node, Node] = {}
        self._members: dict[Node, set[Node]] = {}
        self._cuts = {frozenset((_voice(a), _voice(b))) for a, b in cuts}

    def find(self, node: Node) -> Node:
        root = node
        while (above := self._parent.setdefault(root, root)) != root:
            root = above
        while node != root:
            self._parent[node], node = root, self._parent[node]
        self._members.setdefault(root, {root})
        return root

    def join(self, a: Node, b: Node) -> bool:
        """Join two sets; False, and nothing done, where a cut forbids it."""
        first, second = sorted((self.find(a), self.find(b)))
        if first == second:
            return True
        if any(frozenset((x, y)) in self._cuts for x in self._members[first] for y in self._members[second]):
            return False
        self._parent[second] = first
        self._members[first] |= self._members.pop(second)
        return True


def _voice(identifier: str) -> Node:
    return ("voice", identifier)


def partition(
    case: Case,
    hangs: dict[str, Hang],
    cuts: Collection[tuple[str, str]],
    joins: Collection[tuple[str, str]],
) -> tuple[Origin, ...]:
    """Return the origins of one side of a claim, the earliest first."""
    voices = [voice for voice in case.voices if voice.id in hangs]
    groups = _Groups(cuts)
    forced: dict[str, str] = {}  # the later voice of each pair that a reviewer joined -> the earlier
    place = {voice.id: at for at, voice in enumerate(voices)}
    known = (sorted(pair, key=place.__getitem__) for pair in joins if set(pair) <= place.keys())
    for earlier, later in sorted(known):
        if groups.join(_voice(earlier), _voice(later)):
            forced[later] = earlier
    edges: dict[str, Edge] = {}
    for voice in voices:
        edges[voice.id] = _edge(voice, hangs[voice.id], case, groups, forced)
    together: dict[Node, list[Voice]] = {}
    for voice in voices:
        together.setdefault(groups.find(_voice(voice.id)), []).append(voice)
    return tuple(_origin(members, edges, hangs, case) for members in together.values())


def _edge(voice: Voice, found: Hang, case: Case, groups: _Groups, forced: dict[str, str]) -> Edge:
    words = case.verbatim(voice, found.words)
    node = _voice(found.parent) if found.parent else ("root", *found.key)
    joined = groups.join(_voice(voice.id), node)
    if voice.id in forced:
        return Edge(voice.id, found.rule, forced[voice.id], found.root, words, "a reviewer put it here")
    if joined:
        return Edge(voice.id, found.rule, found.parent, found.root, words, found.why)
    outlet = case.document(voice).outlet
    return Edge(voice.id, OriginKind.INDEPENDENT, None, outlet, words, "a reviewer set it apart")


def _origin(members: Sequence[Voice], edges: dict[str, Edge], hangs: dict[str, Hang], case: Case) -> Origin:
    own = tuple(edges[voice.id] for voice in members)
    named = [edge for edge in own if edge.parent is None]
    root = (named or own)[0].root
    kind = _kind(members, own, root)
    return Origin(kind, root, members[0].against, own, _reason(members, own, root, case))


def _kind(members: Sequence[Voice], edges: Sequence[Edge], root: str) -> OriginKind:
    """What binds the members, by number of links; an origin of one article is independent."""
    if any(edge.why.startswith("altered copy") for edge in edges):
        return OriginKind.COPY
    if len({voice.document for voice in members}) == 1:
        return OriginKind.INDEPENDENT
    heard = [edge for edge in edges if edge.parent is None]
    if len(heard) > 1:
        direct = Counter(edge.rule for edge in heard if edge.rule is not OriginKind.INDEPENDENT)
        return max(direct, key=lambda kind: (direct[kind], kind), default=OriginKind.PUBLISHER)
    links = Counter(edge.rule for edge in edges if edge.parent is not None)
    return max(links, key=lambda kind: (links[kind], kind), default=OriginKind.SPEAKER)


def _reason(members: Sequence[Voice], edges: Sequence[Edge], root: str, case: Case) -> str:
    outlets = {voice.id: case.page(voice).document.outlet for voice in case.voices}
    parts = []
    for edge in edges:
        link = f"{outlets[edge.voice]}: {edge.why}"
        if edge.parent is not None:
            link += f", from {outlets[edge.parent]}"
        parts.append(link)
    count = len({voice.document for voice in members})
    articles = "1 article" if count == 1 else f"{count} articles"
    return f"{articles} with one root, {root} ({'; '.join(parts)})."

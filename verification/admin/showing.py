"""What the pages show of mentions and evidence, made ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.admin.base import outside
from claims.admin.highlighting import Segment, in_sentence
from claims.admin.mentions import place
from claims.models import Mention
from verification.selectors.dossiers import Dossier
from verification.selectors.origin_groups import Member, OriginGroup

#: how a mention hangs on what is before it, by the rule of its edge
RULES = {
    "copy": "copied from",
    "credit": "credits",
    "citation": "cites",
    "publisher": "same publisher as",
    "speaker": "has it from",
    "data": "rests on the data of",
    "independent": "on its own account",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A mention in its sentence, with its place in the article and, in an origin, why it is there."""

    mention: Mention
    sentence: tuple[Segment[Mention], ...]
    place: str
    elsewhere: bool  # it belongs to another claim
    because: str = ""
    words: str = ""
    cut_from: int | None = None  # the mention that it is counted with, from which it can be cut

    @property
    def outlet(self) -> str:
        return self.mention.revision.article.source.name


@dataclass(frozen=True, slots=True)
class OriginCard:
    group: OriginGroup
    lead: Card
    folded: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The mentions of a dossier: origins for, origins against, and those nobody stands behind."""

    speaks_for: tuple[OriginCard, ...]
    against: tuple[OriginCard, ...]
    uncounted: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A line of a verdict's evidence, with an address if it may be one."""

    words: str
    href: str


def mention_cards(dossier: Dossier) -> Sides:
    """The mentions of a dossier, ready to show."""
    claim_id = dossier.claim.pk
    return Sides(
        speaks_for=tuple(_origin(group, claim_id) for group in dossier.speaks_for),
        against=tuple(_origin(group, claim_id) for group in dossier.against),
        uncounted=tuple(card(mention, claim_id) for mention in dossier.uncounted),
    )


def card(
    mention: Mention, claim_id: int | None, because: str = "", words: str = "", cut_from: int | None = None
) -> Card:
    """``mention`` must come with its ``sentence``: see :func:`claims.selectors.reading.in_sentences`."""
    sentence: str = getattr(mention, "sentence", mention.text)
    return Card(
        mention=mention,
        sentence=in_sentence(mention, sentence),
        place=place(mention, claim_id),
        elsewhere=mention.claim_id != claim_id,
        because=because,
        words="" if words.strip() == sentence.strip() else words,  # it is there to be read already
        cut_from=cut_from,
    )


def evidence(lines: Iterable[object]) -> tuple[EvidenceItem, ...]:
    """The evidence of a verdict: addresses lead out, mentions to their place on the page."""
    found = []
    for line in map(str, lines):
        kind, _, number = line.partition(":")
        if kind == "mention" and number.isdecimal():
            found.append(EvidenceItem(f"mention {number}", f"#mention-{number}"))
        else:
            found.append(EvidenceItem(line, outside(line)))
    return tuple(found)


def _origin(group: OriginGroup, claim_id: int) -> OriginCard:
    return OriginCard(
        group=group,
        lead=_member_card(group.lead, group, claim_id),
        folded=tuple(_member_card(member, group, claim_id) for member in group.folded),
    )


def _member_card(member: Member, group: OriginGroup, claim_id: int) -> Card:
    because = RULES.get(member.rule, member.rule)
    if member.rule != "independent":
        parent = member.parent.revision.article.source.name if member.parent else group.origin.root
        because = f"{because} {parent}"
    lead = group.lead.mention.pk
    above = member.parent.pk if member.parent else lead
    cut_from = above if member is not group.lead else None
    return card(member.mention, claim_id, because, member.words, cut_from)

"""A family of articles with the origins of its claims, as the tests write them down.

A claim lists its mentions as (article, words, speaker) and its origins as groups of articles; an
article that begins with "!" holds a mention against the claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from verification.origins import Document, Origin, Voice

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Claim:
    id: str
    mentions: tuple[tuple[str, str, str | None], ...]
    origins: Groups
    against: Groups = ()


@dataclass(frozen=True)
class Family:
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    copies: frozenset[tuple[str, str]]

    def voices(self, claim: Claim) -> list[Voice]:
        return [
            self.voice(f"{claim.id}.{number}", article.removeprefix("!"), words, speaker, article[0] == "!")
            for number, (article, words, speaker) in enumerate(claim.mentions)
        ]

    def voice(
        self, identifier: str, article: str, words: str, speaker: str | None = None, against: bool = False
    ) -> Voice:
        text = next(document.text for document in self.documents if document.id == article)
        start = text.index(words)
        return Voice(identifier, article, start, start + len(words), speaker, against=against)


def documents(
    month: str, texts: dict[str, str], mastheads: dict[str, tuple[str, str, str, str, str | None]]
) -> tuple[Document, ...]:
    """Documents from texts and (outlet, publisher, "dayThour:minute", title, byline)."""
    return tuple(
        Document(
            id=slug,
            outlet=outlet,
            text=texts[slug],
            publisher=publisher,
            published=datetime.fromisoformat(f"{month}-{moment}:00").replace(tzinfo=UTC),
            byline=byline,
            title=title,
            url=f"https://{slug}.example/{month}",
        )
        for slug, (outlet, publisher, moment, title, byline) in mastheads.items()
    )


def groups(origins: tuple[Origin, ...], voices: list[Voice], *, against: bool = False) -> Groups:
    """The articles of each origin on one side, sorted, to compare with what a claim expects."""
    where = {voice.id: voice.document for voice in voices}
    found = ({where[edge.voice] for edge in origin.edges} for origin in origins if origin.against == against)
    return in_order(tuple(tuple(articles) for articles in found))


def in_order(given: Groups) -> Groups:
    return tuple(sorted(tuple(sorted(articles)) for articles in given))

"""Independent origins of claims, from articles: read, cross-checked and counted by the whole pipeline.

    python -m tests.benchmarks.origins_end_to_end [--misses] FOLDER...

Each FOLDER is a family of news with gold origins (``claims.json``, as ``gold/transport``). All are handed in to the
empty database of ``TWOSOURCE_DATA_DIR`` or ``DATABASE_URL``. Then, for each gold claim, the mentions that extraction
found at its own (closest, at least half of the tokens) are looked up, and the stored claim that holds most of those
that affirm it stands for it; where nobody affirms it, the one that holds most of those who deny it. What its
assessment counts, for and against, is scored like ``manage.py evaluate origins`` scores; a claim that was not found
counts as without origin. Prints one JSON object a family and one for all.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import families

if TYPE_CHECKING:
    from verification.evaluation.origins import GoldClaim, GoldFamily


@dataclass(frozen=True, slots=True)
class Found:
    """What stands for a gold claim: the stored claim's number and wording, its origins as sets of slugs."""

    claim: int | None = None
    text: str = ""
    origins: tuple[frozenset[str], ...] = ()
    against: tuple[frozenset[str], ...] = ()
    mentions: tuple[
        tuple[str, int | None], ...
    ] = ()  # slug of each gold mention and its claim, None if missed


@dataclass(slots=True)
class Scores:
    claims: int = 0
    exact: int = 0
    false_corroborations: int = 0
    missed_corroborations: int = 0
    partitions: int = 0
    against: int = 0
    not_found: int = 0
    misses: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if name != "misses"}
        return told | {"exact %": round(100 * self.exact / max(self.claims, 1), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="origins_end_to_end", description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="also list the claims that came out wrong")
    options = parser.parse_args()
    families.prepare()
    families.go_through(options.folders)
    from verification.evaluation.origins import read_family

    total = Scores()
    for folder in options.folders:
        scores = score(folder.name, read_family(folder))
        told = {"family": folder.name, **scores.shares()}
        print(json.dumps(told | ({"misses": scores.misses} if options.misses else {})))  # noqa: T201
        for name, value in asdict(scores).items():
            setattr(total, name, getattr(total, name) + value)
    print(json.dumps({"family": "all", **total.shares()}))  # noqa: T201


def score(family: str, gold: GoldFamily) -> Scores:
    scores = Scores()
    by_slug = {
        document.id: families.stored(families.address(family, document.id)) for document in gold.documents
    }
    texts = {document.id: document.text for document in gold.documents}
    for claim in gold.claims:
        found = find(claim, by_slug, texts)
        scores.claims += 1
        scores.not_found += found.claim is None
        exact = len(found.origins) == len(claim.origins)
        false = len(found.origins) >= 2 and len(claim.origins) <= 1
        scores.exact += exact
        scores.false_corroborations += false
        scores.missed_corroborations += len(found.origins) <= 1 and len(claim.origins) >= 2
        scores.partitions += set(found.origins) == set(claim.origins)
        scores.against += len(found.against) == len(claim.against)
        if not exact or len(found.against) != len(claim.against):
            scores.misses.append(_line(claim, found, false))
    return scores


def find(claim: GoldClaim, by_slug: Mapping[str, Mapping[int, Any]], texts: Mapping[str, str]) -> Found:
    """The stored claim that stands for a gold claim."""
    from claims.models import Claim, Mention

    affirmed = any(not voice.against for voice in claim.voices)
    places = [
        (voice, _closest(voice, by_slug[voice.document], texts[voice.document])) for voice in claim.voices
    ]
    ids = [mention for _, mention in places if mention is not None]
    claim_of = dict(Mention.objects.filter(pk__in=ids).values_list("pk", "claim"))
    at = tuple((voice.document, claim_of.get(mention)) for voice, mention in places)
    votes = Counter(
        claim_of[mention] for voice, mention in places if mention in claim_of and voice.against != affirmed
    )
    if not votes:
        return Found(mentions=at)
    number = min(votes, key=lambda pk: (-votes[pk], pk))
    slug_of = {mention: slug for slug, mentions in by_slug.items() for mention in mentions}
    row = Claim.objects.get(pk=number)
    parts: dict[bool, list[frozenset[str]]] = {False: [], True: []}
    for origin in row.origins.prefetch_related("members"):
        members = (slug_of.get(member.mention_id, "elsewhere") for member in origin.members.all())
        parts[origin.against].append(frozenset(members))
    return Found(number, row.text, tuple(parts[False]), tuple(parts[True]), at)


def _closest(voice: Any, mentions: Mapping[int, Any], text: str) -> int | None:
    from verification.evaluation.spans import Tokens, one_to_one

    tokens = Tokens(text)
    spans = [tokens.inside([(mention.start, mention.end)]) for mention in mentions.values()]
    paired = one_to_one([tokens.inside([(voice.start, voice.end)])], spans)
    return list(mentions)[paired[0][1]] if paired else None


def _line(claim: GoldClaim, found: Found, false: bool) -> str:
    return (
        f"{claim.id}{' FALSE' if false else ''}: {_sets(found.origins)} against {_sets(found.against)} should be "
        f"{_sets(claim.origins)} against {_sets(claim.against)}; claim {found.claim} {found.text!r}; its mentions in "
        + ", ".join(f"{slug}: {number}" for slug, number in found.mentions)
    )


def _sets(parts: Sequence[frozenset[str]]) -> str:
    return f"{len(parts)} " + " ".join("{" + ", ".join(sorted(part)) + "}" for part in parts)


if __name__ == "__main__":
    main()

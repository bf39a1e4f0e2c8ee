"""Claims of a query with what people decided on them, when, and on what evidence: for export.

Read in chunks by key, so that memory stays the same for any number of claims and no cursor is held open
while somebody downloads slowly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.models import Claim, Mention
from verification.models import Verdict
from verification.selectors.exporting import CHUNK, as_it_stands
from verification.selectors.verdicts import readable

Row = dict[str, Any]


def reviewed(claims: QuerySet[Claim], person: User) -> Iterator[Row]:
    """Each of ``claims`` by number, with the verdicts on it that ``person`` may read, the latest first.

    ``claims`` come through :func:`verification.selectors.listing.with_standing`.
    A verdict is ``{"word","reviewer","confirms","at","note","evidence"}``; ``confirms`` is the first reviewer
    of a second review. Evidence that is a mention is ``{"mention","article","text"}``, any other
    ``{"address"}``. Verdicts that were taken back are left out, and claims that are not assessed yet.
    """
    rows = claims.filter(standing__isnull=False).order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        verdicts = _verdicts(chunk, person)
        for claim in chunk:
            yield {
                **as_it_stands(claim),
                "kind": claim.kind,
                "flagged": claim.standing.flagged,
                "mentions": claim.mention_count,  # type: ignore[attr-defined] # an annotation
                "checkworthiness": claim.checkworthiness,
                "first_seen": claim.created_at.isoformat(),
                "verdicts": verdicts[claim.pk],
            }
        last = chunk[-1].pk


def _verdicts(claims: Iterable[Claim], person: User) -> dict[int, list[Row]]:
    given = Verdict.objects.filter(claim__in=[claim.pk for claim in claims], withdrawal=None)
    rows = list(readable(given, person).select_related("reviewer", "first_reviewer").order_by("-pk"))
    mentions = _mentions(line for row in rows for line in row.evidence)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.claim_id].append(
            {
                "word": row.word,
                "reviewer": row.reviewer.get_username(),
                "confirms": row.first_reviewer.get_username() if row.first_reviewer else None,
                "at": row.created_at.isoformat(),
                "note": row.note,
                "evidence": [mentions.get(str(line), {"address": str(line)}) for line in row.evidence],
            }
        )
    return found


def _mentions(lines: Iterable[object]) -> dict[str, Row]:
    """What ``mention:7`` stands for, by that word."""
    numbers = [str(line).removeprefix("mention:") for line in lines if str(line).startswith("mention:")]
    rows = Mention.objects.filter(pk__in=[number for number in numbers if number.isdecimal()])
    values = rows.values_list("pk", "revision__article__url", "text")
    return {f"mention:{pk}": {"mention": pk, "article": url, "text": text} for pk, url, text in values}

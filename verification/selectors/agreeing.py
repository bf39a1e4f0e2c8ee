"""How often the reviewers of second reviews agree, pair by pair."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count

from verification.agreement import Agreement, cohens_kappa
from verification.models import Verdict


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two people, whoever of them was first, and where they most often differed: (his word, hers, times)."""

    one: User
    other: User
    figures: Agreement
    differed: tuple[str, str, int] | None


def agreement_by_pair(*, blind_only: bool) -> list[PairAgreement]:
    """All pairs, most verdicts first, in two queries. Verdicts that were taken back do not count.

    Only blind reviews measure how far people agree by themselves; in an open one the second knew the first.
    """
    rows = Verdict.objects.filter(
        confirms__isnull=False, withdrawal=None, confirms__withdrawal=None
    ).order_by()
    if blind_only:
        rows = rows.filter(confirms__blind=True)
    tables: dict[tuple[int, int], dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    grouped = rows.values_list("first_reviewer", "reviewer", "confirms__word", "word")
    for first, second, first_word, second_word, n in grouped.annotate(n=Count("pk")):
        if first < second:
            tables[first, second][first_word, second_word] += n
        else:
            tables[second, first][second_word, first_word] += n
    people = User.objects.in_bulk({person for pair in tables for person in pair})
    found = [
        PairAgreement(people[one], people[other], cohens_kappa(table), _most_differed(table))
        for (one, other), table in tables.items()
    ]
    return sorted(found, key=lambda pair: (-pair.figures.count, pair.one.pk, pair.other.pk))


def _most_differed(table: dict[tuple[str, str], int]) -> tuple[str, str, int] | None:
    differing = [(*words, n) for words, n in table.items() if words[0] != words[1]]
    return max(differing, key=lambda row: (row[2], row[0], row[1]), default=None)

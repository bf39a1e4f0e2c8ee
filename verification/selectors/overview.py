"""Claims in a line each, for the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from claims.models import Claim


@dataclass(frozen=True, slots=True)
class ClaimLine:
    text: str
    status: str
    outdated: bool
    mentions: int
    origins_for: int
    origins_against: int

    @property
    def status_words(self) -> str:
        return f"{self.status}, outdated" if self.outdated else self.status

    @property
    def origins(self) -> str:
        return (
            f"{self.origins_for} : {self.origins_against}" if self.origins_against else str(self.origins_for)
        )


def claims_of_channel(channel: str) -> list[ClaimLine]:
    """The assessed claims of what came in through ``channel``, most mentions first."""
    claims = (
        Claim.objects.filter(
            mentions__revision__submissions__channel=channel, merged_into=None, assessment__isnull=False
        )
        .select_related("standing", "assessment")
        .annotate(current=Count("mentions", filter=Q(mentions__revision__is_current=True), distinct=True))
        .order_by("-current", "-assessment__origins_for", "-checkworthiness", "pk")
        .distinct()
    )
    return [
        ClaimLine(
            text=claim.text,
            status=claim.standing.status,
            outdated=claim.standing.outdated,
            mentions=claim.current,
            origins_for=claim.assessment.origins_for,
            origins_against=claim.assessment.origins_against,
        )
        for claim in claims
    ]

"""Claims as cross-checking leaves them: their mentions tied to one another, and assessed."""

from __future__ import annotations

from itertools import combinations

from claims.models import Claim
from tests import factories as make
from verification.services.assessing import assess


def claim_of(text: str, *outlets: str) -> Claim:
    """A claim that these outlets make, each in its own article."""
    claim = make.ClaimFactory(text=text)
    mentions = [
        make.MentionFactory(
            claim=claim,
            revision__text=f"{text} So {outlet} says.",
            text=text,
            revision__article__source__name=outlet,
        )
        for outlet in outlets
    ]
    for one, other in combinations(mentions, 2):
        make.ComparisonFactory(a=one, b=other, relation="same", confidence=0.95)
    assess([claim.pk])
    return claim

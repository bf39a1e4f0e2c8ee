"""The values over time of what a claim measures, by the origin that gives them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest

from claims.models import Claim, Mention, Source
from tests.claims.api.calling import ROOT, as_admin
from tests.factories import (
    ClaimFactory,
    ComparisonFactory,
    EntityMentionFactory,
    MentionFactory,
    OriginFactory,
    OriginMemberFactory,
    QuantityFactory,
    RelationFactory,
    TimeExpressionFactory,
)

pytestmark = pytest.mark.django_db


def said(claim: Claim, figure: int, source: str, day: str, *, dated: bool = False, **fields: Any) -> Mention:
    """An outlet says on a day how many tonnes the port handled."""
    published = datetime.fromisoformat(day).replace(tzinfo=UTC)
    mention = MentionFactory(
        claim=claim,
        text=f"Port Ellery handled {figure} tonnes in May",
        revision__text=f"Port Ellery handled {figure} tonnes in May, it said.",
        revision__article__source=Source.objects.get_or_create(name=source)[0],
        revision__article__published_at=published,
        **fields,
    )
    QuantityFactory(mention=mention, text=f"{figure} tonnes", value=figure, unit="tonne")
    EntityMentionFactory(mention=mention)
    if dated:
        TimeExpressionFactory(mention=mention, first=mention.as_of_first, last=mention.as_of_last)
    return mention


def behind(claim: Claim, root: str, *mentions: Mention, against: bool = False) -> None:
    number = claim.origins.count() + 1
    origin = OriginFactory(claim=claim, number=number, root=root, against=against)
    for mention in mentions:
        OriginMemberFactory(origin=origin, mention=mention)


def related(a: Mention, b: Mention, relation: str = "updates", confidence: float = 0.9) -> None:
    newer = {"newer": b.claim} if relation == "updates" else {}
    RelationFactory(comparison=ComparisonFactory(a=a, b=b, relation=relation, confidence=confidence), **newer)


def read(claim: Claim) -> dict[str, Any]:
    answer = as_admin().get(f"{ROOT}/claims/{claim.pk}/timeline/")
    assert answer.status_code == 200
    return dict(answer.json())


def values(claim: Claim) -> dict[str, list[float]]:
    return {line["root"]: [point["value"] for point in line["points"]] for line in read(claim)["origins"]}


def test_values_stand_by_origin_in_the_order_of_time_with_the_claims_they_are_from() -> None:
    may, june = ClaimFactory(), ClaimFactory()
    wire, copy = said(may, 100, "Wire", "2025-06-01"), said(may, 100, "Herald", "2025-06-01")
    post = said(
        may, 110, "Post", "2025-06-02", as_of_first=date(2025, 5, 1), as_of_last=date(2025, 5, 31), dated=True
    )
    later = said(june, 130, "Wire", "2025-07-01")
    behind(may, "Wire", wire, copy)
    behind(may, "Post", post)
    behind(june, "Wire", later)
    related(wire, later)
    found = read(may)
    assert (found["unit"], found["more"]) == ("tonne", False)
    assert values(may) == {"Post": [110], "Wire": [100, 130]} == values(june)
    by_root = {line["root"]: line["points"] for line in found["origins"]}
    one, two = by_root["Wire"]
    assert (one["sources"], one["mentions"]) == (["Wire", "Herald"], [wire.pk, copy.pk])
    assert (one["first"], one["dated"]) == ("2025-06-01", "published")
    assert (by_root["Post"][0]["last"], by_root["Post"][0]["dated"]) == ("2025-05-31", "text")
    assert two["claim"] == june.pk
    told = [(row["claim"]["id"], row["relation"], row["newer"]) for row in found["claims"]]
    assert told == [(may.pk, None, None), (june.pk, "updates", True)]


def test_a_chain_of_updates_is_followed_by_way_of_one_claim_between() -> None:
    claims = ClaimFactory.create_batch(4)
    days = [said(claim, 100 + n, "Wire", f"2025-06-0{n + 1}") for n, claim in enumerate(claims)]
    for claim, mention in zip(claims, days, strict=True):
        behind(claim, "Wire", mention)
    for earlier, later in pairwise(days):
        related(earlier, later)
    assert values(claims[0]) == {"Wire": [100, 101, 102]}
    via = {row["claim"]["id"]: row["via"] for row in read(claims[0])["claims"]}
    assert via == {claims[0].pk: None, claims[1].pk: None, claims[2].pk: claims[1].pk}


def test_what_names_nobody_is_followed_where_the_articles_share_names() -> None:
    claims = [ClaimFactory() for _ in range(3)]
    tolls = []
    for claim, toll, day in zip(
        claims, (12, 15, 19), ("2025-05-02", "2025-05-03", "2025-05-04"), strict=True
    ):
        mention = MentionFactory(
            claim=claim,
            text=f"The storm killed {toll} people",
            revision__text=f"The storm killed {toll} people. Mayor Ida Torvald of Holelwick wept.",
            revision__article__published_at=datetime.fromisoformat(day).replace(tzinfo=UTC),
        )
        QuantityFactory(mention=mention, text=f"{toll} people", value=toll, unit="people")
        beside = MentionFactory(revision=mention.revision, text="Mayor Ida Torvald of Holelwick wept")
        for name in ("Ida Torvald", "Holelwick"):
            EntityMentionFactory(mention=beside, entity__name=name, entity__kind="place", text=name)
        behind(claim, f"The {toll}", mention)
        tolls.append(mention)
    related(tolls[0], tolls[1])
    related(tolls[1], tolls[2])
    assert [row["claim"]["id"] for row in read(claims[0])["claims"]] == [claim.pk for claim in claims]


@pytest.mark.parametrize(
    ("relation", "confidence"), [("unrelated", 0.9), ("updates", 0.4)], ids=["unrelated", "hardly sure"]
)
def test_a_claim_in_another_slot_gives_no_value(relation: str, confidence: float) -> None:
    one, other = ClaimFactory(), ClaimFactory()
    a, b = said(one, 100, "Wire", "2025-06-01"), said(other, 300, "Post", "2025-06-02")
    behind(one, "Wire", a)
    behind(other, "Post", b)
    related(a, b, relation, confidence)
    assert values(one) == {"Wire": [100]}


def test_a_value_counts_where_an_origin_stands_behind_it() -> None:
    claim = ClaimFactory()
    wire, denied = said(claim, 100, "Wire", "2025-06-01"), said(claim, 90, "Post", "2025-06-02")
    behind(claim, "Wire", wire)
    behind(claim, "Post", denied, against=True)
    said(claim, 80, "Herald", "2025-06-03")  # nobody stands behind it
    assert values(claim) == {"Wire": [100]}


def test_a_claim_without_a_figure_has_no_points() -> None:
    claim = ClaimFactory(kind="event")
    behind(claim, "Wire", MentionFactory(claim=claim))
    assert read(claim) == {
        "claim": claim.pk, "unit": "", "measure": "", "words": "", "origins": [], "claims": [], "more": False,
    }  # fmt: skip


def test_the_timeline_of_a_merged_claim_is_that_of_the_other() -> None:
    heir = ClaimFactory()
    merged = ClaimFactory(merged_into=heir)
    answer = as_admin().get(f"{ROOT}/claims/{merged.pk}/timeline/")
    assert (answer.status_code, answer["Cache-Control"]) == (308, "no-store")
    assert answer["Location"].endswith(f"/claims/{heir.pk}/timeline/")
    assert as_admin().get(f"{ROOT}/claims/4711/timeline/").status_code == 404

"""What makes reading a claim fast leaves it as it is: prepared queries, and serializers that are worked out once."""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from claims.api.serializers import MentionSerializer
from claims.models import Claim, Mention
from claims.selectors.mentions import with_parts_gathered
from claims.selectors.prepared import Prepared
from claims.selectors.reading import in_sentences
from tests.claims.api.calling import ROOT, as_admin
from tests.factories import (
    TEXT,
    AdminFactory,
    AssessmentFactory,
    ClaimFactory,
    ComparisonFactory,
    EntityFactory,
    EntityMentionFactory,
    EventFactory,
    MentionFactory,
    OriginFactory,
    OriginMemberFactory,
    QuantityFactory,
    RelationFactory,
    RevisionFactory,
    TimeExpressionFactory,
    UserFactory,
    VerdictFactory,
)
from verification.api.serializers import ClaimSerializer, RecordSerializer
from verification.models import OriginMember
from verification.selectors.records import MOST_MEMBERS, listed, record

pytestmark = pytest.mark.django_db


def _claim() -> Claim:
    """A claim with every part of it."""
    claim: Claim = ClaimFactory(
        as_of_first="2025-05-01", standing__verdict="mixed", standing__workflow="decided"
    )
    AssessmentFactory(claim=claim)
    mention = MentionFactory(claim=claim, speaker=EntityFactory(name="Mara Quist", kind="person"))
    QuantityFactory(mention=mention, value=None, low=12.25, approximate=True)
    TimeExpressionFactory(mention=mention, first="2025-05-01", last="2025-05-31")
    EntityMentionFactory(mention=mention)
    OriginMemberFactory(origin=OriginFactory(claim=claim), mention=mention)
    comparison = ComparisonFactory(a=mention, relation="updates")
    RelationFactory(comparison=comparison, newer=comparison.b.claim)
    EventFactory(claim=claim, evidence={"page": 3}, actor=UserFactory(), before="unverified: queued")
    EventFactory(claim=claim)
    VerdictFactory(claim=claim, evidence=["https://port.example/books"], note="“half” of it")
    return claim


def _as_rest_framework_shows(serializer: serializers.Serializer[Any], row: Any) -> Any:
    return JSONRenderer().render(serializers.Serializer.to_representation(serializer, row))


def test_a_row_is_shown_as_rest_framework_shows_it() -> None:
    claim = _claim()
    mention = with_parts_gathered(in_sentences(Mention.objects.filter(claim=claim))).get()
    rows = [
        (RecordSerializer(), record(claim.pk, AdminFactory())),
        (ClaimSerializer(), listed(Claim.objects.all()).get(pk=claim.pk)),
        (ClaimSerializer(), listed(Claim.objects.all()).get(pk=ClaimFactory().pk)),  # not assessed
        (MentionSerializer(), mention),
    ]
    for serializer, row in rows:
        shown = JSONRenderer().render(serializer.to_representation(row))
        assert shown == _as_rest_framework_shows(serializer, row)


def test_the_columns_of_a_claim_are_what_its_rows_are() -> None:
    claim = _claim()
    found = record(claim.pk, AdminFactory())
    assert found is not None
    second, first = claim.events.order_by("-pk")
    assert [event.created_at for event in found.events] == [second.created_at, first.created_at]
    assert found.events[1].evidence == {"page": 3}
    assert [verdict.evidence for verdict in found.verdicts] == [["https://port.example/books"]]
    assert found.relations[0].relation.updated_at == claim.relations_as_a.get().updated_at
    (mention,) = found.mentions
    (quantity,) = mention.quantity_list  # type: ignore[attr-defined]
    assert (quantity["low"], bool(quantity["approximate"])) == (12.25, True)


def test_of_very_many_mentions_each_origin_shows_its_first() -> None:
    """What a claim is made of has no end, and its record has one."""
    claim = ClaimFactory()
    first = MentionFactory(claim=claim, revision=RevisionFactory(text=f"{TEXT} {TEXT} {TEXT} {TEXT} {TEXT}"))
    copies = [copy(first) for _ in range(MOST_MEMBERS + 1)]
    for number, mention in enumerate(copies):
        mention.pk, mention.end = None, first.end + 1 + number
        mention.sentence_end = mention.end
    made = Mention.objects.bulk_create(copies)
    wide = OriginFactory(claim=claim, number=1)
    OriginMember.objects.bulk_create(
        OriginMember(origin=wide, mention=mention, rule="copy", words="-") for mention in made
    )
    OriginMemberFactory(origin=OriginFactory(claim=claim, number=2, against=True), mention=first)
    origins = as_admin().get(f"{ROOT}/claims/{claim.pk}/").json()["origins"]
    assert [(origin["number"], len(origin["members"])) for origin in origins] == [
        (1, MOST_MEMBERS - 1),
        (2, 1),
    ]
    assert origins[0]["members"][0]["mention"] == made[0].pk


def test_a_prepared_query_answers_for_each_id_anew() -> None:
    claims = ClaimFactory.create_batch(3)
    found = Prepared(lambda claim_id: Claim.objects.filter(pk=claim_id).select_related("standing"))
    for claim in [*claims, *claims]:
        (row,) = found(claim.pk)
        assert (row.pk, row.text, row.standing.workflow) == (claim.pk, claim.text, "detected")
    assert found(4711) == []


def test_a_query_that_does_not_use_its_id_is_not_prepared() -> None:
    with pytest.raises(AssertionError, match="must stand in the SQL"):
        Prepared(lambda claim_id: Claim.objects.all())(1)

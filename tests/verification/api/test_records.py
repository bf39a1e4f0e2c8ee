"""What makes reading a claim fast leaves it as it is: prepared queries, and serializers that are worked out once."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from claims.api.serializers import MentionSerializer
from claims.models import Claim, Mention
from claims.selectors.mentions import with_parts_gathered
from claims.selectors.prepared import Prepared
from claims.selectors.reading import in_sentences
from tests.factories import (
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
    TimeExpressionFactory,
    UserFactory,
    VerdictFactory,
)
from verification.api.serializers import ClaimSerializer, RecordSerializer
from verification.selectors.records import listed, record

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

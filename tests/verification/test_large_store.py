"""The generated store of the benchmarks holds what the pipeline itself would have left."""

from __future__ import annotations

import pytest
from django.db import transaction

from claims.models import Article, Claim, Mention, Revision
from tests.benchmarks.crosscheck_cost import plans_of_a_crosscheck, reads_a_whole_table
from tests.benchmarks.large_store import build
from verification.models import ArticleWord, BlockingKey, Event, KeyFrequency, Standing
from verification.services.blocking import rekey, remember_words

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_generated_store_is_whole_and_its_keys_are_those_of_cross_checking():
    rows = build(150, seed=3)
    assert rows["claim"] == Claim.objects.count() == Standing.objects.count() == 150
    assert not Claim.objects.filter(mentions=None).exists()
    mention = Mention.objects.select_related("revision").order_by("-pk")[0]
    assert mention.revision.text[mention.start : mention.end] == mention.text
    had = set(BlockingKey.objects.values_list("claim", "key"))
    common = dict(KeyFrequency.objects.values_list("key", "claims"))
    words = set(ArticleWord.objects.values_list("article", "word"))
    remember_words(Revision.objects.values_list("pk", flat=True))
    assert set(ArticleWord.objects.values_list("article", "word")) == words != set()
    rekey(Claim.objects.values_list("pk", flat=True))
    assert set(BlockingKey.objects.values_list("claim", "key")) == had
    assert dict(KeyFrequency.objects.values_list("key", "claims")) == common
    # what was left out while loading is back: ids go on, triggers and unique constraints hold
    again = Article.objects.create(url="https://outlet-1.example/new", source_id=1)
    assert again.pk > rows["article"]
    with pytest.raises(Exception, match="append-only"):
        Event.objects.all().delete()
    with pytest.raises(Exception, match="never changes"):
        Revision.objects.filter(pk=1).update(text="other")
    with pytest.raises(ValueError, match="name an empty one"):
        build(10)


def test_no_query_of_cross_checking_reads_a_whole_table_that_grows():
    build(150, seed=3)
    with transaction.atomic():
        plans = plans_of_a_crosscheck()
    assert len(plans) > 20
    assert [plan for plan in plans if reads_a_whole_table(plan["plan"])] == []


@pytest.mark.parametrize(
    ("plan", "whole"),
    [
        ("SCAN claims_mention", True),
        ("SCAN claims_mention USING COVERING INDEX mention_place", True),
        ("SEARCH claims_mention USING INDEX mention_claim (claim_id=?)", False),
        ("Limit\n  ->  Seq Scan on claims_claim  (cost=0..9)\n        Filter: (id = 1)", True),
        (
            "Index Scan using claim_text on claims_claim\n  Filter: (id = 1)\n  ->  Materialize\n  Cond: x",
            True,
        ),
        ("Index Only Scan using pk on claims_claim\n  Index Cond: (id = 1)", False),
        ("Seq Scan on verification_shelflife", False),
    ],
)
def test_a_plan_that_reads_a_whole_table_is_known(plan, whole):
    assert reads_a_whole_table(plan) is whole

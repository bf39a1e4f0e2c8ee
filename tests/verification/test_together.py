"""Articles that are done together end as they do one after the other."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import transaction

from claims import pipeline
from claims.models import Article, Mention, Step, Submission
from claims.pipeline import kinds
from claims.sample import ARTICLES
from claims.services.gathering import gather
from claims.services.submitting import Incoming, submit
from tests.houses import reports
from verification.models import Assessment, Comparison, Event, Origin, Relation, Standing
from verification.services.assessing import assess

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles(tmp_path):
    """The sample's, and reports of which each tells of some other's town or year."""
    defaults = Incoming(kind=Submission.Kind.TEXT, channel=Submission.Channel.SAMPLE, label="")
    places = (str(ARTICLES), str(reports(tmp_path, 12)))
    return [found for place in places for found in gather(place, defaults) if isinstance(found, Incoming)]


def after(monkeypatch, articles, most: int):
    """What is concluded from the articles where so many are done together, without ids; then all is undone."""
    for name, kind in list(kinds._KINDS.items()):
        if kind.together:
            monkeypatch.setitem(kinds._KINDS, name, replace(kind, together=replace(kind.together, most=most)))
    with transaction.atomic():
        for article in articles:
            submit(article)
        pipeline.drain()
        state = concluded()
        transaction.set_rollback(True)
    return state


def concluded():
    place = {
        pk: f"{url} {start}-{end}"
        for pk, url, start, end in Mention.objects.values_list("pk", "revision__article__url", "start", "end")
    }
    members: dict[int, list[str]] = {}
    for pk, claim in Mention.objects.values_list("pk", "claim"):
        members.setdefault(claim, []).append(place[pk])
    name = {claim: min(found) for claim, found in members.items()}
    rows = Standing.objects.values_list("claim", "basis", "freshness", "status", "merit", "claim__text")
    assessed = Assessment.objects.values_list("claim", "origins_for", "origins_against", "confidence")
    return {
        "claims": sorted(sorted(found) for found in members.values()),
        "standings": sorted((name[claim], *told) for claim, *told in rows),
        "assessments": sorted((name[claim], *told) for claim, *told in assessed),
        "origins": sorted(
            (name[o.claim_id], o.kind, o.root, sorted(place[m.mention_id] for m in o.members.all()))
            for o in Origin.objects.prefetch_related("members")
        ),
        "relations": sorted(
            (*sorted((name[a], name[b])), word, sure)
            for a, b, word, sure in Relation.objects.values_list("a", "b", "relation", "confidence")
        ),
        "comparisons": sorted(
            (*sorted((place[a], place[b])), word)
            for a, b, word in Comparison.objects.values_list("a", "b", "relation")
        ),
    }


def test_together_or_one_after_the_other(monkeypatch, articles):
    one_by_one = after(monkeypatch, articles, 1)
    assert len(one_by_one["claims"]) > 20
    assert len(one_by_one["relations"]) > 5
    together = after(monkeypatch, articles, 32)
    assert json.dumps(together, indent=1) == json.dumps(one_by_one, indent=1)


def test_origins_that_were_not_counted_anew_are_what_counting_gives(articles):
    for article in articles:
        submit(article)
        pipeline.drain()
    built = list(Origin.objects.order_by("pk").values_list("pk", "claim", "root", "reason"))
    told = Event.objects.count()
    assert Relation.objects.filter(relation="updates").exists()
    assess(Standing.objects.values_list("claim", flat=True))
    assert list(Origin.objects.order_by("pk").values_list("pk", "claim", "root", "reason")) == built
    assert Event.objects.count() == told


def test_texts_whose_source_nobody_named_are_of_their_own_addresses():
    addresses = ("", "https://courier.example/port", "https://gazette.example/port")
    for number, url in enumerate(addresses):
        text = f"The port of Skarn handled {number + 2} million tonnes of cargo in 2024, the port authority said."
        channel, kind = Submission.Channel.API, Submission.Kind.TEXT
        submit(Incoming(kind=kind, channel=channel, label=str(number), payload=text.encode(), url=url))
    pipeline.drain()
    found = Article.objects.order_by("pk").values_list("source__name", flat=True)
    assert list(found) == ["Unnamed source", "courier.example", "gazette.example"]


def test_many_articles_take_few_queries(articles, django_assert_max_num_queries):
    for article in articles[9:]:
        submit(article)
    with django_assert_max_num_queries(165):
        pipeline.drain()
    assert set(Step.objects.values_list("state", "attempts")) == {("done", 1)}

"""The sample, through the whole pipeline: each status a machine can derive, for the right reason."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from claims import pipeline
from claims.models import Claim, Mention
from claims.sample import load_sample
from verification.models import Origin
from verification.services.assessing import assess

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """Loaded once; the tests here only read."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            with pipeline.in_process():
                load_sample()
                pipeline.drain()
            yield
            transaction.set_rollback(True)


@pytest.fixture
def claim(sample):
    def find(*words: str) -> Claim:
        """The one claim some mention of which has all the words."""
        mentions = Mention.objects.all()
        for word in words:
            mentions = mentions.filter(wording__icontains=word)
        ids = set(mentions.values_list("claim", flat=True))
        assert len(ids) == 1, list(mentions.values_list("claim", "wording"))
        return Claim.objects.select_related("standing", "assessment").get(pk=ids.pop())

    return find


def outlets(claim: Claim) -> list[str]:
    return sorted(claim.mentions.values_list("revision__article__source__name", flat=True))


def roots(claim: Claim, *, against: bool = False) -> list[str]:
    return sorted(Origin.objects.filter(claim=claim, against=against).values_list("root", flat=True))


def test_other_words_and_precision_are_the_same_claim_and_sister_papers_one_origin(claim):
    found = claim("occupies", "about 20%", "Ukrainian territory")
    assert outlets(found) == [
        "Calder Courier",
        "Larkfield Business Daily",
        "Larkfield Tribune",
        "Stonebridge Review",
    ]
    assert found == claim("nearly a fifth") == claim("roughly 18 percent")
    assert (found.standing.status, found.assessment.origins_for) == ("corroborated", 3)
    assert not found.standing.outdated


def test_three_outlets_with_one_speaker_are_one_origin(claim):
    found = claim("$300 billion", "companies")
    assert outlets(found) == ["Calder Courier", "Larkfield Tribune", "Tidewater Wire"]
    assert set(found.mentions.values_list("speaker__name", flat=True)) == {"Kirill Dmitriev"}
    assert (found.standing.status, found.standing.basis) == ("unverified", "single_origin")
    assert roots(found) == ["Kirill Dmitriev"]


def test_a_wire_copy_adds_no_origin(claim):
    found = claim("full-scale invasion of Ukraine", "launched")
    assert {"Tidewater Wire", "Port Ellery Herald"} <= set(outlets(found))
    assert found.standing.status == "corroborated"
    assert found.assessment.origins_for == 4  # the wire and its copy, the Chronicle, and two more
    wire = Origin.objects.get(claim=found, members__mention__revision__article__source__name="Tidewater Wire")
    members = wire.members.values_list("mention__revision__article__source__name", flat=True)
    assert sorted(members) == ["Port Ellery Herald", "Tidewater Wire"]


def test_a_contradicted_number_is_disputed_on_both_sides(claim):
    shorter, longer = claim("lasted about 4.5 hours"), claim("lasted nine hours")
    assert shorter.standing.status == longer.standing.status == "disputed"
    assert roots(longer) == roots(shorter, against=True) == ["Mara Ellin"]
    assert shorter.assessment.explanation["against"]


def test_an_older_value_is_outdated_and_no_contradiction(claim):
    older = claim("27%", "Ukrainian territory")
    assert (older.standing.status, older.standing.outdated) == ("unverified", True)
    assert older.assessment.origins_against == 0
    assert "20%" in older.assessment.explanation["newer"][0]["text"]


@pytest.mark.parametrize(
    "words", [("20%", "gas imports"), ("$300 billion", "reserves"), ("41,000 passengers",)]
)
def test_the_same_number_of_another_thing_stands_alone(claim, words):
    found = claim(*words)
    assert (found.standing.status, found.mentions.count()) == ("unverified", 1)
    assert (found.assessment.origins_for, found.assessment.origins_against) == (1, 0)


def test_no_other_claim_is_disputed_or_corroborated_by_mistake(sample):
    disputed = Claim.objects.filter(standing__status="disputed").values_list("text", flat=True)
    assert all("lasted" in text for text in disputed), list(disputed)


def test_every_judgement_is_explained(sample):
    for found in Claim.objects.select_related("assessment", "standing"):
        assert found.assessment.explanation["flip"]
        assert found.events.filter(kind="detected").count() == 1
    for origin in Origin.objects.prefetch_related("members"):
        assert origin.reason and origin.members.all()


def test_an_assessment_equals_its_recomputation(sample):
    def state() -> list[object]:
        return [
            list(Claim.objects.order_by("pk").values_list("pk", "standing__status", "standing__version")),
            list(Origin.objects.order_by("claim", "number").values_list("claim", "kind", "root", "reason")),
        ]

    before = state()
    assess(Claim.objects.values_list("pk", flat=True))
    assert state() == before


def test_running_every_step_again_changes_nothing(sample):
    from claims.models import Step

    def state() -> list[object]:
        return [
            list(Mention.objects.order_by("pk").values_list("pk", "claim", "start", "end", "wording")),
            list(Claim.objects.order_by("pk").values_list("pk", "standing__status", "standing__version")),
        ]

    before = state()
    Step.objects.filter(kind__in=["extract", "crosscheck"]).update(state="pending", attempts=0)
    with pipeline.in_process():
        pipeline.drain()
    assert not Step.objects.exclude(state="done").exists()
    assert state() == before


@pytest.mark.parametrize("what", ["articles", "claims", "mentions", "relations", "origins", "events"])
def test_export_writes_what_is_stored(sample, what):
    out = io.StringIO()
    call_command("export", "--what", what, stdout=out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert rows
    if what == "articles":
        assert {"url", "source", "published", "text"} <= rows[0].keys()
    if what == "mentions":
        texts = dict(Mention.objects.values_list("pk", "revision__text"))
        assert all(texts[row["id"]][row["start"] : row["end"]] == row["text"] for row in rows)
        assert {"article", "claim", "speaker", "attribution", "quantities", "times", "entities"} <= rows[
            0
        ].keys()
    if what == "claims":
        keys = {"id", "claim", "status", "basis", "verdict", "freshness", "origins", "mentions"}
        assert keys <= rows[0].keys()
    if what == "origins":
        assert {"id", "kind", "articles", "claim", "stance", "reason"} <= rows[0].keys()
    if what == "relations":
        assert all(row["a"] < row["b"] and row["trace"] for row in rows)

"""Silent edits: what is kept is carried on, what changed or went raises its hand, and nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims import pipeline
from claims.changes import Fate
from claims.models import Article, Claim, Mention, Revision, Step, Submission, Watch
from claims.pipeline import kinds
from claims.selectors.revisions import continued
from claims.services.submitting import Incoming, submit
from tests import factories as make
from verification import comparison
from verification.models import Comparison, Event, OriginOverride, Tie
from verification.models.words import VerdictWord
from verification.services import judging
from verification.workflow import Decision, decide

pytestmark = pytest.mark.django_db

CARGO = "The port of Skarn handled 1.2 million tonnes of cargo in 2024, the port authority said."
STAFF = "The new terminal at Skarn employs 340 people."
OPENED = "The terminal opened in June 2023."
URL = "https://courier.example/port"
PUBLISHED = datetime(2025, 3, 3, 8, tzinfo=UTC)


def publish(
    *paragraphs: str,
    url: str = URL,
    source: str = "Skarn Courier",
    title: str = "Port",
    published: datetime = PUBLISHED,
) -> Revision:
    """An outlet's article as it now reads, through all steps."""
    hand_in(*paragraphs, url=url, source=source, title=title, published=published)
    pipeline.drain()
    assert not Step.objects.exclude(state="done").exists()
    return Revision.objects.filter(article__url=url).latest("number")


def hand_in(
    *paragraphs: str, url: str, source: str, title: str = "Port", published: datetime = PUBLISHED
) -> None:
    submit(
        Incoming(
            kind=Submission.Kind.TEXT,
            channel=Submission.Channel.API,
            label=url,
            payload="\n\n".join(paragraphs).encode(),
            url=url,
            title=title,
            source=source,
            published=published,
        )
    )


def claim_of(words: str, revision: Revision) -> Claim:
    return revision.mentions.select_related("claim__standing").get(text__contains=words).claim


def decided(claim: Claim, word: VerdictWord = VerdictWord.SUPPORTED) -> None:
    decide(
        claim.pk,
        Decision(word, "checked with the authority", ["https://port.example/figures"]),
        actor=make.AdminFactory(),
    )


def events(claim: Claim) -> list[str]:
    kinds = Event.objects.filter(claim=claim, kind__startswith="source_").order_by("pk")
    return list(kinds.values_list("kind", flat=True))


def test_what_is_kept_stays_with_its_claim_and_its_verdict():
    first = publish(CARGO, STAFF)
    claim = claim_of("340 people", first)
    decided(claim)
    second = publish("The quay was quiet on Monday, the harbour master said.", CARGO, STAFF)
    assert [r.is_current for r in first.article.revisions.order_by("number")] == [False, True]
    assert claim_of("340 people", second) == claim
    assert claim_of("1.2 million", second) == claim_of("1.2 million", first)
    claim.standing.refresh_from_db()
    assert (claim.standing.verdict, claim.standing.needs_review) == ("supported", False)
    assert claim.standing.freshness == "current"
    assert events(claim) == []
    assert claim.assessment.origins_for == 1


def test_a_changed_figure_leaves_its_claim_which_says_so():
    first = publish(CARGO, STAFF)
    claim = claim_of("340 people", first)
    decided(claim)
    second = publish(CARGO, STAFF.replace("340", "290"))
    assert claim_of("290 people", second) != claim
    claim.standing.refresh_from_db()
    assert (claim.standing.freshness, claim.standing.needs_review) == ("source_changed", True)
    assert claim.standing.verdict == "supported"
    (event,) = Event.objects.filter(claim=claim, kind="source_changed")
    assert (
        "Skarn Courier says" in event.reason and "290 people" in event.reason and "340 people" in event.reason
    )
    assert (event.evidence["number"], event.evidence["article"]) == (2, URL)
    assert claim_of("1.2 million", second).standing.freshness == "current"


def test_what_is_dropped_is_told_and_what_comes_back_takes_up_where_it_was():
    claim = claim_of("340 people", publish(CARGO, STAFF))
    publish(CARGO)
    claim.standing.refresh_from_db()
    assert claim.standing.freshness == "source_changed"
    third = publish(CARGO, OPENED, STAFF)
    assert claim_of("340 people", third) == claim
    claim.standing.refresh_from_db()
    assert claim.standing.freshness == "current"
    assert events(claim) == ["source_changed", "source_back"]
    assert "no longer says" in Event.objects.get(claim=claim, kind="source_changed").reason


def test_a_decided_claim_that_others_still_make_is_looked_at_again_when_one_source_changes():
    first = publish(STAFF, CARGO)
    other = publish(STAFF, OPENED, url="https://gazette.example/port", source="Ellery Gazette")
    claim = claim_of("340 people", first)
    assert claim_of("340 people", other) == claim
    decided(claim)
    publish(CARGO)
    claim.standing.refresh_from_db()
    assert (claim.standing.needs_review, claim.standing.freshness) == (True, "source_changed")
    assert claim.assessment.origins_for == 1
    decided(claim, VerdictWord.MOSTLY_SUPPORTED)
    claim.standing.refresh_from_db()
    assert (claim.standing.needs_review, claim.standing.freshness) == (False, "current")


def test_what_people_said_of_a_mention_goes_with_it():
    one = publish(STAFF, CARGO)
    other = publish(
        "At Skarn the new hall gives work to 340 people.", url="https://gazette.example/1", source="Gazette"
    )
    ours, theirs = claim_of("340 people", one), claim_of("340 people", other)
    lead = make.AdminFactory()
    if ours != theirs:
        judging.merge(ours.pk, theirs.pk, actor=lead)
    merged = claim_of("340 people", one)
    a, b = (r.mentions.get(text__contains="340 people").pk for r in (one, other))
    judging.set_origin_edge(a, b, OriginOverride.Word.JOIN, actor=lead)
    assert merged.assessment.origins_for == 1
    second = publish(OPENED, STAFF, CARGO)
    new = second.mentions.get(text__contains="340 people").pk
    assert claim_of("340 people", second) == merged
    merged.assessment.refresh_from_db()
    assert merged.assessment.origins_for == 1
    assert OriginOverride.objects.filter(a=b, b=new, word="join").exists()
    if ours != theirs:
        assert Tie.objects.filter(a=b, b=new, word="same").exists()


def test_comparisons_go_with_a_kept_mention_and_so_do_relations():
    one = publish(STAFF, CARGO)
    publish(STAFF.replace("340", "290"), url="https://gazette.example/1", source="Gazette")
    claim = claim_of("340 people", one)
    assert claim.standing.basis == "conflicting"
    compared = Comparison.objects.filter(relation="contradicts").count()
    second = publish(OPENED, STAFF, CARGO)
    claim.standing.refresh_from_db()
    assert claim_of("340 people", second) == claim
    assert claim.standing.basis == "conflicting"
    assert Comparison.objects.filter(relation="contradicts").count() == compared + 1


def test_a_correction_is_recognised_and_the_claim_is_looked_at_again():
    claim = claim_of("340 people", publish(CARGO, STAFF))
    decided(claim)
    note = (
        "Correction: An earlier version of this article misstated that the new terminal employs 340 people."
    )
    publish(CARGO, STAFF.replace("340", "290"), note)
    claim.standing.refresh_from_db()
    assert claim.standing.needs_review
    assert claim.standing.basis == "none"
    assert {"source_changed", "source_corrected"} & set(events(claim))


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("RETRACTED: Port", ""),
        ("Port", "The Courier has withdrawn this story because it cannot stand by the figures."),
        ("Port", "This article has been retracted."),
    ],
)
def test_a_retracted_article_no_longer_counts_whether_or_not_its_text_is_left(title, notice):
    claim = claim_of("340 people", publish(CARGO, STAFF))
    decided(claim)
    publish(*filter(None, [notice]), CARGO, STAFF, "It was published in error.", title=title)
    claim.standing.refresh_from_db()
    assert (claim.standing.basis, claim.standing.freshness) == ("none", "source_changed")
    assert claim.standing.needs_review
    assert events(claim) == ["source_retracted"]


def test_a_report_on_a_retraction_elsewhere_is_none():
    publish("The journal retracted the article on Monday, and the minister withdrew the report.", STAFF)
    assert Event.objects.filter(kind="source_retracted").count() == 0
    assert Claim.objects.get(text__contains="340").standing.basis == "single_origin"


def test_an_article_that_was_taken_down_still_counts_and_its_decided_claims_are_looked_at_again():
    revision = publish(CARGO, STAFF)
    decided(claim_of("340 people", revision))
    now = datetime(2025, 4, 1, tzinfo=UTC)
    Watch.objects.create(
        article=revision.article, checked_at=now, changed_at=now, gone_at=now, error_code="http-410"
    )
    for _ in range(2):
        pipeline.enqueue("crosscheck", revision.pk, again=True)
        pipeline.drain()
    gone, other = claim_of("340 people", revision), claim_of("1.2 million", revision)
    assert (gone.standing.needs_review, gone.standing.basis) == (True, "single_origin")
    assert events(gone) == ["source_gone"]
    assert not other.standing.needs_review


def test_each_mention_is_marked_kept_changed_or_dropped():
    first = publish(CARGO, STAFF, OPENED)
    publish(CARGO, STAFF.replace("340", "290"))
    third = publish("Nobody was hurt on Monday, the harbour master said.", CARGO, STAFF.replace("340", "290"))
    fates = {(one.old or one.new).text: one.fate for one in continued(first, third)}
    assert next(fate for text, fate in fates.items() if "1.2 million" in text) == Fate.KEPT
    assert next(fate for text, fate in fates.items() if "340" in text) == Fate.CHANGED
    assert next(fate for text, fate in fates.items() if "June 2023" in text) == Fate.DROPPED


def test_the_same_again_writes_nothing_anew():
    publish(CARGO, STAFF)
    second = publish(CARGO, STAFF.replace("340", "290"))
    before = (
        list(Event.objects.values_list("pk", flat=True)),
        list(Mention.objects.values_list("pk", "claim")),
    )
    for kind in ("extract", "crosscheck"):
        pipeline.enqueue(kind, second.pk, again=True)
        pipeline.drain()
    assert before == (
        list(Event.objects.values_list("pk", flat=True)),
        list(Mention.objects.values_list("pk", "claim")),
    )


def test_until_a_new_text_is_read_the_old_one_counts():
    first = publish(CARGO, STAFF)
    claim = claim_of("340 people", first)
    decided(claim)
    text = f"{CARGO}\n\n{STAFF}\n\n{OPENED}".encode()
    submit(
        Incoming(
            kind=Submission.Kind.TEXT,
            channel=Submission.Channel.API,
            label=URL,
            payload=text,
            url=URL,
            source="Skarn Courier",
        )
    )
    pipeline.run(Step.objects.get(kind="fetch", state="pending").pk, "test")
    pipeline.run(Step.objects.get(kind="extract", state="pending").pk, "test")
    publish(STAFF, url="https://gazette.example/1", source="Gazette")
    claim.standing.refresh_from_db()
    assert (claim.standing.needs_review, claim.standing.freshness) == (
        True,
        "current",
    )  # a second origin, no loss
    assert claim.standing.basis == "multi_origin"


def test_a_text_that_was_overtaken_changes_nothing_more():
    first = publish(CARGO, STAFF)
    claim = claim_of("340 people", first)
    late = make.RevisionFactory(article=Article.objects.get(url=URL), number=2, text=OPENED, is_current=False)
    last = make.RevisionFactory(
        article=late.article, number=3, text=f"{CARGO}\n\n{STAFF}\n\nNobody was hurt.", is_current=False
    )
    for revision in (last, late):
        pipeline.enqueue("extract", revision.pk)
        pipeline.drain()
    assert claim_of("340 people", last) == claim
    last.refresh_from_db()
    assert last.is_current
    assert "later text" in Step.objects.get(kind="crosscheck", revision=late).note


def test_later_texts_done_together_are_compared_before_anybody_has_to_wait(monkeypatch):
    school = "The school of Brenholt has 412 pupils this year, the council said."
    publish(CARGO, OPENED, url="https://gazette.example/port", source="Skarn Gazette")
    publish(school, "The school opened in August 1998.", url="https://herald.example/school", source="Herald")
    first = {URL: CARGO, "https://echo.example/school": school}
    for url, text in first.items():
        publish(text, url=url, source=url)
    compared, while_storing = [], []
    kind = kinds.get("crosscheck")

    def compare(*views, **rest):
        compared.append(views)
        return original(*views, **rest)

    def store(pairs):
        before = len(compared)
        done = kind.together.store(pairs)
        while_storing.append((len(pairs), len(compared) - before))
        return done

    original = comparison.related
    monkeypatch.setattr(comparison, "related", compare)
    monkeypatch.setitem(
        kinds._KINDS, "crosscheck", replace(kind, together=replace(kind.together, store=store))
    )
    for (url, text), more in zip(first.items(), (OPENED, "The school opened in August 1998."), strict=True):
        hand_in(text, more, url=url, source=url)
    pipeline.drain()
    [(together, late)] = while_storing
    assert together == 2
    assert late < len(compared) - late
    later = Revision.objects.filter(number=2)
    assert later.filter(is_current=True).count() == 2
    assert all(m.claim.mentions.count() > 1 for m in Mention.objects.filter(revision__in=later))

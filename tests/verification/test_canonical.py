"""Canonical claims: what articles say in whatever order, what people say of it, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from claims.models import Claim, Mention
from tests import factories as make
from tests.verification.mentions import mention
from verification.comparison.types import Comparison as Compared
from verification.comparison.types import Relation as Word
from verification.comparison.types import Stance
from verification.deciding import Finding
from verification.models import Event, Judgement, Relation, Standing, Tie
from verification.services import judging, relating
from verification.services.crosschecking import settle
from verification.services.grouping import regroup
from verification.services.removing import remove_article
from verification.workflow import NotAllowed

pytestmark = pytest.mark.django_db

TEXT = mention("The ferry carries 300 people.")


def said(number: int) -> Mention:
    """An outlet's mention, published on that day; nothing is compared yet."""
    article = make.ArticleFactory(
        url=f"https://paper-{number}.example/", published_at=datetime(2025, 3, 1 + number, tzinfo=UTC)
    )
    text = f"The ferry of the {number}. line carries 300 people."
    return make.MentionFactory(
        revision=make.RevisionFactory(article=article, text=text), claim=None, text=text, kind="quantity"
    )


def arrive(new: Mention, *found: tuple[Mention, str, float]) -> None:
    """Cross-check a mention, with what comparison would say."""
    relating.store_findings(
        Finding(new.pk, other.pk, Compared(Word(word), sure, Stance(0.1, 0.1, 0.8), ()), ("ferry",))
        for other, word, sure in found
    )
    settle(regroup([new.pk]).touched)


def partition(*mentions: Mention) -> set[frozenset[int]]:
    by_claim: dict[int, set[int]] = {}
    for number, row in enumerate(mentions):
        by_claim.setdefault(Mention.objects.get(pk=row.pk).claim_id, set()).add(number)
    return {frozenset(group) for group in by_claim.values()}


def state(*mentions: Mention):
    """What is concluded, without ids: claims by their words, with how they stand and how they relate."""
    claims = Claim.objects.filter(mentions__in=mentions).distinct()
    relations = Relation.objects.values_list("a__text", "b__text", "relation", "confidence")
    return (
        partition(*mentions),
        sorted(claims.values_list("text", "standing__status", "assessment__origins_for")),
        sorted((*sorted((a, b)), word, sure) for a, b, word, sure in relations),
    )


@pytest.fixture
def reviewer():
    return make.UserFactory(
        permissions=["verification.add_judgement", "verification.add_originoverride", "claims.delete_article"]
    )


@pytest.fixture
def pair():
    """Two claims that nobody found to be the same."""
    one, other = said(1), said(2)
    arrive(one)
    arrive(other)
    return one, other


@pytest.fixture
def joined():
    one, other = said(1), said(2)
    arrive(one)
    arrive(other, (one, "same", 0.9))
    return one, other


def claim_of(row: Mention) -> Claim:
    return Mention.objects.select_related("claim__standing").get(pk=row.pk).claim


KNOWN = {
    (0, 1): ("same", 0.9),
    (1, 2): ("same", 0.8),
    (0, 2): ("contradicts", 0.7),
    (2, 3): ("same", 0.9),
    (1, 3): ("updates", 0.6),
}


def arrived(order) -> list[Mention]:
    made = {number: said(number) for number in order}
    before: list[int] = []
    for number in order:
        found = [
            (made[other], *KNOWN[min(number, other), max(number, other)])
            for other in before
            if (min(number, other), max(number, other)) in KNOWN
        ]
        arrive(made[number], *found)
        before.append(number)
    return [made[number] for number in sorted(made)]


@pytest.mark.parametrize("order", list(permutations(range(4)))[1::3])
def test_the_order_in_which_articles_arrive_changes_nothing(order):
    from django.db import transaction

    with transaction.atomic():
        straight = state(*arrived(range(4)))
        transaction.set_rollback(True)
    assert straight[0] == {frozenset({0, 1}), frozenset({2, 3})}
    assert state(*arrived(order)) == straight


def test_a_bridge_merges_two_claims_and_its_removal_restores_them(pair, reviewer):
    one, other = pair
    before, ids = state(one, other), (claim_of(one).pk, claim_of(other).pk)
    bridge = said(3)
    arrive(bridge, (one, "same", 0.9), (other, "same", 0.9))
    heir = claim_of(one)
    assert heir == claim_of(other) == claim_of(bridge)
    lost = Claim.objects.select_related("standing").exclude(pk=heir.pk).get()
    assert (lost.merged_into_id, lost.standing.workflow) == (heir.pk, "merged_into")
    assert lost.events.filter(kind="merged_into").get().evidence["into"] == heir.pk
    remove_article(bridge.revision.article_id, actor=reviewer, reason="handed in by mistake")
    assert state(one, other) == before
    assert (claim_of(one).pk, claim_of(other).pk) == ids
    assert not Standing.objects.filter(workflow="merged_into").exists()


def test_what_was_merged_goes_along_when_its_claim_is_merged_and_comes_back_with_it(pair, reviewer):
    one, other = pair
    a, b = claim_of(one).pk, claim_of(other).pk
    third = said(3)
    arrive(third)
    c = claim_of(third).pk
    judging.judge(a, b, Judgement.Word.SAME, actor=reviewer)
    first = claim_of(one).pk
    judging.judge(first, c, Judgement.Word.SAME, actor=reviewer)
    heir = claim_of(third).pk
    assert set(Claim.objects.exclude(pk=heir).values_list("merged_into", flat=True)) == {heir}
    event = Event.objects.filter(kind="judged_same").latest("pk")
    judging.undo(event.pk, actor=reviewer)
    assert claim_of(third).pk == c and claim_of(one) == claim_of(other)
    assert set(Claim.objects.exclude(merged_into=None).values_list("merged_into", flat=True)) == {first}
    judging.undo(Event.objects.filter(kind="judged_same").earliest("pk").pk, actor=reviewer)
    assert [claim_of(m).pk for m in (one, other, third)] == [a, b, c]


def test_grouping_twice_changes_nothing(joined):
    before, events = state(*joined), Event.objects.count()
    settle(regroup([m.pk for m in joined]).touched)
    assert (state(*joined), Event.objects.count()) == (before, events)


def test_claims_judged_the_same_are_merged_and_undoing_it_parts_them(pair, reviewer):
    one, other = pair
    ids = [claim_of(m).pk for m in pair]
    judging.judge(*ids, Judgement.Word.SAME, actor=reviewer, note="one ferry")
    assert claim_of(one) == claim_of(other)
    event = Event.objects.filter(kind="judged_same").last()
    judging.undo(event.pk, actor=reviewer)
    assert [claim_of(m).pk for m in pair] == ids
    assert claim_of(other).standing.workflow == "detected"
    assert Judgement.objects.get().word == "same"  # what was said stays on record
    with pytest.raises(NotAllowed, match="still stands"):
        judging.undo(event.pk, actor=reviewer)


def test_a_split_outranks_the_machine_for_good(joined, reviewer):
    one, other = joined
    event = judging.split(claim_of(one).pk, [other.pk], actor=reviewer, note="another ferry")
    assert partition(*joined) == {frozenset({0}), frozenset({1})}
    settle(regroup([one.pk, other.pk]).touched)
    third = said(3)
    arrive(third, (one, "same", 0.9), (other, "same", 0.9))
    assert claim_of(one) != claim_of(other)
    judging.undo(event.pk, actor=reviewer)
    assert claim_of(one) == claim_of(other) == claim_of(third)


def test_unsure_leaves_it_to_the_machine_again(joined, reviewer):
    one, other = joined
    judging.split(claim_of(one).pk, [other.pk], actor=reviewer, note="another ferry")
    judging.judge(claim_of(one).pk, claim_of(other).pk, Judgement.Word.UNSURE, actor=reviewer)
    assert claim_of(one) == claim_of(other)


def test_an_origin_that_a_reviewer_joined_stays_one(joined, reviewer):
    from verification.models import OriginOverride

    one, other = joined
    claim = claim_of(one)
    assert claim.standing.basis == "multi_origin"
    judging.set_origin_edge(one.pk, other.pk, OriginOverride.Word.JOIN, actor=reviewer, note="one newsroom")
    settle({claim.pk})
    assert claim_of(one).standing.basis == "single_origin"
    judging.set_origin_edge(other.pk, one.pk, None, actor=reviewer)
    assert claim_of(one).standing.basis == "multi_origin"
    assert list(claim.events.filter(kind__startswith="origin").values_list("kind", flat=True)) == [
        "origin_undone",
        "origin_join",
    ]


def test_only_those_who_may_have_a_word(joined, reviewer):
    stranger = make.UserFactory()
    one, other = said(3), said(4)
    arrive(one)
    arrive(other)
    a, b = claim_of(one).pk, claim_of(other).pk
    for attempt in (
        lambda: judging.judge(a, b, Judgement.Word.SAME, actor=stranger),
        lambda: judging.split(claim_of(joined[0]).pk, [joined[1].pk], actor=stranger, note="x"),
        lambda: judging.undo(1, actor=stranger),
        lambda: judging.set_origin_edge(one.pk, other.pk, None, actor=stranger),
        lambda: remove_article(one.revision.article_id, actor=stranger, reason="x"),
    ):
        with pytest.raises(NotAllowed, match="permission"):
            attempt()
    for attempt in (
        lambda: judging.judge(a, a, Judgement.Word.SAME, actor=reviewer),
        lambda: judging.judge(a, 10**6, Judgement.Word.SAME, actor=reviewer),
        lambda: judging.split(a, [one.pk], actor=reviewer, note="all of it"),
        lambda: judging.split(claim_of(joined[0]).pk, [joined[1].pk], actor=reviewer, note=" "),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not Tie.objects.exists()


def test_a_denial_counts_against_the_claim_it_rejects(joined):
    one, other = joined
    Mention.objects.filter(pk=other.pk).update(attribution="denied", speaker=make.EntityFactory())
    settle({claim_of(one).pk})
    claim = claim_of(one)
    assert (claim.standing.basis, claim.assessment.origins_against) == ("conflicting", 1)


def test_a_correction_supersedes_what_the_article_said_before(joined):
    one, _ = joined
    text = (
        "The ferry carries 300 people. An earlier version of this article misstated that the ferry holds 300."
    )
    revision = make.RevisionFactory(text=text)
    claim = claim_of(one)
    make.MentionFactory(revision=revision, claim=claim, text="The ferry carries 300 people")
    settle({claim.pk})
    assert claim_of(one).assessment.origins_for == 3
    note = make.MentionFactory(
        revision=revision, claim=claim, text="the ferry holds 300", sentence_start=30, sentence_end=len(text)
    )
    settle({claim.pk})
    claim = claim_of(one)
    assert (claim.assessment.origins_for, claim.assessment.origins_against) == (2, 1)
    assert claim.origins.get(against=True).members.get().mention_id == note.pk


def test_a_correction_in_two_sentences_supersedes_what_the_article_still_says(joined):
    one, _ = joined
    text = "The ferry carries 300 people. This article originally misstated that. It carries 120 people, not 300."
    claim = claim_of(one)
    make.MentionFactory(
        revision=make.RevisionFactory(text=text), claim=claim, text="The ferry carries 300 people"
    )
    settle({claim.pk})
    claim = claim_of(one)
    assert (claim.assessment.origins_for, claim.assessment.origins_against) == (2, 1)

"""The queue: what comes first and why, and that no two people ever hold the same claim."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import factories as make
from verification import ranking
from verification.models import Lease, Standing, Verdict
from verification.models.words import VerdictWord, Workflow
from verification.refusals import Held, NotAllowed
from verification.selectors import queue
from verification.selectors.queue import Wanted
from verification.services import leasing
from verification.services.assessing import assess
from verification.workflow import Decision, decide, move

pytestmark = pytest.mark.django_db
SUPPORTED = Decision(VerdictWord.SUPPORTED)
WORDS = ("Dockers", "Customs", "The mayor", "Pilots", "Shippers")


@pytest.fixture
def anna():
    return make.UserFactory(username="anna", permissions=["verification.add_lease"])


@pytest.fixture
def bertil():
    return make.UserFactory(username="bertil", permissions=["verification.add_lease"])


def order(**wanted) -> list[str]:
    return [row.claim.text for row in queue.page(Wanted(**wanted)).rows]


def affirmed(claim, times: int = 1) -> None:
    """So many sources make the claim, each in words of its own."""
    for number in range(times):
        text = f"{WORDS[number]} saw cargo fall by 12 percent."
        make.MentionFactory(claim=claim, revision__text=text, text=text)


def assessed(text: str, worth: float = 0.5, origins: int = 1, days: float = 0, **state):
    """A claim that so many sources make, each on its own account, and that began to wait so long ago."""
    state |= {"standing__waiting_day": ranking.today() - days}
    claim = make.ClaimFactory(text=text, checkworthiness=worth, **state)
    affirmed(claim, origins)
    assess([claim.pk])
    return claim


def test_of_what_the_machine_found_worth_conflict_reach_and_news_come_first(anna) -> None:
    assessed("plain")
    assessed("old", days=40)
    assessed("worthy", worth=0.9)
    assessed("far", origins=4)
    Standing.objects.filter(claim=assessed("contested", days=2)).update(basis="conflicting")
    assert order() == ["contested", "worthy", "far", "plain", "old"]
    last = queue.page(Wanted()).rows[-1]
    assert [part.words for part in last.parts] == [
        "first seen 40 days ago",
        "50% check-worthy",
        "1 independent origin",
    ]
    assert last.points == pytest.approx(20 + 5 - 40, abs=0.1)


def test_what_a_person_asked_for_comes_before_all_that_the_machine_found(anna) -> None:
    assessed("hot", worth=1, origins=5)
    assessed("asked for", worth=0.1, standing__workflow="queued")
    assessed("asked for long ago", worth=0.1, days=9, standing__workflow="queued")
    assessed("waits for a second", worth=0.1, standing__workflow="second_review")
    assert order() == ["waits for a second", "asked for long ago", "asked for", "hot"]


def test_what_a_person_asks_for_waits_from_then_on(anna) -> None:
    claim = assessed("old", days=300)
    move(claim.pk, Workflow.QUEUED, actor=anna)
    (row,) = queue.page(Wanted()).rows
    assert "waits 0 hours" in [part.words for part in row.parts]


@pytest.mark.parametrize(
    "state",
    [
        {"standing__basis": "conflicting"},
        {"standing__workflow": "second_review"},
        {"standing__workflow": "reopened", "standing__basis": "conflicting"},
        {"standing__workflow": "decided", "standing__verdict": "mixed", "standing__needs_review": True},
        {"standing__needs_review": True},
    ],
)
def test_the_rank_that_the_database_derives_is_the_one_that_is_explained(state: dict[str, object]) -> None:
    claim = assessed("one", worth=0.7, origins=2, **state)
    Standing.objects.filter(claim=claim).update(**{k.removeprefix("standing__"): v for k, v in state.items()})
    (row,) = queue.page(Wanted()).rows
    today = ranking.today()
    if row.waiting.asked_for:
        stored = row.standing.rank - ranking.FIRST + today
    else:
        stored = row.standing.rank - today
    assert stored == pytest.approx(row.points, abs=0.01)


def test_copies_do_not_count_for_reach() -> None:
    claim = assessed("copied", origins=1)
    source = claim.mentions.get().revision.article.source
    for _ in range(3):
        make.MentionFactory(claim=claim, revision__article__source=source)
    assess([claim.pk])
    (row,) = queue.page(Wanted()).rows
    assert "1 independent origin" in [part.words for part in row.parts]


@pytest.mark.parametrize("state", ["dismissed", "decided", "published", "retracted"])
def test_what_waits_for_nobody_is_not_in_the_queue(state: str) -> None:
    make.ClaimFactory(standing__workflow=state, standing__verdict="mixed")
    assert order() == []


def test_a_decided_claim_comes_back_when_its_ground_moves_and_waits_from_then_on(anna) -> None:
    claim = assessed("old", days=300)
    decide(claim.pk, SUPPORTED, actor=anna)
    assert order() == []
    make.MentionFactory(claim=claim)  # an article of its own
    assess([claim.pk])
    (row,) = queue.page(Wanted()).rows
    words = [part.words for part in row.parts]
    assert "the ground of its verdict moved" in words
    assert "waits 0 hours" in words
    assert decide(claim.pk, SUPPORTED, actor=anna).workflow == "decided"  # in one stroke
    assert order() == []


def test_two_people_get_different_claims_and_each_keeps_theirs(anna, bertil) -> None:
    first, second = assessed("first", worth=0.9), assessed("second")
    assert leasing.take_next(anna).claim_id == first.pk
    assert leasing.take_next(bertil).claim_id == second.pk
    assert leasing.take_next(bertil) is None
    with pytest.raises(Held, match="anna holds claim"):
        leasing.take(first.pk, bertil)
    with pytest.raises(Held):
        decide(first.pk, SUPPORTED, actor=bertil)
    assert not Verdict.objects.exists()
    decide(first.pk, SUPPORTED, actor=anna)
    assert queue.lease_on(first.pk) is None


def test_a_lease_that_ran_out_is_free_for_others(anna, bertil, settings) -> None:
    claim = assessed("only")
    leasing.take_next(anna)
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.LEASE_MINUTES, seconds=1)):
        assert leasing.take_next(bertil).claim_id == claim.pk
        with pytest.raises(Held):
            leasing.take(claim.pk, anna)
    assert list(claim.leases.order_by("pk").values_list("ending", flat=True)) == ["expired", ""]


def test_who_holds_a_claim_can_hold_it_longer(anna, settings) -> None:
    claim = assessed("only")
    lease = leasing.take_next(anna)
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.LEASE_MINUTES - 1)):
        assert leasing.take(claim.pk, anna).until > lease.until
    assert claim.leases.count() == 1


def test_the_database_takes_one_live_lease_a_claim(anna, bertil) -> None:
    lease = leasing.take(assessed("only").pk, anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lease.objects.create(claim=lease.claim, holder=bertil, until=lease.until)


def test_what_was_released_is_offered_again_and_what_was_skipped_to_others_only(anna, bertil) -> None:
    claim = assessed("only")
    leasing.take_next(anna)
    assert leasing.release(claim.pk, anna)
    assert leasing.take_next(anna).claim_id == claim.pk
    leasing.skip(claim.pk, anna)
    assert leasing.take_next(anna) is None
    assert leasing.take_next(bertil).claim_id == claim.pk
    leasing.release(claim.pk, bertil)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert leasing.take_next(anna).claim_id == claim.pk


def test_only_who_may_releases_what_another_holds(anna, bertil) -> None:
    claim = assessed("only")
    leasing.take_next(anna)
    with pytest.raises(Held):
        leasing.release(claim.pk, bertil)
    lead = make.UserFactory(permissions=["verification.release_lease"])
    assert leasing.release(claim.pk, lead)
    assert leasing.take_next(bertil).claim_id == claim.pk


def test_next_goes_on_behind_the_claim_at_hand(anna) -> None:
    texts = ["a", "b", "c"]
    claims = [assessed(text, worth=1 - number / 10) for number, text in enumerate(texts)]
    found = leasing.take_next(anna, after=claims[0].pk)
    assert found.claim.text == "b"
    assert queue.before(claims[1].pk, anna) is None
    assert leasing.take_next(anna, after=claims[1].pk).claim.text == "c"
    assert queue.before(claims[2].pk, anna) == claims[1].pk


def test_who_takes_many_gives_the_first_back(anna, bertil) -> None:
    claims = [assessed(str(number), worth=1 - number / 10) for number in range(leasing.MOST_HELD + 1)]
    for _ in claims:
        leasing.take_next(anna)
    assert len(queue.held_by(anna)) == leasing.MOST_HELD
    assert leasing.take_next(bertil).claim_id == claims[0].pk


def test_nobody_is_given_the_second_review_of_their_own_verdict(anna, bertil) -> None:
    claim = assessed("only")
    decide(claim.pk, SUPPORTED, actor=anna, second_review=True)
    assert leasing.take_next(anna) is None
    assert leasing.take_next(bertil).claim_id == claim.pk


def test_what_two_disagree_on_is_given_to_a_third(anna, bertil) -> None:
    claim = assessed("only")
    decide(claim.pk, SUPPORTED, actor=anna, second_review=True)
    decide(claim.pk, Decision(VerdictWord.MIXED, "Half of it."), actor=bertil)
    assert leasing.take_next(anna) is None
    assert leasing.take_next(bertil) is None
    carla = make.UserFactory(permissions=["verification.add_lease"])
    assert leasing.take_next(carla).claim_id == claim.pk


def test_what_waits_for_nobody_cannot_be_taken_and_who_may_not_takes_nothing(anna) -> None:
    claim = make.ClaimFactory(standing__workflow="dismissed")
    with pytest.raises(NotAllowed, match="does not wait"):
        leasing.take(claim.pk, anna)
    with pytest.raises(NotAllowed, match="add_lease"):
        leasing.take_next(make.UserFactory())


def test_the_queue_is_narrowed_and_next_stays_in_it(anna) -> None:
    assessed("Cargo fell.", worth=0.9)
    wanted = assessed("Trams run late.")
    make.ClaimFactory(text="Trams are red.", kind="event", standing__basis="conflicting")
    assert order(words="trams", kind="quantity") == ["Trams run late."]
    assert order(basis="conflicting") == ["Trams are red."]
    assert order(source=wanted.mentions.get().revision.article.source_id) == ["Trams run late."]
    assert leasing.take_next(anna, Wanted(words="late")).claim_id == wanted.pk
    assert leasing.take_next(anna, Wanted(words="late")) is None


def test_the_queue_is_read_page_by_page_without_a_gap(monkeypatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    for number in range(5):
        make.ClaimFactory(text=str(number), standing__merit=1.0)  # all of one rank
    seen, after = [], None
    while True:
        found = queue.page(Wanted(), after)
        seen += [row.claim.text for row in found.rows]
        after = found.more
        if after is None:
            break
    assert sorted(seen) == ["0", "1", "2", "3", "4"]
    assert len(seen) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_many_at_once_get_as_many_different_claims(transactional_db) -> None:
    """On PostgreSQL, with a connection each; on SQLite a transaction that writes is alone from its start."""
    people = [make.UserFactory(is_superuser=True) for _ in range(4)]
    claims = [make.ClaimFactory() for _ in range(10)]
    start = threading.Barrier(len(people))
    got: list[int] = []

    def work(person) -> None:
        start.wait()
        try:
            while len(mine := [x for x in (leasing.take_next(person),) if x]) and len(got) < 100:
                got.append(mine[0].claim_id)
                with transaction.atomic():
                    Standing.objects.filter(claim=mine[0].claim_id).update(flagged=True)
                    leasing.settle(mine[0].claim_id, person)
                    move(mine[0].claim_id, Workflow.DISMISSED, actor=person, reason="an opinion")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(got) == sorted(claim.pk for claim in claims), "each claim once, none twice, none left"

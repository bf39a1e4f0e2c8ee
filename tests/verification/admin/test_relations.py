"""A relation's page puts two claims side by side and shows what the judgement adds up from."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from verification.admin.waterfall import signed, waterfalls
from verification.admin.wording import pieces


def step(
    feature: str, weight: float, a: str = "", b: str = "", conflict: float = 0.0, note: str = ""
) -> dict:
    return {
        "feature": feature, "level": "equal", "weight": weight, "a": a, "b": b,
        "note": note, "conflict": conflict, "shift": 0.0,
    }  # fmt: skip


TRACE = [
    step("prior", -3),
    step("names", 3, "Port Ellery", "Port Ellery", note="Both name Port Ellery."),
    step("quantity", 1.5, "12 percent", "30 percent", conflict=9),
]


def test_each_bar_begins_where_the_last_one_ended() -> None:
    about, conflict = waterfalls(TRACE)
    assert [bar.total for bar in about.bars] == [-3, 0, 1.5]
    assert [(bar.left, bar.width) for bar in about.bars] == [(0, 66.67), (0, 66.67), (66.67, 33.33)]
    assert about.zero == 66.67
    assert (about.signed, about.answer) == ("+1.5", "the same")
    assert about.percent == "73.9%"  # odds of 2**1.5
    assert [bar.feature for bar in conflict.bars] == ["quantity"]


@given(st.lists(st.floats(-20, 20, allow_nan=False), min_size=1, max_size=12))
def test_the_bars_add_up_and_stay_within_the_chart(weights: list[float]) -> None:
    for fall in waterfalls([step("feature", weight) for weight in weights]):
        assert sum(bar.bits for bar in fall.bars) == pytest.approx(sum(weights), abs=1e-9)
        assert all(bar.left >= 0 and bar.left + bar.width <= 100.02 for bar in fall.bars)
        assert 0 <= fall.zero <= 100


def test_a_trace_without_evidence_makes_no_waterfall() -> None:
    assert waterfalls([]) == ()
    assert waterfalls([{"feature": "strange"}]) == ()


@pytest.mark.parametrize(
    ("bits", "words"), [(2.5, "+2.5"), (-3, "−3"), (0.125, "+0.12"), (10, "+10"), (0, "+0")]
)
def test_bits_are_written_with_their_sign(bits: float, words: str) -> None:
    assert signed(bits) == words


def marked(sentence: str, trace: list[dict], side: str = "a") -> dict[str, str | None]:
    return {piece.text: piece.sign for piece in pieces(sentence, trace, side) if piece.sign}  # type: ignore[arg-type]


def test_the_words_a_judgement_rests_on_are_marked_by_what_they_say() -> None:
    sentence = "Port Ellery lost 12 percent of its cargo."
    assert marked(sentence, TRACE) == {"Port Ellery": "for", "12 percent": "against"}
    assert marked("At Port Ellery 30 percent were lost.", TRACE, "b") == {
        "Port Ellery": "for",
        "30 percent": "against",
    }


def test_words_are_marked_whole_and_where_they_are_listed_apart() -> None:
    trace = [step("terms", 2, "port, cargo")]
    assert marked("The airport of the port lost cargo.", trace) == {"port": "for", "cargo": "for"}
    assert marked("Nothing of it is here.", trace) == {}


@given(st.text(max_size=80), st.text(max_size=20))
def test_nothing_of_a_sentence_is_lost_by_marking_it(sentence: str, words: str) -> None:
    assert "".join(piece.text for piece in pieces(sentence, [step("terms", 1, words)], "a")) == sentence


@pytest.fixture
def relation():
    first = make.MentionFactory(claim__text="Cargo fell by 12 percent.")
    second = make.MentionFactory(
        claim__text="Cargo fell by 30 percent.",
        revision__text="At Port Ellery 30 percent were lost.",
        text="At Port Ellery 30 percent were lost",
    )
    return make.RelationFactory(comparison=make.ComparisonFactory(a=first, b=second, trace=TRACE))


def shown(client: Client, relation) -> str:
    return client.get(reverse("admin:verification_relation_change", args=[relation.pk])).content.decode()


@pytest.mark.django_db
def test_both_claims_stand_side_by_side_with_the_words_compared(admin_client: Client, relation) -> None:
    content = shown(admin_client, relation)
    left, right = re.findall(r'<section class="side".*?</section>', content, re.DOTALL)
    assert "Cargo fell by 12 percent." in left
    assert ">12 percent</mark>" in left
    assert "Cargo fell by 30 percent." in right
    assert ">30 percent</mark>" in right
    assert "These two contradict each other" in content
    assert "Both name Port Ellery." in content
    assert re.search(r"\+1\.5 bits", content)


@pytest.mark.django_db
def test_the_sides_follow_the_claims_where_their_mentions_are_in_another_order(admin_client: Client) -> None:
    later_claim = make.ClaimFactory(text="first claim")
    newer = make.ClaimFactory(text="second claim")
    old_mention = make.MentionFactory(
        claim=newer, revision__text="It lost 30 percent.", text="It lost 30 percent"
    )
    new_mention = make.MentionFactory(
        claim=later_claim, revision__text="It lost 12 percent.", text="It lost 12 percent"
    )
    trace = [step("quantity", 1, "30 percent", "12 percent", conflict=9)]
    comparison = make.ComparisonFactory(a=old_mention, b=new_mention, trace=trace)
    relation = make.RelationFactory(comparison=comparison, a=later_claim, b=newer)
    left, right = re.findall(r'<section class="side".*?</section>', shown(admin_client, relation), re.DOTALL)
    assert "first claim" in left
    assert ">12 percent</mark>" in left
    assert "second claim" in right
    assert ">30 percent</mark>" in right


@pytest.mark.django_db
def test_nobody_sees_a_relation_without_the_permission(client: Client, relation) -> None:
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_claim"]))
    assert client.get(reverse("admin:verification_relation_change", args=[relation.pk])).status_code == 403


@pytest.mark.django_db
def test_the_page_takes_few_queries(admin_client: Client, relation, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(9):
        shown(admin_client, relation)

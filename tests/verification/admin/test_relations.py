"""A relation's page puts two claims side by side and shows what the judgement adds up from."""

import re
from dataclasses import asdict

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from verification.admin.waterfall import signed, waterfalls
from verification.admin.wording import pieces
from verification.comparison.alignment import Aligned, Match, Part
from verification.comparison.levels import evidence, of_news
from verification.models import Event, Judgement


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
    ("bits", "words"), [(2.5, "+2.5"), (-3, "−3"), (0.125, "+0.12"), (10, "+10"), (0, "0"), (-0.001, "0")]
)
def test_bits_are_written_with_their_sign(bits: float, words: str) -> None:
    assert signed(bits) == words


def row(match: Match, a: str, b: str = "", part: Part = Part.WORD) -> Aligned:
    return Aligned(part, match, a, b)


def marked(sentence: str, rows: list[Aligned], side: str = "a") -> dict[str, str]:
    return {piece.text: piece.match.value for piece in pieces(sentence, rows, side) if piece.match}  # type: ignore[arg-type]


def test_words_are_marked_by_whether_the_other_side_answers_them() -> None:
    rows = [
        row(Match.DIFFERS, "12 percent", "30 percent", Part.FIGURE),
        row(Match.EQUAL, "Port Ellery", "Port Ellery", Part.NAME),
        row(Match.ONLY, "cargo"),
    ]
    sentence = "Port Ellery lost 12 percent of its cargo."
    assert marked(sentence, rows) == {"Port Ellery": "equal", "12 percent": "differs", "cargo": "only"}
    other = "At Port Ellery 30 percent were lost."
    assert marked(other, rows, "b") == {"Port Ellery": "equal", "30 percent": "differs"}


def test_a_mark_says_what_it_answers() -> None:
    (piece,) = [p for p in pieces("It lost cargo.", [row(Match.ALIKE, "lost", "shed")], "a") if p.match]
    assert (piece.why, piece.row) == ("answers “shed”", 1)


def test_words_are_marked_whole() -> None:
    rows = [row(Match.EQUAL, "port", "port"), row(Match.EQUAL, "cargo", "cargo")]
    assert marked("The airport of the port lost cargo.", rows) == {"port": "equal", "cargo": "equal"}
    assert marked("Nothing of it is here.", rows) == {}


@given(st.text(max_size=80), st.text(max_size=20))
def test_nothing_of_a_sentence_is_lost_by_marking_it(sentence: str, words: str) -> None:
    assert (
        "".join(piece.text for piece in pieces(sentence, [row(Match.EQUAL, words, words)], "a")) == sentence
    )


def weighed(*levels: tuple[str, str], fitted: bool) -> list[dict]:
    steps = [evidence("prior", "prior"), *(evidence(*level) for level in levels)]
    return [asdict(step) for step in (of_news(steps) if fitted else steps)]


def test_fitted_weights_stand_beside_what_wary_ones_say() -> None:
    levels = [("names", "equal"), ("quantity", "disjoint")]
    wary = waterfalls(weighed(*levels, fitted=False))
    fitted = waterfalls(weighed(*levels, fitted=True))
    assert [fall.wary for fall in wary] == [None] * len(wary)
    assert [bar.wary for bar in fitted[0].bars] == [bar.bits for bar in wary[0].bars]
    assert fitted[0].wary == wary[0].total != fitted[0].total


def test_a_fitted_trace_of_an_engine_with_other_levels_is_shown_without_wary_weights() -> None:
    trace = weighed(("names", "equal"), fitted=True)
    trace[1]["level"] = "nearly equal"
    assert waterfalls(trace)[0].wary is None


def said(claim: str, text: str, figure: str, value: float, *others: str):
    """A mention that gives a figure."""
    mention = make.MentionFactory(
        claim__text=claim, revision__text=f"{text}.", text=text, predicate="lose", terms=["cargo", "lose"]
    )
    make.QuantityFactory(mention=mention, text=figure, value=value)
    return mention


@pytest.fixture
def relation():
    first = said("Cargo fell by 12 percent.", "Port Ellery lost 12 percent of its cargo", "12 percent", 12)
    second = said("Cargo fell by 30 percent.", "At Port Ellery 30 percent were lost", "30 percent", 30)
    return make.RelationFactory(comparison=make.ComparisonFactory(a=first, b=second, trace=TRACE))


def shown(client: Client, relation, **query: object) -> str:
    url = reverse("admin:verification_relation_change", args=[relation.pk])
    return client.get(url, query).content.decode()


def sides(content: str) -> list[str]:
    return re.findall(r'<section class="side".*?</section>', content, re.DOTALL)


@pytest.mark.django_db
def test_both_claims_stand_side_by_side_with_the_words_compared(admin_client: Client, relation) -> None:
    content = shown(admin_client, relation)
    left, right = sides(content)
    assert "Cargo fell by 12 percent." in left
    assert re.search(r'class="ground differs"[^>]*>12 percent</mark>', left)
    assert "Cargo fell by 30 percent." in right
    assert re.search(r'class="ground differs"[^>]*>30 percent</mark>', right)
    assert re.search(r'class="ground only"[^>]*>cargo</mark>', left)
    table = content[content.index("What answers what") :]
    assert "<td>12 percent</td><td>30 percent</td>" in table
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
    content = shown(admin_client, relation)
    left, right = sides(content)
    assert "first claim" in left
    assert "12 percent" in left
    assert "second claim" in right
    assert "30 percent" in right
    assert '<td data-label="A">12 percent</td><td data-label="B">30 percent</td>' in content


@pytest.mark.django_db
def test_the_page_says_which_weights_decided(admin_client: Client, relation) -> None:
    assert "Wary weights decided this" in shown(admin_client, relation)
    relation.comparison.trace = weighed(("names", "overlap"), ("quantity", "disjoint"), fitted=True)
    relation.comparison.save()
    content = shown(admin_client, relation)
    assert "Fitted weights decided this." in content
    assert re.findall(r'class="figure wary" data-label="wary">([^<]*)<', content)[:4] == [
        "−2",
        "+0.5",
        "−1",
        "−2.5",
    ]


@pytest.mark.django_db
def test_the_dossier_gets_the_comparison_without_the_pages_frame(admin_client: Client, relation) -> None:
    content = shown(admin_client, relation, fragment=1, of=relation.a_id)
    assert len(sides(content)) == 2
    assert "<html" not in content
    assert f'name="of" value="{relation.a_id}"' in content


def judged(client: Client, relation, word: str, **fields: object):
    fields = {
        "word": word,
        "seen": re.findall(r'name="seen" value="(\d+)"', shown(client, relation))[0],
        **fields,
    }
    return client.post(reverse("admin:verification_relation_judge", args=[relation.pk]), fields)


@pytest.mark.django_db
def test_a_word_on_a_pair_is_kept_and_the_next_pair_comes_up(admin_client: Client, relation) -> None:
    other = make.ComparisonFactory(a=relation.comparison.a, confidence=0.6)
    after = make.RelationFactory(comparison=other)
    answer = judged(admin_client, relation, "different", of=relation.a_id, note="other ports")
    event = Event.objects.get(kind="judged_different", claim=relation.a_id)
    assert answer["Location"] == (
        reverse("admin:verification_relation_change", args=[after.pk])
        + f"?done={event.pk}&of={relation.a_id}"
    )
    word = Judgement.objects.get()
    assert (word.word, word.note, word.a_id, word.b_id) == (
        "different",
        "other ports",
        relation.a_id,
        relation.b_id,
    )
    page = admin_client.get(answer["Location"]).content.decode()
    assert "pair 2 of 2" in page
    assert reverse("admin:claims_claim_undo", args=[event.pk]) in page


@pytest.mark.django_db
def test_the_last_pair_leads_back_to_the_claim(admin_client: Client, relation) -> None:
    answer = judged(admin_client, relation, "unsure", of=relation.b_id)
    assert answer["Location"].startswith(reverse("admin:claims_claim_change", args=[relation.b_id]))


@pytest.mark.django_db
def test_a_word_on_a_stale_page_is_refused_and_nothing_typed_is_lost(admin_client: Client, relation) -> None:
    bertil = make.UserFactory(username="bertil")
    fields = {"seen": 0, "note": "My long note."}
    make.EventFactory(claim=relation.b, kind="judged_same", actor=bertil)
    answer = judged(admin_client, relation, "different", **fields)
    content = answer.content.decode()
    assert answer.status_code == 409
    assert "bertil: judged same" in content
    assert "My long note." in content
    assert not Judgement.objects.exists()
    assert judged(admin_client, relation, "perhaps").status_code == 400


@pytest.mark.django_db
def test_nobody_judges_without_the_permission(client: Client, relation) -> None:
    url = reverse("admin:verification_relation_judge", args=[relation.pk])
    client.force_login(make.UserFactory(is_staff=True, permissions=["verification.view_relation"]))
    assert url not in shown(client, relation)
    assert client.post(url, {"word": "same", "seen": 0}).status_code == 403
    client.force_login(make.UserFactory(is_staff=True, permissions=["verification.add_judgement"]))
    assert client.post(url, {"word": "same", "seen": 0}).status_code == 403
    assert not Judgement.objects.exists()


@pytest.mark.django_db
def test_nobody_sees_a_relation_without_the_permission(client: Client, relation) -> None:
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_claim"]))
    assert client.get(reverse("admin:verification_relation_change", args=[relation.pk])).status_code == 403


@pytest.mark.django_db
def test_the_page_takes_few_queries(admin_client: Client, relation, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        shown(admin_client, relation)

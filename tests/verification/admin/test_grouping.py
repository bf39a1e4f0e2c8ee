"""Merging and splitting claims, cutting and joining origins: seen before it is done, done, and taken back."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Mention
from tests import factories as make
from tests.verification.stated import claim_of
from verification.models import Event, Judgement, Origin, OriginOverride, Tie
from verification.services.judging import judge, set_origin_edge

pytestmark = pytest.mark.django_db
REVIEWER = ["claims.view_claim", "verification.add_judgement", "verification.add_originoverride"]


@pytest.fixture
def twelve() -> Claim:
    return claim_of("Cargo fell by 12 percent.", "Quay Wire", "Lamp Gazette")


@pytest.fixture
def down() -> Claim:
    return claim_of("Cargo was down 12%.", "Harbour Post")


@pytest.fixture
def reviewer():
    return make.UserFactory(username="anna", is_staff=True, permissions=REVIEWER)


def address(name: str, pk: int) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[pk])


def shown(client: Client, name: str, claim: Claim, **query: object) -> str:
    answer = client.get(address(name, claim.pk), query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def changes(content: str) -> list[str]:
    """The rows of what would change, without markup."""
    body = content[content.index('id="changes"') :]
    rows = re.findall(r"<tr>(.*?)</tr>", body[: body.index("</table>")], re.DOTALL)[1:]
    return [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in rows]


def seen(content: str) -> str:
    return re.findall(r'name="seen" value="(\d+)"', content)[0]


def stands() -> list[tuple[object, ...]]:
    """All that a merge or a split may change, without what is only remembered."""
    claims = Claim.objects.order_by("pk").values_list("text", "merged_into", "standing__status")
    mentions = Mention.objects.order_by("pk").values_list("pk", "claim")
    origins = Origin.objects.order_by("claim", "number").values_list("claim", "root", "against")
    return [*claims, *mentions, *origins, Tie.objects.count()]


def test_a_merge_is_shown_before_it_is_done_and_changes_nothing_until_then(
    desk: Client, twelve: Claim, down: Claim
) -> None:
    before, events = stands(), Event.objects.count()
    rows = changes(shown(desk, "merge", twelve, **{"with": down.pk}))
    assert rows == [
        f"Cargo fell by 12 percent. claim {twelve.pk} corroborated 2 for, 0 against, in 2 mentions "
        "corroborated 3 for, 0 against, in 3 mentions",
        f"Cargo was down 12%. claim {down.pk} unverified 1 for, 0 against, in 1 mention "
        "merged into the other its address leads there",
    ]
    assert (stands(), Event.objects.count()) == (before, events)
    assert not Judgement.objects.exists()


def test_a_merge_is_done_and_undone_from_the_claims_page(desk: Client, twelve: Claim, down: Claim) -> None:
    before = stands()
    page = shown(desk, "merge", down, **{"with": twelve.pk})
    answer = desk.post(address("merge", down.pk), {"with": twelve.pk, "note": "one fall", "seen": seen(page)})
    event = Event.objects.filter(kind="judged_same").earliest("pk")
    assert answer["Location"] == f"{address('change', twelve.pk)}?done={event.pk}"
    content = desk.get(answer["Location"]).content.decode()
    assert "Harbour Post" in content
    assert address("undo", event.pk) in content
    assert desk.get(address("change", down.pk))["Location"] == address("change", twelve.pk)
    assert Judgement.objects.get().note == "one fall"

    answer = desk.post(address("undo", event.pk), {"back": address("change", twelve.pk)})
    assert answer["Location"] == address("change", twelve.pk)
    assert stands() == before
    content = desk.get(answer["Location"]).content.decode()
    assert address("undo", event.pk) not in content
    assert Judgement.objects.count() == 1  # what was said stays said


@pytest.mark.parametrize(
    "asked", ["{pk}", "/admin/claims/claim/{pk}/change/", "http://testserver/admin/claims/claim/{pk}/"]
)
def test_the_other_claim_is_named_by_number_or_address(
    desk: Client, twelve: Claim, down: Claim, asked: str
) -> None:
    page = shown(desk, "merge", twelve, **{"with": asked.format(pk=down.pk)})
    assert len(changes(page)) == 2


def test_what_cannot_be_merged_is_said(desk: Client, twelve: Claim) -> None:
    assert "“the other one” is no claim's number" in shown(desk, "merge", twelve, **{"with": "the other one"})
    assert "cannot be compared with itself" in shown(desk, "merge", twelve, **{"with": twelve.pk})
    merged = make.ClaimFactory(merged_into=twelve)
    assert desk.get(address("split", merged.pk))["Location"] == address("change", twelve.pk)


def test_a_merge_on_a_stale_page_is_refused_with_what_changed(
    desk: Client, twelve: Claim, down: Claim
) -> None:
    page = shown(desk, "merge", twelve, **{"with": down.pk})
    bertil = make.UserFactory(username="bertil", permissions=["verification.add_judgement"])
    judge(twelve.pk, down.pk, Judgement.Word.DIFFERENT, actor=bertil)
    answer = desk.post(address("merge", twelve.pk), {"with": down.pk, "note": "one fall", "seen": seen(page)})
    content = answer.content.decode()
    assert answer.status_code == 409
    assert "bertil: judged different" in content
    assert 'value="one fall"' in content
    assert Judgement.objects.count() == 1
    assert desk.post(address("merge", twelve.pk), {"with": down.pk, "seen": seen(content)}).status_code == 302


def test_a_later_word_of_same_joins_what_a_person_kept_apart(reviewer, twelve: Claim) -> None:
    other = claim_of("Cargo was down 12%.", "Harbour Post", "Pier News")
    judge(twelve.pk, other.pk, Judgement.Word.DIFFERENT, actor=reviewer)
    judge(twelve.pk, other.pk, Judgement.Word.SAME, actor=reviewer)
    assert set(Mention.objects.values_list("claim", flat=True)) == {twelve.pk}


def test_a_split_is_shown_done_and_undone(desk: Client, twelve: Claim) -> None:
    before = stands()
    out = twelve.mentions.latest("pk")
    page = shown(desk, "split", twelve, mention=out.pk, preview=1)
    assert [row.split("claim")[-1].strip() for row in changes(page)] == [
        f"{twelve.pk} corroborated 2 for, 0 against, in 2 mentions unverified 1 for, 0 against, in 1 mention",
        "– unverified 1 for, 0 against, in 1 mention",
    ]
    assert stands() == before
    fields = {"mention": [out.pk], "seen": seen(page)}
    answer = desk.post(address("split", twelve.pk), fields)
    assert (answer.status_code, "Give a reason" in answer.content.decode()) == (409, True)
    answer = desk.post(address("split", twelve.pk), {**fields, "note": "another port"})
    event = Event.objects.get(kind="split")
    assert answer["Location"] == f"{address('change', twelve.pk)}?done={event.pk}"
    assert Mention.objects.get(pk=out.pk).claim_id != twelve.pk
    desk.post(address("undo", event.pk))
    assert Mention.objects.get(pk=out.pk).claim_id == twelve.pk


def test_a_split_takes_some_not_all_of_the_claims_mentions(desk: Client, twelve: Claim, down: Claim) -> None:
    assert "Tick the mentions" in shown(desk, "split", twelve, preview=1)
    stranger = down.mentions.get().pk
    assert "not all, of the current mentions" in shown(desk, "split", twelve, mention=stranger, preview=1)
    every = [mention.pk for mention in twelve.mentions.all()]
    assert "not all, of the current mentions" in shown(desk, "split", twelve, mention=every, preview=1)


def test_an_origin_is_joined_cut_and_left_to_the_machine_again(desk: Client, twelve: Claim) -> None:
    one, other = twelve.mentions.order_by("pk")
    edge = address("edge", twelve.pk)
    assert "Count two origins as one" in shown(desk, "change", twelve)
    assert desk.post(edge, {"one": one.pk, "other": other.pk}).status_code == 302
    assert twelve.origins.count() == 1
    content = shown(desk, "change", twelve)
    assert "<strong>anna</strong> joined" in content
    cut = re.findall(r'value="(cut:\d+:\d+)"', content)
    assert cut == [f"cut:{other.pk}:{one.pk}"]
    desk.post(edge, {"edge": cut[0]})
    assert twelve.origins.count() == 2
    back = re.findall(r'value="(:\d+:\d+)"', shown(desk, "change", twelve))
    desk.post(edge, {"edge": back[0]})
    assert not OriginOverride.objects.exists()
    kinds = (
        Event.objects.filter(claim=twelve, actor__isnull=False).order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["origin_join", "origin_cut", "origin_undone"]


@pytest.mark.parametrize(
    "fields", [{}, {"edge": "glue:1:2"}, {"edge": "cut:1:1"}, {"one": 1}, {"edge": "cut:1:999"}]
)
def test_an_edge_that_cannot_be_is_refused(fields: dict[str, object], desk: Client, twelve: Claim) -> None:
    answer = desk.post(address("edge", twelve.pk), fields, follow=True)
    assert 'class="error"' in answer.content.decode()
    assert not OriginOverride.objects.exists()


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("merge", "verification.add_judgement"),
        ("split", "verification.add_judgement"),
        ("undo", "verification.add_judgement"),
        ("edge", "verification.add_originoverride"),
    ],
)
def test_nobody_groups_without_the_permission(
    name: str, needed: str, client: Client, twelve: Claim, down: Claim, reviewer
) -> None:
    event = judge(twelve.pk, down.pk, Judgement.Word.DIFFERENT, actor=reviewer)
    set_origin_edge(*(m.pk for m in twelve.mentions.all()), OriginOverride.Word.JOIN, actor=reviewer)
    before, events = stands(), Event.objects.count()
    url = address(name, event.pk if name == "undo" else twelve.pk)
    mention = twelve.mentions.earliest("pk").pk
    fields = {
        "with": down.pk,
        "mention": mention,
        "note": "x",
        "seen": 10**6,
        "edge": f":{mention}:{mention + 1}",
    }
    for permissions in ([p for p in REVIEWER if p != needed], [needed]):
        client.force_login(make.UserFactory(is_staff=True, permissions=permissions))
        assert client.post(url, fields).status_code == 403
    client.force_login(make.UserFactory(is_staff=True, permissions=[p for p in REVIEWER if p != needed]))
    content = shown(client, "change", twelve)
    assert url not in content
    if needed == "verification.add_originoverride":
        assert "Take back" not in content
    client.logout()
    assert client.post(url, fields).status_code == 302
    assert (stands(), Event.objects.count()) == (before, events)


@pytest.mark.parametrize("count", [2, 12])
def test_the_pages_take_the_same_queries_for_any_number_of_mentions(
    count: int, desk: Client, django_assert_max_num_queries
) -> None:
    claim = claim_of("Cargo fell by 12 percent.", *(f"Paper {n}" for n in range(count)))
    for name, most in (("split", 10), ("merge", 8)):
        with django_assert_max_num_queries(most):
            shown(desk, name, claim)

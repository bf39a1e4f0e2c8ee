"""The dossier tells why a claim stands as it does, and decisions on it are made on what was seen."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from tests import factories as make
from verification.models import Event, Verdict
from verification.models.words import VerdictWord, Workflow
from verification.workflow import Decision, decide, move

pytestmark = pytest.mark.django_db
REVIEWER = [
    "claims.view_claim",
    "verification.view_relation",
    "verification.add_verdict",
    "verification.change_standing",
]


@pytest.fixture
def claim() -> Claim:
    return make.ClaimFactory(text="Cargo fell by 12 percent.")


@pytest.fixture
def reviewer():
    return make.UserFactory(username="anna", is_staff=True, permissions=REVIEWER)


def page(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])


def shown(client: Client, claim: Claim) -> str:
    return client.get(page(claim)).content.decode()


def seen(content: str) -> dict[str, str]:
    """What the page says that the reviewer saw."""
    return dict(re.findall(r'name="(version|seen)" value="(\d+)"', content))


def send(client: Client, claim: Claim, what: str, content: str = "", **fields: object):
    fields = {**seen(content or shown(client, claim)), **fields}
    return client.post(reverse(f"admin:claims_claim_{what}", args=[claim.pk]), fields)


def origin_of_copies(claim: Claim) -> None:
    """One origin: the Wire, and a paper that copied it."""
    wire = make.MentionFactory(claim=claim, revision__article__source__name="Quay Wire")
    copy = make.MentionFactory(claim=claim, revision__article__source__name="Lamp Gazette")
    origin = make.OriginFactory(
        claim=claim, root="Quay Wire", kind="copy", reason="Both go back to the Wire."
    )
    make.OriginMemberFactory(origin=origin, mention=wire, rule="independent", words="own eyes")
    make.OriginMemberFactory(
        origin=origin, mention=copy, parent=wire, rule="copy", words="lost 12 percent of its cargo"
    )


def test_copies_are_folded_under_their_origin_with_the_reason_of_each_edge(
    desk: Client, claim: Claim
) -> None:
    origin_of_copies(claim)
    content = shown(desk, claim)
    folded = content[content.index("<details>") : content.index("</details>")]
    assert "Both go back to the Wire." in content
    assert "Lamp Gazette" in folded
    assert "copied from Quay Wire" in folded
    assert "lost 12 percent of its cargo" in folded
    assert "<strong>Quay Wire</strong>" not in folded
    assert "own eyes" in content[: content.index("<details>")]


def test_a_mention_is_shown_in_its_sentence_with_its_span_marked(desk: Client, claim: Claim) -> None:
    sentence = "Mara Quist, the harbour master, called it the worst month in nine years."
    text = f"Å 🚢 {make.TEXT}"  # offsets are code points, before the emoji as after it
    revision = make.RevisionFactory(text=text)
    start = text.index(sentence)
    make.MentionFactory(
        claim=claim,
        revision=revision,
        text="the worst month in nine years",
        sentence_start=start,
        sentence_end=start + len(sentence),
        speaker=make.EntityFactory(name="Mara Quist", kind="person"),
        attribution="quoted",
    )
    content = shown(desk, claim)
    quote = content[content.index("<blockquote>") : content.index("</blockquote>")]
    assert re.sub("<[^>]*>", "", quote) == sentence
    assert '<mark class="mention quoted">the worst month in nine years</mark>' in quote
    assert "Mara Quist</strong>" in content


def test_the_axes_are_told_with_their_reasons(desk: Client, claim: Claim) -> None:
    newer = make.ClaimFactory(text="Cargo fell by 15 percent.")
    explanation = {
        "for": [], "against": [], "missing": "a second origin", "flip": "one more would corroborate it",
        "newer": [{"claim_id": newer.pk, "text": newer.text, "newer": True}], "older": [],
    }  # fmt: skip
    make.AssessmentFactory(claim=claim, explanation=explanation)
    content = shown(desk, claim)
    assert "Missing: a second origin." in content
    assert "One more would corroborate it." in content
    assert f'newer: <a href="{page(newer)}">Cargo fell by 15 percent.</a>' in content


def test_related_claims_stand_by_kind_with_a_way_to_the_comparison(desk: Client, claim: Claim) -> None:
    other = make.ClaimFactory(text="Cargo rose.")
    comparison = make.ComparisonFactory(
        a=make.MentionFactory(claim=claim), b=make.MentionFactory(claim=other)
    )
    relation = make.RelationFactory(comparison=comparison)
    stranger = make.ComparisonFactory(
        relation="unrelated", a=comparison.a, b=make.MentionFactory(claim__text="Trams run late.")
    )
    make.RelationFactory(comparison=stranger)
    content = shown(desk, claim)
    related = content[content.index('id="related"') :]
    assert 'badge-contradicts">contradicts' in related
    assert "Cargo rose." in related
    assert reverse("admin:verification_relation_change", args=[relation.pk]) in related
    assert "Trams run late." not in related


def test_what_articles_and_people_wrote_is_escaped(desk: Client) -> None:
    evil = "<script>alert(1)</script>"
    claim = make.ClaimFactory(text=evil)
    make.MentionFactory(
        claim=claim, revision__text=f"{evil} now", text=evil, revision__article__source__name=evil
    )
    make.VerdictFactory(claim=claim, note=evil, evidence=["javascript:alert(2)", evil, "https://ok.example/"])
    make.EventFactory(claim=claim, reason=evil)
    content = shown(desk, claim)
    assert "<script>alert" not in content
    assert 'href="javascript:' not in content
    assert 'href="https://ok.example/"' in content


def test_a_decision_changes_the_status_and_is_kept_with_its_evidence(
    desk: Client, claim: Claim, reviewer
) -> None:
    mention = make.MentionFactory(claim=claim)
    answer = send(
        desk,
        claim,
        "decide",
        word="refuted",
        note="The register says 9.",
        links="https://register.example/\n",
        mention=[mention.pk],
    )
    assert answer.status_code == 302
    verdict = Verdict.objects.get()
    assert (verdict.word, verdict.reviewer, verdict.note) == ("refuted", reviewer, "The register says 9.")
    assert verdict.evidence == ["https://register.example/", f"mention:{mention.pk}"]
    content = shown(desk, claim)
    assert 'badge-refuted">refuted' in content
    assert "The register says 9." in content
    assert f'href="#mention-{mention.pk}"' in content


def test_a_decision_on_a_stale_page_is_refused_with_what_changed_and_keeps_what_was_typed(
    desk: Client, claim: Claim
) -> None:
    before = shown(desk, claim)
    other = make.UserFactory(username="bertil")
    move(claim.pk, Workflow.QUEUED, actor=other)
    answer = send(desk, claim, "decide", before, word="refuted", note="My long note.")
    content = answer.content.decode()
    assert answer.status_code == 409
    assert not Verdict.objects.exists()
    assert "bertil: queued" in content
    assert "My long note." in content
    assert re.search(r'value="refuted" class="[^"]* tried"', content)
    again = send(desk, claim, "decide", content, word="refuted", links="https://register.example/")
    assert again.status_code == 302


def test_a_move_on_a_stale_page_is_refused(desk: Client, claim: Claim) -> None:
    before = shown(desk, claim)
    decide(claim.pk, Decision(VerdictWord.SUPPORTED), actor=make.UserFactory(username="bertil"))
    answer = send(desk, claim, "move", before, to="dismissed", reason="an opinion")
    assert answer.status_code == 409
    assert "bertil: decided" in answer.content.decode()
    assert claim.standing.__class__.objects.get(claim=claim).workflow == "decided"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "This field is required"),
        ({"word": "true"}, "true"),
        ({"word": "refuted", "links": "https://ok.example/\nsee the register"}, "Line 2"),
        ({"word": "refuted", "links": "javascript:alert(1)"}, "Line 1"),
        ({"word": "refuted", "mention": "999999"}, "Mention 999999"),
        ({"word": "refuted", "version": ""}, "load it again"),
    ],
)
def test_a_decision_that_is_not_complete_is_refused_and_said_why(
    fields: dict[str, str], words: str, desk: Client, claim: Claim
) -> None:
    answer = send(desk, claim, "decide", **fields)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Verdict.objects.exists()


def test_a_second_review_is_another_persons(desk: Client, claim: Claim, reviewer) -> None:
    send(desk, claim, "decide", word="supported", second_review="open")
    content = shown(desk, claim)
    assert "Another person gives the second" in content
    assert 'id="decision"' not in content
    assert send(desk, claim, "decide", content, version=2, seen=0, word="supported").status_code == 409
    desk.force_login(make.UserFactory(is_staff=True, permissions=REVIEWER))
    content = shown(desk, claim)
    assert "anna decided <strong>supported</strong>" in content
    assert send(desk, claim, "decide", content, word="supported").status_code == 302
    assert 'badge-supported">supported' in shown(desk, claim)


def test_a_claim_is_moved_through_the_workflow_and_only_where_it_may_go(desk: Client, claim: Claim) -> None:
    def places() -> set[str]:
        return set(re.findall(r'name="to" value="(\w+)"', shown(desk, claim)))

    assert places() == {"queued", "in_review", "dismissed"}
    send(desk, claim, "move", to="in_review")
    assert places() == {"queued", "dismissed"}
    assert send(desk, claim, "move", to="published").status_code == 409
    assert "Give a reason" in send(desk, claim, "move", to="dismissed").content.decode()
    send(desk, claim, "move", to="dismissed", reason="an opinion, not a fact")
    assert places() == {"reopened"}
    assert Event.objects.filter(kind="dismissed", reason="an opinion, not a fact").exists()
    assert "an opinion, not a fact" in shown(desk, claim)
    assert send(desk, claim, "move", to="decided").status_code == 400


@pytest.mark.parametrize(
    ("what", "needed"), [("decide", "verification.add_verdict"), ("move", "verification.change_standing")]
)
def test_nobody_decides_or_moves_without_the_permission(
    what: str, needed: str, client: Client, claim: Claim
) -> None:
    fields = {"version": 1, "seen": 0, "word": "refuted", "to": "queued"}
    url = reverse(f"admin:claims_claim_{what}", args=[claim.pk])
    client.force_login(make.UserFactory(is_staff=True, permissions=[p for p in REVIEWER if p != needed]))
    assert url not in shown(client, claim)
    assert client.post(url, fields).status_code == 403
    client.force_login(make.UserFactory(is_staff=True, permissions=[needed]))  # may act, but not look
    assert client.post(url, fields).status_code == 403
    assert client.get(url).status_code == 405
    assert not Event.objects.exists()


def test_a_merged_claims_address_leads_to_the_other(desk: Client, claim: Claim) -> None:
    merged = make.ClaimFactory(text="Cargo was down 12%.", merged_into=claim)
    answer = desk.get(page(merged), follow=True)
    assert answer.redirect_chain == [(page(claim), 302)]  # type: ignore[attr-defined]
    assert "Cargo was down 12%." in answer.content.decode()


def test_what_is_not_there_is_said(desk: Client) -> None:
    answer = desk.get(reverse("admin:claims_claim_change", args=[999]), follow=True)
    assert "doesn’t exist" in answer.content.decode()
    assert desk.post(reverse("admin:claims_claim_move", args=[999]), {"to": "queued"}).status_code == 302


@pytest.mark.parametrize("rows", [1, 10])
def test_the_dossier_takes_the_same_queries_for_any_number_of_rows(
    rows: int, desk: Client, claim: Claim, django_assert_max_num_queries
) -> None:
    for number in range(1, rows + 1):
        mention = make.MentionFactory(claim=claim)
        make.QuantityFactory(mention=mention)
        make.OriginMemberFactory(origin=make.OriginFactory(claim=claim, number=number), mention=mention)
        make.RelationFactory(comparison=make.ComparisonFactory(a=mention, b=make.MentionFactory()))
        make.VerdictFactory(claim=claim)
        make.EventFactory(claim=claim)
    with django_assert_max_num_queries(20):
        desk.get(page(claim))


def test_of_many_mentions_the_first_of_each_origin_are_shown_and_the_way_to_the_rest(
    desk: Client, claim: Claim, django_assert_max_num_queries
) -> None:
    for number in range(1, 4):
        origin = make.OriginFactory(claim=claim, number=number, root=f"Wire {number}")
        revision = make.RevisionFactory(article__source__name=f"Paper {number}")
        lead = make.MentionFactory(claim=claim, revision=revision, text="The harbour")
        make.OriginMemberFactory(origin=origin, mention=lead)
        for end in range(5, 25):
            copy = make.MentionFactory(claim=claim, revision=revision, text=make.TEXT[4 : 4 + end])
            make.OriginMemberFactory(origin=origin, mention=copy, parent=lead, rule="copy")
    with django_assert_max_num_queries(20):
        content = shown(desk, claim)
    assert content.count('class="card"') == 3 * (1 + 5)
    assert content.count("20 more, counted with it") == 3
    assert content.count("15 more</a> are not shown here") == 3
    assert "see all 63" in content

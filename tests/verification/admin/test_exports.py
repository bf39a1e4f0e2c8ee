"""The claims of a filtered list as a file, with who decided, when and on what evidence."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from verification.selectors import reviewed

pytestmark = pytest.mark.django_db


def export(client: Client, name: str, **query: object) -> str:
    answer = client.get(reverse(f"admin:claims_claim_export_{name}"), query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def table(client: Client, **query: object) -> list[dict[str, str]]:
    text = export(client, "csv", **query)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def lines(client: Client, **query: object) -> list[dict]:
    return [json.loads(line) for line in export(client, "jsonl", **query).splitlines()]


def decided(text: str = "Cargo fell.", **verdict: object):
    claim = make.ClaimFactory(text=text, standing__workflow="decided", standing__verdict="refuted")
    return make.VerdictFactory(claim=claim, word="refuted", **verdict)


def test_reviewer_time_and_evidence_are_told(admin_client: Client) -> None:
    mention = make.MentionFactory()
    verdict = decided(
        reviewer__username="anna", note="9, not 12", evidence=["https://r.example/", f"mention:{mention.pk}"]
    )
    row = table(admin_client, standing__status="refuted")[0]
    assert (row["id"], row["claim"], row["verdict"]) == (str(verdict.claim_id), "Cargo fell.", "refuted")
    assert (row["reviewer"], row["note"]) == ("anna", "9, not 12")
    assert row["decided_at"] == verdict.created_at.isoformat()
    url = mention.revision.article.url
    assert row["evidence"] == f"https://r.example/\n{url} “{mention.text}”"
    assert row["dossier"].endswith(reverse("admin:claims_claim_change", args=[verdict.claim_id]))
    (same,) = lines(admin_client, standing__status="refuted")
    (told,) = same["verdicts"]
    assert told["evidence"] == [
        {"address": "https://r.example/"},
        {"mention": mention.pk, "article": url, "text": mention.text},
    ]
    assert (told["reviewer"], told["at"]) == ("anna", verdict.created_at.isoformat())


def test_the_file_holds_what_the_filtered_list_finds(admin_client: Client, monkeypatch) -> None:
    monkeypatch.setattr(reviewed, "CHUNK", 3)
    for n in range(8):
        make.ClaimFactory(text=f"event {n}", kind="event")
    make.ClaimFactory(text="other")
    wanted = [f"event {n}" for n in range(8)]
    assert [row["claim"] for row in table(admin_client, kind="event")] == wanted
    assert [row["claim"] for row in lines(admin_client, kind="event", q="event")] == wanted
    assert len(lines(admin_client)) == 9


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_a_formula_to_a_spreadsheet(start: str, admin_client: Client) -> None:
    evil = f'{start}HYPERLINK("https://x.example")'
    decided(text=evil, note=evil, reviewer__username="@anna", evidence=[evil])
    row = table(admin_client)[0]
    for column in ("claim", "note", "reviewer", "evidence"):
        assert row[column].startswith("'"), column
    assert lines(admin_client)[0]["claim"] == evil


def test_a_blind_first_verdict_is_not_given_away(client: Client) -> None:
    claim = make.ClaimFactory(standing__workflow="second_review")
    make.VerdictFactory(claim=claim, blind=True, note="secret")
    may = ["claims.view_claim", "verification.add_verdict", "verification.view_verdict"]
    client.force_login(make.UserFactory(is_staff=True, permissions=may))
    assert "secret" not in export(client, "jsonl") + export(client, "csv")


def test_nobody_exports_without_the_permission_or_by_an_unknown_filter(client: Client) -> None:
    make.ClaimFactory()
    url = reverse("admin:claims_claim_export_csv")
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_article"]))
    assert client.get(url).status_code == 403
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_claim"]))
    assert client.get(url).status_code == 200
    assert client.get(url, {"nonsense": 1}).status_code == 400


@pytest.mark.parametrize("rows", [1, 12])
def test_a_chunk_takes_the_same_queries_for_any_number_of_rows(
    rows: int, admin_client: Client, django_assert_max_num_queries
) -> None:
    mention = make.MentionFactory()
    for n in range(rows):
        decided(text=f"claim {n}", evidence=[f"mention:{mention.pk}"])
    with django_assert_max_num_queries(10):
        export(admin_client, "jsonl")

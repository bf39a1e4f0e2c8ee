"""Checking a draft: which known claims it makes, without storing any of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Claim, Mention, Step, Submission
from tests.claims.api.calling import ROOT, as_admin, fault, with_key
from tests.factories import UserFactory
from verification.models import Comparison, Event

pytestmark = pytest.mark.django_db
CHECK = f"{ROOT}/check/"
KNOWN = (
    "The harbour of Port Ellery handled 4.2 million tonnes of cargo in 2024. "
    "Mara Quist was elected mayor of Port Ellery in March 2023."
)
WHEN = "2025-02-20T09:30:00Z"


@pytest.fixture
def _known(tmp_path: Any) -> None:
    path = tmp_path / "known.txt"
    path.write_text(KNOWN, "utf-8")
    call_command("ingest", str(path), wait=True, source="Harbour Post", published="2025-02-18T09:00:00Z")


def _checked(text: str) -> list[dict[str, Any]]:
    answer = as_admin().post(CHECK, {"text": text, "published": WHEN})
    assert answer.status_code == 200, answer.content
    return list(answer.json()["claims"])


def _stored() -> list[int]:
    return [model.objects.count() for model in (Article, Claim, Comparison, Event, Mention, Step, Submission)]


@pytest.mark.usefixtures("_known")
def test_a_draft_is_told_what_it_repeats_and_what_it_contradicts() -> None:
    text = (
        "Good morning. Port Ellery's harbour handled 4.2 million tonnes of cargo in 2024. "
        "The harbour of Port Ellery handled 6 million tonnes of cargo in 2024."
    )
    before = _stored()
    same, other = (place for place in _checked(text) if place["matches"])
    assert _stored() == before, "nothing is stored"
    assert text[same["start"] : same["end"]] == same["text"]
    assert same["matches"][0]["relation"] == "same"
    assert other["matches"][0]["relation"] == "contradicts"
    known = same["matches"][0]["claim"]
    assert "4.2 million tonnes" in known["text"]
    assert (known["status"], known["basis"], known["verdict"]) == ("unverified", "single_origin", None)
    assert (len(known["origins"]["for"]), known["origins"]["against"]) == (1, [])
    steps = {step["feature"]: step for step in other["matches"][0]["trace"]}
    assert "6 million tonnes" in steps["quantity"]["a"], "side a is the text"
    assert "4.2 million tonnes" in steps["quantity"]["b"]


@pytest.mark.usefixtures("_known")
def test_what_says_the_same_of_a_later_year_is_newer() -> None:
    (place,) = _checked("The harbour of Port Ellery handled 3.9 million tonnes of cargo in 2025.")
    assert [(m["relation"], m["newer"]) for m in place["matches"]] == [("updates", "text")]


@pytest.mark.usefixtures("_known")
def test_what_nobody_said_yet_is_told_without_a_match() -> None:
    (place,) = _checked("The airport of Vellmar closed two runways in 2021.")
    assert place["matches"] == []


@pytest.mark.usefixtures("_known")
def test_queries_are_few_and_do_not_grow_with_the_draft() -> None:
    counts = []
    for text in (KNOWN, f"{KNOWN} The harbour of Port Ellery handled 5 million tonnes of cargo in 2023."):
        owner = UserFactory()
        owner.groups.add(Group.objects.get(name="lead"))
        api = with_key("read", owner=owner)  # a new one, whose use is noted
        with CaptureQueriesContext(connection) as queries:
            answer = api.post(CHECK, {"text": text, "published": WHEN})
        assert [place["matches"] != [] for place in answer.json()["claims"][:2]] == [True, True]
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6, "signing in among them"


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "text"), ({"text": ""}, "text"), ({"text": "a" * 50_001}, "text"),
     ({"text": "a", "published": "2025-02-20"}, "published"), ({"text": "a", "url": "x"}, "url"), ([], "")],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused(sent: Any, field: str) -> None:
    assert fault(as_admin().post(CHECK, sent))["field"] == field

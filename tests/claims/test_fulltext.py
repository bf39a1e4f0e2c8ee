"""Claims are found by their words, alike on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from claims.fulltext import terms, with_words
from claims.models import Claim
from tests.claims.api.calling import ROOT, as_admin, ids
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db
CARGO = "The harbours of Port Ellery lost 12.5 percent of their cargo."


def found(text: str) -> list[int]:
    return sorted(with_words(Claim.objects.all(), text).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("text", "wanted", "meets"),
    [
        (CARGO, "harbour", True),
        (CARGO, "HARBOURS losing", False),
        (CARGO, "harboured cargo", True),
        (CARGO, "cargoes", True),
        (CARGO, "port ellery", True),
        (CARGO, '"port ellery"', True),
        (CARGO, '"ellery port"', False),
        (CARGO, 'cargo "of port', True),
        (CARGO, "the of their", True),
        (CARGO, "12.5", True),
        (CARGO, "12.5%", True),
        (CARGO, "13", False),
        (CARGO, "ferry", False),
        (CARGO, "cargo OR ferry", False),
        (CARGO, "cargo NOT port", False),
        (CARGO, "cargo -port", True),
        (CARGO, "text:cargo", False),
        (CARGO, "car*", False),
        (CARGO, "%", False),
        (CARGO, "cargo % &", True),
        (CARGO, "", False),
        ("Erdoğan met Zoë Müller in São Paulo.", "erdogan zoe muller sao", True),
        ("Erdogan met Zoe.", "ERDOĞAN zoë", True),
        ("It's the U.S. Treasury's 3rd-quarter report.", "u.s. treasury quarter", True),
    ],
)
def test_a_claim_is_found_by_its_words_in_whatever_form(text: str, wanted: str, meets: bool) -> None:
    claim = ClaimFactory(text=text)
    assert found(wanted) == ([claim.pk] if meets else [])


def test_what_is_written_anew_is_found_anew_and_what_is_deleted_is_not() -> None:
    claim, other = ClaimFactory(text="The ferry sank."), ClaimFactory(text="The ferry burned.")
    Claim.objects.filter(pk=claim.pk).update(text="The tram stopped.")
    assert (found("ferry"), found("tram")) == ([other.pk], [claim.pk])
    other.standing.delete()
    other.delete()
    assert found("ferry") == []
    Claim.objects.bulk_create([Claim(text="Another ferry sank.", kind="event")])
    assert len(found("ferry")) == 1


def test_words_are_kept_again_after_django_has_rebuilt_the_table() -> None:
    """As an altered column on SQLite does it: the table goes, and its triggers with it."""
    claim = ClaimFactory(text="The ferry sank.")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER twosource_claim_words_{event}")
    Claim.objects.filter(pk=claim.pk).update(text="The tram stopped.")
    call_command("migrate", verbosity=0)
    assert (found("tram"), found("ferry")) == ([claim.pk], [])
    Claim.objects.filter(pk=claim.pk).update(text="The train left.")
    assert (found("train"), found("tram")) == ([claim.pk], [])


@given(st.text(max_size=60))
def test_no_text_is_taken_for_a_command(text: str) -> None:
    if "\x00" not in text and text.isprintable():
        found(text)
    assert all(any(char.isalnum() for char in term) and '"' not in term for term in terms(text))


def test_pages_of_what_was_found_hold_every_claim_once() -> None:
    rows = [ClaimFactory(text=f"Ferry {n} sank.").pk for n in range(5)]
    ClaimFactory(text="A tram stopped.")
    api = as_admin()
    for ordering in ("-id", "id", "-checkworthiness"):
        seen: list[int] = []
        address = f"{ROOT}/claims/?q=ferry&page_size=2&ordering={ordering}"
        while address:
            page = api.get(address)
            seen += ids(page)
            address = page.json()["next"]
        assert seen == (rows if ordering == "id" else rows[::-1])

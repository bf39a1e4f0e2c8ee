"""Pages, orders, and parameters that nothing reads."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.api.pagination import Place
from tests.claims.api.calling import ROOT, as_admin, fault, ids
from tests.factories import SourceFactory

SOURCES = f"{ROOT}/sources/"


def _all(api: Any, address: str | None) -> list[int]:
    found: list[int] = []
    while address:
        page = api.get(address)
        found += ids(page)
        address = page.json()["next"]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
def test_pages_hold_every_row_once(size: int) -> None:
    rows = [source.pk for source in SourceFactory.create_batch(7)]
    assert _all(as_admin(), f"{SOURCES}?page_size={size}") == rows[::-1]


@pytest.mark.django_db
def test_rows_that_come_in_between_two_pages_neither_hide_nor_double_others() -> None:
    rows = [source.pk for source in SourceFactory.create_batch(4)]
    api = as_admin()
    first = api.get(SOURCES, {"page_size": 2})
    SourceFactory.create_batch(3)
    assert ids(first) + _all(api, first.json()["next"]) == rows[::-1]


@pytest.mark.django_db
def test_the_next_page_keeps_the_filters() -> None:
    rows = [source.pk for source in SourceFactory.create_batch(3, kind="agency")]
    SourceFactory.create_batch(2)
    assert _all(as_admin(), f"{SOURCES}?page_size=1&kind=agency") == rows[::-1]


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["0", "-1", "201", "x", "1.5", "１"])
def test_a_page_has_one_to_two_hundred_rows(value: str) -> None:
    found = fault(as_admin().get(SOURCES, {"page_size": value}))
    assert (found["field"], found["remedy"]) == ("page_size", "Give a whole number from 1 to 200.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    ["x", "é", base64.b64encode(b"[]").decode(), base64.b64encode(b'["-text", 1, 1]').decode()],
)
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    assert fault(as_admin().get(SOURCES, {"cursor": cursor}))["code"] == "bad_cursor"


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_cursor_breaks_the_reading_of_it(cursor: str) -> None:
    place = Place.decode(cursor)
    assert place is None or Place.decode(place.encode()) == place


@given(st.lists(st.none() | st.integers() | st.floats() | st.text(), max_size=4))
def test_a_cursor_is_a_place_or_nothing(parts: list[Any]) -> None:
    place = Place.decode(base64.urlsafe_b64encode(json.dumps(parts).encode()).decode())
    if place is not None:
        assert [place.ordering, place.value, place.id] == parts
        assert 0 <= place.id < 2**63


@pytest.mark.django_db
def test_a_parameter_that_nothing_reads_is_refused_with_those_that_are() -> None:
    found = fault(as_admin().get(SOURCES, {"knd": "agency"}))
    assert (found["field"], found["value"], found["code"]) == ("knd", "agency", "unknown_parameter")
    assert "kind" in found["remedy"]


@pytest.mark.django_db
def test_a_parameter_given_twice_is_refused() -> None:
    assert fault(as_admin().get(f"{SOURCES}?kind=agency&kind=person"))["code"] == "given_twice"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    ["sources/?kind=", "sources/?name=+", "sources/?cursor=", "sources/?page_size=%09", "claims/?as_of=%20"],
)
def test_a_parameter_without_a_value_is_refused(asked: str) -> None:
    assert fault(as_admin().get(f"{ROOT}/{asked}"))["code"] == "no_value"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["sources/?name=a%00b", "claims/search/?query=%00a", "claims/search/?q=a%00"]
)
def test_a_nul_in_a_parameter_is_refused(asked: str) -> None:
    assert fault(as_admin().get(f"{ROOT}/{asked}"))["code"] == "null_characters_not_allowed"


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["x", "NaN", "1e999"])
def test_what_is_no_number_is_refused_with_one_that_is(number: str) -> None:
    found = fault(as_admin().get(f"{ROOT}/claims/", {"value_min": number}))
    assert (found["field"], found["value"], found["code"]) == ("value_min", number, "not_a_number")
    assert "12.5" in found["remedy"]


@pytest.mark.django_db
def test_a_single_row_takes_no_parameters() -> None:
    source = SourceFactory()
    assert fault(as_admin().get(f"{SOURCES}{source.pk}/?kind=agency"))["code"] == "unknown_parameter"


@pytest.mark.django_db
def test_an_address_without_its_slash_leads_to_the_one_with_it_and_keeps_the_method() -> None:
    api = as_admin()
    answer = api.post(f"{ROOT}/submissions?x=1", {"text": "a"})
    assert (answer.status_code, answer["Location"]) == (308, f"{ROOT}/submissions/?x=1")
    assert api.get(f"{ROOT}/sources")["Location"] == SOURCES


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nothing/", "/sources/x/", "/sources/1/more/"])
def test_where_there_is_nothing_the_answer_is_a_problem_too(path: str) -> None:
    answer = as_admin().get(ROOT + path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")

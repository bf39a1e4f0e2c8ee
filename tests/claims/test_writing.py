"""Rows that are written many at once are what was given, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from claims.models import Claim, Entity
from claims.writing import add_all
from verification.models import Event, KeyFrequency

pytestmark = pytest.mark.django_db

TEXTS = ('"Quoted", \\ and {braces}', "naïve 😀 – ’s", "null", "a\nb\t", "'); DROP TABLE x; --", "100 %s")


def test_what_comes_back_is_what_was_given():
    day = date(2025, 3, 3)
    given = [
        Claim(text=text, kind="quantity", checkworthiness=place / 7, as_of_first=day if place % 2 else None)
        for place, text in enumerate(TEXTS)
    ]
    added = add_all(given)
    assert [row.pk for row in added] == sorted(row.pk for row in added)
    for row in added:
        stored = Claim.objects.get(pk=row.pk)
        assert (stored.text, stored.checkworthiness) == (row.text, row.checkworthiness)
        assert (stored.as_of_first, stored.as_of_last) == (row.as_of_first, None)


def test_values_in_json_stay_as_they_are():
    (claim,) = add_all([Claim(text="x", kind="quantity")])
    evidence = {"said": list(TEXTS), "of": {"sure": 0.1 + 0.2, "none": None, "yes": True}}
    add_all([Event(claim=claim, kind="detected", evidence=evidence)])
    stored = Event.objects.get(claim=claim)
    assert stored.evidence == evidence
    assert stored.created_at is not None


def test_what_is_there_already_is_set_and_the_rest_added():
    for count in (1, 2):
        rows = [KeyFrequency(key=f"k{place}", claims=count) for place in range(count)]
        add_all(rows, unique=["key"], update=["claims"])
    assert dict(KeyFrequency.objects.values_list("key", "claims")) == {"k0": 2, "k1": 2}
    assert add_all([]) == []


def test_what_breaks_a_rule_of_the_table_is_refused():
    add_all([Entity(name="Skarn", kind="place")])
    with pytest.raises(DatabaseError), transaction.atomic():
        add_all([Entity(name="Skarn", kind="place")])

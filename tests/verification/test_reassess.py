"""``manage.py reassess``: what it would change, and that it changes nothing that is right already."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from claims import pipeline
from claims.models import Mention
from claims.sample import load_sample
from verification.models import Comparison, Standing
from verification.services import reassessing
from verification.services.reassessing import Progress

pytestmark = pytest.mark.django_db


def reassess(*options: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("reassess", *options, stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def state() -> list[object]:
    return [
        list(Mention.objects.order_by("pk").values_list("pk", "claim")),
        list(Standing.objects.order_by("pk").values_list("pk", "status", "workflow")),
        list(Comparison.objects.order_by("a", "b").values_list("a", "b", "relation", "confidence")),
    ]


def test_reassessing_equals_what_was_built_step_by_step_and_a_dry_run_changes_nothing():
    load_sample()
    pipeline.drain()
    built = state()
    assert reassess() == []
    assert state() == built
    disputed = set(Standing.objects.filter(status="disputed").values_list("claim", flat=True))
    Comparison.objects.filter(relation="contradicts").update(relation="same", confidence=0.9)
    spoilt = state()
    call_command("reassess", "--dry-run", stdout=io.StringIO(), stderr=io.StringIO())
    assert state() == spoilt
    reassess()
    assert state() == built
    assert set(Standing.objects.filter(status="disputed").values_list("claim", flat=True)) == disputed


def test_in_batches_and_broken_off_it_comes_to_the_same():
    load_sample()
    pipeline.drain()
    built = state()
    Comparison.objects.update(confidence=0.1)
    seen: list[Progress] = []

    def until_the_third(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        list(reassessing.reassess(dry_run=False, batch=5, progress=until_the_third))
    assert seen[-1].done == 15 and state() != built
    list(reassessing.reassess(dry_run=False, batch=5, after=seen[-1].last, progress=seen.append))
    assert state() == built
    assert seen[-1].done == seen[-1].of
    assert list(reassessing.reassess(dry_run=False, batch=3)) == []

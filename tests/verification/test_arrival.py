"""News through the whole pipeline: what is concluded hangs on what was said, never on how it came in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count

from claims import pipeline
from claims.extraction import analyze
from claims.models import Article, Claim, Mention, Step, Submission
from claims.pipeline import kinds
from claims.services.submitting import Incoming, submit
from tests import factories as make
from tests.verification.gold import incoming
from verification.models import ArticleWord, BlockingKey, Comparison, KeyFrequency, Relation
from verification.services.removing import remove_article

pytestmark = pytest.mark.django_db
GOLD = Path(__file__).parents[1] / "benchmarks" / "gold"


@pytest.fixture(autouse=True, scope="module")
def _read_once():
    """Reading a text gives the same each time; here the same eight are read again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claims.extraction.analyze", cache(analyze))
        yield

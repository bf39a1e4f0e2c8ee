"""Remembering for a day what was answered to requests that named themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from claims.models import Answered

KEPT_FOR = timedelta(days=1)


def answered(by: Any, key: str, digest: str) -> tuple[Answered, bool]:
    """The row of this request, and whether it is new. To be called in the transaction of what is asked for.

    Whoever asks the same at the same time waits here until the first is done.
    """
    Answered.objects.filter(asked_by=by, key=key, created_at__lt=timezone.now() - KEPT_FOR).delete()
    return Answered.objects.get_or_create(asked_by=by, key=key, defaults={"digest": digest})


def forget() -> int:
    """Delete what is older than a day. Returns how many there were."""
    deleted, _ = Answered.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted

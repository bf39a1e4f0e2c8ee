"""What Celery calls on a schedule."""

from __future__ import annotations

import structlog
from celery import shared_task

from verification.services import announcing, counting, falling_due

log = structlog.get_logger(__name__)


@shared_task
def count_days() -> None:
    """Bring the dashboard's daily counts up to date."""
    counting.count()


@shared_task
def announce() -> None:
    """Tell webhooks what happened."""
    announcing.announce()


@shared_task
def fall_due() -> None:
    """Mark the claims whose shelf life has ended."""
    due = falling_due.fall_due()
    if due:
        log.info("due for another look", claims=due)

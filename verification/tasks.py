"""What Celery's beat calls, beside the steps of the pipeline."""

from __future__ import annotations

from celery import shared_task

from verification.services import announcing, counting


@shared_task
def count_days() -> None:
    """Bring the dashboard's daily counts up to date."""
    counting.count()


@shared_task
def announce() -> None:
    """Tell webhooks what happened."""
    announcing.announce()

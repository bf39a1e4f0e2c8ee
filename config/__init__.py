"""How Twosource is put together: settings, addresses, the Celery app, and ``manage.py up``."""

from config.celery import app as celery_app

__all__ = ["celery_app"]

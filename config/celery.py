"""The Celery app. Its settings are those named ``CELERY_*`` in :mod:`config.settings`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("twosource")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

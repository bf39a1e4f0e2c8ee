"""The Celery app. Its settings are those named ``CELERY_*`` in :mod:`config.settings`."""

import os
import resource
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import celeryd_after_setup, worker_process_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["filesystem"] = "config.files:Transport"
app = Celery("twosource")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def limit_memory(**_: Any) -> None:
    """A step may take so much memory and no more: it fails with MemoryError, and the machine's other work goes on."""
    from django.conf import settings

    if settings.WORKER_MEMORY_MB:
        pages = int(
            Path("/proc/self/statm").read_text().split()[0]
        )  # what is mapped already is not its doing
        most = pages * resource.getpagesize() + settings.WORKER_MEMORY_MB * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


@celeryd_after_setup.connect
def serve_metrics(**_: Any) -> None:
    """On a machine that runs workers only, the worker itself answers Prometheus, at METRICS_PORT."""
    from django.conf import settings
    from prometheus_client import start_http_server

    if settings.METRICS_PORT:
        from config.watching import collected_files

        start_http_server(settings.METRICS_PORT, registry=collected_files())

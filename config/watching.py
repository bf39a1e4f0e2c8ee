"""What machines ask of a running Twosource: is it alive, is it ready, and Prometheus's figures.

``/healthz`` asks nothing of anybody: a process that answers is alive. ``/readyz`` is 503 while the database does not
answer or is not migrated; a silent broker is told but is no reason to take the site away, since the sweep rings again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from claims.models import Step
from claims.selectors.progress import backlog, queue_ages

BROKER_SECONDS = 1  # how long a probe waits for the broker


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    found = {"database": _database(), "broker": _broker()}
    return JsonResponse(found, status=200 if found["database"] == "ok" else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """In Prometheus's text format, for who knows METRICS_TOKEN; without a token there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN:
        raise Http404
    if not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse("give the token: Authorization: Bearer METRICS_TOKEN\n", status=401)
    registry = collected_files()
    registry.register(_Rows())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def collected_files() -> CollectorRegistry:
    """What the processes of this machine counted."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, path=os.environ["PROMETHEUS_MULTIPROC_DIR"])
    return registry


class _Rows(Collector):
    """What the rows tell, the same from every machine."""

    def collect(self) -> Iterator[Any]:
        steps = GaugeMetricFamily(
            "twosource_steps_open", "Steps that are not done", labels=["kind", "state", "error"]
        )
        for heap in backlog():
            steps.add_metric([heap.kind, heap.state, heap.error_code], heap.count)
        yield steps
        ages = GaugeMetricFamily(
            "twosource_queue_age_seconds", "For how long the oldest step has been due", labels=["kind"]
        )
        for kind, since in queue_ages().items():
            ages.add_metric([kind], max(0.0, (timezone.now() - since).total_seconds()))
        yield ages


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not missing:
            Step.objects.only("pk").first()
    except DatabaseError as error:
        return f"does not answer ({type(error).__name__})"
    return f"{len(missing)} migrations are missing: run manage.py migrate" if missing else "ok"


def _broker() -> str:
    if not settings.REDIS_URL:
        return "ok"
    try:
        with Connection(settings.REDIS_URL, connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
    except Exception as error:
        return f"does not answer ({type(error).__name__}); work goes on from the sweep"
    return "ok"

"""What Prometheus is told of each step: rate, errors, duration; and that the sweep still runs.

Counted in files of ``PROMETHEUS_MULTIPROC_DIR`` (config/settings.py), one for each place in a worker's pool, so that
the processes of one machine are told together and a process that is replaced goes on counting where the last one
stopped. All have a label: what has none would have its file in every process that only imports this.
"""

from __future__ import annotations

import os

from billiard.process import current_process
from prometheus_client import Counter, Gauge, Histogram, values

#: the worker's name, set when it starts
_worker = ""


def name_worker(name: str) -> None:
    global _worker
    _worker = name


def _place() -> str:
    index = getattr(current_process(), "index", None)
    return f"{_worker}-{index}".replace("/", "-") if _worker and index is not None else f"pid{os.getpid()}"


if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    values.ValueClass = values.MultiProcessValue(_place)

STEPS = Counter("twosource_steps", "Steps tried, by what came of it", ["kind", "outcome"])
SECONDS = Histogram(
    "twosource_step_seconds",
    "How long a try of a step took",
    ["kind"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
)
LOST = Counter("twosource_steps_lost", "Steps taken back from a worker that was gone or too slow", ["reason"])
LAST_RUN = Gauge(
    "twosource_last_run_timestamp_seconds",
    "When a periodic task last ran",
    ["task"],
    multiprocess_mode="max",
)

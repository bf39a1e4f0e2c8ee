"""What runs Twosource on servers names every queue, only settings that exist, and migrations that harm nobody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml
from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from claims.pipeline import kinds
from config.management.commands.up import QUEUES

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "config" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
#: while the old code still runs, it reads and writes what these would take away
HARMFUL = (migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel)

#: (app, migration): made before the first release, when no old code ran anywhere
BEFORE_THE_FIRST_RELEASE = {("verification", "0008_rank")}


def test_every_queue_has_a_worker_in_each_way_to_run() -> None:
    used = {kind.queue for kind in kinds._KINDS.values()} | {"default"}
    commands = [" ".join(service.get("command", [])) for service in COMPOSE["services"].values()]
    consumed = {q for c in commands for found in re.findall(r"-Q (\S+)", c) for q in found.split(",")}
    assert used <= consumed
    assert consumed == set(QUEUES.split(","))
    unit = (DEPLOY / "systemd" / "twosource-worker@.service").read_text()
    named = re.search(r"@\{(.*?)\}", unit)
    assert named
    assert set(named[1].split(",")) == consumed


def test_settings_that_are_set_exist() -> None:
    documented = set(re.findall(r"`([A-Z_]{4,})`", (ROOT / "README.md").read_text()))
    for service in ("web", "worker-nlp", "beat"):
        assert set(COMPOSE["services"][service]["environment"]) <= documented
    in_image = re.search(r"^ENV (.*)$", (DEPLOY / "Dockerfile").read_text(), re.M)
    assert in_image
    assert {n for n in re.findall(r"([A-Z_]+)=", in_image[1]) if "PYTHON" not in n} <= documented


def test_workers_get_the_time_to_finish_a_step(settings) -> None:
    assert int(COMPOSE["services"]["worker-nlp"]["stop_grace_period"].rstrip("s")) > settings.STEP_SOFT_LIMIT
    unit = (DEPLOY / "systemd" / "twosource-worker@.service").read_text()
    stop = re.search(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    assert stop
    assert int(stop[1]) > settings.STEP_SOFT_LIMIT


def test_migrations_let_the_old_code_run_on() -> None:
    """Columns and tables are added in one release and taken away in a later one, with a line here that says so."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    harmful = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in {config.label for config in apps.get_app_configs() if (ROOT / config.label).is_dir()}
        for operation in migration.operations
        if isinstance(operation, HARMFUL) and (app, name) not in BEFORE_THE_FIRST_RELEASE
    ]
    assert harmful == []


def test_a_deployment_behind_tls_has_no_warnings() -> None:
    environment = {**os.environ, "HTTPS": "true", "ALLOWED_HOSTS": "twosource.example", "DEBUG": "false"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr

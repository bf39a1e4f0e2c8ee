"""What runs Twosource on servers names every queue, only settings that exist, and migrations that harm nobody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from claims.indexes import AddIndex, RemoveIndex
from claims.pipeline import kinds
from config.management.commands.up import QUEUES
from tests import factories as make

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "config" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
#: the last migration of each app that was made before the first release, when no old code and no large store was there
FIRST = {"claims": "0009", "verification": "0017"}


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


def test_alerts_name_metrics_that_there_are() -> None:
    named = set()
    for group in yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"]:
        for rule in group["rules"]:
            assert rule.keys() >= {"alert", "expr"}
            named |= set(re.findall(r"twosource_\w+", rule["expr"]))
    documented = (ROOT / "config" / "docs" / "OPERATING.md").read_text()
    there = set(re.findall(r"^\| `(twosource_\w+)", documented, re.M))
    assert {name.removesuffix("_bucket") for name in named} <= there


def harm(migration: migrations.Migration) -> Iterator[str]:
    """What a migration does that the old code, or who writes to a large table meanwhile, would feel."""
    new = {
        operation.name_lower
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    for operation in migration.operations:
        if getattr(operation, "model_name_lower", "") in new:
            continue
        match operation:
            case migrations.RemoveField() | migrations.RenameField() | migrations.DeleteModel():
                yield f"{operation.describe()}: stop using it first, take it away in a later release"
            case migrations.RenameModel() | migrations.AlterModelTable():
                yield f"{operation.describe()}: the old code asks for the old name"
            case migrations.AddField(field=field) if not _is_harmless(field):
                yield f"{operation.describe()}: the old code leaves it out, so give it null=True or db_default"
            case migrations.AlterField():
                yield f"{operation.describe()}: may rewrite or check all rows under a lock"
            case migrations.AddConstraint():
                yield f"{operation.describe()}: checks all rows under a lock"
            case AddIndex() | RemoveIndex():
                if migration.atomic:
                    yield f"{operation.describe()}: set atomic = False on the migration"
            case migrations.AddIndex() | migrations.RemoveIndex():
                yield f"{operation.describe()}: stops who writes; take the one of claims.indexes"


def _is_harmless(field: models.Field) -> bool:
    """Whether PostgreSQL adds it without writing all rows anew, and old code may insert without it."""
    return not field.generated and (
        field.null or field.has_db_default() or isinstance(field, models.ManyToManyField)
    )


def test_migrations_let_the_old_code_run_on_and_others_write() -> None:
    """What does more is done in two releases, or by hand, with a line here that says so."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    harmful = [
        f"{app}.{name}: {what}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in FIRST and name[:4] > FIRST[app]
        for what in harm(migration)
    ]
    assert harmful == []


def test_what_harms_is_told() -> None:
    def told(*operations: Any, atomic: bool = True) -> list[str]:
        migration = migrations.Migration("0099_test", "claims")
        migration.operations, migration.atomic = list(operations), atomic
        return [what.partition(":")[0] for what in harm(migration)]

    index = models.Index(fields=["kind"], name="source_kind")
    assert told(AddIndex("source", index), RemoveIndex("source", "source_kind"), atomic=False) == []
    assert len(told(AddIndex("source", index))) == 1
    assert len(told(migrations.AddIndex("source", index), migrations.RemoveIndex("source", "x"))) == 2
    assert told(migrations.AddField("source", "x", models.TextField(null=True))) == []
    assert told(migrations.AddField("source", "x", models.TextField(db_default=""))) == []
    assert len(told(migrations.AddField("source", "x", models.TextField(default="")))) == 1
    assert len(told(migrations.RemoveField("source", "kind"), migrations.DeleteModel("source"))) == 2
    new = migrations.CreateModel("thing", [("id", models.BigAutoField(primary_key=True))])
    assert told(new, migrations.AddIndex("thing", index), migrations.AlterField("thing", "id", None)) == []


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_and_taken_away_while_others_write() -> None:
    """And once more where a try was broken off, which on PostgreSQL leaves one that is of no use."""

    def there() -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "claims_source")
        return [one for name, one in found.items() if name == "source_kind"]

    def do(operation: Any, before: ProjectState, *, back: bool = False) -> ProjectState:
        after = before.clone()
        operation.state_forwards("claims", after)
        with connection.schema_editor(atomic=False) as editor:
            if back:
                operation.database_backwards("claims", editor, after, before)
            else:
                operation.database_forwards("claims", editor, before, after)
        return after

    state = MigrationLoader(connection).project_state()
    add = AddIndex("source", models.Index(fields=["kind"], name="source_kind"))
    if connection.vendor == "postgresql":
        make.SourceFactory.create_batch(2)
        with connection.cursor() as cursor, pytest.raises(IntegrityError):
            cursor.execute("CREATE UNIQUE INDEX CONCURRENTLY source_kind ON claims_source (kind)")
        assert there(), "the broken one"
    with_index = do(add, state)
    (made,) = there()
    assert made["columns"] == ["kind"]
    assert not made["unique"]
    do(RemoveIndex("source", "source_kind"), with_index)
    assert not there()
    do(RemoveIndex("source", "source_kind"), with_index, back=True)
    assert there()
    do(add, state, back=True)
    assert not there()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's are made anew")
def test_a_migration_leaves_the_triggers_where_they_are() -> None:
    """To drop one, all who read its table must have ended, and nobody else may begin."""

    def triggers() -> set[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgname, oid FROM pg_trigger WHERE tgname LIKE 'twosource_%'")
            return set(cursor.fetchall())

    before = triggers()
    assert before
    call_command("migrate", verbosity=0)
    assert triggers() == before


def test_a_deployment_behind_tls_has_no_warnings() -> None:
    environment = {**os.environ, "HTTPS": "true", "ALLOWED_HOSTS": "twosource.example", "DEBUG": "false"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr

"""The command; see the package."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import django

from tests.benchmarks.as_described import CONFIG


def main() -> None:
    parser = argparse.ArgumentParser(prog="as_described", description="Try the API against its description.")
    parser.add_argument("--minutes", type=float, default=30)
    options, rest = parser.parse_known_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["API_RATE"] = "100000000/minute"
    django.setup()
    from tests.benchmarks.api_speed.__main__ import served

    with key() as token, served("config.wsgi") as port:
        sys.exit(ask(port, token, round(60 * options.minutes), rest))


@contextmanager
def key() -> Iterator[str]:
    """An administrator's."""
    from django.contrib.auth.models import User

    from claims.services.keys import create

    owner = User.objects.create(username=f"as_described_{os.getpid()}", is_staff=True, is_superuser=True)
    row, token = create(owner=owner, name="as_described", scopes=["admin"])
    yield token
    row.delete()


def ask(port: int, token: str, seconds: int, rest: list[str]) -> int:
    from django.core.management import call_command

    folder = tempfile.mkdtemp()
    schema = f"{folder}/schema.yml"
    call_command("spectacular", "--file", schema)
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"),
        *(schema, "--url", f"http://127.0.0.1:{port}", "--header", f"Authorization: Bearer {token}"),
        *("--checks", "all", "--max-time", str(seconds), "--request-timeout", "120"),
        *("--continue-on-failure", *rest),
    ]
    hooks = {"SCHEMATHESIS_HOOKS": "tests.benchmarks.as_described.hooks"}
    return subprocess.run(command, env={**os.environ, **hooks}, check=False).returncode


if __name__ == "__main__":
    main()

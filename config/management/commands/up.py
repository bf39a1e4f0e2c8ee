"""``manage.py up``: the whole of Twosource from one command."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import sys
from argparse import ArgumentParser
from hashlib import sha256
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from kombu import Connection
from rich.console import Console

from claims.models import Submission
from claims.models.keys import Scope
from claims.sample import load_sample
from claims.services.keys import create
from config.overview import Overview
from config.supervisor import Child, Supervisor

QUEUES = "default,fetch,nlp,crosscheck,notify"
PLAIN_WIDTH = 140  # columns, where the output is no terminal


class Command(BaseCommand):
    help = "Migrate, make the keys and the admin account, load the sample, and run web, worker and beat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
        parser.add_argument(
            "--no-sample", action="store_true", help="do not load the sample on the first start"
        )
        parser.add_argument(
            "--workers", type=int, default=1, help="processes that read and cross-check (default %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
        if options["workers"] < 1:
            raise CommandError(f"--workers {options['workers']}: at least one process must read")
        lock = _hold_data_dir()
        _check_port(options["host"], options["port"])
        _check_database()
        _check_broker()
        call_command("migrate", verbosity=0, interactive=False)
        self._admin_account()
        if not options["no_sample"] and not Submission.objects.exists():
            self._say(f"[dim]sample:[/dim] {load_sample()} short reports by invented outlets")
        connection.close()
        supervisor = Supervisor(_children(options["host"], options["port"], options["workers"]))
        overview = Overview(self.console)
        address = f"http://{_shown(options['host'])}:{options['port']}"
        self._say(
            f"[bold]Twosource is at {address}/[/bold]  (admin {address}/admin/, API {address}/api/docs/)"
        )
        self._say(f"[dim]data and logs: {settings.DATA_DIR}; Ctrl-C stops[/dim]")
        supervisor.run(overview.tick)
        self._say("stopped")
        lock.close()

    def _say(self, line: str) -> None:
        self.console.print(line, highlight=False)

    def _admin_account(self) -> None:
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        admin = users.create_superuser("admin", password=password)
        scopes = (Scope.READ, Scope.SUBMIT, Scope.REVIEW)
        _, token = create(owner=admin, name="made by manage.py up", scopes=scopes)
        self._say(f"[bold]admin account:[/bold] admin / {password}   (shown this once)")
        self._say(f"[bold]API key:[/bold] {token}   (shown this once)")


def _children(host: str, port: int, workers: int) -> list[Child]:
    logs = settings.DATA_DIR / "logs"
    logs.mkdir(exist_ok=True)
    for counted in (settings.DATA_DIR / "metrics").glob("*_pid*.db"):  # by commands that have ended
        counted.unlink(missing_ok=True)
    # One name a data directory: a worker that starts takes over what the one of its name left.
    name = f"twosource-{sha256(str(settings.DATA_DIR).encode()).hexdigest()[:8]}@{socket.gethostname()}"
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "config"]
    patience = settings.STEP_SOFT_LIMIT  # twice what a worker gives what it has in hand (STOP_LIMIT)
    commands = {
        "web": [
            python,
            "-m",
            "gunicorn",
            "-c",
            "python:config.serving",
            "config.wsgi",
            "--bind",
            f"{host}:{port}",
            "--threads",
            "8",
            "--access-logfile",
            "-",
        ],
        "worker": [
            *celery,
            "worker",
            "-Q",
            QUEUES,
            "-n",
            name,
            "--concurrency",
            str(workers),
            "--loglevel",
            "INFO",
        ],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""],
    }
    return [Child(child, command, logs / f"{child}.log", patience) for child, command in commands.items()]


def _hold_data_dir() -> IO[str]:
    """Refuse to start twice on one data directory; the lock goes with the process."""
    lock = (settings.DATA_DIR / "up.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "another process"
        raise CommandError(
            f"Twosource is already up on {settings.DATA_DIR} (process {holder}): "
            "stop it, or set TWOSOURCE_DATA_DIR to another folder"
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _check_port(host: str, port: int) -> None:
    if not 0 < port < 65536:
        raise CommandError(f"--port {port}: a port is a number from 1 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"cannot listen on {host}:{port} ({error.strerror}): choose another with --port"
            ) from None


def _check_database() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        first = str(error).strip().splitlines()[0]
        raise CommandError(f"the database does not answer ({first}): check DATABASE_URL") from None


def _check_broker() -> None:
    if not settings.REDIS_URL:
        return
    try:
        with Connection(settings.REDIS_URL, connect_timeout=3) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0)
    except Exception as error:
        raise CommandError(f"Redis does not answer ({error}): check REDIS_URL") from None


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - for show

"""Twosource as a process tree, for real: ``manage.py up``, signals, a killed worker, restarts.

With ``DATABASE_URL`` and ``REDIS_URL`` set (tests/grown_up.py) the same tests run on PostgreSQL and Redis.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.houses import House, database_of_its_own, free_port, reports, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with database_of_its_own() as extra:
        found = House(tmp_path, extra)
        yield found
        found.close()


def test_up_from_nothing_to_the_samples_table_and_down_again(house: House):
    house.up()
    wait_for("the sample's table", lambda: "cross-checked" in house.said)
    assert house.answers()
    password = re.search(r"admin account: admin / (\S+)", house.said)
    assert password, house.said
    key = re.search(r"API key: (tws_\S+)", house.said)
    assert key, house.said
    claims = f"http://127.0.0.1:{house.port}/api/v1/claims/?status=disputed"
    asked = urllib.request.Request(claims, headers={"Authorization": f"Bearer {key[1]}"})
    assert json.load(urllib.request.urlopen(asked, timeout=5))["results"], (
        "the key that is printed opens the API"
    )
    for status in ("corroborated", "disputed", "unverified", "outdated"):
        assert status in house.said
    assert house.stop(signal.SIGINT) == 0
    assert "stopped" in house.said
    assert not house.pids("config")

    claims = house.export("claims")
    (house.folder / "up.log").write_text("")
    house.up()
    wait_for("the second start", house.answers)
    assert "admin account" not in house.said, "the password is shown once"
    assert "tws_" not in house.said, "and so is the key"
    assert house.stop() == 0
    assert house.export("claims") == claims, "a second start keeps the data"


def test_a_child_that_dies_is_started_again(house: House):
    house.up("--no-sample")
    wait_for("the first start", house.answers)
    for child in ("gunicorn", "celery -A config worker", "celery -A config beat"):
        before = wait_for(child, lambda child=child: house.pids(child))
        os.kill(before[0], signal.SIGKILL)
        wait_for(f"another {child}", lambda child=child, before=before: set(house.pids(child)) - set(before))
    wait_for("the web answers again", house.answers)
    assert house.stop() == 0
    assert not house.pids("config")


def test_a_killed_worker_loses_and_doubles_nothing(house: House):
    count = 24
    house.up("--no-sample")
    wait_for("the first start", house.answers)
    house.manage("ingest", str(reports(house.folder, count)))
    for done in (3, 10):
        wait_for(f"{done} articles extracted", lambda done=done: house.steps().get("extract:done", 0) >= done)
        for pid in house.pids("celery -A config worker"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    wait_for("all is cross-checked", lambda: house.steps().get("crosscheck:done") == count)
    assert house.steps() == {"fetch:done": count, "extract:done": count, "crosscheck:done": count}
    assert house.stop() == 0

    calm = House(house.folder / "calm", {})
    calm.folder.mkdir()
    calm.environment.pop("DATABASE_URL", None)
    calm.environment.pop("REDIS_URL", None)
    calm.manage("migrate", "--verbosity", "0")
    calm.manage("ingest", "--wait", str(house.folder / "reports.jsonl"))
    assert mentions(house) == mentions(calm)
    assert len(house.export("articles")) == count


def mentions(house: House) -> list[tuple[object, ...]]:
    return sorted((m["article"], m["start"], m["end"], m["wording"]) for m in house.export("mentions"))


def test_what_is_wrong_gets_one_clear_line(house: House):
    def refused(*options: str, **environment: str) -> str:
        house.environment |= environment
        done = house.manage("up", *options, check=False)
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        return done.stderr

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"cannot listen on 127.0.0.1:{port}" in refused("--port", port)
    assert "from 1 to 65535" in refused("--port", "99999")
    assert "STEP_ATTEMPTS" in refused(STEP_ATTEMPTS="many")
    house.environment.pop("STEP_ATTEMPTS")
    nowhere = f"127.0.0.1:{free_port()}"
    assert "check REDIS_URL" in refused(REDIS_URL=f"redis://{nowhere}/0")
    assert "check DATABASE_URL" in refused(DATABASE_URL=f"postgres://someone@{nowhere}/none")


def test_a_second_up_on_the_same_data_is_refused(house: House):
    house.up("--no-sample")
    wait_for("the first start", house.answers)
    done = house.manage("up", "--port", str(free_port()), check=False)
    assert "already up" in done.stderr
    assert house.stop() == 0

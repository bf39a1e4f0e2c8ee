"""Fuzz for as long as there is time: ``python -m tests.fuzzing --minutes 60 [target ...]``.

Hypothesis makes up cases for each target in turn, a new seed each round. A case that raises, or that takes more than
``LIMIT`` seconds of processor time, is shrunk and printed, and the exit status is 1; one that hangs where no signal
reaches it ends the process with a traceback. With ``--atheris`` (``pip install atheris``; one target) the choice of
cases is led by the branches of our own code that they reach.
"""

from __future__ import annotations

# ruff: noqa: T201 - a command that tells how it goes
import argparse
import faulthandler
import itertools
import logging
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

os.environ.setdefault("TWOSOURCE_DATA_DIR", tempfile.mkdtemp(prefix="twosource-fuzzing-"))
os.environ.setdefault("STANCE_MODEL", "none")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.fuzzing.targets import Target

LIMIT = 10.0  # seconds of processor time for a case of at most 200,000 characters
ROUND = 200  # cases of a target before it is the next one's turn


class TooLong(AssertionError):
    pass


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TooLong(f"not done within {LIMIT:.0f} seconds of processor time")


class Tally:
    """How many cases of each target were tried, and the slowest."""

    def __init__(self) -> None:
        self.cases: dict[str, int] = {}
        self.slowest: dict[str, float] = {}

    def watch(self, name: str, case: Callable[..., None]) -> Callable[..., None]:
        def watched(*arguments: Any, **named: Any) -> None:
            faulthandler.dump_traceback_later(20 * LIMIT, exit=True)
            signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
            start = time.process_time()
            try:
                case(*arguments, **named)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                faulthandler.cancel_dump_traceback_later()
                self.cases[name] = self.cases.get(name, 0) + 1
                self.slowest[name] = max(self.slowest.get(name, 0.0), time.process_time() - start)

        return watched

    def tell(self) -> str:
        return ", ".join(
            f"{name} {n:,} (slowest {self.slowest[name]:.2f} s)" for name, n in self.cases.items()
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--atheris", action="store_true")
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _too_long)
    if asked.atheris:
        return _by_branches(asked.targets[0], asked.minutes)
    targets = _targets(asked.targets)
    deadline = time.monotonic() + 60 * asked.minutes
    tally, broken = Tally(), set[str]()
    for rounds in itertools.count(1):
        for name in targets.keys() - broken:
            if time.monotonic() < deadline and not _holds(
                targets[name].cases, tally.watch(name, targets[name].check)
            ):
                broken.add(name)
        if time.monotonic() >= deadline or broken == targets.keys():
            break
        if rounds % 10 == 0:
            print(f"{(deadline - time.monotonic()) / 60:.0f} minutes left: {tally.tell()}", flush=True)
    print(f"{tally.tell()}; broken: {', '.join(sorted(broken)) or 'none'}")
    return 1 if broken else 0


def _targets(names: list[str]) -> dict[str, Target]:
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from tests.fuzzing import api
    from tests.fuzzing.targets import TARGETS

    if not names or "api" in names:
        api.set_up()
    return {name: TARGETS[name] for name in names or TARGETS}


def _holds(cases: tuple[Any, ...], check: Callable[..., None]) -> bool:
    """One round, with cases of its own. False, and the case printed, if one breaks."""
    options = settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    try:
        seed(random.randrange(2**32))(options(_made(cases)(check)))()
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        return False
    return True


def _made(cases: tuple[Any, ...]) -> Callable[[Callable[..., None]], Any]:
    def decorate(check: Callable[..., None]) -> Any:
        @given(st.tuples(*cases))
        def one(case: tuple[Any, ...]) -> None:
            check(*case)

        return one

    return decorate


def _by_branches(name: str, minutes: float) -> int:
    import atheris

    with atheris.instrument_imports(include=["claims"]):
        target = _targets([name])[name]
    tally = Tally()
    quiet = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
    one = quiet(_made(target.cases)(tally.watch(name, target.check))).hypothesis.fuzz_one_input
    options = [
        sys.argv[0],
        f"-max_total_time={60 * minutes:.0f}",
        "-max_len=8192",
        "-timeout=200",
        "-len_control=0",
    ]
    atheris.Setup(options, one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())

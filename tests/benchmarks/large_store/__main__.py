"""The command; see the package."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time

import django


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="large_store", description="Fill an empty database with generated claims."
    )
    parser.add_argument("--claims", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    from tests.benchmarks.large_store import build
    from tests.benchmarks.large_store.loading import database_bytes

    call_command("migrate", verbosity=0)
    began = time.monotonic()

    def progress(done: int) -> None:
        print(f"{done:>10,} claims, {time.monotonic() - began:.0f} s", file=sys.stderr)  # noqa: T201

    try:
        rows = build(options.claims, seed=options.seed, progress=progress)
    except ValueError as error:
        sys.exit(str(error))
    told = {"seconds": round(time.monotonic() - began, 1), "bytes": database_bytes(), "rows": rows}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()

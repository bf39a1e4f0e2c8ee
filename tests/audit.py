"""Ask pypi.org's advisory service whether a library that requirements.txt locks has a known hole.

``python -m tests.audit``. Where the service does not answer (no network, or a mirror of packages alone, for which
pip-audit would find nothing and be content), this says so and skips.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements.txt"


def missing() -> str:
    """Why nothing can be asked; "" if the service tells of a release that is locked."""
    locked = re.search(r"^([\w.-]+)==([\w.]+)", LOCKED.read_text(), re.MULTILINE)
    assert locked
    address = f"https://pypi.org/pypi/{locked[1]}/{locked[2]}/json"
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            told = json.load(answer)
    except (OSError, ValueError) as error:
        return f"{address} does not answer ({error})"
    return "" if "vulnerabilities" in told else f"{address} tells of no advisories"


def main() -> int:
    reason = missing()
    if reason:
        print(f"SKIPPED the audit of the locked libraries: {reason}", file=sys.stderr)  # noqa: T201
        return 0
    from pip_audit._cli import audit

    sys.argv[1:] = ["--strict", "--require-hashes", "--disable-pip", "-r", str(LOCKED)]
    audit()
    return 0


if __name__ == "__main__":
    sys.exit(main())

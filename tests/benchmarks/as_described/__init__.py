"""Whether the API is as it describes itself: ``python -m tests.benchmarks.as_described [--minutes 30] [OPTION...]``.

Serves the database of ``DATABASE_URL`` (a copy: it is written to) with gunicorn as ``manage.py up`` does, and has
schemathesis ask it for so long, with all its checks, as an administrator. Options behind are schemathesis's own, such
as ``--include-path /api/v1/check/``. What no schema can say is in :mod:`.hooks` and ``schemathesis.toml``, each with
its reason; nothing else is left out. Ends with schemathesis's own exit status, 0 where nothing failed.
"""

from pathlib import Path

CONFIG = Path(__file__).resolve().parent / "schemathesis.toml"

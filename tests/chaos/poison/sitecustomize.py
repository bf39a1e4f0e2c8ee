"""Articles that no real text is allowed to be: put on PYTHONPATH, they hang a worker or eat its memory.

A text with "cyanide" hangs where no signal reaches it, one with "arsenic" asks for memory without end.
"""

from __future__ import annotations

import os
import signal
import time
from typing import Any

if os.environ.get("TWOSOURCE_POISON"):
    from celery.signals import worker_process_init

    @worker_process_init.connect(weak=False)
    def poison(**_: Any) -> None:
        from claims import extraction

        wholesome = {name: getattr(extraction, name) for name in ("analyze", "analyze_many")}

        def swallow(text: str) -> None:
            if "cyanide" in text:
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGTERM, signal.SIGALRM})
                time.sleep(600)
            hoard = []
            while "arsenic" in text:
                hoard.append(bytearray(64_000_000))

        def analyze(text: str, *arguments: Any) -> Any:
            swallow(text)
            return wholesome["analyze"](text, *arguments)

        def analyze_many(items: Any) -> Any:
            texts = list(items)
            for text, _ in texts:
                swallow(text)
            return wholesome["analyze_many"](texts)

        extraction.analyze, extraction.analyze_many = analyze, analyze_many

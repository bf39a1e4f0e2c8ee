"""What chaos does within the processes of a Twosource: this folder is put on their PYTHONPATH.

Poison: a text with "cyanide" hangs where no signal reaches it, one with "arsenic" asks for memory without end.
The clock: while the file ``TWOSOURCE_CLOCK`` is there, the process's clock is as many hours off as it says.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
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


if os.environ.get("TWOSOURCE_CLOCK"):
    import time_machine

    clock = Path(os.environ["TWOSOURCE_CLOCK"])
    put: list[tuple[str, time_machine.travel]] = []  # how the clock is put at present

    def follow() -> None:
        while True:
            told = clock.read_text().strip() if clock.exists() else ""
            if told != (put[0][0] if put else ""):
                if put:
                    put.pop()[1].stop()
                if told:
                    put.append((told, time_machine.travel(datetime.now(UTC) + timedelta(hours=float(told)))))
                    put[0][1].start()
            time.sleep(0.2)

    def watch() -> None:
        threading.Thread(target=follow, daemon=True).start()

    watch()
    os.register_at_fork(after_in_child=watch)

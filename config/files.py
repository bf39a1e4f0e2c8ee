"""The broker of files, in which no message is seen before it is whole."""

from __future__ import annotations

from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """kombu's own makes a file and then writes it: who reads in between ends the worker."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override] # its bases disagree
        file = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        part = file.with_name(f".{file.name}.part")
        try:
            part.write_text(dumps(payload))
            part.rename(file)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ChannelError(f"the message {file} cannot be written ({error})") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        try:
            return super()._get(queue)
        except ValueError:  # cut short, by a full disk: the sweep rings again
            raise Empty from None


class Transport(filesystem.Transport):
    Channel = Channel

"""The broker of files: a message comes whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from config.celery import app  # noqa: F401 # makes the transport known


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    for part in ("messages", "processed", "control"):
        (tmp_path / part).mkdir()
    folders = {"data_folder_in": "messages", "data_folder_out": "messages", "processed_folder": "processed"}
    options = {name: str(tmp_path / part) for name, part in folders.items()} | {"store_processed": True}
    return Connection(
        "filesystem://", transport_options=options | {"control_folder": str(tmp_path / "control")}
    )


def test_a_message_that_is_cut_short_is_passed_over(connection: Connection, tmp_path: Path) -> None:
    with connection.SimpleQueue("short") as queue:
        (tmp_path / "messages" / "0_cut.short.msg").write_bytes(b"")
        queue.put({"step": 1})
        with pytest.raises(queue.Empty):
            queue.get_nowait()
        assert queue.get_nowait().payload == {"step": 1}


def test_what_a_full_disk_cuts_short_leaves_nothing_behind(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(part: Path, text: str) -> int:
        part.write_bytes(text[:3].encode())
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", cut)
    with connection.SimpleQueue("full") as queue, pytest.raises(ChannelError, match="No space left"):
        queue.put({"step": 1})
    assert list((tmp_path / "messages").iterdir()) == []


def test_nobody_sees_a_message_that_is_being_written(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[Path]] = []
    rename = Path.rename

    def renamed(part: Path, name: Path) -> Path:
        seen.append(list((tmp_path / "messages").glob("*.whole.msg")))
        assert part.stat().st_size > 0
        return rename(part, name)

    monkeypatch.setattr(Path, "rename", renamed)
    with connection.SimpleQueue("whole") as queue:
        queue.put({"step": 1})
        assert seen == [[]]
        assert queue.get_nowait().payload == {"step": 1}


def test_a_folder_that_is_gone_is_an_error_of_the_broker(connection: Connection, tmp_path: Path) -> None:
    with connection.SimpleQueue("gone") as queue:
        (tmp_path / "messages").rename(tmp_path / "gone")
        with pytest.raises(ChannelError):
            queue.put({"step": 1})

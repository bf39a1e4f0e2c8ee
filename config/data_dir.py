"""The folder in which the embedded set-up keeps its files: database, broker, keys, logs."""

import os
import secrets
from pathlib import Path


def prepare(folder: Path) -> Path:
    """Create ``folder`` (readable by its owner only) and return it. Raises OSError if that cannot be done."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(folder: Path, name: str, *, length: int = 50) -> tuple[str, bool]:
    """Return the secret kept in ``folder/name`` and whether it was created just now.

    Safe when several processes start at once: whoever links the file first wins.
    """
    path = folder / name
    if path.exists():
        return path.read_text().strip(), False
    draft = folder / f".{name}.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(length) + "\n")
    try:
        os.link(draft, path)
        created = True
    except FileExistsError:
        created = False
    finally:
        draft.unlink()
    return path.read_text().strip(), created

"""The rules and gazetteers that are data: TOML for tables of cues, TSV for lists of names."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


@cache
def toml(name: str) -> dict[str, Any]:
    """The table in ``data/<name>.toml``."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The lines of ``data/<name>.tsv``; each cell is a tuple of the alternatives that ``;`` parts in it."""
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(tuple(part.strip() for part in cell.split(";") if part.strip()) for cell in line.split("\t"))
        for line in lines
        if line.strip() and not line.startswith("#")
    )

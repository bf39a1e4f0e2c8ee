"""Which tasks there are, and which files of a folder each of them reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from verification.evaluation import judging, running
from verification.evaluation.reading import WrongFormat
from verification.evaluation.running import Task


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """``marker`` is the file that makes a folder one set of data; without it each JSON Lines file is one."""

    run: Task
    marker: str | None = None


TASKS: dict[str, TaskEntry] = {
    "quantities": TaskEntry(running.evaluate_quantities),
    "times": TaskEntry(running.evaluate_times),
    "quotes": TaskEntry(running.evaluate_quotes),
    "checkworthiness": TaskEntry(running.evaluate_checkworthiness),
    "matching": TaskEntry(judging.evaluate_matching),
    "stance": TaskEntry(judging.evaluate_stance),
    "origins": TaskEntry(judging.evaluate_origins, marker="claims.json"),
    "news": TaskEntry(judging.evaluate_news, marker="metadata.json"),
}


def sets_of(task: str, path: Path) -> tuple[Path, ...]:
    """The sets of data for ``task`` at ``path``: a file, or what a folder holds, in order of name.

    Raises :class:`WrongFormat` if there is none.
    """
    marker = TASKS[task].marker
    if marker is None:
        return _files(task, path)
    if (path / marker).is_file():
        return (path,)
    found = tuple(sorted(parent.parent for parent in path.glob(f"*/{marker}"))) if path.is_dir() else ()
    if not found:
        raise WrongFormat(f"{path}: '{task}' reads a folder with {marker}, or a folder of such folders")
    return found


def _files(task: str, path: Path) -> tuple[Path, ...]:
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise WrongFormat(f"{path}: there is no such file or folder")
    found = sorted(file for file in path.iterdir() if file.name.endswith((".jsonl", ".jsonl.gz")))
    # the known claims of 'matching' are read beside their queries
    found = [file for file in found if not (task == "matching" and file.name.endswith("_claims.jsonl"))]
    if not found:
        raise WrongFormat(f"{path}: '{task}' reads .jsonl or .jsonl.gz files, and the folder holds none")
    return tuple(found)

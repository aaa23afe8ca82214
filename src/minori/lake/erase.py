"""Erasing: cells of tables blanked in every version that was ever committed, not only in the newest.

History keeps its versions, so that past runs repeat in numbers and ids; what is blanked is gone from all of them,
from what logs tell of columns, and from the disk. Killed at any instant it leaves a lake that can be read and
written, in which the same call finishes the work.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minori.lake import delta
from minori.lake.change import Change
from minori.lake.failures import reporting
from minori.lake.lake import Lake
from minori.lake.relog import relog
from minori.lake.rewriting import Edit, edit_in_place
from minori.lake.tidy import free, versions_of

WHAT = "erasing personal data"


@dataclass(frozen=True)
class Step:
    """One table: how its files are edited, and the columns of which the log may tell nothing any more."""

    table: str
    edit: Edit
    columns: Collection[str]


@dataclass(frozen=True)
class Erased:
    """How many files of a table held something to erase."""

    table: str
    files: int


def erase(
    lake: Lake, prepare: Callable[[Change], Sequence[Step]], *, wait_seconds: float = 30
) -> list[Erased]:
    """Hold the lock, let ``prepare`` say what to erase, and erase it, step by step in that order.

    What ``prepare`` writes is committed before anything is erased: a list of who was erased is in force from
    then on, whatever happens next.
    """
    with lake.writing(WHAT, wait_seconds=wait_seconds) as change:
        shutil.rmtree(lake.scratch, ignore_errors=True)  # what killed writers left behind
        steps = prepare(change)
        change.commit()
        kept = lake.commits()
        erased = []
        for step in steps:
            folder = delta.folder_of(lake.root, step.table)
            if versions := versions_of(kept, step.table):
                free(folder, versions)
                erased.append(Erased(step.table, _erased(folder, step, lake.scratch)))
        return erased


def files_of(root: Path, table: str) -> Iterator[Path]:
    """Return every data file of a table on disk, whichever version it is of."""
    folder = delta.folder_of(root, table)
    for path in sorted(folder.rglob("*.parquet")):
        if delta.LOG not in path.relative_to(folder).parts:
            yield path


def _erased(folder: Path, step: Step, scratch: Path) -> int:
    with reporting(f"erase from {step.table}"):
        root = folder.parents[1]
        files = sum(edit_in_place(path, step.edit, scratch) for path in files_of(root, step.table))
        relog(folder, step.columns, scratch)
    return files

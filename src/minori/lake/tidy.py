"""Tidying: small files together, what no kept commit needs away, the log short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from minori.lake import delta
from minori.lake.failures import reporting
from minori.lake.lake import Lake
from minori.lake.log import needed_files, shorten
from minori.lake.manifest import FOLDER as COMMITS
from minori.lake.manifest import Commit


@dataclass(frozen=True)
class Tidied:
    """What tidying did to a table: how many files readers open, and how many bytes the disk got back."""

    table: str
    files_before: int
    files_after: int
    bytes_freed: int


def tidy(lake: Lake, *, keep_days: int = 30, wait_seconds: float = 30) -> list[Tidied]:
    """Compact every table and free what no commit of the last ``keep_days`` days needs.

    Every younger commit stays readable, and so does the newest; older ones are forgotten. Killed at
    any instant it leaves the lake as it was, or tidied in part.
    """
    with lake.writing("tidying", wait_seconds=wait_seconds) as change:
        tables = sorted(change.before.versions)
        files_before = {table: len(change.before.files(table)) for table in tables}
        for table in tables:
            change.compact(table)
        oldest = lake.now() - timedelta(days=keep_days)
        # Forgotten first, freed after: whatever is listed can be read.
        kept = [commit for commit in lake.commits() if commit.at >= oldest]
        kept.append(change.commit(keep=kept))
        after = lake.snapshot(kept[-1].number)
        freed = {table: _freed(lake.root / table, versions_of(kept, table)) for table in tables}
        newest = delta.newest_version(lake.root / COMMITS)
        if newest is not None:
            _freed(lake.root / COMMITS, [newest])
    return [Tidied(table, files_before[table], len(after.files(table)), freed[table]) for table in tables]


def versions_of(commits: Sequence[Commit], table: str) -> list[int]:
    """Return the versions of a table that the commits need, ascending."""
    return sorted({commit.versions[table] for commit in commits if table in commit.versions})


def free(folder: Path, versions: Sequence[int]) -> int:
    """Remove every data file that none of the versions (ascending, the newest last) needs; return the bytes freed."""
    with reporting(f"tidy {folder.name}"):
        needed = needed_files(folder, versions)
        freed = 0
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in needed and delta.LOG not in path.relative_to(folder).parts:
                freed += path.stat().st_size
                path.unlink()
    return freed


def _freed(folder: Path, versions: Sequence[int]) -> int:
    freed = free(folder, versions)
    with reporting(f"tidy {folder.name}"):
        shorten(folder, versions[0])
    return freed

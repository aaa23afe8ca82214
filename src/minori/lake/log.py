"""The log of one Delta table: which files which versions need, and how much of it must be kept."""

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from deltalake import DeltaTable

from minori.lake import delta


def needed_files(folder: Path, versions: Sequence[int]) -> set[Path]:
    """Return the files that at least one of the versions needs.

    Parameters
    ----------
    versions
        Ascending; the last is the newest of the table.
    """
    # The log is read once. Delta's own vacuum loads every version to keep, which takes minutes with
    # thousands of commits, during which nobody could write.
    since = dict.fromkeys(delta.logged_files(DeltaTable(folder, version=versions[0])), versions[0])
    needed: set[str] = set()
    for version in range(versions[0] + 1, versions[-1] + 1):
        for path in _paths(folder, version, "remove"):
            if versions[bisect_left(versions, since.pop(path, version))] < version:
                needed.add(path)
        since.update(dict.fromkeys(_paths(folder, version, "add"), version))
    return {folder / delta.physical(path) for path in needed.union(since)}


def shorten(folder: Path, oldest: int) -> None:
    """Write a checkpoint, and remove from the log what versions from ``oldest`` on do not need."""
    log = folder / delta.LOG
    opened = DeltaTable(folder)
    if not _checkpoint(log, opened.version()).exists():
        opened.create_checkpoint()
    logged = delta.logged_versions(log)
    starts = [
        version for version in logged.values() if version <= oldest and _checkpoint(log, version).exists()
    ]
    for version, path in sorted((version, path) for path, version in logged.items()):
        if version < max(starts, default=0):
            path.unlink()


def _checkpoint(log: Path, version: int) -> Path:
    return log / f"{version:020d}.checkpoint.parquet"


def _paths(folder: Path, version: int, action: str) -> Iterator[str]:
    text = (folder / delta.LOG / f"{version:020d}.json").read_text(encoding="utf-8")
    for line in text.splitlines():
        found = json.loads(line).get(action)
        if found is not None:
            yield str(found["path"])

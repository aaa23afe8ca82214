"""The list of commits: each row names the versions of all tables that belong together.

A reader takes its versions from here and from nowhere else, so what is written to many tables
becomes visible at once, when one row is added.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable

from minori.core.errors import LakeError
from minori.lake import delta
from minori.lake.failures import reporting

FOLDER = "commits"
SCHEMA = pa.schema(
    [
        ("number", pa.int64()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("what", pa.string()),
        ("versions", pa.string()),
    ]
)
_TRIES = 4
_PAUSE_SECONDS = 0.02


@dataclass(frozen=True)
class Commit:
    """One commit: its number (from 1), when (UTC), what for, and the version of each table."""

    number: int
    at: datetime
    what: str
    versions: Mapping[str, int]


class _File(NamedTuple):
    path: str
    low: int  # the least and the greatest number in it
    high: int


class Manifest:
    """The commits of one lake."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def exists(self) -> bool:
        """Return whether the lake has a list of commits yet; it may be empty."""
        return delta.newest_version(self.folder) is not None

    def newest(self) -> Commit | None:
        """Return the newest commit, None if there is none."""
        return max(self._read(lambda files: files[-1:]), key=_number, default=None)

    def find(self, number: int) -> Commit | None:
        """Return the commit of that number, None if it is not kept."""
        found = self._read(lambda files: [file for file in files if file.low <= number <= file.high])
        return next((commit for commit in found if commit.number == number), None)

    def all(self) -> list[Commit]:
        """Return every commit that is kept, oldest first."""
        return sorted(self._read(lambda files: files), key=_number)

    def create(self) -> None:
        """Start an empty list."""
        delta.create(self.folder, SCHEMA)

    def append(self, commit: Commit) -> None:
        """Add one commit: from now on readers see it."""
        delta.append(self.folder, _rows([commit]))

    def rewrite(self, commits: Sequence[Commit]) -> None:
        """Replace the whole list in one step."""
        delta.overwrite(self.folder, _rows(commits))

    def _read(self, choose: Callable[[list[_File]], list[_File]]) -> list[Commit]:
        """Return the commits of the files chosen; they are offered by greatest number.

        Tidying may remove a file between its being named and its being read; the next try finds
        the file that took its place.
        """
        for tries_left in range(_TRIES, 0, -1):
            try:
                with reporting("read the list of commits"):
                    return [commit for file in choose(self._files()) for commit in self._commits(file)]
            except LakeError:
                if tries_left == 1:
                    raise
                time.sleep(_PAUSE_SECONDS)
        return []

    def _files(self) -> list[_File]:
        if not self.exists():
            return []
        actions = pa.table(DeltaTable(self.folder).get_add_actions(flatten=True))
        if not actions.num_rows:
            return []
        columns = (actions[name].to_pylist() for name in ("path", "min.number", "max.number"))
        return sorted((_File(*values) for values in zip(*columns, strict=True)), key=lambda file: file.high)

    def _commits(self, file: _File) -> list[Commit]:
        # ParquetFile takes the path as it is; a dataset would read meaning into the folders' names.
        with pq.ParquetFile(self.folder / delta.physical(file.path)) as opened:
            rows = opened.read().to_pylist()
        return [Commit(row["number"], row["at"], row["what"], json.loads(row["versions"])) for row in rows]


def _number(commit: Commit) -> int:
    return commit.number


def _rows(commits: Sequence[Commit]) -> pa.RecordBatchReader:
    rows = [
        {
            "number": commit.number,
            "at": commit.at,
            "what": commit.what,
            "versions": json.dumps(dict(sorted(commit.versions.items()))),
        }
        for commit in commits
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA).to_reader()

"""The lake: a folder of Delta tables that change together (one commit, many tables)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from minori.core.errors import LakeError
from minori.core.ports import Clock
from minori.lake import delta
from minori.lake.change import Change
from minori.lake.failures import reporting
from minori.lake.lock import exclusive
from minori.lake.manifest import Commit, Manifest
from minori.lake.repair import repaired, tables_on_disk
from minori.lake.snapshot import Snapshot


class Lake:
    """Facts, results and notes of a workspace: ``facts/<table>``, ``results/<table>``, ``notes/<table>``.

    Parameters
    ----------
    root
        The lake's folder; made by the first change.
    now
        Tells the time that commits are stamped with.
    """

    def __init__(self, root: Path, now: Clock) -> None:
        self.root = delta.checked_root(root)
        self.now = now
        self._manifest = Manifest(self.root)
        self._temp = self.root / ".writing"

    @property
    def scratch(self) -> Path:
        """A folder beside the tables for who holds the lock; it is gone when the lock is."""
        return self._temp

    def snapshot(self, number: int | None = None) -> Snapshot:
        """Return what a commit holds, by default the newest; number 0 is the empty lake.

        Raises LakeError if there is no such commit, or tidying has let go of it.
        """
        if number == 0:
            return self._as_of(None)
        commit = self._manifest.newest() if number is None else self._manifest.find(number)
        if commit is None and number is not None:
            raise LakeError(f"no commit {number} is kept; {self._kept()}")
        return self._as_of(commit)

    def commits(self) -> list[Commit]:
        """Return the commits that can be read, oldest first."""
        return self._manifest.all()

    @contextmanager
    def change(self, what: str, *, wait_seconds: float = 30) -> Iterator[Change]:
        """Write to any number of tables and commit when the block ends; an exception undoes it all.

        ``what`` says what for, to people. Raises LakeBusy, naming the holder, if another writer is
        still at work after ``wait_seconds``.
        """
        with self.writing(what, wait_seconds=wait_seconds) as change:
            yield change
            change.commit()

    @contextmanager
    def writing(self, what: str, *, wait_seconds: float = 30) -> Iterator[Change]:
        """Hold the lock with every leftover repaired; what the block does not commit is undone."""
        with reporting("open the lake for writing"):
            self.root.mkdir(parents=True, exist_ok=True)
        with exclusive(self.root / "lock", what, self.now, wait_seconds):
            before, versions = self._repair()
            try:
                yield Change(before, versions, what, self.now, self._temp)
            except BaseException:
                # If undoing fails too, the next writer does it; the first error is the one to show.
                with suppress(LakeError):
                    self._repair()
                raise
            finally:
                shutil.rmtree(self._temp, ignore_errors=True)

    def _repair(self) -> tuple[Snapshot, dict[str, int]]:
        """Undo what was never committed; return the newest commit and the newest version of each table."""
        with reporting("repair the lake"):
            if not self._manifest.exists():
                self._start()
            before = self._as_of(self._manifest.newest())
            return before, repaired(self.root, before.versions, self._temp)

    def _start(self) -> None:
        # Without its list of commits every table would look like a leftover and be removed.
        found = sorted(tables_on_disk(self.root))
        if found:
            raise LakeError(f"the lake has tables ({', '.join(found)}) but its list of commits is missing")
        self._manifest.create()

    def _as_of(self, commit: Commit | None) -> Snapshot:
        if commit is None:
            return Snapshot(0, MappingProxyType({}), self.root)
        return Snapshot(commit.number, MappingProxyType(dict(commit.versions)), self.root)

    def _kept(self) -> str:
        kept = self.commits()
        return f"kept are {kept[0].number} to {kept[-1].number}" if kept else "the lake is empty"

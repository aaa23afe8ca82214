"""What a writer does to the lake between taking the lock and committing."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

from minori.core.errors import LakeError
from minori.core.ports import Clock
from minori.lake import delta
from minori.lake.connection import connect
from minori.lake.failures import reporting
from minori.lake.manifest import Commit, Manifest
from minori.lake.outdated import drop_corrected
from minori.lake.rows import Rows, fitted, widened
from minori.lake.sift import sift
from minori.lake.snapshot import Snapshot
from minori.lake.suppression import Suppression, suppression
from minori.lake.types import arrow_schema
from minori.schema.table import Table

_BATCH_ROWS = 100_000


@dataclass(frozen=True)
class Added:
    """What became of staged rows."""

    new: int
    unchanged: int
    corrected: int


class Change:
    """One commit in the making: readers see nothing of it until it is committed, then all of it.

    ``before`` is what readers see meanwhile. ``number`` is the number that the commit will have; it is
    also the number of the load or run. Every method raises LakeError if it cannot write; then the
    change is lost as a whole, even if the error is caught.
    """

    def __init__(self, before: Snapshot, versions: dict[str, int], what: str, now: Clock, temp: Path) -> None:
        self.before = before
        self.number = before.number + 1
        self._versions = versions  # newest on disk, with what this change has written
        self._what, self.now, self._temp = what, now, temp
        self._over = False

    def add_facts(self, table: Table, staged: Sequence[Path]) -> Added:
        """Add staged rows to ``facts/<table>``: the new ones, and corrections in place of what they correct.

        A row is known by its ``_id``. If its content is as stored it is left out; a source's ``_version``
        decides between two contents, else the incoming one holds.

        Parameters
        ----------
        table
            The declared fact table.
        staged
            Parquet files with the table's stored and technical columns; in all of them together at
            most one row per ``_id``. Columns that the table does not declare are left out, and so is what is
            personal of somebody who was erased.
        """
        address = f"facts/{table.name}"
        schema = arrow_schema(table, technical=True)
        with self._writing(address) as folder, closing(connect(self._temp)) as connection:
            self._create(address, schema, partition_by=["_month"] if table.compact else None)
            stored = delta.data_files(folder, DeltaTable(folder))
            allowed = self.erased.applied(table, staged, self._temp / "allowed")
            found = sift(connection, table, [str(path) for path in allowed], stored)
            if found.outdated:
                drop_corrected(connection, folder, found.outdated, self.now())
            if found.new or found.corrected:
                arriving = connection.table("arriving").to_arrow_reader(_BATCH_ROWS)
                delta.append(folder, arriving.cast(schema))
        return Added(found.new, found.unchanged, found.corrected)

    @cached_property
    def erased(self) -> Suppression:
        """Who was erased before this change."""
        return suppression(self.before)

    def refuse_erased_since(self, read: Snapshot) -> None:
        """Raise LakeError if somebody was erased after ``read``: what was made from it may still name them."""
        if suppression(read) != self.erased:
            raise LakeError(
                f"personal data was erased meanwhile; nothing was kept of: {self._what}; try again"
            )

    def append(self, table: str, rows: Rows) -> None:
        """Add rows to a table, which is made if it does not exist; new columns appear."""
        with self._writing(table) as folder:
            incoming = fitted(rows, self._schema(table), table)
            self._create(table, incoming.schema)
            delta.append(folder, incoming)

    def replace(self, table: str, rows: Rows, where: str | None = None) -> None:
        """Put rows in place of the whole table, or of the rows for which ``where`` holds.

        ``where`` is a Delta predicate such as ``as_of = '2026-11-01'``, and must hold for the new rows too.
        New columns appear; columns that the rows lack become null. A whole table may change its types.
        """
        with self._writing(table) as folder:
            fit = widened if where is None else fitted
            incoming = fit(rows, self._schema(table), table)
            self._create(table, incoming.schema)
            delta.overwrite(folder, incoming, where)

    def compact(self, table: str) -> None:
        """Put a table's small files together, per month where it lies in months; the rows stay."""
        with self._writing(table) as folder:
            # One task at a time: each holds a file of 100 MB and more in memory.
            DeltaTable(folder).optimize.compact(
                max_concurrent_tasks=1,
                writer_properties=delta.WRITER,
                commit_properties=delta.COMMIT,
                post_commithook_properties=delta.HOOKS,
            )

    def commit(self, keep: Sequence[Commit] | None = None) -> Commit:
        """Make the change visible; with ``keep``, forget every earlier commit but those."""
        self._check_open()
        self._over = True
        commit = Commit(self.number, self.now(), self._what, dict(self._versions))
        manifest = Manifest(self.before.root)
        try:
            with reporting(f"commit {self._what}"):
                manifest.append(commit) if keep is None else manifest.rewrite([*keep, commit])
        except LakeError:
            # The row may be in although what follows it failed, such as writing a checkpoint.
            newest = manifest.newest()
            if newest is None or newest.number != self.number:
                raise
        return commit

    @contextmanager
    def _writing(self, table: str) -> Iterator[Path]:
        self._check_open()
        folder = delta.folder_of(self.before.root, table)
        self._over = True
        with reporting(f"write {table}"):
            yield folder
            version = delta.newest_version(folder)
        if version is not None:
            self._versions[table] = version
        self._over = False

    def _check_open(self) -> None:
        if self._over:
            raise LakeError(f"the change for {self._what} is over: it was committed, or a write in it failed")

    def _schema(self, table: str) -> pa.Schema | None:
        return delta.stored_schema(self.before.root / table) if table in self._versions else None

    def _create(self, table: str, schema: pa.Schema, partition_by: list[str] | None = None) -> None:
        if table not in self._versions:
            delta.create(self.before.root / table, schema, partition_by)

"""What a reader sees: the tables at the versions of one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.fs as pa_fs
from deltalake import DeltaTable

from minori.lake import delta
from minori.lake.failures import reporting


@dataclass(frozen=True)
class Snapshot:
    """All tables as of one commit; later writes do not change it.

    ``number`` is the commit's (0: an empty lake), ``versions`` the Delta version of each table by its
    address. Reading raises LakeError if the commit's files are gone because tidying let go of it.
    """

    number: int
    versions: Mapping[str, int]
    root: Path
    _opened: dict[str, DeltaTable] = field(default_factory=dict, init=False, repr=False, compare=False)

    def has(self, table: str) -> bool:
        """Return whether the table exists in this commit."""
        return table in self.versions

    def files(self, table: str) -> list[str]:
        """Return the absolute paths of the table's parquet files, sorted; none if it is absent.

        Files written before a column was added lack it, and files of compact tables lie in folders
        ``_month=…`` and lack that column: read them with ``minori.lake.files.view``.
        """
        if not self.has(table):
            return []
        with reporting(f"read {table} of commit {self.number}"):
            return delta.data_files(self.root / table, self._open(table))

    def arrow(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a small table's rows, in no promised order; without columns if the table is absent.

        Columns that are asked for and that the table does not have yet are null.
        """
        if not self.has(table):
            return pa.table({})
        with reporting(f"read {table} of commit {self.number}"):
            opened = self._open(table)
            known = [field.name for field in opened.schema().fields]
            asked = known if columns is None else list(columns)
            files = pa_fs.SubTreeFileSystem(str(self.root / table), pa_fs.LocalFileSystem())
            found = opened.to_pyarrow_dataset(filesystem=files).to_table([c for c in asked if c in known])
        missing = pa.nulls(found.num_rows)
        return pa.table({c: found[c] if c in known else missing for c in asked})

    def rows(self, table: str) -> int:
        """Return how many rows the table has; 0 if it is absent."""
        if not self.has(table):
            return 0
        with reporting(f"read {table} of commit {self.number}"):
            return int(self._open(table).count())

    def _open(self, table: str) -> DeltaTable:
        if table not in self._opened:
            self._opened[table] = DeltaTable(self.root / table, version=self.versions[table])
        return self._opened[table]

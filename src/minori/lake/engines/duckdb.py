"""DuckDB, in process: the embedded default."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlglot import exp

from minori.core.errors import LakeError
from minori.lake.connection import connect
from minori.lake.files import view
from minori.query.dialects import render
from minori.schema.table import Column


class DuckDBEngine:
    """Runs trees in an in-memory DuckDB that spills into the lake's temporary folder."""

    def __init__(self, temporary: Path, *, threads: int | None = None, memory: str = "4GB") -> None:
        self._connection = connect(temporary, threads=threads, memory=memory)
        self._kinds: dict[str, str] = {}  # of every relation; to ask the engine for it is slow

    def attach(self, name: str, files: Sequence[str], columns: Sequence[Column]) -> None:
        """Name the rows of some Parquet files; columns that a file lacks are null."""
        with _reported():
            view(self._connection, name, files, columns)
        self._kinds[name] = "VIEW"

    def register(self, name: str, rows: pa.Table) -> None:
        """Name a small table."""
        self.drop(name)
        self._connection.from_arrow(rows).create(name)
        self._kinds[name] = "TABLE"

    def create(self, name: str, tree: exp.Query) -> int:
        """Compute a tree into a named relation and return how many rows it has."""
        self.drop(name)
        made = exp.Create(this=exp.to_table(name), kind="TABLE", expression=tree)
        with _reported():
            ((count,),) = self._connection.execute(render(made, "duckdb", use_up=True)).fetchall()
        self._kinds[name] = "TABLE"
        return int(count)

    def fetch(self, tree: exp.Query) -> pa.Table:
        """Compute a tree and bring its rows here; only for what SQL has made small."""
        with _reported():
            return self._connection.sql(render(tree, "duckdb", use_up=True)).to_arrow_table()

    def drop(self, name: str) -> None:
        """Forget a relation, if there is one."""
        if (kind := self._kinds.pop(name, None)) is not None:
            target = exp.Drop(tables=[exp.to_table(name)], kind=kind)
            self._connection.execute(render(target, "duckdb")).fetchall()

    def close(self) -> None:
        """Free everything."""
        self._connection.close()


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as e:
        raise LakeError(f"the engine refused a query: {e}") from e

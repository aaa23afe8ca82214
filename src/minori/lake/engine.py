"""What computes: trees in, tables out. The same tree gives the same rows on every engine."""

from collections.abc import Sequence
from typing import Protocol

import pyarrow as pa
from sqlglot import exp

from minori.schema.table import Column


class Engine(Protocol):
    """A place where relations have names and trees are run."""

    def attach(self, name: str, files: Sequence[str], columns: Sequence[Column]) -> None:
        """Name the rows of some Parquet files; columns that a file lacks are null."""

    def register(self, name: str, rows: pa.Table) -> None:
        """Name a small table."""

    def create(self, name: str, tree: exp.Query) -> int:
        """Compute a tree into a named relation and return how many rows it has."""

    def fetch(self, tree: exp.Query) -> pa.Table:
        """Compute a tree and bring its rows here; only for what SQL has made small."""

    def drop(self, name: str) -> None:
        """Forget a relation, if there is one."""

    def close(self) -> None:
        """Free everything."""

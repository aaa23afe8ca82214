"""Opens files as the ``files`` kind does, for the tests beside."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from minori.core.registry import Registry
from minori.sources.kind import Opened, Opening, SourceKind

FILES = Registry("source", "minori.sources.kinds", SourceKind)["files"]


@dataclass(frozen=True)
class Case:
    """A table that was opened, and what was said about it."""

    opened: Opened
    connection: duckdb.DuckDBPyConnection

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        """Return columns of the table by file and row; without names all of the data."""
        names = columns or self.opened.columns
        quoted = [duckdb.ColumnExpression(name) for name in names]
        ordered = self.connection.table("input").order("_file, _row")
        return ordered.select(*quoted).fetchall()

    @property
    def notes(self) -> list[str]:
        return [note.text.en for note in self.opened.notes]

    @property
    def bad(self) -> list[tuple[int | None, str | None, str]]:
        return [(row.row, row.column, row.reason.en) for row in self.opened.bad]


def open_files(workspace: Path, read: str | list[str], **settings: Any) -> Case:
    """Open files that lie in the workspace."""
    connection = duckdb.connect()
    params = FILES.params.model_validate({"read": read, **settings})
    return Case(FILES.open(Opening(connection, "input", workspace), params), connection)


def open_text(workspace: Path, content: str | bytes, name: str = "a.csv", **settings: Any) -> Case:
    """Write one file and open it."""
    path = workspace / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_files(workspace, name, **settings)

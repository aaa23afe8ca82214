"""Opens every file that a source names as one table of text."""

from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from minori.core.errors import InputError
from minori.sources.reading.excel import read_excel
from minori.sources.reading.json_lines import read_json_lines
from minori.sources.reading.parquet import read_parquet
from minori.sources.reading.paths import Found, find, format_of
from minori.sources.reading.read import FileRead
from minori.sources.reading.settings import Format, ReadSettings
from minori.sources.reading.table import TextTable
from minori.sources.reading.text import read_text

_READERS: dict[Format, Callable[[Found, ReadSettings, TextTable], FileRead]] = {
    "csv": read_text,
    "excel": read_excel,
    "json_lines": read_json_lines,
    "parquet": read_parquet,
}


def open_files(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    workspace: Path,
    read: str | Iterable[str],
    settings: ReadSettings,
    *,
    reads: frozenset[str] | None = None,
) -> tuple[tuple[FileRead, ...], tuple[str, ...]]:
    """Create the table and fill it; return what came of each file, and the table's columns of data.

    Files are taken by name, so their order never matters. ``reads`` are the columns that anybody reads, lower case
    (None: all): a value that cannot be taken sets its row aside only there.

    Raises
    ------
    InputError
        If a path means no file or one outside the workspace, a file cannot be read as its format, or
        no file has a single column.
    """
    found = find(workspace, read)
    formats = [format_of(file, settings.format) for file in found]
    target = TextTable(connection, table, reads)
    done = tuple(
        _READERS[format_](file, settings, target) for file, format_ in zip(found, formats, strict=True)
    )
    if not target.columns:
        raise InputError(
            "nothing to read: no header and no rows", file=", ".join(file.name for file in found[:5])
        )
    return done, target.columns

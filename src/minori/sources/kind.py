"""What a kind of source is: how to open what it names as one table of text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from pydantic import BaseModel

from minori.core.text import Text


@dataclass(frozen=True)
class Note:
    """Something a person should know about how an input was read."""

    file: str
    text: Text


@dataclass(frozen=True)
class BadRow:
    """A row that is set aside: where it stands, what was read, and why it cannot be used."""

    file: str
    row: int | None  # from 1, the first row of data
    column: str | None
    value: str | None
    reason: Text
    record: str | None = (
        None  # the whole row as JSON (or the raw line), so that it can be mended and replayed
    )


@dataclass(frozen=True)
class Opened:
    """What came of opening an input."""

    rows: int
    columns: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    bad: tuple[BadRow, ...] = ()
    files: tuple[str, ...] = ()
    newest: str | None = None  # the greatest value of an incremental source's column


@dataclass(frozen=True)
class Opening:
    """Where and from what to open: handed to a kind."""

    connection: duckdb.DuckDBPyConnection  # not locked yet
    table: str  # name of the table to create: every column text, plus _row (bigint) and _file (text)
    workspace: Path  # paths must resolve inside it
    since: str | None = None  # ``newest`` of the load before, for incremental sources
    environment: dict[str, str] = field(default_factory=dict)  # secrets by name
    reads: frozenset[str] | None = None  # columns that the select reads, lower case; None: any


@dataclass(frozen=True)
class SourceKind:
    """A kind of source. ``params`` are the settings a workspace writes; ``open`` creates the table."""

    params: type[BaseModel]
    open: Callable[[Opening, Any], Opened]

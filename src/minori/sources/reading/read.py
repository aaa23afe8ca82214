"""What came of reading one file."""

from dataclasses import dataclass

from minori.sources.kind import BadRow, Note
from minori.sources.reading.settings import Format


@dataclass(frozen=True)
class FileRead:
    """One file that was read: how it was understood, what it brought, what was set aside."""

    file: str
    format: Format
    rows: int
    columns: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    bad: tuple[BadRow, ...] = ()
    encoding: str | None = None  # as people call it
    codec: str | None = None  # to declare, where it was found and is not UTF-8
    separator: str | None = None
    sheet: str | None = None
    header_row: int | None = None  # from 1

"""Text files (CSV and its kin): plain ones go straight through DuckDB, odd ones record by record."""

from collections.abc import Sequence

from minori.core.errors import InputError
from minori.core.text import Text
from minori.sources.kind import BadRow, Note
from minori.sources.reading.layout import Layout, data_records, look
from minori.sources.reading.paths import Found
from minori.sources.reading.plain import load_plain
from minori.sources.reading.read import FileRead
from minori.sources.reading.records import Record
from minori.sources.reading.refusal import (
    LARGEST_VALUE,
    REFUSED,
    bad_row,
    bad_value,
    check_share,
    unread_made_safe,
)
from minori.sources.reading.settings import ReadSettings
from minori.sources.reading.stream import binary, text
from minori.sources.reading.survey import Survey, survey
from minori.sources.reading.table import TextTable

_CHUNK_ROWS = 50_000
_CHUNK_SIGNS = 16_000_000
_OTHER_KINDS = {
    b"\x1f\x8b": "packed by gzip",
    b"PK\x03\x04": "a workbook or zip file",
    b"PAR1": "a Parquet file",
}


def read_text(found: Found, settings: ReadSettings, table: TextTable) -> FileRead:
    """Add the rows of a text file; raises InputError if nothing in it can be used."""
    with binary(found) as stream:
        seen = survey(stream, settings.encoding)
    _check_kind(found, seen)
    if not seen.head.strip():
        note = Note(found.name, Text(ja="ファイルは空です", en="the file is empty"))
        return FileRead(found.name, "csv", 0, (), (note,))
    layout = look(found, seen.encoding, settings)
    rows = load_plain(found, layout, seen, table)
    bad: tuple[BadRow, ...] = ()
    if rows is None:
        rows, bad = _load_odd(found, layout, settings, table)
    return FileRead(
        file=found.name,
        format="csv",
        rows=rows,
        columns=layout.columns,
        notes=layout.notes,
        bad=bad,
        encoding=layout.encoding.shown,
        codec=layout.encoding.to_declare,
        separator=layout.dialect.shown,
        header_row=layout.header_row,
    )


def _check_kind(found: Found, seen: Survey) -> None:
    for start, kind in _OTHER_KINDS.items():
        if seen.head.startswith(start):
            raise InputError(f"is {kind}, not text; give it the ending of what it is", file=found.name)
    if seen.head.count(0) * 5 > len(seen.head) and not seen.encoding.wide:
        raise InputError(
            "full of NUL bytes: not text, or UTF-16 without a mark; then set encoding: utf-16-le",
            file=found.name,
        )


def _load_odd(
    found: Found, layout: Layout, settings: ReadSettings, table: TextTable
) -> tuple[int, tuple[BadRow, ...]]:
    """Load record by record; bad ones are set aside."""
    chunk, bad, rows = _Chunk(found.name, layout.columns, table), [], 0
    with text(found, layout.encoding) as stream:
        for number, record in enumerate(data_records(stream, layout, settings), 1):
            problem = _problem(found.name, number, layout.columns, record, table)
            if problem is None:
                chunk.add(record, number)
                rows += 1
            else:
                bad.append(problem)
                check_share(found.name, bad, rows)
    chunk.flush()
    return rows, tuple(bad)


def _problem(
    file: str, number: int, columns: tuple[str, ...], record: Record, table: TextTable
) -> BadRow | None:
    if record.problem is not None:
        written = record.written.rstrip("\r\n")
        return bad_row(file, number, record.problem, value=written, record=written)
    return bad_value(file, number, columns, record.fields, None, table.is_read) if _odd(record) else None


def _odd(record: Record) -> bool:
    return len(record.written) > LARGEST_VALUE or REFUSED.search(record.written) is not None


class _Chunk:
    """Rows on their way into the table."""

    def __init__(self, file: str, columns: tuple[str, ...], table: TextTable) -> None:
        self._file, self._columns, self._table = file, columns, table
        self._rows: list[Sequence[str | None]] = []
        self._numbers: list[int] = []
        self._signs = 0

    def add(self, record: Record, number: int) -> None:
        fields: Sequence[str | None] = record.fields
        if _odd(record):
            fields = unread_made_safe(self._columns, fields, self._table.is_read)
        self._rows.append(fields)
        self._numbers.append(number)
        self._signs += len(record.written)
        if len(self._rows) >= _CHUNK_ROWS or self._signs >= _CHUNK_SIGNS:
            self.flush()

    def flush(self) -> None:
        self._table.add_rows(self._file, self._columns, self._rows, self._numbers)
        self._rows, self._numbers, self._signs = [], [], 0

"""How one text file is laid out: encoding, dialect, header and where the data begins."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from minori.sources.kind import Note
from minori.sources.reading.dialect import Dialect, sniff
from minori.sources.reading.encoding import Encoding
from minori.sources.reading.header import LOOKED_AT, find_header, header_notes
from minori.sources.reading.names import named
from minori.sources.reading.paths import Found
from minori.sources.reading.records import Record, Records
from minori.sources.reading.settings import ReadSettings
from minori.sources.reading.stream import text
from minori.sources.reading.survey import HEAD


@dataclass(frozen=True)
class Layout:
    """How the file is to be read, and what to tell about it."""

    encoding: Encoding
    dialect: Dialect
    columns: tuple[str, ...]
    header_row: int | None  # from 1, counted after the rows that the settings skip
    records_before: int  # records above the data, blank lines counted
    lines_before: int | None  # lines above the data, or None if one of them holds an open field
    notes: tuple[Note, ...]


def look(found: Found, encoding: Encoding, settings: ReadSettings) -> Layout:
    """Look at the top of a text file that is not empty."""
    with text(found, encoding) as stream:
        skip_lines(stream, settings.skip_rows)
        sample = _whole_lines(stream.read(HEAD))
    dialect = sniff(sample, settings)
    top = _top(found, encoding, dialect, settings)
    at = find_header(found.name, [record.fields for record in top], settings)
    header = list(settings.columns or ()) if at is None else top[at].fields if top else []
    columns, notes = named(found.name, header)
    above = [] if at is None else top[: at + 1]
    single = all(record.lines == 1 for record in above)
    more = () if at is None else header_notes(found.name, at + 1, header, settings)
    return Layout(
        encoding=encoding,
        dialect=dialect,
        columns=columns,
        header_row=None if at is None else at + 1,
        records_before=len(above),
        lines_before=settings.skip_rows + len(above) if single else None,
        notes=(*encoding.notes(found.name), *dialect.notes(found.name), *notes, *more),
    )


def data_records(stream: TextIO, layout: Layout, settings: ReadSettings) -> Iterator[Record]:
    """Return the records below the header."""
    skip_lines(stream, settings.skip_rows)
    records = Records(stream, layout.dialect)
    for _ in islice(records, layout.records_before):
        pass
    records.width = len(layout.columns)
    return records


def skip_lines(stream: TextIO, count: int) -> None:
    """Pass over lines at the top."""
    for _ in range(count):
        stream.readline()


def _top(found: Found, encoding: Encoding, dialect: Dialect, settings: ReadSettings) -> list[Record]:
    with text(found, encoding) as stream:
        skip_lines(stream, settings.skip_rows)
        wanted = max(LOOKED_AT, settings.header_row or 0)
        return list(islice(Records(stream, dialect), wanted))


def _whole_lines(sample: str) -> list[str]:
    lines = list(io.StringIO(sample, newline=""))
    return lines[:-1] if len(lines) > 1 and not lines[-1].endswith(("\n", "\r")) else lines

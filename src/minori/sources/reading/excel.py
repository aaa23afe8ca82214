"""Workbooks: every cell becomes the text that a person sees in it."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import python_calamine as calamine

from minori.core.errors import InputError
from minori.core.text import Text
from minori.sources.kind import BadRow, Note
from minori.sources.reading.header import LOOKED_AT, find_header, header_notes
from minori.sources.reading.names import named
from minori.sources.reading.paths import Found
from minori.sources.reading.read import FileRead
from minori.sources.reading.refusal import bad_value, unread_made_safe
from minori.sources.reading.settings import ReadSettings
from minori.sources.reading.table import TextTable

_LARGEST_UNPACKED = 2_000_000_000  # bytes; a workbook is read into memory as a whole
_CHUNK_ROWS = 20_000
_Cells = list[list[str]]


def read_excel(found: Found, settings: ReadSettings, table: TextTable) -> FileRead:
    """Add the rows of one sheet; raises InputError if there is no such sheet or no workbook."""
    _check_size(found)
    try:
        book = calamine.load_workbook(str(found.path))
        sheet, cells, notes = _sheet(found, book, settings)
    except (calamine.CalamineError, OSError) as e:
        raise InputError(f"not a workbook that can be read ({e})", file=found.name) from None
    cells = cells[settings.skip_rows :]
    at = find_header(found.name, cells[: max(LOOKED_AT, settings.header_row or 0)], settings)
    header, body = _split(cells, at, settings)
    columns, changed = named(found.name, header)
    looks = () if at is None or not cells else header_notes(found.name, at + 1, header, settings)
    rows, bad = _load(found.name, columns, body, table)
    return FileRead(
        file=found.name,
        format="excel",
        rows=rows,
        columns=columns,
        notes=(*notes, *changed, *looks),
        bad=bad,
        sheet=sheet,
        header_row=None if at is None else at + 1,
    )


def cell_text(value: Any) -> str:
    """Return the text of a cell: dates ISO, whole numbers without a point, others to 15 digits as shown."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    return str(value)


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"


def _check_size(found: Found) -> None:
    if not zipfile.is_zipfile(found.path):
        return
    with zipfile.ZipFile(found.path) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > _LARGEST_UNPACKED:
        raise InputError(f"unpacks to {size:,} bytes; save it as CSV", file=found.name)


def _sheet(
    found: Found, book: calamine.CalamineWorkbook, settings: ReadSettings
) -> tuple[str, _Cells, tuple[Note, ...]]:
    names = list(book.sheet_names)
    if settings.sheet is not None:
        if settings.sheet not in names:
            raise InputError(f"no sheet named {settings.sheet!r}; it has {', '.join(names)}", file=found.name)
        return settings.sheet, _cells(book, settings.sheet), ()
    for name in names:
        cells = _cells(book, name)
        if any(value for row in cells for value in row):
            return name, cells, _others(found.name, name, names)
    raise InputError("every sheet is empty", file=found.name)


def _cells(book: calamine.CalamineWorkbook, name: str) -> _Cells:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[cell_text(value) for value in row] for row in rows]


def _others(file: str, taken: str, names: Sequence[str]) -> tuple[Note, ...]:
    others = ", ".join(name for name in names if name != taken)
    if not others:
        return ()
    return (
        Note(
            file,
            Text(
                ja=f"シート「{taken}」を読みました（ほかのシート：{others}）",
                en=f"the sheet {taken!r} was read; others: {others}",
            ),
        ),
    )


def _split(cells: _Cells, at: int | None, settings: ReadSettings) -> tuple[list[str], _Cells]:
    """Return header and rows below it, without columns that hold nothing at all."""
    header = list(settings.columns or ()) if at is None else cells[at] if cells else []
    body = cells if at is None else cells[at + 1 :]
    width = max((len(row) for row in body), default=len(header))
    header = header + [""] * (width - len(header))
    used = [
        column
        for column, name in enumerate(header)
        if name.strip() or any(column < len(row) and row[column] for row in body)
    ]
    return [header[column] for column in used], [
        [row[column] if column < len(row) else "" for column in used] for row in body
    ]


def _load(
    file: str, columns: Sequence[str], body: _Cells, table: TextTable
) -> tuple[int, tuple[BadRow, ...]]:
    """Load rows that are not empty; numbers count the empty ones, so that a row is found in the sheet."""
    bad: list[BadRow] = []
    good: list[tuple[int, list[str | None]]] = []
    for number, row in enumerate(body, 1):
        problem = bad_value(file, number, columns, row, None, table.is_read)
        if problem is not None:
            bad.append(problem)
        elif any(row):
            good.append((number, unread_made_safe(columns, row, table.is_read)))
    for start in range(0, max(len(good), 1), _CHUNK_ROWS):
        part = good[start : start + _CHUNK_ROWS]
        table.add_rows(file, columns, [row for _, row in part], [number for number, _ in part])
    return len(good), tuple(bad)

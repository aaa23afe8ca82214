"""Rows that are set aside as a CSV that people mend in a spreadsheet, and back.

A cell that a spreadsheet would take for a formula is written with a quote before it, which is taken off
again.
"""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minori.core.errors import InputError
from minori.core.text import Language
from minori.sources.aside import LINE

ID = "minori_quarantine_id"
_LINE = "minori_line"
_TOLD = ("source", "file", "row", "column", "value")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_LARGEST_CELL = 16_000_000  # characters


@dataclass(frozen=True)
class Mended:
    """One row that came back: texts by column, null where the cell is empty."""

    quarantine_id: str
    cells: dict[str, str | None]


def write(path: Path, rows: Sequence[dict[str, Any]], language: Language) -> None:
    """Write rows of the quarantine with one column for each column of their records."""
    records = [_record(row) for row in rows]
    columns = list(dict.fromkeys(name for record in records for name in record))
    fixed = [ID, *(f"minori_{name}" for name in _TOLD), "minori_reason"]
    lines = [_LINE] if any(row["record_of"] == LINE for row in rows) else []
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([escaped(name) for name in (*fixed, *lines, *columns)])
        for row, record in zip(rows, records, strict=True):
            told = [row["quarantine_id"], *(row[name] for name in _TOLD), row[f"reason_{language}"]]
            line = [json.loads(row["record"])["line"] if row["record_of"] == LINE else None] * len(lines)
            writer.writerow([escaped(_text(v)) for v in (*told, *line, *(record.get(c) for c in columns))])


def read(path: Path) -> list[Mended]:
    """Read a mended CSV.

    Raises
    ------
    InputError
        If it is not UTF-8, has no column of ids, or an id stands twice.
    """
    csv.field_size_limit(_LARGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_rows(path.name, csv.reader(file)))
    except FileNotFoundError:
        raise InputError("no such file", file=path.name) from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8; save it as 'CSV UTF-8'", file=path.name) from None
    except csv.Error as e:
        raise InputError(f"not a CSV: {e}", file=path.name) from None


def taken_over(row: dict[str, Any], mended: Mended) -> dict[str, str | None]:
    """Return the record of a row of the quarantine with what was mended in it."""
    record = _record(row)
    return {name: _restored(value, mended.cells.get(name, value)) for name, value in record.items()}


def escaped(cell: str) -> str:
    """Write a cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescaped(cell: str) -> str:
    """Take off what ``escaped`` put before a cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _rows(file: str, reader: Iterable[list[str]]) -> Iterable[Mended]:
    lines = iter(reader)
    header = [unescaped(name) for name in next(lines, [])]
    if ID not in header:
        raise InputError(
            f"has no column {ID!r}; mend the file that 'minori quarantine export' writes", file=file
        )
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not any(line):
            continue
        if len(line) > len(header):
            raise InputError(f"has {len(line)} cells; the header has {len(header)}", file=file, row=number)
        cells = {name: unescaped(cell) or None for name, cell in zip(header, line, strict=False)}
        name = cells.pop(ID) or ""
        if name in seen:
            raise InputError(f"the id {name!r} stands twice", file=file, row=number, column=ID)
        seen.add(name)
        yield Mended(name, cells)


def _record(row: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(row["record"])
    return dict.fromkeys(record["columns"]) if row["record_of"] == LINE else record


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _restored(original: str | None, cell: str | None) -> str | None:
    """Undo what a spreadsheet does to ids of digits: leading zeros go, and digits beyond the fifteenth."""
    if original is None or cell is None or original == cell or not original.isdigit():
        return cell
    lost_zeros = original.startswith("0") and original.lstrip("0") == cell
    lost_digits = re.fullmatch(r"\d\.\d+E\+\d+", cell) and original.startswith(cell[0]) and len(original) > 11
    return original if lost_zeros or lost_digits else cell

"""CSV that a spreadsheet cannot mistake for formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Sink(Protocol):
    """What takes text: an open file (``newline=""``), stdout, a response."""

    def write(self, text: str, /) -> object:
        """Take a piece."""


def safe(value: object) -> str:
    """Write a value for CSV; a text that a spreadsheet would run as a formula gets a leading quote."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_STARTS_A_FORMULA) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield a line of column names and one line per row, each with its end; None is an empty cell."""
    for row in chain((columns,), rows):
        line = io.StringIO(newline="")
        csv.writer(line).writerow([safe(value) for value in row])
        yield line.getvalue()


def write_rows(sink: Sink, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Write ``csv_lines``."""
    for line in csv_lines(columns, rows):
        sink.write(line)


def write_records(
    sink: Sink, records: Iterable[Mapping[str, object]], columns: Sequence[str] | None = None
) -> None:
    """Write records by column name; without ``columns`` the first record names them, and no record is no line."""
    rest = iter(records)
    first = next(rest, None)
    if columns is None:
        if first is None:
            return
        columns = list(first)
    every = () if first is None else chain((first,), rest)
    write_rows(sink, columns, ([record[name] for name in columns] for record in every))

"""Which row is the header, when titles stand above it or there is none."""

import re
from collections.abc import Sequence
from statistics import median

from minori.core.errors import InputError
from minori.core.text import Text
from minori.sources.kind import Note
from minori.sources.reading.settings import ReadSettings

LOOKED_AT = 60  # records at the top
_DATA = re.compile(r"[-+]?[\d,]*\.?\d+|\d{4}[-/]\d{1,2}[-/]\d{1,2}.*|\d{1,2}/\d{1,2}/\d{2,4}.*")


def find_header(file: str, rows: Sequence[Sequence[str]], settings: ReadSettings) -> int | None:
    """Return which of the top rows is the header, from 0; None if the settings name the columns.

    Titles have few filled cells; the header is the first row about as full as the rows below.
    Raises InputError if the declared row is not there.
    """
    if settings.columns:
        return None
    if settings.header_row:
        if settings.header_row > len(rows):
            raise InputError(
                f"header_row is {settings.header_row}, but only {len(rows)} rows stand here", file=file
            )
        return settings.header_row - 1
    filled = [sum(1 for value in row if value.strip()) for row in rows]
    usual = median([count for count in filled if count] or [0])
    enough = 0.6 * usual if usual >= 2 else 1
    return next((at for at, count in enumerate(filled) if count >= enough), 0)


def header_notes(file: str, row: int, header: Sequence[str], settings: ReadSettings) -> tuple[Note, ...]:
    """Say where the header was found (``row`` from 1), and when it looks like data."""
    notes = []
    if row > 1 and not settings.header_row:
        notes.append(
            Text(ja=f"見出しは{row}行目として読みました", en=f"the header was taken from row {row}"),
        )
    data = sum(1 for name in header if _DATA.fullmatch(name.strip()))
    if data and data * 2 >= len(header):
        notes.append(
            Text(
                ja="見出しの行がデータのようです。見出しがない場合は columns に列名を指定してください",
                en="the header looks like data; if there is no header, name the columns with columns",
            )
        )
    return tuple(Note(file, text) for text in notes)

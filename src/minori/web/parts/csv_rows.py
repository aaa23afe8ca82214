"""CSV for spreadsheets: streamed, with a BOM so that Excel reads Japanese, and cells that cannot be formulas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    def write(self, line: str) -> str:
        """Give the line back instead of storing it."""
        return line


def csv_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Return a download of the rows."""
    response = StreamingHttpResponse(_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return response


def _lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(list(map(safe, heads)))
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def safe(cell: Any) -> str:
    """Return a cell as text; what a spreadsheet would take for a formula gets a quote before it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    is_number = isinstance(cell, int | float) or _number(text)
    return f"'{text}" if text.startswith(RISKY) and not is_number else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip() == text

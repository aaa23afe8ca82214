"""A download for spreadsheets: streamed, with a BOM so that Excel reads Japanese, and no cell that could be a formula."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse

from minori.core.safe_csv import csv_lines

BOM = "\ufeff"


def csv_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Return a download of the rows."""
    response = StreamingHttpResponse(_marked(csv_lines(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return response


def _marked(lines: Iterator[str]) -> Iterator[str]:
    yield BOM
    yield from lines

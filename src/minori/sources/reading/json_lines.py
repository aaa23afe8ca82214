"""JSON Lines, and JSON files that hold an array or several objects."""

from collections.abc import Iterable

from minori.core.errors import InputError
from minori.core.text import Text
from minori.sources.kind import BadRow, Note
from minori.sources.reading.json_objects import JSONRowError, parse_object
from minori.sources.reading.json_split import row_texts
from minori.sources.reading.names import Names
from minori.sources.reading.paths import Found
from minori.sources.reading.read import FileRead
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
from minori.sources.reading.survey import survey
from minori.sources.reading.table import TextTable

_CHUNK_ROWS = 20_000
_CHUNK_SIGNS = 16_000_000
_MOST_KEYS = 2_000
_BY_LINE = (".jsonl", ".ndjson")


def read_json_lines(found: Found, settings: ReadSettings, table: TextTable) -> FileRead:
    """Add one row per object; keys become columns, a missing key is null."""
    with binary(found) as stream:
        seen = survey(stream, settings.encoding)
    if not seen.head.strip():
        note = Note(found.name, Text(ja="ファイルは空です", en="the file is empty"))
        return FileRead(found.name, "json_lines", 0, (), (note,))
    head = seen.head.decode(seen.encoding.codec, "ignore")
    by_line = found.path.name.lower().removesuffix(".gz").endswith(_BY_LINE)
    rows = _Rows(found.name, table)
    with text(found, seen.encoding) as opened:
        rows.take_all(row_texts(opened, head, found.name, by_line=by_line))
    return FileRead(
        file=found.name,
        format="json_lines",
        rows=rows.good,
        columns=rows.columns,
        notes=(*seen.encoding.notes(found.name), *rows.names.notes),
        bad=tuple(rows.bad),
        encoding=seen.encoding.shown,
        codec=seen.encoding.to_declare,
    )


class _Rows:
    """Rows of one file on their way into the table."""

    def __init__(self, file: str, table: TextTable) -> None:
        self.names = Names(file)
        self.good = 0
        self.bad: list[BadRow] = []
        self._file, self._table = file, table
        self._columns: dict[str, str] = {}  # by key
        self._chunk: list[dict[str, str | None]] = []
        self._numbers: list[int] = []
        self._signs = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns so far."""
        return tuple(self._columns.values())

    def take_all(self, texts: Iterable[str]) -> None:
        """Take every row; the bad ones are set aside."""
        for number, written in enumerate(texts, 1):
            problem = self._take(number, written)
            if problem is not None:
                self.bad.append(problem)
                check_share(self._file, self.bad, self.good)
        self._flush()

    def _take(self, number: int, written: str) -> BadRow | None:
        try:
            row = parse_object(written, self._is_read)
        except JSONRowError as e:
            return bad_row(
                self._file, number, e.reason, column=e.key, value=e.value or written, record=written
            )
        if not row.keys() <= self._columns.keys():
            self._add_columns(row)
        if len(written) > LARGEST_VALUE or "\\u" in written or REFUSED.search(written):
            keys, values = list(row), list(row.values())
            problem = bad_value(self._file, number, keys, values, written, self._is_read)
            if problem is not None:
                return problem
            row = dict(zip(keys, unread_made_safe(keys, values, self._is_read), strict=True))
        self._chunk.append(row)
        self._numbers.append(number)
        self._signs += len(written)
        self.good += 1
        if len(self._chunk) >= _CHUNK_ROWS or self._signs >= _CHUNK_SIGNS:
            self._flush()
        return None

    def _is_read(self, key: str) -> bool:
        if key not in self._columns and not key.isidentifier():
            return True  # it may get another name, by which it is read
        return self._table.is_read(self._columns.get(key, key))

    def _flush(self) -> None:
        keys = list(self._columns)
        rows = [[row.get(key) for key in keys] for row in self._chunk]
        self._table.add_rows(self._file, self.columns, rows, self._numbers)
        self._chunk, self._numbers, self._signs = [], [], 0

    def _add_columns(self, row: dict[str, str | None]) -> None:
        for key in row:
            if key not in self._columns:
                self._columns[key] = self.names.give(key, len(self._columns) + 1)
        if len(self._columns) > _MOST_KEYS:
            raise InputError(
                f"more than {_MOST_KEYS:,} different keys; is each row an object with the same keys?",
                file=self._file,
            )

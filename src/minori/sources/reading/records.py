"""Records of a text file, one by one: a bad one is told and left, the next is read.

The standard library's reader splits the fields. An open quote can swallow the lines after it, so the
lines of every record are remembered: if the quotes turn out wrong, only the first line is to blame,
and reading goes on with the next.
"""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from minori.core.text import Text
from minori.sources.reading.dialect import Dialect
from minori.sources.reading.refusal import LARGEST_RECORD

# The limit is the module's, for the whole process; ours is far above any that others would set.
csv.field_size_limit(LARGEST_RECORD)

_OPEN = Text(ja="引用符が閉じられていません", en="a quote is opened and not closed")
_STRAY = Text(ja="引用符の使い方が正しくありません", en="a quote stands where none may stand")
_TOO_LONG = Text(
    ja=f"行が長すぎます（上限{LARGEST_RECORD:,}文字）",
    en=f"the line is too long; at most {LARGEST_RECORD:,} characters are read",
)


class Record(NamedTuple):
    """One record: its fields, the lines it was written in, and why it cannot be used, if so."""

    fields: list[str]
    lines: int
    written: str
    problem: Text | None = None


class Records(Iterator[Record]):
    """Yields the records of a stream.

    While ``width`` is None everything is yielded, blank lines too; once it is set, blank lines are left
    out and a record with another number of fields has a problem.
    """

    def __init__(self, stream: TextIO, dialect: Dialect) -> None:
        self.width: int | None = None
        self._lines = _Lines(stream)
        self._reader = dialect.reader(self._lines)
        self._quote = dialect.quote

    def __next__(self) -> Record:
        while True:
            record = self._record()
            usable = record.fields and record.problem is None
            if usable or self.width is None or record.written.strip():
                return record

    def _record(self) -> Record:
        lines = self._lines
        lines.begin()
        try:
            fields, problem = next(self._reader), None
        except csv.Error as e:
            fields, problem = [], self._blame(str(e))
        else:
            if lines.reread and self._odd_quotes():
                fields, problem = [], self._blame("")
        if lines.cut:
            fields, problem = [], _TOO_LONG
        if problem is None and self.width is not None and len(fields) != self.width:
            problem = self._check_width(fields, self.width)
        taken = lines.taken
        return Record(fields, len(taken), taken[0] if len(taken) == 1 else "".join(taken), problem)

    def _check_width(self, fields: list[str], width: int) -> Text | None:
        if len(fields) > width and not any(fields[width:]):  # separators at the end of a line hold nothing
            del fields[width:]
            return None
        return Text(
            ja=f"{width}列のはずが{len(fields)}列あります", en=f"{width} fields expected, {len(fields)} read"
        )

    def _blame(self, message: str) -> Text:
        several = len(self._lines.taken) > 1
        self._lines.put_back_all_but_first()
        return _OPEN if several or "end of data" in message else _STRAY

    def _odd_quotes(self) -> bool:
        """After an open quote, a line that held its end must not pass for a row of its own."""
        return self._quote is not None and sum(line.count(self._quote) for line in self._lines.taken) % 2 == 1


class _Lines(Iterator[str]):
    """Lines of a stream; those taken for a record can be put back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.reread = self.cut = False

    def begin(self) -> None:
        self.taken.clear()
        self.reread, self.cut = bool(self._back), False

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._read()
        self.taken.append(line)
        return line

    def put_back_all_but_first(self) -> None:
        self._back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]

    def _read(self) -> str:
        line = self._stream.readline(LARGEST_RECORD)
        if not line:
            raise StopIteration
        if len(line) == LARGEST_RECORD and not line.endswith("\n"):
            self.cut = True
            while (rest := self._stream.readline(LARGEST_RECORD)) and not rest.endswith("\n"):
                pass
        return line

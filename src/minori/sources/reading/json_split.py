"""Splits a JSON file into the texts of its rows, without reading it into memory as a whole."""

import re
from collections.abc import Iterator
from typing import TextIO

from minori.core.errors import InputError
from minori.sources.reading.json_objects import STEP, TOKEN, JSONRowError, parse_object
from minori.sources.reading.refusal import LARGEST_RECORD

_CHUNK = 1 << 20
_LOOKED_AT = 20


def row_texts(stream: TextIO, head: str, file: str, *, by_line: bool) -> Iterator[str]:
    """Yield the text of each row: a line, an element of one array, or an object over several lines.

    ``by_line``: the name of the file says that each line is a row.
    """
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return _Splitter(stream, file, array=True).texts()
    if by_line or any(_is_object(line) for line in start.split("\n", _LOOKED_AT)[:_LOOKED_AT]):
        return _lines(stream)
    return _Splitter(stream, file, array=False).texts()


def _is_object(line: str) -> bool:
    try:
        parse_object(line)
    except JSONRowError:
        return False
    return True


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(LARGEST_RECORD):
        if len(line) == LARGEST_RECORD:
            while (rest := stream.readline(LARGEST_RECORD)) and not rest.endswith("\n"):
                pass
        text = line.strip("\ufeff \t\r\n")
        if text:
            yield text


class _Splitter:
    """Follows brackets outside strings; what stands between rows must be blank or a comma."""

    def __init__(self, stream: TextIO, file: str, *, array: bool) -> None:
        self._stream, self._file = stream, file
        self._buffer = ""
        self._scanned = 0
        self._row = 0  # where the row, or what stands before it, begins
        self._depth = -1 if array else 0  # inside the array is 0

    def texts(self) -> Iterator[str]:
        """Yield the text of each row."""
        while chunk := self._stream.read(_CHUNK):
            self._buffer = self._buffer[self._row :] + chunk
            self._scanned, self._row = self._scanned - self._row, 0
            for token in TOKEN.finditer(self._buffer, self._scanned):
                if token[0] == '"':  # its end is not here yet
                    self._scanned = token.start()
                    break
                yield from self._step(token)
            else:
                self._scanned = len(self._buffer)
            if len(self._buffer) - self._row > LARGEST_RECORD:
                raise InputError(f"one row is longer than {LARGEST_RECORD:,} signs", file=self._file)
        if self._depth > 0 or '"' in self._buffer[self._scanned :]:
            raise InputError("ends before its brackets are closed; is the file whole?", file=self._file)
        yield from self._between(len(self._buffer))

    def _step(self, token: re.Match[str]) -> Iterator[str]:
        step = STEP.get(token[0], 0)
        if self._depth == 0 and step == 1:
            yield from self._between(token.start())
        self._depth += step
        if self._depth == 0 and step == -1:
            yield self._buffer[self._row : token.end()]
            self._row = token.end()
        elif self._depth <= 0 and step:  # the array itself opens or closes
            yield from self._between(token.start()) if step == -1 else ()
            self._row = token.end()

    def _between(self, end: int) -> Iterator[str]:
        left = self._buffer[self._row : end].strip("\ufeff \t\r\n,")
        self._row = end
        if left:
            yield left

"""One pass over the bytes of a text file, before it is read: what it holds and whether it is plain.

Records are counted here without any CSV reader, so that what a reader brings can be checked.
"""

import codecs
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from minori.sources.reading.encoding import Encoding, by_mark, by_sample

HEAD = 256 * 1024  # bytes, enough to see how a file is written
_CHUNK = 1 << 22
_SAMPLE = 512 * 1024
_QUOTE, _SPACE, _NEWLINE = 34, 32, 10
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in (9, 10, 13))
_BLANK_LINES = (b"\n\n", b"\n\r\n")


@dataclass(frozen=True)
class Survey:
    """What one pass over the bytes has shown.

    ``plain``: UTF-8 throughout, line ends of one kind, no control signs, no blank lines and no spaces
    around quotes, so that every reader must come to the same rows. ``records`` are lines that end
    outside double quotes.
    """

    head: bytes
    size: int
    encoding: Encoding
    plain: bool
    records: int
    longest_line: int


@dataclass
class _Pass:
    """The running counts of a pass."""

    decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))
    plain: bool = True
    quoted: int = 0  # 1 while inside double quotes
    records: int = 0
    size: int = 0
    open_line: int = 0
    longest_line: int = 0
    returns: int = 0
    pairs: int = 0
    newlines: int = 0
    tail: bytes = b"\n"
    sampled: int = 0
    lines: list[bytes] = field(default_factory=list)

    def take(self, chunk: bytes) -> None:
        """Count one chunk."""
        seam = self.tail + chunk
        self._sample(chunk)
        self._signs(chunk, seam)
        signs = np.frombuffer(seam, np.uint8)[len(self.tail) - 1 :]
        ends = np.flatnonzero(signs[1:] == _NEWLINE)
        self._measure(ends, len(chunk))
        self._count(signs, ends)
        self.size += len(chunk)
        self.tail = seam[-2:]

    def end(self) -> None:
        """Count what is left open at the end of the file."""
        try:
            self.decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            self.plain = False
        if self.quoted:
            self.plain = False
        elif not self.tail.endswith(b"\n"):
            self.records += 1

    def _sample(self, chunk: bytes) -> None:
        if self.sampled >= _SAMPLE or chunk.isascii():
            return
        for line in chunk.split(b"\n"):
            if not line.isascii() and self.sampled < _SAMPLE:
                self.lines.append(line[:_SAMPLE])
                self.sampled += len(self.lines[-1])

    def _signs(self, chunk: bytes, seam: bytes) -> None:
        try:
            self.decoder.decode(chunk)
        except UnicodeDecodeError:
            self.plain = False
        if len(chunk.translate(None, _CONTROLS)) != len(chunk):
            self.plain = False
        if any(blank in seam for blank in _BLANK_LINES):
            self.plain = False
        self.returns += chunk.count(b"\r")
        self.newlines += chunk.count(b"\n")
        self.pairs += chunk.count(b"\r\n") + (self.tail.endswith(b"\r") and chunk.startswith(b"\n"))

    def _measure(self, ends: npt.NDArray[np.intp], length: int) -> None:
        if len(ends) == 0:
            self.open_line += length
        else:
            between = int(np.diff(ends).max()) if len(ends) > 1 else 0
            self.longest_line = max(self.longest_line, self.open_line + int(ends[0]), between)
            self.open_line = length - int(ends[-1]) - 1
        self.longest_line = max(self.longest_line, self.open_line)

    def _count(self, signs: npt.NDArray[np.uint8], ends: npt.NDArray[np.intp]) -> None:
        quotes = signs[1:] == _QUOTE
        if not self.quoted and not quotes.any():
            self.records += len(ends)
            return
        within = np.bitwise_xor.accumulate(quotes.view(np.uint8)) ^ np.uint8(self.quoted)
        self.records += int(np.count_nonzero(within[ends] == 0))
        self.quoted = int(within[-1])
        spaces = signs == _SPACE
        opens_after_space = quotes & (within == 1) & spaces[:-1]
        space_after_close = quotes[:-1] & (within[:-1] == 0) & spaces[2:]
        if opens_after_space.any() or space_after_close.any():
            self.plain = False


def survey(stream: BinaryIO, encoding: str | None) -> Survey:
    """Look through all bytes of a text file; ``encoding`` is what the workspace declares, if it does."""
    counts, head = _Pass(), b""
    while chunk := stream.read(_CHUNK):
        head = head or chunk[:HEAD]
        counts.take(chunk)
    counts.end()
    found = _encoding(head, counts.lines, encoding)
    one_kind = counts.returns == 0 or counts.returns == counts.pairs == counts.newlines
    return Survey(
        head=head,
        size=counts.size,
        encoding=found,
        plain=counts.plain and one_kind and found.plain_utf_8,
        records=counts.records,
        longest_line=counts.longest_line,
    )


def _encoding(head: bytes, lines: list[bytes], declared: str | None) -> Encoding:
    marked = by_mark(head)
    if declared is None:
        return marked or by_sample(b"\n".join(lines))
    as_declared = Encoding(declared, declared=True)
    both = marked and marked.plain_utf_8 and as_declared.plain_utf_8
    return marked if marked and both else as_declared  # the mark is no part of the first name

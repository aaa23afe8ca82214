"""How a text file separates and quotes its fields: found on a sample, never its types."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from minori.core.text import Text
from minori.sources.kind import Note
from minori.sources.reading.settings import ReadSettings

_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE_RECORDS = 2_000
_SHOWN = {"\t": "tab"}


@dataclass(frozen=True)
class Dialect:
    """Separator and quoting of one file. ``quote`` None: quotes are signs like any other."""

    separator: str = ","
    quote: str | None = '"'
    escape: str | None = None  # a sign before a quote inside quotes, where quotes are not doubled
    spaced: bool = False  # blanks after separators are no part of the field

    @property
    def shown(self) -> str:
        """The separator, by name where it cannot be seen."""
        return _SHOWN.get(self.separator, self.separator)

    def notes(self, file: str) -> tuple[Note, ...]:
        """What a person should know: everything that is not ordinary."""
        odd = []
        if self.quote == "'":
            odd.append(Text(ja="引用符を ' として読みました", en="read with ' as the quote"))
        if self.escape:
            odd.append(
                Text(ja="\\ をエスケープとして読みました", en="read with \\ before quotes inside a field")
            )
        if self.spaced:
            odd.append(
                Text(ja="区切りの後の空白を除いて読みました", en="read without blanks after separators")
            )
        return tuple(Note(file, text) for text in odd)

    def reader(self, lines: Iterator[str], *, strict: bool = True) -> Iterator[list[str]]:
        """Return the standard library's reader for this dialect."""
        return csv.reader(
            lines,
            delimiter=self.separator,
            quotechar=self.quote,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            doublequote=self.escape is None,
            escapechar=self.escape,
            skipinitialspace=self.spaced,
            strict=strict,
        )


def sniff(sample: Sequence[str], settings: ReadSettings) -> Dialect:
    """Return the dialect under which the sample's lines fall into records of one width.

    What the settings declare is taken as it is.
    """
    text = "".join(sample)
    quotes: tuple[str | None, ...] = ('"', "'") if '"' not in text else ('"',)
    if settings.quote is not None:
        quotes = (settings.quote or None,)
    separators = (settings.separator,) if settings.separator else _SEPARATORS
    plain = [Dialect(sign, quote) for quote in quotes for sign in separators]
    best = max(plain, key=lambda dialect: _fit(sample, dialect))  # the first wins a tie
    if best.quote and f"{best.separator} {best.quote}" in text:
        best = max(best, replace(best, spaced=True), key=lambda dialect: _fit(sample, dialect))
    if best.quote and f"\\{best.quote}" in text:
        best = max(best, replace(best, escape="\\"), key=lambda dialect: _fit(sample, dialect))
    return best


def _fit(sample: Sequence[str], dialect: Dialect) -> tuple[float, float, int]:
    """Share of records of the usual width, whether the first has it, and the width."""
    widths, stripped = _widths(sample, dialect)
    if not widths:
        return (0.0, 0.0, 0)
    width, times = Counter(widths).most_common(1)[0]
    if width == 1:
        return (0.0, 0.0, 1)
    share = round(times / len(widths), 2)
    return (share + (widths[0] == width), stripped, width)


def _widths(sample: Sequence[str], dialect: Dialect) -> tuple[list[int], float]:
    """Fields per record, and the share of fields that the quote embraced or none did."""
    widths: list[int] = []
    left = 0
    reader = dialect.reader(iter(sample), strict=False)
    for record in reader:
        if record:
            widths.append(len(record))
            left += any(_still_quoted(value) for value in record)
        if len(widths) >= _SAMPLE_RECORDS:
            break
    return widths, 1 - left / max(len(widths), 1)


def _still_quoted(value: str) -> bool:
    text = value.strip(" ")
    return len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"

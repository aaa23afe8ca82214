"""What no value may hold, and how a row is set aside because of it."""

import json
import re
from collections.abc import Callable, Sequence

from minori.core.errors import InputError
from minori.core.text import Text
from minori.sources.kind import BadRow

LARGEST_VALUE = 1_000_000  # characters
LARGEST_RECORD = 16_000_000  # characters; a longer line is not read into memory
_SHOWN_VALUE = 200
_MANY_BAD = 100_000

# ASCII's control signs except tab and line ends (those above it come with names that were once misread).
# Surrogates mark bytes that the encoding cannot read; U+F8F0 to F8F3 are what CP932 makes of such bytes.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\uf8f0-\uf8f3]")
REFUSED_SQL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


def visible(text: str) -> str:
    """Write refused signs as ``\\x00``, so that any text can be stored and shown."""
    return REFUSED.sub(_escaped, text)


def refusal(value: str) -> Text | None:
    """Return why this value cannot be taken, or None if it can."""
    if len(value) > LARGEST_VALUE:
        return Text(
            ja=f"値が長すぎます（{len(value):,}文字、上限{LARGEST_VALUE:,}文字）",
            en=f"value of {len(value):,} characters; at most {LARGEST_VALUE:,} are allowed",
        )
    found = REFUSED.search(value)
    if found is None:
        return None
    if found[0] >= "\ud800":
        return Text(
            ja=f"文字コードとして読めない文字があります（{_escaped(found)}）",
            en=f"signs that the encoding cannot read ({_escaped(found)})",
        )
    return Text(
        ja=f"制御文字が含まれています（{_escaped(found)}）",
        en=f"control sign in the value ({_escaped(found)})",
    )


def bad_value(
    file: str,
    row: int,
    columns: Sequence[str],
    values: Sequence[str | None],
    record: str | None = None,
    is_read: Callable[[str], bool] = lambda _column: True,
) -> BadRow | None:
    """Return the row set aside for the first value that is refused in a column that is read; None if all can be taken."""
    for column, value in zip(columns, values, strict=False):
        reason = refusal(value) if value and is_read(column) else None
        if value and reason:
            whole = record if record is not None else as_record(columns, values)
            return bad_row(file, row, reason, column=column, value=value, record=whole)
    return None


def unread_made_safe(
    columns: Sequence[str], values: Sequence[str | None], is_read: Callable[[str], bool]
) -> list[str | None]:
    """Return the values, those of columns that nobody reads cut and made storable."""
    return [
        value if value is None or is_read(column) else visible(value[:LARGEST_VALUE])
        for column, value in zip(columns, values, strict=True)
    ]


def bad_row(
    file: str,
    row: int | None,
    reason: Text,
    *,
    column: str | None = None,
    value: str | None = None,
    record: str | None = None,
) -> BadRow:
    """Build a row that is set aside; value and record are cut and made storable."""
    shown = visible(value[:_SHOWN_VALUE]) if value is not None else None
    kept = visible(record[:LARGEST_VALUE]) if record is not None else None
    return BadRow(file, row, column, shown, reason, kept)


def as_record(columns: Sequence[str], values: Sequence[str | None]) -> str:
    """Write a row as JSON."""
    return json.dumps(dict(zip(columns, values, strict=False)), ensure_ascii=False)


def check_share(file: str, bad: Sequence[BadRow], good: int) -> None:
    """Raise InputError if so many rows are bad that the file itself is read wrongly."""
    if len(bad) > _MANY_BAD and len(bad) > good:
        first = bad[0]
        raise InputError(
            f"{len(bad):,} of {len(bad) + good:,} rows cannot be read (first: {first.reason.en}); "
            "check encoding, separator and header_row",
            file=file,
            row=first.row,
        )


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC00 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"

"""Values of a database as text that loses nothing, and back again for the column that only grows."""

import json
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from minori.core.errors import InputError


def as_text(value: Any, column: str) -> str | None:
    """Write a value: decimals with all their digits, times in ISO with their offset.

    Raises InputError for bytes and for anything else that has no text of its own.
    """
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | UUID() | timedelta():
            return str(value)
        case Decimal():
            return format(value, "f")
        case float():
            return format(Decimal(repr(value)), "f") if math.isfinite(value) else repr(value)
        case datetime() | date() | time():
            return value.isoformat()
        case list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False, default=lambda inner: as_text(inner, column))
        case _:
            kind = type(value).__name__
            raise InputError(
                f"holds {kind}, which has no text; convert or leave it out in a query", column=column
            )


def marked(value: Any, column: str) -> str:
    """Write a value with its type, so that it can be compared with in the database again."""
    kind = "datetime" if isinstance(value, datetime) else type(value).__name__
    if kind not in _READERS:
        raise InputError(f"is of type {kind}; since needs numbers, texts or times", column=column)
    return f"{kind}:{as_text(value, column)}"


def unmarked(text: str) -> Any:
    """Return what ``marked`` wrote."""
    kind, _, value = text.partition(":")
    return _READERS[kind](value)


_READERS: dict[str, Any] = {
    "int": int,
    "str": str,
    "float": float,
    "Decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "UUID": UUID,
}

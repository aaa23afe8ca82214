"""Rows as every chart takes them, made plain for JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any, TypeAlias

import pyarrow as pa

from minori.core.text import Language, Text

Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Sequence[Row] | pa.Table


def plain(rows: Rows, language: Language) -> list[dict[str, Any]]:
    """Return a list of JSON values: of a Text the language asked for, decimals as numbers, dates as ISO text."""
    listed = rows.to_pylist() if isinstance(rows, pa.Table) else rows
    return [{name: _plain(value, language) for name, value in row.items()} for row in listed]


def known(rows: Sequence[Row], *names: str) -> list[Row]:
    """Return the rows in which all of these are known."""
    return [row for row in rows if all(row.get(name) is not None for name in names)]


def _plain(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not isfinite(value):
        return None  # JSON has no such number, and nothing could be drawn
    return value.isoformat() if isinstance(value, date) else value

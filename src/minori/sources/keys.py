"""Keys of facts: which row is which, the same in SQL and in Python (``core.keys``).

The key of a row is ``key64`` of its key columns as text, joined as ``key64`` joins parts: a date as
``2026-11-01``, an instant as ``2026-11-01T09:00:00.000000Z``, null as nothing. A row that comes without an id
gets one made from its content and from how many equal rows of the file stand before it, so that a reload
never doubles it.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlglot import exp

from minori.core.keys import SEPARATOR, key64
from minori.schema.table import Column, Table, Type
from minori.sources.tree import column, fill, text


def made_id(table: Table) -> str | None:
    """Return the id column that minori fills where a source gives none; None if there is no such column."""
    made = [c for c in table.key if not table.by_name[c].required and c not in table.keyed_ids]
    return made[0] if made else None


def fact_key(table: Table, row: Mapping[str, object]) -> int:
    """Return ``_id`` of a row of typed values (text, date, instant in UTC)."""
    return key64(*(_as_text(row.get(name)) for name in table.key))


def key_text(table: Table) -> exp.Expression:
    """Return the SQL of the text whose key is ``_id``."""
    parts = [fill("coalesce(:t, '')", t=canonical(table.by_name[name])) for name in table.key]
    return parts[0] if len(parts) == 1 else _joined(parts)


def content_text(table: Table) -> exp.Expression:
    """Return the SQL of everything a row says, but its own id: equal rows have equal texts.

    Empty columns are left out, so that a column added to the schema changes no id.
    """
    skipped = made_id(table)
    parts = [
        fill(":name || :t", name=text(f"{c.name}="), t=canonical(c))
        for c in table.columns
        if c.name != skipped
    ]
    return exp.Anonymous(this="concat_ws", expressions=[text(SEPARATOR), *parts])


def canonical(c: Column) -> exp.Expression:
    """Return the SQL of a typed column as the text that stands for it in keys."""
    if c.type == Type.INSTANT:
        return fill("strftime(timezone('UTC', :c), '%Y-%m-%dT%H:%M:%S.%fZ')", c=column(c.name))
    if c.type in (Type.TEXT, Type.JSON):
        return column(c.name)
    return fill("cast(:c as varchar)", c=column(c.name))


def _joined(parts: list[exp.Expression]) -> exp.Expression:
    whole = parts[0]
    for part in parts[1:]:
        whole = fill(":a || :s || :b", a=whole, s=text(SEPARATOR), b=part)
    return whole


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case _:
            return str(value)

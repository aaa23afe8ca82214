"""How a table is declared: columns, types, units, key, and from when a value may be seen."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Type(StrEnum):
    """The few types that facts and results are made of."""

    TEXT = "text"
    INTEGER = "integer"  # 64 bits
    QUANTITY = "quantity"  # decimal(18, 6)
    MONEY = "money"  # decimal(18, 4), in the row's currency
    DATE = "date"
    INSTANT = "instant"  # UTC, microseconds
    FLAG = "flag"
    JSON = "json"  # text that parses as JSON
    NUMBER = "number"  # a double of 9 significant digits; results only


class Visible(StrEnum):
    """From when a column's value may be seen (SEMANTICS 3)."""

    WITH_ROW = "with the row"
    MASKED = "masked until it happens"  # null while later than the as-of day
    AGREED = "agreed"  # a future date both sides know: visible with the row
    CURRENT = "current"  # no history: for labels and routing, never in conditions


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    type: Type
    help: str
    required: bool = False
    visible: Visible = Visible.WITH_ROW
    personal: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table. Fact tables are plural, result tables singular.

    ``at`` names the column (date or instant) from whose day on a row may be seen; None: always.
    ``compact`` tables are huge: ids are kept as 64-bit keys only, and rows lie in months.
    ``fresh_within_days`` is how long silence of a source is ordinary; longer, it counts as a dead feed.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    at: str | None = None
    compact: bool = False
    fresh_within_days: int = 7

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def keyed_ids(self) -> tuple[str, ...]:
        """Id columns beside which (compact: instead of which) a 64-bit key is stored."""
        return tuple(c for c in ("customer_id", "user_id", "from_id", "into_id") if c in self.by_name)

    @property
    def stored(self) -> tuple[Column, ...]:
        """Columns kept as they came; a compact table drops the ids that became keys."""
        if not self.compact:
            return self.columns
        dropped = {*self.keyed_ids, *self.key}
        return tuple(c for c in self.columns if c.name not in dropped)

    @property
    def technical(self) -> tuple[Column, ...]:
        """Columns that the lake adds: key, load, source, version, company day, 64-bit ids."""
        keys = tuple(
            Column(key_of(c), Type.INTEGER, f"64-bit key of {c}", visible=self.by_name[c].visible)
            for c in self.keyed_ids
        )
        month = (Column("_month", Type.TEXT, "month of _day, the partition"),) if self.compact else ()
        return (*_TECHNICAL, *keys, *month)


def key_of(id_column: str) -> str:
    """Return the name of the 64-bit key beside an id column: ``customer_id`` → ``customer_key``."""
    return id_column.removesuffix("_id") + "_key"


_TECHNICAL = (
    Column("_id", Type.INTEGER, "64-bit key of the table's key columns"),
    Column("_load", Type.INTEGER, "number of the load that brought the row"),
    Column("_source", Type.TEXT, "id of the source in sources.yaml"),
    Column("_version", Type.QUANTITY, "the source's own version of the row, if it names one"),
    Column("_day", Type.DATE, "company's calendar day of the row's time"),
)

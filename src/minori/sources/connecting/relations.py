"""How files hang together: a column of one that names rows of another, seen by its values."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from minori.sources.connecting.forms import Looks
from minori.sources.connecting.profile import SeenColumn, SeenFile, ask
from minori.sources.tree import column as column_of
from minori.sources.tree import fill, table

_ENOUGH = 0.8
_LINKING = (Looks.ID, Looks.NUMBER, Looks.CATEGORY, Looks.TEXT, Looks.EMAIL)


@dataclass(frozen=True)
class Link:
    """``column`` of a file names a row of ``other`` by ``key``, from which the customer is taken."""

    column: str
    other: SeenFile
    key: str
    customer: str  # column of ``other``
    share: float  # of the different values that are found there
    unique: bool  # the key stands once in ``other``; else its rows agree on the customer

    @property
    def same_name(self) -> bool:
        """Whether both columns go by one name."""
        return self.column.lower() == self.key.lower()


def find_link(
    connection: duckdb.DuckDBPyConnection, file: SeenFile, others: Sequence[tuple[SeenFile, str]]
) -> Link | None:
    """Return the best way from a file to one of ``others``, each given with its customer column."""
    links = [
        link
        for other, customer in others
        if other is not file
        for key in other.columns
        for column in file.columns
        if (link := _link(connection, file, column, other, key, customer)) is not None
    ]
    return max(links, key=lambda link: (link.same_name, link.share, link.unique), default=None)


def overlap(
    connection: duckdb.DuckDBPyConnection, file: SeenFile, column: str, other: SeenFile, key: str
) -> float:
    """Return the share of the different values of a column that are found in a column of another file."""
    known = (
        exp.select(column_of(key)).from_(table(other.table)).where(fill(":c is not null", c=column_of(key)))
    )
    asked = exp.select(fill("count(distinct :c)", c=column_of(column))).from_(table(file.table))
    found = asked.where(exp.In(this=column_of(column), query=exp.Subquery(this=known)))
    ((shared,),) = ask(connection, found)
    return float(shared) / max(file[column].distinct, 1)


def agree(connection: duckdb.DuckDBPyConnection, file: SeenFile, key: str, column: str) -> tuple[int, int]:
    """Return for how many values of ``key`` there are several of ``column``, and how many it has in all."""
    least, most = (fill(template, c=column_of(column)) for template in ("min(:c)", "max(:c)"))
    each = exp.select(exp.alias_(least, "least"), exp.alias_(most, "most"))
    grouped = (
        each.from_(table(file.table)).where(fill(":k is not null", k=column_of(key))).group_by(column_of(key))
    )
    counts = (fill("count_if(least <> most)"), fill("count(distinct least)"))
    ((several, distinct),) = ask(connection, exp.select(*counts).from_(grouped.subquery("groups")))
    return int(several), int(distinct)


def repeats(connection: duckdb.DuckDBPyConnection, file: SeenFile, columns: Sequence[str]) -> int:
    """Count the rows in which these columns, all filled, hold what they held in another row."""
    filled = [fill(":c is not null", c=column_of(name)) for name in columns]
    each = exp.select(fill("count(*) as n")).from_(table(file.table)).where(*filled)
    grouped = each.group_by(*map(column_of, columns)).subquery("keys")
    ((count,),) = ask(connection, exp.select(fill("coalesce(sum(n - 1), 0)")).from_(grouped))
    return int(count)


def _link(
    connection: duckdb.DuckDBPyConnection,
    file: SeenFile,
    column: SeenColumn,
    other: SeenFile,
    key: SeenColumn,
    customer: str,
) -> Link | None:
    named = column.spelled == key.spelled
    if not _may_link(column) or not _may_link(key) or not (named or _may_be_key(key)):
        return None
    share = overlap(connection, file, column.name, other, key.name)
    unique = key.distinct == key.filled
    if share < _ENOUGH or not (unique or agree(connection, other, key.name, customer)[0] == 0):
        return None
    return Link(column.name, other, key.name, customer, share, unique)


def _may_link(column: SeenColumn) -> bool:
    return column.distinct > 1 and column.looks in _LINKING


def _may_be_key(column: SeenColumn) -> bool:
    """Numbers from 1 are found everywhere; without a common name a key must be unmistakable."""
    return column.distinct == column.filled and column.looks != Looks.NUMBER and column.distinct > 10

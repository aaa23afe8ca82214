"""Parquet files of a declared table, as a DuckDB view that always has the declared columns."""

from collections.abc import Sequence

import duckdb
from sqlglot import exp

from minori.lake.types import duckdb_type
from minori.schema.table import Column

FILE = "filename"
"""Column of the view that names the file a row lies in; absent when there are no files."""


def view(
    connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[str], columns: Sequence[Column]
) -> None:
    """Create a view of the files with exactly these columns, and ``filename``.

    A column that the files do not have, because it was declared later, is null; the month that a
    compact table's folders carry is a column. Filters and the choice of columns reach the files.
    """
    present: list[str] = []
    source = exp.Table(this=exp.to_identifier(f"{name} files", quoted=True))
    if files:
        read = connection.read_parquet(
            list(files),
            union_by_name=True,
            hive_partitioning=any(c.name == "_month" for c in columns),
            filename=True,
        )
        present = read.columns
        read.create_view(source.name)
    shown = [_column(column, present) for column in columns]
    selected = (
        exp.select(*shown, exp.column(FILE)).from_(source) if files else exp.select(*shown).where(exp.false())
    )
    create(connection, "view", name, selected)


def create(connection: duckdb.DuckDBPyConnection, kind: str, name: str, query: exp.Query) -> None:
    """Create or replace a view or table of what the query selects."""
    target = exp.Table(this=exp.to_identifier(name, quoted=True))
    tree = exp.Create(this=target, kind=kind.upper(), replace=True, expression=query)
    connection.execute(tree.sql("duckdb"))


def _column(column: Column, present: Sequence[str]) -> exp.Expression:
    value = exp.column(column.name, quoted=True) if column.name in present else exp.null()
    cast = exp.cast(value, exp.DataType.build(duckdb_type(column.type), dialect="duckdb"))
    return exp.alias_(cast, column.name, quoted=True)

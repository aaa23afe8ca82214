"""Small pieces of SQL trees: our own text with ``:name`` for parts that are trees already."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import sqlglot
from sqlglot import exp


def column(name: str, table: str | None = None) -> exp.Column:
    """Return a quoted column, so that a name from a file can never be anything else."""
    return exp.column(
        exp.to_identifier(name, quoted=True), table=exp.to_identifier(table, quoted=True) if table else None
    )


def named(expression: exp.Expression, name: str) -> exp.Alias:
    """Return ``expression as "name"``."""
    return exp.alias_(expression, exp.to_identifier(name, quoted=True))


def table(name: str) -> exp.Table:
    """Return a quoted table."""
    return exp.Table(this=exp.to_identifier(name, quoted=True))


def text(value: str | None) -> exp.Expression:
    """Return a text as a literal."""
    return exp.null() if value is None else exp.Literal.string(value)


def fill(template: str, **parts: exp.Expression) -> exp.Expression:
    """Parse our own SQL (never a text from a file) and put trees in place of ``:name``."""
    tree = _parsed(template).copy()
    if isinstance(tree, exp.Placeholder):
        return parts[str(tree.this)].copy()
    for placeholder in list(tree.find_all(exp.Placeholder)):
        placeholder.replace(parts[str(placeholder.this)].copy())
    return tree


def run(connection: duckdb.DuckDBPyConnection, tree: exp.Expression) -> duckdb.DuckDBPyConnection:
    """Run a tree."""
    return connection.execute(rendered(tree))


def first(connection: duckdb.DuckDBPyConnection, tree: exp.Expression) -> tuple[Any, ...] | None:
    """Run a query of few rows and return the first, None if there is none.

    All are fetched: a connection with a result that is not read to its end does no other work.
    """
    rows = run(connection, tree).fetchall()
    return rows[0] if rows else None


def create(connection: duckdb.DuckDBPyConnection, name: str, query: exp.Expression) -> None:
    """Compute a query into a table."""
    run(connection, exp.Create(this=table(name), kind="TABLE", expression=query)).fetchall()


def drop(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Let a table go."""
    run(connection, exp.Drop(tables=[table(name)], kind="TABLE")).fetchall()


def batches(
    connection: duckdb.DuckDBPyConnection, query: exp.Expression, rows: int
) -> Iterator[pa.RecordBatch]:
    """Run a query and yield its rows as they come."""
    yield from connection.sql(rendered(query)).to_arrow_reader(rows)


def rendered(tree: exp.Expression) -> str:
    """Write a tree as DuckDB's SQL."""
    return str(tree.sql(dialect="duckdb"))


@cache
def _parsed(template: str) -> Any:
    return sqlglot.parse_one(template, dialect="duckdb")

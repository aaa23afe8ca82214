"""Reading a table or a query, a batch at a time, into the table of text."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.exc import SQLAlchemyError
from sqlglot import exp

from minori.core.errors import InputError
from minori.sources.databases.address import Address, resolved
from minori.sources.databases.texts import as_text, marked, unmarked
from minori.sources.kind import Opened, Opening
from minori.sources.tree import rendered
from minori.sources.tree import table as named_table

_BATCH = 10_000
_CHUNK = "minori_chunk"


def read_rows(
    opening: Opening, *, url: str, table: str | None, query: str | None, column: str | None
) -> Opened:
    """Create ``opening.table`` from a table or a query of the database.

    Parameters
    ----------
    column
        The column that only grows: with ``opening.since``, only rows at or after it, and those without it.

    Raises
    ------
    InputError
        If the database cannot be reached or read; passwords are taken out of what it says.
    """
    address = resolved(url, opening.environment, opening.workspace)
    name = table or "query"
    try:
        engine = sa.create_engine(address.url, poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection = connection.execution_options(postgresql_readonly=True)
            return _read(opening, connection, _statement(opening, table, query, column), name, column)
    except ModuleNotFoundError as e:
        problem = f"the driver for {address.url.drivername} is not installed (no module {e.name!r})"
        raise InputError(problem, file=name) from None
    except SQLAlchemyError as e:
        raise InputError(f"the database says: {_said(e, address)}", file=name) from None


def _statement(opening: Opening, table: str | None, query: str | None, column: str | None) -> sa.Select[Any]:
    """Return the SELECT; a query stands inside it, so that it can only read."""
    rows = _table(table) if table else _query(query or "")
    statement: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(rows)
    if column is None or opening.since is None:
        return statement
    grown: sa.ColumnElement[Any] = sa.column(column)
    # At or after, not after: rows of the same instant may have been written since.
    return statement.where(sa.or_(grown >= unmarked(opening.since), grown.is_(None)))


def _query(text: str) -> sa.FromClause:
    # A colon is a colon: nothing in a query is a parameter. The line end closes a comment.
    literal = re.sub(r"(?<![:\w\\]):(?=\w)", r"\\:", text.strip().rstrip(";"))
    return sa.text(literal + "\n").columns().subquery("q")


def _table(name: str) -> sa.TableClause:
    schema, _, table = name.rpartition(".")
    return sa.table(table, schema=schema or None)


def _read(
    opening: Opening, connection: Connection, statement: sa.Select[Any], file: str, column: str | None
) -> Opened:
    streaming = connection.execution_options(stream_results=True, max_row_buffer=_BATCH)
    rows, newest = 0, unmarked(opening.since) if opening.since else None
    with streaming.execute(statement) as result:
        columns = _columns(result, file, column)
        _create(opening, columns)
        for batch in result.partitions(_BATCH):
            _insert(opening, columns, batch, file, rows)
            rows += len(batch)
            if column is not None:
                newest = _greatest(newest, (row[columns.index(column)] for row in batch), file, column)
    seen = marked(newest, column) if column is not None and newest is not None else None
    return Opened(rows=rows, columns=columns, files=(file,), newest=seen)


def _columns(result: CursorResult[Any], file: str, column: str | None) -> tuple[str, ...]:
    columns = tuple(result.keys())
    lower = [name.lower() for name in columns]
    for name in lower:
        if lower.count(name) > 1 or name in ("_row", "_file"):
            raise InputError(
                f"the column {name!r} stands twice or is reserved; rename it in a query", file=file
            )
    if column is not None and column not in columns:
        raise InputError(f"since names {column!r}; there is: {', '.join(columns)}", file=file, column=column)
    return columns


def _create(opening: Opening, columns: Sequence[str]) -> None:
    schema = pa.schema(
        [*((name, pa.string()) for name in columns), ("_row", pa.int64()), ("_file", pa.string())]
    )
    opening.connection.from_arrow(schema.empty_table()).create(opening.table)


def _insert(
    opening: Opening, columns: Sequence[str], batch: Sequence[sa.Row[Any]], file: str, before: int
) -> None:
    texts = [pa.array(_texts(batch, at, name, file), pa.string()) for at, name in enumerate(columns)]
    numbers = pa.array(range(before + 1, before + len(batch) + 1), pa.int64())
    files = pa.array([file] * len(batch), pa.string())
    chunk = pa.table([*texts, numbers, files], names=[*columns, "_row", "_file"])
    opening.connection.register(_CHUNK, chunk)
    try:
        insert = exp.insert(exp.select("*").from_(named_table(_CHUNK)), named_table(opening.table))
        opening.connection.execute(rendered(insert)).fetchall()
    finally:
        opening.connection.unregister(_CHUNK)


def _texts(batch: Sequence[sa.Row[Any]], at: int, name: str, file: str) -> list[str | None]:
    try:
        return [as_text(row[at], name) for row in batch]
    except InputError as e:
        raise InputError(e.problem, file=file, column=name) from None


def _greatest(newest: Any, values: Iterator[Any], file: str, column: str) -> Any:
    for value in values:
        try:
            if value is not None and (newest is None or value > newest):
                newest = value
        except TypeError:
            kinds = f"{type(newest).__name__} and {type(value).__name__}"
            raise InputError(
                f"holds values that cannot be compared: {kinds}", file=file, column=column
            ) from None
    return newest


def _said(error: SQLAlchemyError, address: Address) -> str:
    original = getattr(error, "orig", None) or error
    lines = [line.strip() for line in str(original).splitlines() if line.strip()]
    return address.without_secrets(lines[0] if lines else type(original).__name__)

"""The declared types of columns, as Arrow and as DuckDB call them."""

from collections.abc import Sequence

import pyarrow as pa

from minori.schema.table import Column, Table, Type

_ARROW: dict[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.QUANTITY: pa.decimal128(18, 6),
    Type.MONEY: pa.decimal128(18, 4),
    Type.DATE: pa.date32(),
    Type.INSTANT: pa.timestamp("us", tz="UTC"),
    Type.FLAG: pa.bool_(),
    Type.JSON: pa.string(),
    Type.NUMBER: pa.float64(),
}
_DUCKDB: dict[Type, str] = {
    Type.TEXT: "varchar",
    Type.INTEGER: "bigint",
    Type.QUANTITY: "decimal(18, 6)",
    Type.MONEY: "decimal(18, 4)",
    Type.DATE: "date",
    Type.INSTANT: "timestamptz",
    Type.FLAG: "boolean",
    Type.JSON: "varchar",
    Type.NUMBER: "double",
}


def arrow_type(type_: Type) -> pa.DataType:
    """Return how a declared type is stored."""
    return _ARROW[type_]


def duckdb_type(type_: Type) -> str:
    """Return how DuckDB writes a declared type."""
    return _DUCKDB[type_]


def stored_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns of a fact table as they lie in the lake: what is kept, then the technical ones."""
    return (*table.stored, *table.technical)


def arrow_schema(table: Table, technical: bool) -> pa.Schema:
    """Return the table's Arrow schema; every column may be null.

    With ``technical`` it is the schema of facts as they lie in the lake: a compact table without the ids
    that became keys, then the columns that the lake adds. Without, it is the table as declared.
    """
    return _schema(stored_columns(table) if technical else table.columns)


def _schema(columns: Sequence[Column]) -> pa.Schema:
    return pa.schema([pa.field(column.name, arrow_type(column.type)) for column in columns])

"""Whether a guess holds for every value of the file, by the same rules as the load."""

import duckdb
import sqlglot
from sqlglot import exp

from minori.schema.table import Type
from minori.sources.casts import soften
from minori.sources.connecting.profile import SeenFile, ask
from minori.sources.tree import column as column_of
from minori.sources.tree import fill, table

INPUT_ALIAS = "u"  # how a select that joins calls its own file
_RULES = {
    Type.INTEGER: "minori_integer(minori_plain(:x))",
    Type.QUANTITY: "minori_quantity(minori_plain(:x))",
    Type.MONEY: "minori_money(minori_plain(:x))",
    Type.DATE: "minori_date(minori_plain(:x))",
    Type.INSTANT: "minori_instant(minori_plain(:x), 'UTC')",
    Type.FLAG: "minori_flag(minori_plain(:x))",
    Type.JSON: "minori_json(:x)",
}


def misfits(connection: duckdb.DuckDBPyConnection, file: SeenFile, column: str, sql: str, kind: Type) -> int:
    """Count the values of a column from which ``sql`` makes nothing of this type."""
    if kind not in _RULES:
        return 0
    holder = exp.paren(sqlglot.parse_one(sql, dialect="duckdb"))
    soften(holder)  # null in place of an error, as in the load
    made = exp.cast(holder, "text")
    failed = fill(f":c is not null and {_RULES[kind]} is null", c=column_of(column), x=made)
    source = exp.alias_(table(file.table), INPUT_ALIAS, table=True)
    ((count,),) = ask(connection, exp.select(fill("count_if(:f)", f=failed)).from_(source))
    return int(count)

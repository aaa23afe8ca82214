"""Which staged rows are new, which are already there, and which correct what is there (SEMANTICS 15)."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from sqlglot import exp, parse_one

from minori.core.errors import LakeError
from minori.lake.files import FILE, create, view
from minori.lake.types import stored_columns
from minori.schema.table import Table

_IGNORED = ("_id", "_load", "_source", "_version")

# Ids alone: reading one column of the whole table costs little, reading all of them does not.
_MET = parse_one("select _id, filename from stored semi join staged using (_id)", dialect="duckdb")
_CORRECTED = parse_one(
    """
    select old._id, old.filename from matched as old join staged as new on new._id = old._id
    where (old._version is null or new._version is null or new._version >= old._version)
    """,
    dialect="duckdb",
)
_NEWER = parse_one(
    "new._version is not null and (old._version is null or new._version > old._version)", dialect="duckdb"
)
_SETTLED = parse_one("select _id from met anti join corrected using (_id)", dialect="duckdb")
_NOTHING = parse_one("select null::bigint as _id, null::varchar as filename where false", dialect="duckdb")


@dataclass(frozen=True)
class Sifted:
    """What sifting found; the rows to write are the view ``arriving`` of the connection."""

    new: int
    unchanged: int
    corrected: int
    outdated: tuple[str, ...]  # files that hold a row which a corrected one replaces


def sift(
    connection: duckdb.DuckDBPyConnection, table: Table, staged: Sequence[str], stored: Sequence[str]
) -> Sifted:
    """Compare staged files with stored ones by ``_id``, then by content.

    Leaves in the connection the view ``arriving`` (rows to add) and the table ``corrected`` (ids whose
    stored row must go). A row whose content is equal is already there, unless it carries a greater
    ``_version``; a row with a smaller one than the stored is out of date and counts as already there.
    """
    columns = stored_columns(table)
    view(connection, "staged", staged, columns)
    view(connection, "stored", stored, columns)
    create(connection, "table", "met", _MET if stored else _NOTHING)
    _find_corrected(connection, table, _files(connection, "met"))
    create(connection, "table", "settled", _SETTLED)
    total, met, settled = (_count(connection, name) for name in ("staged", "met", "settled"))
    _define_arriving(connection, table, all_of_them=settled == 0)
    return Sifted(total - met, settled, met - settled, _files(connection, "corrected"))


def _find_corrected(connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[str]) -> None:
    if not files:
        create(connection, "table", "corrected", _NOTHING)
        return
    columns = stored_columns(table)
    view(connection, "matched", files, columns)
    differs = [_differs(column.name) for column in columns if column.name not in _IGNORED]
    create(connection, "table", "corrected", _CORRECTED.where(exp.or_(_NEWER, *differs)))


def _differs(name: str) -> exp.Expression:
    old, new = (exp.column(name, table=side, quoted=True) for side in ("old", "new"))
    return exp.not_(exp.NullSafeEQ(this=old, expression=new))


def _define_arriving(connection: duckdb.DuckDBPyConnection, table: Table, all_of_them: bool) -> None:
    columns = [exp.column(column.name, quoted=True) for column in stored_columns(table)]
    query = exp.select(*columns).from_("staged")
    if not all_of_them:
        query = query.join("settled", join_type="anti", using="_id")
    create(connection, "view", "arriving", query)


def _files(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[str, ...]:
    query = exp.select(FILE).distinct().from_(table).order_by(FILE)
    return tuple(str(row[0]) for row in connection.execute(query.sql("duckdb")).fetchall())


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    query = exp.select("count(*)", "count(_id)").from_(table)
    [(rows, ids)] = connection.execute(query.sql("duckdb")).fetchall()
    if rows != ids:
        raise LakeError(f"{rows - ids} rows of {table} have no _id")
    return int(rows)

"""Parquet files: typed columns become text, written the same way everywhere."""

from collections.abc import Sequence
from functools import reduce

import duckdb
from sqlglot import exp

from minori.core.errors import InputError
from minori.core.text import Text
from minori.sources.kind import BadRow
from minori.sources.reading.names import named
from minori.sources.reading.paths import Found
from minori.sources.reading.read import FileRead
from minori.sources.reading.refusal import LARGEST_VALUE, REFUSED_SQL, bad_row, bad_value, check_share
from minori.sources.reading.settings import ReadSettings
from minori.sources.reading.table import TextTable, identifier

_NESTED = ("STRUCT", "MAP", "UNION", "JSON", "VARIANT")
_ROW_NUMBER = "file_row_number"
_MOST_BAD = 100_001


def read_parquet(found: Found, settings: ReadSettings, table: TextTable) -> FileRead:
    """Add the rows of a Parquet file; raises InputError if it is none."""
    source = exp.Table(this=_reader(found))
    try:
        typed = _typed_columns(table.connection, source)
        columns, notes = named(found.name, settings.columns or [name for name, _ in typed])
        if len(columns) != len(typed):
            raise InputError(f"{len(columns)} names for {len(typed)} columns", file=found.name)
        texts = [
            text if table.is_read(name) else _safe(text)
            for name, text in zip(
                columns, (as_text(exp.column(identifier(n)), kind) for n, kind in typed), strict=True
            )
        ]
        read = [at for at, name in enumerate(columns) if table.is_read(name)]
        doubtful = _doubtful([typed[at] for at in read], [texts[at] for at in read])
        bad = _set_aside(found.name, table, source, columns, texts, doubtful)
        row = exp.Add(this=exp.column(identifier(_ROW_NUMBER)), expression=exp.Literal.number(1))
        where = exp.not_(exp.paren(doubtful)) if bad else None
        rows = table.add_query(found.name, columns, source, row=row, values=texts, where=where)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as e:
        raise InputError(f"not a Parquet file that can be read ({_first_line(e)})", file=found.name) from None
    check_share(found.name, bad, rows)
    return FileRead(found.name, "parquet", rows, columns, notes, bad)


def as_text(column: exp.Expression, kind: str) -> exp.Expression:
    """Return the expression that writes a value of this DuckDB type as text."""
    text = exp.cast(column, "text")
    if kind == "TIMESTAMP WITH TIME ZONE":
        utc = exp.cast(exp.func("timezone", exp.Literal.string("UTC"), column), "text")
        return exp.DPipe(this=_with_t(utc), expression=exp.Literal.string("Z"))
    if kind.startswith("TIMESTAMP"):
        return _with_t(text)
    if kind == "BLOB":
        return exp.Anonymous(this="try", expressions=[exp.Anonymous(this="decode", expressions=[column])])
    if kind.endswith("]") or kind.startswith(_NESTED):
        return exp.cast(exp.Anonymous(this="to_json", expressions=[column]), "text")
    return text


def _safe(text: exp.Expression) -> exp.Expression:
    """Return the text of a column that nobody reads without what may not be stored."""
    plain = exp.Anonymous(
        this="regexp_replace", expressions=[text, *map(exp.Literal.string, (REFUSED_SQL, "", "g"))]
    )
    return exp.func("left", plain, exp.Literal.number(LARGEST_VALUE))


def _with_t(text: exp.Expression) -> exp.Expression:
    return exp.func("replace", text, exp.Literal.string(" "), exp.Literal.string("T"))


def _reader(found: Found) -> exp.Expression:
    hive = exp.EQ(this=exp.to_identifier("hive_partitioning"), expression=exp.false())
    return exp.Anonymous(this="read_parquet", expressions=[exp.Literal.string(found.pattern), hive])


def _typed_columns(connection: duckdb.DuckDBPyConnection, source: exp.Expression) -> list[tuple[str, str]]:
    query = exp.select("*").from_(source).limit(0).sql(dialect="duckdb")
    described = connection.sql(query)
    return [(str(name), str(kind)) for name, kind in zip(described.columns, described.types, strict=True)]


def _doubtful(typed: Sequence[tuple[str, str]], texts: Sequence[exp.Expression]) -> exp.Expression:
    """Whether a row holds a value that may be refused; Python then says which."""
    checks: list[exp.Expression] = []
    for (name, kind), text in zip(typed, texts, strict=True):
        if kind == "BLOB":
            checks.append(exp.column(identifier(name)).is_(exp.null()).not_().and_(text.is_(exp.null())))
        if kind in ("BLOB", "VARCHAR", "ENUM") or kind.endswith("]") or kind.startswith((*_NESTED, "ENUM")):
            checks.append(
                exp.Anonymous(this="regexp_matches", expressions=[text, exp.Literal.string(REFUSED_SQL)])
            )
            checks.append(exp.GT(this=exp.func("length", text), expression=exp.Literal.number(LARGEST_VALUE)))
    certain = [exp.func("coalesce", check, exp.false()) for check in checks]
    return reduce(exp.or_, certain, exp.false())


def _set_aside(
    file: str,
    table: TextTable,
    source: exp.Expression,
    columns: Sequence[str],
    texts: Sequence[exp.Expression],
    doubtful: exp.Expression,
) -> tuple[BadRow, ...]:
    number = exp.column(identifier(_ROW_NUMBER))
    query = exp.select(number, *texts).from_(source).where(doubtful).order_by(number).limit(_MOST_BAD)
    found = table.connection.execute(query.sql(dialect="duckdb")).fetchall()
    return tuple(_bad(file, row + 1, columns, values) for row, *values in found)


def _bad(file: str, row: int, columns: Sequence[str], values: Sequence[str | None]) -> BadRow:
    problem = bad_value(file, row, columns, values)
    if problem is not None:
        return problem
    reason = Text(ja="UTF-8として読めない値があります", en="a value that cannot be read as UTF-8")
    return bad_row(file, row, reason)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]

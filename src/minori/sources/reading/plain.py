"""The fast way for plain text files: DuckDB reads them, told everything and left nothing to find out."""

import duckdb
from sqlglot import exp

from minori.sources.reading.layout import Layout
from minori.sources.reading.paths import Found
from minori.sources.reading.refusal import LARGEST_VALUE
from minori.sources.reading.survey import Survey
from minori.sources.reading.table import TextTable, identifier


def load_plain(found: Found, layout: Layout, seen: Survey, table: TextTable) -> int | None:
    """Load through DuckDB; None, and nothing loaded, unless it brings every record that was counted."""
    above, dialect = layout.lines_before, layout.dialect
    ordinary = dialect.quote == '"' and dialect.escape is None and not dialect.spaced
    marked = above == 0 and seen.encoding.codec != "utf-8"  # the mark would stick to the first value
    if not (seen.plain and ordinary) or above is None or marked or len(layout.columns) < 2:
        return None
    if seen.longest_line > LARGEST_VALUE or not _keeps_order(table.connection):
        return None
    numbered = exp.Window(this=exp.RowNumber())
    try:
        source = exp.Table(this=_read_csv(found, layout, above))
        rows = table.add_query(found.name, layout.columns, source, row=numbered)
    except duckdb.InvalidInputException:
        return None
    if rows == seen.records - above:
        return rows
    table.drop_file(found.name)
    return None


def _read_csv(found: Found, layout: Layout, above: int) -> exp.Expression:
    columns = [_setting_of_struct(f"c{at}", "VARCHAR") for at in range(len(layout.columns))]
    settings = {
        "auto_detect": exp.false(),
        "columns": exp.Struct(expressions=columns),
        "header": exp.false(),
        "skip": exp.Literal.number(above),
        "delim": exp.Literal.string(layout.dialect.separator),
        "quote": exp.Literal.string('"'),
        "escape": exp.Literal.string('"'),
        "nullstr": exp.Literal.string(""),
        "strict_mode": exp.true(),
        "hive_partitioning": exp.false(),
        "compression": exp.Literal.string("gzip" if found.packed else "none"),
    }
    named = [exp.EQ(this=exp.to_identifier(name), expression=value) for name, value in settings.items()]
    return exp.Anonymous(this="read_csv", expressions=[exp.Literal.string(found.pattern), *named])


def _setting_of_struct(name: str, value: str) -> exp.Expression:
    return exp.PropertyEQ(this=identifier(name), expression=exp.Literal.string(value))


def _keeps_order(connection: duckdb.DuckDBPyConnection) -> bool:
    ((keeps,),) = connection.execute("select current_setting('preserve_insertion_order')").fetchall()
    return bool(keeps)

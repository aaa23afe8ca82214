"""The one table of text that all files of a source fill, joined by column name."""

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

_CHUNK = "minori_chunk"
_ROW, _FILE = "_row", "_file"


class TextTable:
    """Creates the table and adds files to it; a column that appears later is null before."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, name: str, reads: frozenset[str] | None = None
    ) -> None:
        self.connection = connection
        self._reads = reads
        self._table = exp.Table(this=identifier(name))
        self._columns: dict[str, str] = {}
        self._created = False

    def is_read(self, column: str) -> bool:
        """Return whether anybody reads a column."""
        return self._reads is None or column.lower() in self._reads

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of data so far, in the order in which they appeared."""
        return tuple(self._columns.values())

    def add_rows(
        self, file: str, columns: Sequence[str], rows: Sequence[Sequence[str | None]], numbers: Sequence[int]
    ) -> None:
        """Add rows of text; ``numbers`` are their places in the file, from 1."""
        if not rows:
            self._ensure(columns)
            return
        series = list(zip(*rows, strict=True))
        arrays = {f"c{at}": pa.array(values, pa.string()) for at, values in enumerate(series)}
        chunk = pa.table({**arrays, _ROW: pa.array(numbers, pa.int64())})
        self.connection.register(_CHUNK, chunk)
        try:
            source = exp.Table(this=identifier(_CHUNK))
            self.add_query(file, columns, source, row=exp.column(identifier(_ROW)))
        finally:
            self.connection.unregister(_CHUNK)

    def add_query(
        self,
        file: str,
        columns: Sequence[str],
        source: exp.Expression,
        *,
        row: exp.Expression,
        values: Iterable[exp.Expression] | None = None,
        where: exp.Expression | None = None,
    ) -> int:
        """Add what a source yields, its columns ``c0, c1, …`` or ``values`` over it; return how many rows."""
        names = self._ensure(columns)
        taken = values or (exp.column(identifier(f"c{at}")) for at in range(len(names)))
        texts = [exp.func("nullif", value, exp.Literal.string("")) for value in taken]
        select = exp.select(*texts, row, exp.Literal.string(file)).from_(source)
        if where is not None:
            select = select.where(where)
        into = [identifier(name) for name in (*names, _ROW, _FILE)]
        ((inserted,),) = self._run(exp.insert(select, self._table, columns=into))
        return int(inserted)

    def drop_file(self, file: str) -> None:
        """Take the rows of this file out again."""
        here = exp.column(identifier(_FILE)).eq(exp.Literal.string(file))
        self._run(exp.delete(self._table).where(here))

    def _ensure(self, columns: Sequence[str]) -> list[str]:
        new = {name.lower(): name for name in columns if name.lower() not in self._columns}
        added = [_definition(name, "text") for name in new.values()]
        if not self._created:
            schema = [*added, _definition(_ROW, "bigint"), _definition(_FILE, "text")]
            self._run(exp.Create(this=exp.Schema(this=self._table, expressions=schema), kind="TABLE"))
            self._created = True
        else:
            for column in added:
                self._run(exp.Alter(this=self._table, kind="TABLE", actions=[column]))
        self._columns.update(new)
        return [self._columns[name.lower()] for name in columns]

    def _run(self, statement: exp.Expression) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement.sql(dialect="duckdb")).fetchall()


def identifier(name: str) -> Any:
    """Return a quoted identifier: names come from files."""
    return exp.to_identifier(name, quoted=True)


def _definition(name: str, kind: str) -> Any:
    return exp.ColumnDef(this=identifier(name), kind=exp.DataType.build(kind))

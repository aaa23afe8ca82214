"""What a file holds: for every column how full, how varied, and what its values look like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from minori.sources.connecting.forms import (
    EMAIL,
    DateForm,
    Looks,
    NumberForm,
    date_form,
    epoch_form,
    is_flag,
    number_form,
)
from minori.sources.connecting.spelling import spelled
from minori.sources.reading.open_files import open_files
from minori.sources.reading.read import FileRead
from minori.sources.reading.settings import ReadSettings
from minori.sources.tree import column as column_of
from minori.sources.tree import fill, rendered, table, text

_SAMPLE = 2_000  # rows spread over the file
_KEPT = 400  # different values kept of them
_FEW = 30
_SHOWN = 3


@dataclass(frozen=True)
class SeenColumn:
    """One column of a file."""

    name: str
    rows: int
    filled: int
    distinct: int
    longest: int
    values: tuple[str, ...]  # different ones of a sample, in the order of the file
    dates: DateForm | None  # how it is written as dates, if it is
    epochs: DateForm | None  # how it is written as seconds since 1970, if it may be
    numbers: NumberForm | None  # how it is written as numbers, if it is

    @cached_property
    def spelled(self) -> str:
        """The name as compared with synonyms."""
        return spelled(self.name)

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.filled == self.rows == self.distinct > 0

    @cached_property
    def looks(self) -> Looks:
        """What its values look like, on the whole."""
        if not self.values:
            return Looks.EMPTY
        if is_flag(self.values):
            return Looks.FLAG
        if self.dates:
            return Looks.DATE
        if self.numbers:
            return Looks.NUMBER
        if all(EMAIL.fullmatch(value) for value in self.values):
            return Looks.EMAIL
        if all(value[:1] in "{[" for value in self.values):
            return Looks.JSON
        if self.distinct <= _FEW and self.distinct * 3 <= self.filled:
            return Looks.CATEGORY
        return (
            Looks.ID if self.longest <= 40 and not any(" " in value for value in self.values) else Looks.TEXT
        )

    @property
    def examples(self) -> tuple[str, ...]:
        """A few values, for people."""
        return self.values[:_SHOWN]


@dataclass(frozen=True)
class SeenFile:
    """One file, or several that are one export in parts, and the table that holds its text."""

    table: str
    paths: tuple[str, ...]  # from the workspace
    read: tuple[FileRead, ...]
    rows: int
    columns: tuple[SeenColumn, ...]

    @property
    def stem(self) -> str:
        """The first file's name without its endings."""
        return Path(self.paths[0]).name.split(".")[0]

    def __getitem__(self, name: str) -> SeenColumn:
        return next(column for column in self.columns if column.name == name)


def look_at(
    connection: duckdb.DuckDBPyConnection, workspace: Path, paths: Sequence[str], into: str
) -> SeenFile:
    """Open files of one export into a table and look at every column; raises InputError."""
    read, names = open_files(connection, into, workspace, paths, ReadSettings.model_validate({}))
    rows = sum(file.rows for file in read)
    counts = _counts(connection, into, names)
    samples = _samples(connection, into, names, rows)
    columns = [
        SeenColumn(
            *(name, rows, filled, distinct, longest, values),
            dates=_settled(connection, into, name, date_form(values)),
            epochs=epoch_form(values),
            numbers=number_form(values),
        )
        for name, (filled, distinct, longest), values in zip(names, counts, samples, strict=True)
    ]
    return SeenFile(into, tuple(paths), read, rows, tuple(columns))


def _settled(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, form: DateForm | None
) -> DateForm | None:
    """Put first, where month and day cannot be told apart, the format under which the dates lie closest."""
    if form is None or len(form.formats) < 2:
        return form
    template = "date_diff('day', min(try_strptime(:c, :f)), max(try_strptime(:c, :f)))"
    asked = [fill(template, c=column_of(column), f=text(one)) for one in form.formats]
    (days,) = ask(connection, exp.select(*asked).from_(table(name)))
    spans = dict(zip(form.formats, days, strict=True))
    return replace(form, formats=tuple(sorted(form.formats, key=lambda one: spans[one])))


def _counts(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str]
) -> list[tuple[int, int, int]]:
    templates = ("count(:c)", "count(distinct :c)", "coalesce(max(length(:c)), 0)")
    asked = [fill(template, c=column_of(column)) for column in columns for template in templates]
    (found,) = ask(connection, exp.select(*asked).from_(table(name)))
    return [(found[at], found[at + 1], found[at + 2]) for at in range(0, len(found), 3)]


def _samples(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: int
) -> list[tuple[str, ...]]:
    step = exp.convert(max(1, rows // _SAMPLE))
    spread = fill("_row <= 200 or _row % :step = 0", step=step)
    query = exp.select(*map(column_of, columns)).from_(table(name)).where(spread).order_by("_file", "_row")
    found = ask(connection, query.limit(2 * _SAMPLE))
    series = zip(*found, strict=True) if found else ((),) * len(columns)
    return [tuple(dict.fromkeys(value for value in values if value is not None))[:_KEPT] for values in series]


def ask(connection: duckdb.DuckDBPyConnection, query: exp.Expression) -> list[tuple[Any, ...]]:
    """Run a query and return its rows."""
    return connection.execute(rendered(query)).fetchall()

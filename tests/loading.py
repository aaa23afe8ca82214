"""Builders for tests of loading: a workspace in a folder, what a load of it gives, and mappings run alone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pydantic import BaseModel

from minori.lake.lake import Lake
from minori.pipeline.load import LoadReport, load
from minori.sources.definitions import EVERYTHING, Defined, Source
from minori.sources.job import Limits
from minori.sources.macros import install
from minori.sources.mapping import HIDDEN, Output, failed_in_parts, read_mapping, run_mapping
from minori.sources.plan import plan_typing
from minori.sources.typing import Setting, notes_of, run_typing

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ZONE, CURRENCY = "Asia/Tokyo", "JPY"


class NoParams(BaseModel):
    """A kind without settings."""


class Workspace:
    """A folder with ``sources.yaml``, files and a lake."""

    def __init__(self, root: Path, sources: str, **files: str) -> None:
        self.root = root
        self.lake = Lake(root / "lake", lambda: NOW)
        self.define(sources)
        for name, text in files.items():
            self.write(name, text)

    def define(self, sources: str) -> None:
        (self.root / "sources.yaml").write_text(sources, encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        path = self.root / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def load(self, **given: Any) -> LoadReport:
        given = {"time_zone": ZONE, "currency": CURRENCY, "now": NOW, "limits": Limits(memory="1GB")} | given
        return load(self.root, self.lake, **given)

    def facts(self, table: str, *columns: str) -> list[dict[str, Any]]:
        """Rows of a fact table, ordered by all they hold."""
        found = self.lake.snapshot().arrow(f"facts/{table}", columns or None).to_pylist()
        return sorted(found, key=lambda row: repr(sorted(row.items())))

    def notes(self, table: str) -> list[dict[str, Any]]:
        return self.lake.snapshot().arrow(f"notes/{table}").to_pylist()


def defined(select: str, gives: str = "events", **settings: Any) -> Defined:
    source = Source.model_validate(
        {"id": "exports", "kind": "files", "gives": gives, "select": select} | settings
    )
    return Defined(source, NoParams(), 1, 2)


def text_table(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[dict[str, str | None]]
) -> None:
    """Create a table as a kind of source does: all text, with ``_row`` and ``_file``."""
    columns = list(rows[0]) if rows else []
    arrays = {column: pa.array([row[column] for row in rows], pa.string()) for column in columns}
    arrays["_row"] = pa.array(range(1, len(rows) + 1), pa.int64())
    arrays["_file"] = pa.array(["a.csv"] * len(rows), pa.string())
    connection.from_arrow(pa.table(arrays)).create(name)


class Typed:
    """What typing makes of rows of text, for one fact table."""

    def __init__(
        self, gives: str, rows: Sequence[dict[str, str | None]], select: str = EVERYTHING, **given: Any
    ):
        source = defined(select, gives, **given.pop("source", {})).source
        mapped = Mapped(select, rows)
        self.connection = mapped.connection
        install(self.connection)
        self.plan = plan_typing(source, mapped.output, "sources.yaml:2")
        setting = {"time_zone": ZONE, "currency": CURRENCY, "now": NOW} | given
        run_typing(self.connection, self.plan, Setting(**setting), "mapped", "typed")
        self.notes = [note.en for note in notes_of(self.connection, self.plan, "mapped")]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """All rows by their place in the input; ``__check`` lists what failed."""
        found = self.connection.sql("from typed order by __row, __place").to_arrow_table()
        return list(found.to_pylist())

    def values(self, column: str) -> list[Any]:
        """The values of a column; where a row failed, the rule that it broke."""
        return [row["__check"][0]["type"] if row["__check"] else row[column] for row in self.rows]


class Mapped:
    """What a select makes of rows of text."""

    def __init__(
        self, select: str, rows: Sequence[dict[str, str | None]], **more: Sequence[dict[str, str | None]]
    ):
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        inputs = {"input": "raw", **{name: f"raw_{name}" for name in more}}
        text_table(self.connection, "raw", rows)
        for name, others in more.items():
            text_table(self.connection, f"raw_{name}", others)
        self.mapping = read_mapping(defined(select, **{"with": list(more)}), inputs, "sources.yaml:2")
        self.output: Output = run_mapping(
            self.connection, self.mapping, "mapped", list(rows[0]) if rows else []
        )
        failed_in_parts(self.connection, self.mapping, "failed")

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = [*self.output.names, *(name.strip("_") for name in HIDDEN)]
        found = self.connection.execute("from mapped order by all").fetchall()
        return [dict(zip(names, row, strict=True)) for row in found]

    @property
    def failed(self) -> list[tuple[int, str, str]]:
        """Row, column and value of every cast that failed, of the output and of the parts before it."""
        found = self.connection.execute(
            "select distinct __row, c.column, c.value from "
            "(select __row, unnest(__check) as c from (from mapped select __row, __check union all "
            "from failed select __row, __check)) order by all"
        )
        return [tuple(row) for row in found.fetchall()]

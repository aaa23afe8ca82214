"""Opening the inputs of one source in the sandbox, before it is locked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from minori.core.errors import InputError
from minori.schema.facts import FACTS
from minori.schema.table import Table
from minori.sources.columns_read import columns_read
from minori.sources.definitions import INPUT, KINDS, Defined, Source, Sources
from minori.sources.job import Job, Unit
from minori.sources.keys import made_id
from minori.sources.kind import Opened, Opening
from minori.sources.sandbox import Sandbox


@dataclass(frozen=True)
class OpenUnit:
    """A unit of the job whose inputs lie in the sandbox as text. ``at`` numbers its tables."""

    unit: Unit
    defined: Defined
    at: int
    inputs: Mapping[str, str]  # name in the select → table
    opened: Opened
    zone: str
    place: str  # file and line of the select

    @property
    def source(self) -> Source:
        """Its definition."""
        return self.defined.source

    @property
    def table(self) -> Table:
        """The fact table it gives."""
        return FACTS[self.source.gives]

    def named(self, part: str) -> str:
        """Return the name of one of its tables."""
        return f"{part}_{self.at}"


def open_unit(box: Sandbox, job: Job, sources: Sources, unit: Unit, at: int) -> OpenUnit:
    """Open a unit's inputs; raises InputError if one cannot be used at all."""
    defined = sources[unit.source]
    inputs = {INPUT: f"raw_{at}"}
    reads = columns_read(defined.source.select)
    opened = _open(box, job, defined, unit, inputs[INPUT], reads)
    for number, name in enumerate(defined.source.inputs):
        inputs[name] = f"with_{at}_{number}"
        _open(box, job, sources[name], Unit(source=name), inputs[name], reads)
    if defined.source.complete and opened.newest is not None:
        raise InputError(
            f"source {unit.source!r}: complete needs the whole export; this source reads only what is new",
            file=sources.place(defined),
        )
    _know(box, job, FACTS[defined.source.gives])
    zone = defined.source.time_zone or job.time_zone
    return OpenUnit(unit, defined, at, inputs, opened, zone, sources.place(defined, of_select=True))


def _open(
    box: Sandbox, job: Job, defined: Defined, unit: Unit, into: str, reads: frozenset[str] | None
) -> Opened:
    if unit.replay is not None:
        return _replayed(box.connection, unit.replay, into)
    opening = Opening(box.connection, into, Path(job.workspace), unit.since, dict(os.environ), reads)
    try:
        return KINDS[defined.source.kind].open(opening, defined.params)
    except duckdb.Error as e:
        raise InputError(f"source {defined.source.id!r} cannot be read: {e}") from None


def _replayed(connection: duckdb.DuckDBPyConnection, path: str, into: str) -> Opened:
    relation = connection.read_parquet(path)
    relation.create(into)
    columns = tuple(name for name in relation.columns if name not in ("_row", "_file"))
    [(rows,)] = relation.count("*").fetchall()
    return Opened(rows=int(rows), columns=columns)


def _know(box: Sandbox, job: Job, of: Table) -> None:
    """Bring the keys that the lake has, for rows that are replayed without their file."""
    files = job.known.get(of.name)
    name = known_ids(of)
    if not files or made_id(of) is None or (name,) in box.connection.execute("show tables").fetchall():
        return
    box.connection.read_parquet(list(files)).project("_id").create(name)


def known_ids(of: Table) -> str:
    """Return the name of the table of keys that the lake has."""
    return f"known_{of.name}"

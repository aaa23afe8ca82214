"""Rows that are set aside: which, why in words, and the whole row so that it can be mended and replayed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from minori.core.keys import SEPARATOR
from minori.core.text import Text
from minori.schema.table import Table, Type, key_of
from minori.sources.judge import Keyed
from minori.sources.keys import key_text, made_id
from minori.sources.kind import BadRow
from minori.sources.plan import Fed, Plan
from minori.sources.reasons import explain
from minori.sources.tree import batches, column, create, fill, named, table, text
from minori.sources.typing import as_text

INPUT, OUTPUT, LINE = "input", "output", "line"
"""What ``record`` holds, as JSON: a row of the input, a row of the select's output, or a line that could
not be read (``{"line": …, "columns": […]}``)."""

SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("table", pa.string()),
        ("file", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason_ja", pa.string()),
        ("reason_en", pa.string()),
        ("record", pa.string()),
        ("record_of", pa.string()),
        ("key", pa.int64()),  # _id of the fact it would have been, where that can be told
        ("customer_key", pa.int64()),  # whose it would have been, where that can be told
        ("user_key", pa.int64()),
    ]
)
_WHOSE = ("customer_id", "user_id")
_KEYS = ("key", *(key_of(name) for name in _WHOSE))
_BATCH = 20_000
_LONGEST = 1_000  # characters of a value that are kept beside the record


@dataclass(frozen=True)
class Relations:
    """Names of the child's tables for one source."""

    raw: str
    mapped: str
    typed: str
    failed: str
    verdicts: str
    into: str


@dataclass(frozen=True)
class Told:
    """What is needed to put failures into words."""

    source: str
    plan: Plan
    raw_columns: Sequence[str]
    outputs: Sequence[Fed]
    origins: Mapping[str, str]
    record_of: str = INPUT  # what rows of ``raw`` are


def gather(connection: duckdb.DuckDBPyConnection, of: Table, keyed: Keyed, names: Relations) -> None:
    """Bring all rows of a source that are set aside into one table."""
    hidden = ("__place", "__row", "__file", "__check")
    whose = [_whose(of, name) for name in _WHOSE]
    bad = (
        exp.select(*hidden, named(_key_of_bad(of), "key"), *whose)
        .from_(table(names.typed))
        .where("__check is not null")
    )
    conflicts = exp.select(*hidden[:3], _conflict(of), named(column("_id"), "key"), *whose)
    conflicts = conflicts.from_(table(keyed.name))
    conflicts = conflicts.where(
        fill(
            "rowid in (select place from :t where _source = :s and verdict = 'conflict')",
            t=table(names.verdicts),
            s=text(keyed.source),
        )
    )
    nothing = fill("cast(null as bigint)")
    nobody = [nothing.copy() for _ in _KEYS]
    failed = exp.select(nothing, *hidden[1:], *nobody).from_(table(names.failed))
    create(connection, names.into, exp.union(bad, conflicts, failed, distinct=False))


def write_aside(
    connection: duckdb.DuckDBPyConnection, told: Told, names: Relations, unread: Iterable[BadRow], path: Path
) -> int:
    """Write every row of a source that is set aside; return how many."""
    rows = 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for batch in _batches(_unread(told, unread), _judged(connection, told, names)):
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
            rows += len(batch)
    return rows


def _batches(*parts: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for part in parts:
        for row in part:
            batch.append(row)
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _unread(told: Told, unread: Iterable[BadRow]) -> Iterator[dict[str, Any]]:
    for bad in unread:
        record, kind = _record(told, bad)
        yield _row(told, bad.file, bad.row, bad.column, bad.value, bad.reason, record, kind)


def _record(told: Told, bad: BadRow) -> tuple[str, str]:
    """Return the record of a row that could not be read; a line is kept with the columns it lacks."""
    try:
        if bad.record and isinstance(json.loads(bad.record), dict):
            return bad.record, INPUT
    except ValueError:
        pass
    line = {"line": bad.record or bad.value or "", "columns": list(told.raw_columns)}
    return json.dumps(line, ensure_ascii=False), LINE


def _judged(connection: duckdb.DuckDBPyConnection, told: Told, names: Relations) -> Iterator[dict[str, Any]]:
    told_of = (column(name, "b") for name in ("__row", "__file", "__check", *_KEYS))
    query = exp.select(*told_of, "r.of_input", "m.of_output")
    query = query.from_(_aliased(names.into, "b"))
    same_row = "r._row = b.__row and r._file = b.__file"
    query = query.join(_inputs(told, names).subquery("r"), on=same_row, join_type="left")
    query = query.join(_outputs(told, names).subquery("m"), on="m.place = b.__place", join_type="left")
    query = query.order_by("b.__file", "b.__row", "m.of_output", "r.of_input")
    last: tuple[str, int] | None = None
    for batch in batches(connection, query, _BATCH):
        for bad in batch.to_pylist():
            place = (bad["__file"], bad["__row"]) if bad["__row"] is not None else None
            if place is None or place != last:
                yield _judged_row(told, bad)
            last = place


def _judged_row(told: Told, bad: dict[str, Any]) -> dict[str, Any]:
    of_input = bad["__row"] is not None
    told_reasons = _reasons(told, bad["__check"], of_input)
    name, value, _ = told_reasons[0]
    reason = Text(
        ja=" ".join(t.ja for _, _, t in told_reasons), en=" ".join(t.en for _, _, t in told_reasons)
    )
    record = bad["of_input"] if of_input else bad["of_output"]
    kind = told.record_of if of_input else OUTPUT
    row = _row(told, bad["__file"], bad["__row"], name, value, reason, record, kind)
    return row | {key: bad[key] for key in _KEYS}


def _reasons(told: Told, entries: list[dict[str, str]], of_input: bool) -> list[tuple[str, str | None, Text]]:
    """Return column, value and reason of each column that failed, the first failure of a column only."""
    failed_cast = any(entry["type"] != "required" for entry in entries)
    known = {name.lower() for name in told.raw_columns}
    found: dict[str, tuple[str, str | None, Text]] = {}
    for entry in entries:
        if entry["type"] == "required" and failed_cast:
            continue  # empty because it failed, or beside what matters more
        origin = told.origins.get(entry["column"].lower(), entry["column"])
        name = origin if of_input and origin.lower() in known else entry["column"]
        c = told.plan.table.by_name.get(entry["column"])
        value = entry["value"].replace(SEPARATOR, " / ") if entry["type"] == "conflict" else entry["value"]
        reason = explain(name, value, entry["type"], c.allowed if c else ())
        found.setdefault(name.lower(), (name, value, reason))
    return list(found.values())


def _row(
    told: Told,
    file: str | None,
    row: int | None,
    name: str | None,
    value: str | None,
    reason: Text,
    record: str,
    record_of: str,
) -> dict[str, Any]:
    return {
        "source": told.source,
        "table": told.plan.table.name,
        "file": file,
        "row": row,
        "column": name,
        "value": value[:_LONGEST] if value is not None else None,
        "reason_ja": reason.ja,
        "reason_en": reason.en,
        "record": record,
        "record_of": record_of,
        **dict.fromkeys(_KEYS),
    }


def _key_of_bad(of: Table) -> exp.Expression:
    """Return the key that a bad row would have, null where a part of it is unknown."""
    needed = [c for c in of.key if of.by_name[c].required or c == made_id(of)]
    known = exp.and_(*(fill(":c is not null", c=column(c)) for c in needed))
    return fill("case when :known then minori_key(:t) end", known=known, t=key_text(of))


def _whose(of: Table, name: str) -> exp.Expression:
    """Return the key of an id, null where the table has none or the row does not say."""
    key = fill("minori_key(:c)", c=column(name)) if name in of.by_name else fill("cast(null as bigint)")
    return named(key, key_of(name))


def _conflict(of: Table) -> exp.Expression:
    entry = fill(
        "[{'column': :c, 'value': :t, 'type': 'conflict'}]", c=text(", ".join(of.key)), t=key_text(of)
    )
    return named(entry, "__check")


def _of_source(verdicts: str, source: str, verdict: str) -> exp.Expression:
    query = fill(
        "select place from :t where _source = :s and verdict = :v",
        t=table(verdicts),
        s=text(source),
        v=text(verdict),
    )
    return query.subquery("judged")


def _json(names: Sequence[str], values: Sequence[exp.Expression]) -> exp.Expression:
    pairs = [part for name, value in zip(names, values, strict=True) for part in (text(name), value)]
    return fill("cast(:j as varchar)", j=exp.Anonymous(this="json_object", expressions=pairs))


def _inputs(told: Told, names: Relations) -> exp.Select:
    """Return the rows of the input that are set aside, each as one record."""
    record = _json(told.raw_columns, [column(name) for name in told.raw_columns])
    wanted = fill(
        "_row in (select __row from :t)", t=table(names.into)
    )  # few, so that only they are written out
    return exp.select("_row", "_file", named(record, "of_input")).from_(table(names.raw)).where(wanted)


def _outputs(told: Told, names: Relations) -> exp.Select:
    """Return the rows of the select's output that have no row of the input to show."""
    record = _json([f.name for f in told.outputs], [as_text(fed, Type.TEXT) for fed in told.outputs])
    wanted = fill("rowid in (select __place from :t where __row is null)", t=table(names.into))
    return (
        exp.select(named(column("rowid"), "place"), named(record, "of_output"))
        .from_(table(names.mapped))
        .where(wanted)
    )


def _aliased(name: str, alias: str) -> exp.Expression:
    return exp.alias_(table(name), alias, table=True)

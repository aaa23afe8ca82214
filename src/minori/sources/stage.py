"""Writing facts for the lake: Parquet files of exactly the declared columns and types."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlglot import exp

from minori.lake.types import arrow_schema
from minori.schema.table import Table
from minori.sources.judge import DAY, MONTH, Keyed
from minori.sources.tree import batches, column, fill, first, named, table, text

BATCH = 100_000


@dataclass(frozen=True)
class Staged:
    """What was written for one source."""

    rows: int
    first_day: date | None
    last_day: date | None


def write_facts(
    connection: duckdb.DuckDBPyConnection, of: Table, keyed: Keyed, verdicts: str, number: int, path: Path
) -> Staged:
    """Write the facts of one source, without those that ``judge`` found double, as load ``number``."""
    schema = arrow_schema(of, technical=True)
    kept = fill(
        "rowid not in (select place from :v where _source = :s)", v=table(verdicts), s=text(keyed.source)
    )
    columns = [_stored(name, number) for name in schema.names]
    query = exp.select(*columns).from_(table(keyed.name)).where(kept).order_by(column(DAY), column("_id"))
    rows = write_parquet(path, schema, batches(connection, query, BATCH))
    days = fill("select min(_day), max(_day) from :t where :kept", t=table(keyed.name), kept=kept)
    first_day, last_day = first(connection, days) or (None, None)
    return Staged(rows, first_day, last_day)


def write_parquet(path: Path, schema: pa.Schema, rows: Iterable[pa.RecordBatch]) -> int:
    """Write batches with exactly this schema; return how many rows."""
    written = 0
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        for batch in rows:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
            written += batch.num_rows
    return written


def restamp(path: Path, number: int) -> None:
    """Give staged facts another load number: somebody else committed while they were made."""
    beside = path.with_suffix(".again")
    with pq.ParquetFile(path) as opened:
        schema = opened.schema_arrow
        write_parquet(beside, schema, (_with_load(b, number) for b in opened.iter_batches(BATCH)))
    beside.replace(path)


def keys_among(path: Path, keys: set[int]) -> set[int]:
    """Return which of these keys the staged facts hold."""
    if not keys:
        return set()
    ids = pq.read_table(path, columns=["_id"])["_id"]
    wanted = pa.array(sorted(keys), pa.int64())
    return set(pc.filter(ids, pc.is_in(ids, value_set=wanted)).to_pylist())


def _stored(name: str, number: int) -> exp.Expression:
    if name == "_load":
        return named(fill("cast(:n as bigint)", n=exp.convert(number)), name)
    if name == MONTH:
        return named(fill("strftime(_day, '%Y-%m')"), name)
    return column(name)


def _with_load(batch: pa.RecordBatch, number: int) -> pa.RecordBatch:
    index = batch.schema.get_field_index("_load")
    return batch.set_column(index, batch.schema.field(index), pa.array([number] * batch.num_rows, pa.int64()))

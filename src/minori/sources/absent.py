"""Facts that a complete export no longer holds."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from minori.lake.connection import connect
from minori.lake.files import view
from minori.lake.types import arrow_schema, stored_columns
from minori.schema.table import Table
from minori.sources.tree import column, fill, rendered, run, text

_BATCH = 100_000


@dataclass(frozen=True)
class Remaining:
    """What is left of a source's facts: how many go, and those that stay."""

    gone: int
    rows: pa.RecordBatchReader


@contextmanager
def remaining(
    of: Table, source: str, stored: Sequence[str], staged: Path, temporary: Path
) -> Iterator[Remaining]:
    """Compare a source's stored facts with the keys of a complete export.

    Parameters
    ----------
    stored
        The table's Parquet files in the lake.
    staged
        What the export gives now.
    temporary
        A folder to spill into.
    """
    with closing(connect(temporary)) as connection:
        view(connection, "stored", stored, stored_columns(of))
        view(connection, "staged", [str(staged)], stored_columns(of))
        here = fill("_source = :s", s=text(source))
        still = fill("_id in (select _id from staged)")
        gone = fill("select count(*) from stored where :here and not :still", here=here, still=still)
        [(count,)] = run(connection, gone).fetchall()
        columns = [column(c.name) for c in stored_columns(of)]
        kept = fill("select * from stored where :here and :still", here=here, still=still)
        kept.set("expressions", columns)
        rows = connection.sql(rendered(kept)).to_arrow_reader(_BATCH)
        yield Remaining(int(count), rows.cast(arrow_schema(of, technical=True)))

"""Result tables of one run, read once, and given out per customer for a stretch of customers at a time."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from minori.lake.failures import reporting
from minori.lake.snapshot import Snapshot

KEY = "customer_key"
Row = dict[str, Any]
_OURS = (KEY, "as_of")  # what says nothing to people


class LakeDay:
    """The tables of one run; each is read from the files of that day only."""

    def __init__(self, snapshot: Snapshot, day: date) -> None:
        self.snapshot, self.day = snapshot, day

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of ``results/<name>`` of the day; raises LakeError if its files are gone.

        Without columns if there is no such table.
        """
        files, equal = self.snapshot.files(f"results/{name}"), [("as_of", "=", self.day)]
        kept = None if columns is None else list(columns)
        with reporting(f"read {name} of {self.day}"):
            parts = [pq.read_table(file, columns=kept, filters=equal, partitioning=None) for file in files]
        return pa.concat_tables(parts, promote_options="permissive") if parts else pa.table({})


class ByCustomer:
    """A table sorted by customer; dates and decimals are texts already, and a number that is none is null."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = _written(rows).sort_by(KEY).combine_chunks() if rows.num_columns else rows
        self._keys = self._rows[KEY].to_numpy() if rows.num_columns else np.array([], dtype=np.int64)

    def between(self, first: int, last: int) -> dict[int, list[Row]]:
        """Return rows by key, for the keys from first to last."""
        start = int(np.searchsorted(self._keys, first, side="left"))
        end = int(np.searchsorted(self._keys, last, side="right"))
        found: dict[int, list[Row]] = {}
        for row in self._rows.slice(start, end - start).to_pylist():
            found.setdefault(row[KEY], []).append(row)
        return found


def labels_alone(candidates: pa.Table) -> pa.Table:
    """Keep of each offer its label: the rest is most of the memory, and only a proposal's card shows it."""
    if not candidates.num_columns:
        return candidates
    short = [
        offer and json.dumps({"label": json.loads(offer)["label"]}, ensure_ascii=False)
        for batch in candidates["offer"].iterchunks()
        for offer in batch.to_pylist()
    ]
    place = candidates.schema.get_field_index("offer")
    return candidates.set_column(place, "offer", pa.array(short, pa.string()))


def stretches(points: pa.Table, size: int) -> Iterator[list[Row]]:
    """Give the run's customers in the order of their keys, ``size`` at a time."""
    ordered = points.sort_by(KEY)
    for start in range(0, ordered.num_rows, size):
        yield ordered.slice(start, size).to_pylist()


def shown(row: Row) -> Row:
    """Return a row of ``ByCustomer`` without keys and unknowns: plain data for JSON."""
    return {name: value for name, value in row.items() if value is not None and name not in _OURS}


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it; a number that is none becomes None."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _written(rows: pa.Table) -> pa.Table:
    """Do what ``plain`` does for a whole table: much faster than value by value."""
    return pa.table({field.name: _column(rows[field.name], field.type) for field in rows.schema})


def _column(values: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_finite(values), values, pa.scalar(None, kind))
    return values.cast(pa.string()) if pa.types.is_date(kind) or pa.types.is_decimal(kind) else values

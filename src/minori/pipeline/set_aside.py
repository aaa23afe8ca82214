"""The table of rows that are set aside: one row each, open until it is mended, reloaded or dropped."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from minori.core.keys import short_id
from minori.lake.change import Change
from minori.lake.snapshot import Snapshot
from minori.lake.suppression import Suppression
from minori.pipeline.erasing.aside import emptied, of_list
from minori.sources.aside import SCHEMA as JUDGED
from minori.sources.job import Outcome
from minori.sources.stage import keys_among

ADDRESS = "notes/quarantine"
State = Literal["open", "retried", "dropped", "erased"]
OPEN: State = "open"
RETRIED: State = "retried"
DROPPED: State = "dropped"
SCHEMA = pa.schema(
    [
        ("quarantine_id", pa.string()),
        ("load_no", pa.int64()),  # the load that set it aside
        *JUDGED,
        ("state", pa.string()),
        ("closed_by_load", pa.int64()),
    ]
)
Row = dict[str, Any]


def read(snapshot: Snapshot, source: str | None = None) -> list[Row]:
    """Return the rows of the table, of one source if named, ordered by source, file and row."""
    if not snapshot.has(ADDRESS):
        return []
    found = snapshot.arrow(ADDRESS, SCHEMA.names)
    if source is not None:
        found = found.filter(pc.equal(found["source"], source))
    return sorted(found.to_pylist(), key=place)


def place(row: Row) -> tuple[str, str, int, str]:
    """Return what orders rows for people."""
    return row["source"], row["file"] or "", row["row"] or 0, row["quarantine_id"]


def fresh(aside: Path, number: int, erased: Suppression) -> list[Row]:
    """Return the rows that a load set aside, with the ids that they keep over reloads.

    Of somebody who was erased nothing is kept but that there was a row.
    """
    gone = of_list(erased) if erased else None
    seen: dict[str, int] = {}
    found = []
    for row in pq.read_table(aside).to_pylist():
        open_row = {**row, "load_no": number, "state": OPEN, "closed_by_load": None}
        kept = emptied(open_row) if gone is not None and gone(row) else open_row
        found.append({**kept, **identity(kept, seen)})
    return found


def put(change: Change, source: str, rows: Iterable[Row]) -> None:
    """Set all rows of one source."""
    table = pa.Table.from_pylist(sorted(rows, key=place), schema=SCHEMA)
    change.replace(ADDRESS, table, where=f"source = '{source}'")


def reconcile(change: Change, outcome: Outcome, *, load_no: int) -> int:
    """Add what a load set aside, and close what it mended; return how many of its bad rows were settled before.

    A row that was set aside before and is bad still stays as it is: one that was mended or dropped meanwhile is
    settled, although the old file still holds it. One that is no longer bad, in a file that was read again or under
    the same key, is closed.
    """
    old = read(change.before, outcome.source)
    known = {row["quarantine_id"] for row in old}
    now = fresh(Path(outcome.aside), load_no, change.erased)
    bad = {row["quarantine_id"] for row in now}
    added = [row for row in now if row["quarantine_id"] not in known]
    mended = [row for row in old if row["state"] == OPEN and row["quarantine_id"] not in bad]
    keys = keys_among(Path(outcome.facts), {row["key"] for row in mended if row["key"] is not None})
    closed = {
        row["quarantine_id"]: state for row in mended if (state := _closing(row, outcome, keys)) is not None
    }
    if closed:
        kept = [
            close(row, closed[row["quarantine_id"]], load_no) if row["quarantine_id"] in closed else row
            for row in old
        ]
        put(change, outcome.source, [*kept, *added])
    elif added:
        change.append(ADDRESS, pa.Table.from_pylist(added, schema=SCHEMA))
    settled = {row["quarantine_id"] for row in old if row["state"] != OPEN}
    return sum(row["quarantine_id"] in settled for row in now)


def close(row: Row, state: State, load_no: int) -> Row:
    """Return the row as closed by a load."""
    return {**row, "state": state, "closed_by_load": load_no}


def _closing(row: Row, outcome: Outcome, keys: set[int]) -> State | None:
    """Return how an open row that is no longer bad is closed, or None if this load says nothing of it."""
    if row["key"] in keys:
        return RETRIED
    if not outcome.whole or (row["file"] is not None and row["file"] not in outcome.last_rows):
        return None
    last: Mapping[str, int] = outcome.last_rows
    stands = row["row"] is not None and row["row"] <= last.get(row["file"] or "", 0)
    return RETRIED if stands else DROPPED


def identity(row: Row, seen: dict[str, int]) -> Row:
    """Return the id of a row: what its place and its content name; ``seen`` counts equal ones."""
    parts = (row["source"], row["table"], row["file"] or "", str(row["row"] or ""), row["record"] or "")
    name = short_id(*parts)
    seen[name] = seen.get(name, 0) + 1
    return {"quarantine_id": name if seen[name] == 1 else short_id(*parts, str(seen[name]))}

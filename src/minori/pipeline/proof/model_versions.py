"""Versions of the learned chances in the lake: the result table ``model``."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from minori.lake.change import Change
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.learning.acceptance_stage import MODEL
from minori.learning.acceptance_versions import Row, in_force, rolled_back, with_training

TABLE = "results/model"


def versions(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return every part of every version, the oldest first."""
    if not snapshot.has(TABLE):
        return []
    rows: list[dict[str, Any]] = snapshot.arrow(TABLE).to_pylist()
    return sorted(rows, key=lambda row: (row["version"], row["part"]))


def model_in_force(snapshot: Snapshot, as_of: date) -> pa.Table:
    """Return the parts of the version that a run as of a day uses; no rows if there is none."""
    return _table(in_force(versions(snapshot), as_of))


def add_version(change: Change, parts: Sequence[Row]) -> None:
    """Write a new version; it replaces the adopted one."""
    change.replace(TABLE, _table(with_training(versions(change.before), parts)))


def roll_back(lake: Lake, version: int) -> None:
    """Adopt an older version again; raises InputError if there is no such version."""
    with lake.change(f"learned chances back to version {version}") as change:
        change.replace(TABLE, _table(rolled_back(versions(change.before), version)))


def _table(rows: Sequence[Row]) -> pa.Table:
    return pa.Table.from_pylist([dict(row) for row in rows], MODEL)

"""A lake in a temporary folder, a clock that ticks, and staged rows of fact tables."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minori.lake.lake import Lake
from minori.lake.types import arrow_schema
from minori.schema.table import Table

Stage = Callable[..., Path]


class Ticking:
    """A clock that goes on by one minute each time it is read."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def lake(tmp_path: Path, clock: Ticking) -> Lake:
    # A folder such as people have: delta-rs writes blanks and Japanese into addresses as %20 and so on.
    return Lake(tmp_path / "みのり lake", clock)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Write rows as a staged file of a fact table; columns that a row does not name are null."""
    count = 0

    def staged(table: Table, *rows: Mapping[str, Any]) -> Path:
        nonlocal count
        count += 1
        schema = arrow_schema(table, technical=True)
        filled = [{name: row.get(name) for name in schema.names} for row in rows]
        path = tmp_path / f"staged-{count}.parquet"
        pq.write_table(pa.Table.from_pylist(filled, schema=schema), path)
        return path

    return staged

"""A writer in a process of its own, to be killed, waited for, or starved of disk.

Run as ``python lake_writer.py loop|hold|starve LAKE``; it prints what it has been told is safe.
"""

import os
import resource
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from minori.core.errors import LakeError
from minori.lake.lake import Lake
from minori.lake.tidy import tidy
from minori.lake.types import arrow_schema
from minori.schema.facts import FACTS

CONTRACTS = FACTS["contracts"]


class WithoutPandas:
    """Nobody needs pandas to write; where it is installed the first write would import it, for a second."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def loop(lake: Lake) -> None:
    """Commit for ever: two tables grow by the same value, a fact is new, one corrected; now and then tidy."""
    while True:
        with lake.change("loop", wait_seconds=60) as change:
            value = pa.table({"value": [change.number]})
            change.append("results/left", value)
            change.add_facts(CONTRACTS, [_staged(lake, change.number)])
            change.replace("results/last", value)
            change.append("results/right", value)
        say(str(change.number))
        if change.number % 3 == 0:
            tidy(lake, wait_seconds=60)


def _staged(lake: Lake, number: int) -> Path:
    schema = arrow_schema(CONTRACTS, technical=True)
    rows = [{"_id": id_, "quantity": Decimal(number)} for id_ in (0, number)]
    filled = [{name: row.get(name) for name in schema.names} for row in rows]
    path = lake.root.parent / f"staged-{os.getpid()}.parquet"
    pq.write_table(pa.Table.from_pylist(filled, schema=schema), path)
    return path


def hold(lake: Lake) -> None:
    """Keep the lake locked until a line comes in."""
    with lake.change("long load"):
        say("held")
        sys.stdin.readline()


def starve(lake: Lake) -> None:
    """Write two tables where the second needs a file larger than the disk allows."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    noise = pa.table({"value": [int.from_bytes(os.urandom(7), "big") for _ in range(100_000)]})
    try:
        with lake.change("too much") as change:
            change.append("results/left", pa.table({"value": [1]}))
            change.append("results/right", noise)
    except LakeError as e:
        say(f"refused: {e}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.meta_path.insert(0, WithoutPandas())
    job = {"loop": loop, "hold": hold, "starve": starve}[sys.argv[1]]
    job(Lake(Path(sys.argv[2]), lambda: datetime(2026, 11, 1, tzinfo=UTC)))

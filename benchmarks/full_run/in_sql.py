"""DuckDB by hand: what an engineer would write for these forty metrics, and nothing else."""

from pathlib import Path

import duckdb
import pyarrow as pa

from full_run.data import customer_files, event_files
from full_run.forty import DATES, METRICS, ZERO_IF_NONE

_HERE = Path(__file__).parent
_EVERY_COLUMN = """
    select count(*), max(name), max(occurred_at), sum(quantity), count(properties), count(product_id), bit_xor(_id),
           bit_xor(_load), max(_source), max(_version), max(_day), bit_xor(customer_key), bit_xor(user_key)
    from events
"""


def scan(folder: Path, threads: int) -> None:
    """Read every column of the events and touch each value: the bare scan."""
    with _opened(folder, threads) as connection:
        connection.execute(_EVERY_COLUMN).fetchall()


def by_window(folder: Path, threads: int) -> pa.Table:
    """One query per window."""
    return _forty(folder, threads, "by_window.sql")


def by_hand(folder: Path, threads: int) -> pa.Table:
    """The best we can write."""
    return _forty(folder, threads, "by_hand.sql")


def _forty(folder: Path, threads: int, file: str) -> pa.Table:
    with _opened(folder, threads) as connection:
        for statement in connection.extract_statements((_HERE / file).read_text("utf-8")):
            connection.execute(statement).fetchall()
        columns = ", ".join(_shown(name) for name in METRICS)
        return connection.sql("select customer_key, " + columns + " from forty").to_arrow_table()


def _shown(name: str) -> str:
    if name in DATES:
        return name
    value = f"coalesce({name}, 0)" if name in ZERO_IF_NONE else name
    return f"cast({value} as double) as {name}"


def _opened(folder: Path, threads: int) -> duckdb.DuckDBPyConnection:
    settings = {"threads": threads, "memory_limit": "4GB", "preserve_insertion_order": False}
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("set TimeZone = 'UTC'")
    connection.read_parquet(event_files(folder), hive_partitioning=True).create_view("events")
    connection.read_parquet(customer_files(folder)).create_view("customers")
    return connection

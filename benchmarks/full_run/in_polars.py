"""polars, lazy and streaming: the same plan by window, distincts over deduplicated rows."""

from datetime import timedelta
from functools import reduce
from pathlib import Path

import polars as pl
import pyarrow as pa

from full_run.data import customer_files, event_files
from full_run.forty import DATES, METRICS, UNTIL, WINDOWS, ZERO_IF_NONE

_KEY = "customer_key"
_NAME = pl.col("name")


def forty(folder: Path, threads: int) -> pa.Table:
    """Compute the forty metrics; threads are set by the environment, before polars is imported."""
    if pl.thread_pool_size() != threads:
        raise RuntimeError(f"polars has {pl.thread_pool_size()} threads, asked for {threads}")
    events = pl.scan_parquet(event_files(folder), hive_partitioning=True)
    customers = pl.scan_parquet(customer_files(folder)).select(_KEY)
    parts = [*_windowed(events), *_distinct(events), *_ever(events)]
    found = pl.collect_all(parts, engine="streaming")
    joined = reduce(lambda left, right: left.join(right, on=_KEY, how="left"), found, customers.collect())
    return joined.select(_KEY, *map(_shown, METRICS)).to_arrow()


def _shown(name: str) -> pl.Expr:
    if name in DATES:
        return pl.col(name)
    value = pl.col(name).cast(pl.Float64)
    return value.fill_null(0.0) if name in ZERO_IF_NONE else value


def _in(events: pl.LazyFrame, days: int) -> pl.LazyFrame:
    first = UNTIL - timedelta(days=days - 1)
    return events.filter(pl.col("_month") >= f"{first:%Y-%m}", pl.col("_day") >= first)


def _windowed(events: pl.LazyFrame) -> list[pl.LazyFrame]:
    quantity = pl.col("quantity")
    values = {
        "events": pl.len(),
        "logins": (_NAME == "login").sum(),
        "downloads": (_NAME == "csv_download").sum(),
        "quantity": quantity.sum(),
        "calls": quantity.filter(_NAME == "api_call").sum(),
        "largest": quantity.max(),
        "invited_on": pl.col("_day").filter(_NAME == "invite_sent").max(),
    }
    return [
        _in(events, days).group_by(_KEY).agg(**{f"{name}_{days}": value for name, value in values.items()})
        for days in WINDOWS
    ]


def _distinct(events: pl.LazyFrame) -> list[pl.LazyFrame]:
    wanted = [*(("users", "user_key", days) for days in WINDOWS)]
    wanted += [("names", "name", 7), ("names", "name", 28), ("days", "_day", 14), ("days", "_day", 90)]
    return [
        _in(events, days).select(_KEY, column).unique().group_by(_KEY).agg(pl.len().alias(f"{name}_{days}"))
        for name, column, days in wanted
    ]


def _ever(events: pl.LazyFrame) -> list[pl.LazyFrame]:
    newest = pl.col("quantity").sort_by("occurred_at", "_id").last()
    day = pl.col("_day").max()
    wanted = {
        "downloaded": ("csv_download", newest),
        "connected": ("integration_connected", newest),
        "login_on": ("login", day),
        "invite_on": ("invite_sent", day),
    }
    return [
        events.filter(name == _NAME).group_by(_KEY).agg(value.alias(metric))
        for metric, (name, value) in wanted.items()
    ]

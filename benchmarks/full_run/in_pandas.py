"""pandas over what pyarrow reads: only the columns and rows that are needed, in numpy's types, the newest window last."""

from datetime import timedelta
from functools import reduce
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from full_run.data import customer_files, event_files
from full_run.forty import DATES, METRICS, UNTIL, WINDOWS, ZERO_IF_NONE

_KEY = "customer_key"
_QUANTITY = pc.field("quantity").cast(pa.float64())  # whole numbers here, so sums are exact


def forty(folder: Path, threads: int) -> pa.Table:
    """Compute the forty metrics. pandas has one thread; reading has ``threads``."""
    pa.set_cpu_count(threads)
    events = ds.dataset(event_files(folder))
    customers = ds.dataset(customer_files(folder)).to_table([_KEY]).to_pandas().set_index(_KEY)
    joined = reduce(lambda left, right: left.join(right), [*_windowed(events), *_ever(events)], customers)
    columns = {name: joined[name].astype("date32[pyarrow]") for name in DATES}
    columns |= {name: joined[name].fillna(0).astype("float64") for name in ZERO_IF_NONE}
    return pa.Table.from_pandas(joined.assign(**columns)[[*METRICS]].reset_index(), preserve_index=False)


def _rows(events: ds.Dataset, columns: dict[str, pc.Expression], where: pc.Expression) -> pd.DataFrame:
    table = events.to_table({_KEY: pc.field(_KEY), **columns}, filter=where)
    words = [name for name in columns if name == "name"]
    return table.to_pandas(categories=words, self_destruct=True, split_blocks=True, date_as_object=False)


def _windowed(events: ds.Dataset) -> list[pd.DataFrame]:
    columns = {name: pc.field(name) for name in ("user_key", "_day")}
    columns |= {"quantity": _QUANTITY, "name": pc.field("name")}
    rows = _rows(events, columns, pc.field("_day") > UNTIL - timedelta(days=max(WINDOWS)))
    found = []
    for days in sorted(WINDOWS, reverse=True):
        rows = rows[rows["_day"] > pd.Timestamp(UNTIL - timedelta(days=days))]
        found.append(_window(rows, days).add_suffix(f"_{days}"))
    return found


def _window(rows: pd.DataFrame, days: int) -> pd.DataFrame:
    by = rows.groupby(_KEY, sort=False)
    logins, downloads, calls, invites = (
        rows[rows["name"] == name].groupby(_KEY, sort=False)
        for name in ("login", "csv_download", "api_call", "invite_sent")
    )
    values = {
        "events": by.size(),
        "logins": logins.size(),
        "downloads": downloads.size(),
        "quantity": by["quantity"].sum(),
        "calls": calls["quantity"].sum(),
        "largest": by["quantity"].max(),
        "invited_on": invites["_day"].max(),
        "users": _different(rows, "user_key"),
    }
    if days in (7, 28):
        values["names"] = _different(rows, "name")
    else:
        values["days"] = _different(rows, "_day")
    return pd.DataFrame(values)


def _different(rows: pd.DataFrame, column: str) -> pd.Series:
    return rows[[_KEY, column]].drop_duplicates().groupby(_KEY, sort=False).size()


def _ever(events: ds.Dataset) -> list[pd.DataFrame]:
    wanted = {"downloaded": "csv_download", "connected": "integration_connected"}
    newest = [_newest(events, name).rename(metric) for metric, name in wanted.items()]
    wanted = {"login_on": "login", "invite_on": "invite_sent"}
    return [
        frame.to_frame()
        for frame in (*newest, *(_newest_day(events, n).rename(m) for m, n in wanted.items()))
    ]


def _newest(events: ds.Dataset, name: str) -> pd.Series:
    columns = {"occurred_at": pc.field("occurred_at"), "_id": pc.field("_id"), "quantity": _QUANTITY}
    rows = _rows(events, columns, pc.field("name") == name)
    return (
        rows.sort_values(["occurred_at", "_id"])
        .drop_duplicates(_KEY, keep="last")
        .set_index(_KEY)["quantity"]
    )


def _newest_day(events: ds.Dataset, name: str) -> pd.Series:
    rows = _rows(events, {"_day": pc.field("_day")}, pc.field("name") == name)
    return rows.groupby(_KEY, sort=False)["_day"].max()

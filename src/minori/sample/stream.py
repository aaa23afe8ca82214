"""Events of any number for benchmarks, month after month, in bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from minori.core.keys import key64
from minori.lake.types import arrow_schema
from minori.sample.draws import Floats, Ints, counted_positions, generator
from minori.schema.facts import FACTS

NAMES = tuple(f"event_{rank:02d}" for rank in range(1, 51))  # the first is the most frequent (Zipf)
BATCH = 500_000  # rows
_SLOTS = 8  # least number of slots a user has in the table that is drawn from
_ZONE_SECONDS = 9 * 3600  # Asia/Tokyo, which has no summer time
_DAY_SECONDS = 86_400
_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class _Crowd:
    customer_keys: Ints
    user_keys: Ints
    customer_of: Ints  # of each user
    slots: Ints  # a user stands in it as often as active


def customer_id(number: int) -> str:
    """Return the outside id of the customer with this number, from 0."""
    return f"C{number:07d}"


def user_id(customer: int, number: int) -> str:
    """Return the outside id of a customer's user, both from 0."""
    return f"{customer_id(customer)}-U{number:03d}"


def stream_events(
    customers: int,
    events: int,
    *,
    days: int,
    until: date,
    seed: int,
    form: Literal["lake", "plain"] = "lake",
) -> Iterator[pa.RecordBatch]:
    """Yield batches of at most 500,000 events, ``events`` rows in all, month after month.

    ``lake`` is the stored form of ``events`` (schema of ``arrow_schema(FACTS["events"], technical=True)``):
    keys are ``key64`` of the ids, ``_id`` is unique but not the key of a text. ``plain`` has the declared
    columns with text ids. Customers' activity is lognormal, names follow Zipf's law, days are those of
    Asia/Tokyo. The rows of a month stand in no order.
    """
    crowd = _crowd(customers, generator(seed, "stream", "crowd"))
    rng = generator(seed, "stream", "events")
    written = 0
    for first, length, rows in _months(events, days, until):
        while rows:
            size = min(rows, BATCH)
            yield _batch(crowd, first, length, np.arange(written, written + size), rng, form)
            written, rows = written + size, rows - size


def _crowd(customers: int, rng: np.random.Generator) -> _Crowd:
    sizes = np.minimum(np.exp(rng.normal(1.2, 0.8, customers)).astype(np.int64) + 1, 900)
    customer_of, number = counted_positions(sizes)
    activity = rng.lognormal(0.0, 1.2, customers)[customer_of] * rng.lognormal(0.0, 0.7, len(customer_of))
    return _Crowd(
        np.array([key64(customer_id(c)) for c in range(customers)], dtype=np.int64),
        np.array([key64(user_id(c, n)) for c, n in zip(customer_of, number, strict=True)], dtype=np.int64),
        customer_of,
        _slots(activity),
    )


def _slots(activity: Floats) -> Ints:
    """Return a table in which each user stands in proportion to activity, at least once."""
    shares = activity / activity.mean() * _SLOTS
    return np.repeat(np.arange(len(activity)), np.maximum(shares.round().astype(np.int64), 1))


def _months(events: int, days: int, until: date) -> Iterator[tuple[date, int, int]]:
    """Yield each month's first day within the period, its number of days, and its rows."""
    day, end, given = until - timedelta(days=days - 1), until + timedelta(days=1), 0
    start = day
    while day < end:
        after = min((day.replace(day=1) + timedelta(days=32)).replace(day=1), end)
        total = events * (after - start).days // days
        yield day, (after - day).days, total - given
        day, given = after, total


def _batch(
    crowd: _Crowd, first: date, length: int, numbers: Ints, rng: np.random.Generator, form: str
) -> pa.RecordBatch:
    size = len(numbers)
    users = crowd.slots[rng.integers(0, len(crowd.slots), size)]
    local = _seconds(first, length, size, rng)
    columns: dict[str, Any] = {
        "name": _words(NAMES, np.searchsorted(_ZIPF, rng.random(size))),
        "occurred_at": pa.array((local - _ZONE_SECONDS) * 1_000_000, pa.timestamp("us", tz="UTC")),
        "quantity": _decimals(rng.geometric(0.4, size)),
    }
    if form == "plain":
        return _plain(columns, crowd, users, numbers)
    return _lake(columns, crowd, users, numbers, local, first)


def _plain(columns: dict[str, Any], crowd: _Crowd, users: Ints, numbers: Ints) -> pa.RecordBatch:
    owners = crowd.customer_of[users]
    firsts = np.searchsorted(crowd.customer_of, owners)
    columns["event_id"] = pa.array([f"E{number:010d}" for number in numbers])
    columns["customer_id"] = pa.array([customer_id(owner) for owner in owners])
    columns["user_id"] = pa.array([user_id(c, n) for c, n in zip(owners, users - firsts, strict=True)])
    return _with_schema(columns, arrow_schema(FACTS["events"], technical=False), len(numbers))


def _lake(
    columns: dict[str, Any], crowd: _Crowd, users: Ints, numbers: Ints, local: Ints, first: date
) -> pa.RecordBatch:
    size = len(numbers)
    columns["customer_key"] = pa.array(crowd.customer_keys[crowd.customer_of[users]])
    columns["user_key"] = pa.array(crowd.user_keys[users])
    columns["_id"] = pa.array(_mixed(numbers))
    columns["_load"] = pa.repeat(pa.scalar(1, pa.int64()), size)
    columns["_source"] = pa.repeat(pa.scalar("stream"), size)
    columns["_day"] = pa.array((local // _DAY_SECONDS).astype(np.int32), pa.date32())
    columns["_month"] = pa.repeat(pa.scalar(f"{first:%Y-%m}"), size)
    return _with_schema(columns, arrow_schema(FACTS["events"], technical=True), size)


def _with_schema(columns: dict[str, Any], schema: Any, size: int) -> pa.RecordBatch:
    """Return a batch of the schema; what is not drawn is null."""
    arrays = [
        columns[field.name] if field.name in columns else pa.nulls(size, field.type) for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _seconds(first: date, length: int, size: int, rng: np.random.Generator) -> Ints:
    """Return local seconds since 1970: any day of the month part, mostly around early afternoon."""
    days = rng.integers(0, length, size) + (first - _EPOCH).days
    within = rng.integers(0, _DAY_SECONDS // 2, size) + rng.integers(0, _DAY_SECONDS // 2, size)
    return days * _DAY_SECONDS + within


def _mixed(numbers: Ints) -> Ints:
    """Return different 64-bit numbers for different numbers, scattered (SplitMix64)."""
    mixed = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(_MIX[0])
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(_MIX[1])
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_MIX[2])
    return (mixed ^ (mixed >> np.uint64(31))).view(np.int64)


def _decimals(whole: Ints) -> Any:
    """Return whole numbers as decimal(18, 6), without a Python object per value."""
    scaled = whole * 1_000_000
    words = np.column_stack([scaled, scaled >> 63])
    return pa.Array.from_buffers(pa.decimal128(18, 6), len(whole), [None, pa.py_buffer(words.tobytes())])


def _words(words: tuple[str, ...], codes: Ints) -> Any:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int8), pa.array(words)).cast(pa.string())


def _zipf() -> Floats:
    weights = 1.0 / np.arange(1, len(NAMES) + 1)
    return np.cumsum(weights / weights.sum())[:-1]


_ZIPF = _zipf()

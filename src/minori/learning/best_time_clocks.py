"""Clocks by which a time can be good: hours of the week, months since the start, months before the renewal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minori.core.text import Text
from minori.stats.arrays import Floats, Ints
from minori.stats.best_time import Grid

ClockId = Literal["hour", "tenure", "renewal"]
NO_SLOT = -1
_DAYS_OF_MONTH = 365.25 / 12
_WEEKDAYS = tuple(
    Text(ja=f"{ja}曜", en=en)
    for ja, en in zip("月火水木金土日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)
)
_HOURS = (0, 9, 11, 13, 15, 17, 24)
_SINCE = (0, 1, 3, 6, 12, 24)
_BEFORE = (0, 1, 2, 3, 6)


@dataclass(frozen=True)
class Clock:
    """A clock and its slots, in their order; ``grid`` says of what parts each slot consists."""

    id: ClockId
    label: Text
    slots: tuple[Text, ...]
    grid: Grid


def _hours(number: int) -> Text:
    start, end = _HOURS[number], _HOURS[number + 1]
    return Text(ja=f"{start}〜{end}時", en=f"{start}:00–{end}:00")


def _bounds(edges: Sequence[int], number: int) -> str:
    return f"{edges[number]}–{edges[number + 1]}" if number + 1 < len(edges) else f"{edges[number]}+"


_BANDS = range(len(_HOURS) - 1)
HOUR = Clock(
    "hour",
    Text(ja="曜日と時間帯", en="Weekday and hours"),
    tuple(
        Text(ja=f"{day.ja}{_hours(band).ja}", en=f"{day.en} {_hours(band).en}")
        for day, band in product(_WEEKDAYS, _BANDS)
    ),
    Grid(
        len(_WEEKDAYS) * len(_BANDS),
        (np.repeat(np.arange(len(_WEEKDAYS)), len(_BANDS)), np.tile(np.arange(len(_BANDS)), len(_WEEKDAYS))),
    ),
)
TENURE = Clock(
    "tenure",
    Text(ja="利用開始からの月数", en="Months since the start"),
    tuple(
        Text(ja=f"開始から{_bounds(_SINCE, n)}か月", en=f"{_bounds(_SINCE, n)} months after the start")
        for n in range(len(_SINCE))
    ),
    Grid(len(_SINCE)),
)
RENEWAL = Clock(
    "renewal",
    Text(ja="更新までの月数", en="Months before the renewal"),
    tuple(
        Text(ja=f"更新の{_bounds(_BEFORE, n)}か月前", en=f"{_bounds(_BEFORE, n)} months before the renewal")
        for n in range(len(_BEFORE))
    ),
    Grid(len(_BEFORE)),
)
CLOCKS: tuple[Clock, ...] = (HOUR, TENURE, RENEWAL)


def slots_of(clock: Clock, rows: pa.Table, zone: str) -> Ints:
    """Return the slot of each row of ``approach``; -1 where it has none. ``zone`` is for customers who name none."""
    if clock.id == "hour":
        return _weekly(rows["at"], rows["time_zone"].fill_null(zone).to_pylist())
    if clock.id == "tenure":
        return _months(_days_between(rows["started_on"], rows["day"]), _SINCE)
    return _months(_days_between(rows["day"], rows["renews_on"]), _BEFORE)


def slots_of_week(zone: str, as_of: date) -> Ints:
    """Return the slot of each hour of the week in UTC, as the zone's clock stands on a day."""
    monday = datetime.combine(as_of - timedelta(days=as_of.weekday()), time(), UTC)
    local = [(monday + timedelta(hours=hour)).astimezone(ZoneInfo(zone)) for hour in range(168)]
    return np.array([_slot(moment.weekday(), moment.hour) for moment in local], dtype=np.int64)


def _weekly(moments: pa.ChunkedArray, zones: Sequence[str]) -> Ints:
    """A zone at a time: a company has few."""
    found = np.full(len(zones), NO_SLOT, dtype=np.int64)
    names = np.array(zones, dtype=object)
    for zone in sorted(set(zones)):
        mine = np.flatnonzero(names == zone)
        local = moments.take(pa.array(mine)).cast(pa.timestamp("us", tz=zone))
        hours = pc.hour(local).to_numpy()
        days = pc.day_of_week(local).to_numpy()
        found[mine] = days * len(_BANDS) + np.searchsorted(_HOURS, hours, side="right") - 1
    return found


def _slot(weekday: int, hour: int) -> int:
    return weekday * len(_BANDS) + int(np.searchsorted(_HOURS, hour, side="right")) - 1


def _days_between(start: pa.ChunkedArray, end: pa.ChunkedArray) -> Floats:
    days = pc.subtract(end.cast(pa.int32()), start.cast(pa.int32())).cast(pa.float64())
    return np.asarray(days.to_numpy(), dtype=np.float64)


def _months(days: Floats, edges: Sequence[int]) -> Ints:
    known = ~np.isnan(days) & (days >= 0)
    place = np.searchsorted(edges, np.where(known, days, 0.0) / _DAYS_OF_MONTH, side="right") - 1
    return np.where(known, place, NO_SLOT).astype(np.int64)

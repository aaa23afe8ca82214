"""Months, quarters and fiscal years of a company as half-open periods of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pyarrow as pa

from minori.core.text import Text

By = Literal["month", "quarter", "fiscal-year"]
BY: tuple[By, ...] = ("month", "quarter", "fiscal-year")
_MONTHS: dict[By, int] = {"month": 1, "quarter": 3, "fiscal-year": 12}
USUAL: dict[By, int] = {"month": 12, "quarter": 8, "fiscal-year": 3}
"""How many periods are shown where nobody says since when."""


@dataclass(frozen=True)
class Period:
    """Days from ``start`` up to but not including ``end``; ``known_until`` is where data ends, if earlier."""

    start: date
    end: date
    label: Text
    known_until: date

    @property
    def until(self) -> date:
        """The first day that is not in it any more, or not known yet."""
        return min(self.end, self.known_until)

    @property
    def whole(self) -> bool:
        """Whether it is over."""
        return self.known_until >= self.end


def periods(first: date | None, last: date, by: By, starts_in: int) -> tuple[Period, ...]:
    """Return the periods that hold the days from ``first`` to ``last``, which is the last day known.

    Without ``first`` they are as many as is usual. A fiscal year is named for the year in which it starts, and begins,
    as its quarters do, with month ``starts_in``.
    """
    step = _MONTHS[by]
    newest = _start(last, step, starts_in)
    start = _start(first, step, starts_in) if first else _moved(newest, -step * (USUAL[by] - 1))
    found = []
    while start <= newest:
        found.append(
            Period(start, _moved(start, step), _label(start, by, starts_in), last + timedelta(days=1))
        )
        start = _moved(start, step)
    return tuple(found)


def twelve_months(last: date) -> Period:
    """Return the year that ends with ``last``."""
    end = last + timedelta(days=1)
    leap = (end.month, end.day) == (2, 29)
    start = date(end.year - 1, 3, 1) if leap else end.replace(year=end.year - 1)
    return Period(start, end, Text(ja="直近12か月", en="Last 12 months"), end)


def period_table(found: tuple[Period, ...]) -> pa.Table:
    """Return periods as the rows that stages read: period_from, and period_until, exclusive."""
    return pa.table(
        {
            "period_from": pa.array([p.start for p in found], pa.date32()),
            "period_until": pa.array([p.until for p in found], pa.date32()),
        }
    )


def _start(day: date, step: int, starts_in: int) -> date:
    into = (day.month - starts_in) % step
    return _moved(day.replace(day=1), -into)


def _moved(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _label(start: date, by: By, starts_in: int) -> Text:
    year = start.year if start.month >= starts_in else start.year - 1
    if by == "month":
        return Text(ja=f"{start:%Y-%m}", en=f"{start:%Y-%m}")
    if by == "fiscal-year":
        return Text(ja=f"{year}年度", en=f"FY{year}")
    quarter = (start.month - starts_in) % 12 // 3 + 1
    return Text(ja=f"{year}年度 第{quarter}四半期", en=f"FY{year} Q{quarter}")

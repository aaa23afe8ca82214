"""Points: the dates × customers that every stage is a function of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa

from minori.core.period import Calendar


@dataclass(frozen=True)
class Dates:
    """The as-of dates of one pass, with the first instant after each of them."""

    days: tuple[date, ...]
    calendar: Calendar

    @property
    def single(self) -> date | None:
        """The only date, or None if there are several."""
        return self.days[0] if len(self.days) == 1 else None

    @property
    def first(self) -> date:
        """The earliest date."""
        return min(self.days)

    @property
    def last(self) -> date:
        """The latest date."""
        return max(self.days)

    def ends_at(self, day: date) -> datetime:
        """Return the first instant after a date, in UTC."""
        return self.calendar.ends_at(day)

    def rows(self) -> pa.Table:
        """Return the dates as a table: as_of, and ends_at, the first instant after it."""
        days = sorted(self.days)
        ends = [self.ends_at(day) for day in days]
        return pa.table(
            {"as_of": pa.array(days, pa.date32()), "ends_at": pa.array(ends, pa.timestamp("us", tz="UTC"))}
        )

    def back(self, days: int) -> "Dates":
        """Return the same dates moved back by ``days``."""
        return Dates(tuple(day - timedelta(days=days) for day in self.days), self.calendar)

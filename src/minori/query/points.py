"""Points: the dates × customers that every stage is a function of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlglot import exp

from minori.core.period import Calendar
from minori.query.sql import literal


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

    def relation(self) -> exp.Expression:
        """Return ``(values (as_of, ends_at), …)`` as a subquery named ``dates``."""
        rows = [
            exp.Tuple(expressions=[literal(day), literal(self.ends_at(day))]) for day in sorted(self.days)
        ]
        return exp.values([], alias="dates", columns=["as_of", "ends_at"]) if not rows else _values(rows)

    def back(self, days: int) -> "Dates":
        """Return the same dates moved back by ``days``."""
        return Dates(tuple(day - timedelta(days=days) for day in self.days), self.calendar)


def _values(rows: list[exp.Tuple]) -> exp.Expression:
    alias = exp.TableAlias(
        this=exp.to_identifier("dates"), columns=[exp.to_identifier("as_of"), exp.to_identifier("ends_at")]
    )
    return exp.Values(expressions=rows, alias=alias)

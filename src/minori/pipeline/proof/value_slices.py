"""The time in which customers are watched: slices of periods, from where losses can be seen until where they are final."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from minori.core.text import Text
from minori.kpis.periods import Period, periods, twelve_months
from minori.kpis.value_sums import Basis
from minori.lake.stage import Pass
from minori.pipeline.session import Session
from minori.query.sql import sql

_DAY = timedelta(days=1)
_DATES = ("period_from", "slice_from", "slice_until", "before_on", "after_on")
_SCHEMA = pa.schema([("basis", pa.string()), *((name, pa.date32()) for name in _DATES)])
_SEEN = sql(
    "select min(day) as first_on, min(case when kind = 'churn' then day end) as loss_on from movement"
)


@dataclass(frozen=True)
class Window:
    """Days from ``start`` up to but not including ``end``."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.end - self.start).days


@dataclass(frozen=True)
class Slices:
    """Rows of the table ``slice``: months at most, of each basis."""

    rows: tuple[Mapping[str, Any], ...]

    def table(self) -> pa.Table:
        """Return them as the stage reads them."""
        return pa.Table.from_pylist([dict(row) for row in self.rows], _SCHEMA)

    def days(self) -> list[date]:
        """Return the days on which the classes of customers must be known."""
        return sorted({row[name] for row in self.rows for name in ("before_on", "after_on")})

    def window(self, basis: str, start: date) -> Window | None:
        """Return what is watched of the period that begins at ``start``; None if nothing is."""
        mine = [row for row in self.rows if row["basis"] == basis and row["period_from"] == start]
        if not mine:
            return None
        return Window(min(row["slice_from"] for row in mine), max(row["slice_until"] for row in mine))


def periods_of(first: date | None, as_of: date) -> tuple[Period, Period]:
    """Return the time just as long before, and the period from ``first`` (default: a year) to ``as_of``."""
    end = as_of + _DAY
    period = twelve_months(as_of) if first is None else Period(first, end, _label(first, as_of), end)
    start = period.start - (period.end - period.start)
    return Period(start, period.start, _label(start, period.start - _DAY), period.start), period


def watched(session: Session, run: Pass, silence: int) -> dict[Basis, tuple[date, date]]:
    """Return per basis the first day from which losses can be seen, and the first day from which they cannot.

    Contracts: from the first day on which anything is known, but a history that holds earlier losses counts as a whole;
    until the renewal grace before the last day. Orders: from one silence after the first order.
    """
    found: dict[Basis, tuple[date, date]] = {}
    contracts = run.fetch(_SEEN.bind()).to_pylist()[0]
    known = session.first_day
    if contracts["first_on"] is not None and known is not None:
        loss = contracts["loss_on"]
        start = (
            contracts["first_on"] if loss is not None and loss < known else max(known, contracts["first_on"])
        )
        grace = timedelta(days=session.workspace.company.renewal_grace)
        found["contracts"] = (start, run.as_of + _DAY - grace)
    ordered = session.spans["orders"][0]
    if ordered is not None:
        found["orders"] = (ordered + timedelta(days=silence), run.as_of + _DAY)
    return found


def slices(found: Sequence[Period], limits: Mapping[Basis, tuple[date, date]]) -> Slices:
    """Cut periods at the ends of months, and to what is watched."""
    rows = (
        row for period in found for basis, span in limits.items() for row in _of_period(period, basis, span)
    )
    return Slices(tuple(rows))


def _of_period(period: Period, basis: Basis, span: tuple[date, date]) -> Iterable[dict[str, Any]]:
    for month in periods(period.start, period.end - _DAY, "month", 1):
        start = max(month.start, period.start, span[0])
        end = min(month.end, period.end)
        until = min(end, span[1])
        if until > start:
            days = (period.start, start, until, start - _DAY, end - _DAY)
            yield {"basis": basis, **dict(zip(_DATES, days, strict=True))}


def _label(start: date, last: date) -> Text:
    return Text(ja=f"{start}〜{last}", en=f"{start} to {last}")

"""Many dates at once: rows are aggregated by customer and day first, and then the days are put beside the dates.

To put each row beside every date that sees it would read it as many times as there are dates in a window.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlglot import exp

from minori.lake.stage import Pass
from minori.metrics.merging import AGE, aggregated, merge, part_of, per
from minori.metrics.older import older
from minori.metrics.parts import Plan
from minori.query.points import Dates
from minori.query.sql import column, literal, named, reading, sql, united
from minori.query.visibility import of_every_day

_BESIDE = sql("select d.as_of, x._day from (select distinct _day from days) x cross join dates d")
_JOINED = sql("select days.*, p.as_of, p.part from days join pairs p on p._day = days._day")
_POINTS = sql("""
    select cast($first as date) as _of, p.customer_key as _key
    from (select distinct customer_key from point) p
    left join days r on r.customer_key = p.customer_key
    group by p.customer_key
""")
_EVERY_DATE = sql("select d.as_of, o.customer_key from dates d cross join old o")


def parts_by_day(run: Pass, planned: Plan, scratch: str) -> exp.Query:
    """Return the parts of every point; what is older than the first date's windows is found once, as it sees it."""
    days = f"_days_{scratch}"
    window = None if planned.end is None else planned.end - planned.start
    rows = of_every_day(planned.table, run.view, window=window, offset=planned.start)
    run.create(days, aggregated(planned, planned.aggregates, rows, keys=("customer_key", "_day")))
    parts = _of_dates(run, planned, days)
    return united([parts, _before(run, planned, days, scratch)]) if planned.cut else parts


def _of_dates(run: Pass, planned: Plan, days: str) -> exp.Query:
    """Merge the days that each date sees, part by part."""
    pairs = _pairs(run, planned, days)
    rows = reading(_JOINED.bind(), days=days, pairs=pairs)
    merged = [named(merge(a, exp.ArgMax, "_day"), a.name) for a in planned.aggregates]
    query = per(exp.select(*merged).from_(rows.subquery("r")), "as_of", "customer_key")
    return query.select(named(column("part", "r"), AGE), copy=False).group_by(column("part", "r"), copy=False)


def _pairs(run: Pass, planned: Plan, days: str) -> exp.Select:
    """Return each day beside each date that sees it, and to which part of it the day belongs."""
    beside = reading(_BESIDE.bind(), days=days, dates=run.view.table)
    beginnings = planned.beginnings
    if planned.cut and planned.end is not None:
        beginnings = [*beginnings, planned.end]
    pairs = exp.select(column("as_of", "r"), column("_day", "r"), named(part_of(beginnings), "part"))
    pairs = pairs.from_(beside.subquery("r")).where(_compared(exp.LTE, planned.start), copy=False)
    if planned.end is not None and not planned.cut:
        pairs.where(_compared(exp.GT, planned.end), copy=False)
    return pairs


def _compared(comparison: type[exp.Expression], age: int) -> exp.Expression:
    edge = exp.Sub(this=column("as_of", "r"), expression=literal(age))
    return comparison(this=column("_day", "r"), expression=edge)


def _before(run: Pass, planned: Plan, days: str, scratch: str) -> exp.Query:
    """Return, beside every date, the part of the rows that lie before all days."""
    assert planned.end is not None
    first = run.dates.first
    view = replace(run.view, dates=Dates((first,), run.dates.calendar))
    points = reading(_POINTS.bind(first=first), days=days)
    old = older(run, planned, view, points, _by(first), scratch)
    query = reading(_EVERY_DATE.bind(), dates=run.view.table, old=old)
    query.select(*[column(aggregate.name, "o") for aggregate in planned.aggregates], copy=False)
    return query.select(named(literal(planned.end + 1), AGE), copy=False)


def _by(first: date) -> Callable[[int], exp.Expression]:
    def late(age: int) -> exp.Expression:
        return exp.LTE(this=column("_day", "r"), expression=literal(first - timedelta(days=age)))

    return late

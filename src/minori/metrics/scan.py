"""One scan per fact table, for all its metrics that merge.

Of a huge table the newest value is looked for among recent rows first. Older rows are read only for the
customers that have none there: most have one, and a value of long ago cannot win.
"""

from collections.abc import Iterable

from sqlglot import exp

from minori.lake.stage import Pass
from minori.metrics.by_day import parts_by_day
from minori.metrics.kind import Partial
from minori.metrics.measure import Measure
from minori.metrics.merging import AGE, aggregated, part_of, per, value_of
from minori.metrics.older import older
from minori.metrics.parts import Plan, plan
from minori.metrics.resolve import Resolved
from minori.query.sql import column, literal, named, reading, sql, united
from minori.query.visibility import timeless, visible
from minori.schema.table import Table

_POINTS = sql("""
    select p.as_of as _of, p.customer_key as _key
    from point p
    left join recent r on r.as_of = p.as_of and r.customer_key = p.customer_key
    group by p.as_of, p.customer_key
""")


def orders(partial: Partial, measure: Measure) -> bool:
    """Return whether a kind puts rows in order, for which it reads columns that nothing else reads.

    In a scan of its own only the rows that it counts are read of them.
    """
    return any(value.find(exp.ArgMax, exp.ArgMin) is not None for value in partial.parts(measure).values())


def scanned(run: Pass, table: Table, metrics: Iterable[Resolved], *, scratch: str) -> exp.Query:
    """Return as_of, customer_key and a column per metric, for the points that have rows.

    ``scratch`` ends the names of the tables that are made on the way.
    """
    days_first = run.dates.single is None and timeless(table, run.view)
    planned = plan(table, metrics, by_day=days_first)
    parts = parts_by_day(run, planned, scratch) if days_first else _parts(run, planned, scratch)
    values = [named(value_of(planned, metric), metric.name) for metric in planned.metrics]
    return per(exp.select(*values).from_(parts.subquery("r")), "as_of", "customer_key")


def _parts(run: Pass, planned: Plan, scratch: str) -> exp.Query:
    if not planned.cut:
        return _recent(run, planned)
    recent = f"_recent_{scratch}"
    run.create(recent, _recent(run, planned))
    points = reading(_POINTS.bind(), recent=recent)
    old = older(run, planned, run.view, points, _as_old_as, scratch)
    return united([exp.select("*").from_(recent), old])


def _recent(run: Pass, planned: Plan) -> exp.Select:
    window = None if planned.end is None else planned.end - planned.start
    rows = visible(planned.table, run.view, window=window, offset=planned.start)
    query = aggregated(planned, planned.aggregates, rows)
    part = part_of(planned.beginnings)
    query.select(named(part, AGE), copy=False)
    return query if isinstance(part, exp.Literal) else query.group_by(part.copy(), copy=False)


def _as_old_as(age: int) -> exp.Expression:
    return exp.GTE(this=column(AGE, "r"), expression=literal(age))

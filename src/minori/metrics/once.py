"""Different things counted once: how many different users, in 7 days, in 28, in 90, from one scan.

Rows are deduplicated to the newest day of each thing; a window holds the things whose newest day lies in it. Seen from
many dates, each day of a thing is its newest from that day until the thing's next.
"""

from collections.abc import Sequence

from sqlglot import exp

from minori.lake.stage import Pass
from minori.metrics.kind import Look
from minori.metrics.merging import all_of
from minori.metrics.parts import furthest
from minori.metrics.resolve import Resolved
from minori.metrics.rows import seen
from minori.query.sql import column, literal, named, parsed
from minori.query.visibility import of_every_day, timeless

_NEXT = parsed("lead(_day) over (partition by customer_key, thing order by _day)")


def alike(metric: Resolved) -> tuple[str, ...]:
    """Return what metrics must have in common to be counted together."""
    assert metric.measure is not None
    assert metric.kind.each is not None
    measure = metric.measure
    where = measure.where.sql() if measure.where is not None else ""
    window = (
        "" if measure.table.at is not None else str(metric.window)
    )  # without days no window lies in another
    return measure.table.name, where, metric.kind.each(measure).sql(), str(metric.offset), window


def counted(run: Pass, metrics: Sequence[Resolved]) -> exp.Query:
    """Return as_of, customer_key and a column per metric; the metrics are ``alike``."""
    measure, longest = metrics[0].measure, furthest(metric.window for metric in metrics)
    assert measure is not None
    apart = run.dates.single is None and timeless(measure.table, run.view)
    things = _of_dates(run, metrics[0], longest) if apart else _of_points(run, metrics[0], longest)
    query = exp.select("as_of", "customer_key").from_(things.subquery("things"))
    for metric in metrics:
        query.select(named(_number(metric, longest), metric.name), copy=False)
    return query.group_by("as_of", "customer_key")


def _of_points(run: Pass, metric: Resolved, longest: int | None) -> exp.Select:
    """Return each thing of each point in the longest window, with its newest day."""
    assert metric.measure is not None
    rows = seen(metric.measure, Look(run.view, longest, metric.offset))
    thing, known = _thing(metric)
    query = exp.select("as_of", "customer_key", named(exp.Max(this=column("_day")), "newest"))
    return query.from_(rows.where(known).subquery("s")).group_by("as_of", "customer_key", thing)


def _of_dates(run: Pass, metric: Resolved, longest: int | None) -> exp.Select:
    """Return the same from rows that are read once for all dates."""
    measure = metric.measure
    assert measure is not None
    rows = of_every_day(measure.table, run.view, window=longest, offset=metric.offset)
    thing, known = _thing(metric)
    once = exp.select("customer_key", named(thing, "thing"), "_day").from_(rows.subquery("r")).distinct()
    once = once.where(all_of(known, measure.where))
    days = exp.select("customer_key", named(column("_day"), "newest"), named(_NEXT.copy(), "next"))
    query = exp.select("d.as_of", "t.customer_key", "t.newest").from_(
        days.from_(once.subquery("o")).subquery("t")
    )
    return query.join(exp.to_table(run.view.table).as_("d"), on=_sees(metric.offset, longest))


def _thing(metric: Resolved) -> tuple[exp.Expression, exp.Expression]:
    """Return what is counted once, and the condition that it is known."""
    assert metric.measure is not None
    assert metric.kind.each is not None
    thing = metric.kind.each(metric.measure)
    return thing, exp.Not(this=exp.Is(this=thing.copy(), expression=exp.null()))


def _sees(offset: int, longest: int | None) -> exp.Expression:
    """Return the condition that from date ``d`` the day of ``t`` is its thing's newest, and in the window."""
    newest, after = column("newest", "t"), column("next", "t")
    conditions: list[exp.Expression] = [
        exp.LTE(this=newest, expression=_day_back(offset)),
        exp.or_(
            exp.Is(this=after, expression=exp.null()), exp.GT(this=after.copy(), expression=_day_back(offset))
        ),
    ]
    if longest is not None:
        conditions.append(exp.GT(this=newest.copy(), expression=_day_back(offset + longest)))
    return exp.and_(*conditions)


def _day_back(days: int) -> exp.Expression:
    return exp.Sub(this=column("as_of", "d"), expression=literal(days))


def _number(metric: Resolved, longest: int | None) -> exp.Expression:
    count = exp.Count(this=exp.Star())
    if metric.window == longest or metric.window is None:
        return count
    oldest = exp.Sub(this=column("as_of"), expression=literal(metric.offset + metric.window))
    inside = exp.GT(this=column("newest"), expression=oldest)
    return exp.Filter(this=count, expression=exp.Where(this=inside))

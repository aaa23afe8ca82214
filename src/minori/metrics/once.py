"""Different things counted once: how many different users, in 7 days, in 28, in 90, from one scan.

Rows are deduplicated to the newest day of each thing; a window holds the things whose newest day lies in it.
"""

from collections.abc import Iterable

from sqlglot import exp

from minori.lake.stage import Pass
from minori.metrics.kind import Look
from minori.metrics.resolve import Resolved
from minori.metrics.rows import seen
from minori.query.sql import column, literal, named, parsed

_NEWEST = parsed("max(_day)")


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


def counted(run: Pass, metrics: list[Resolved]) -> exp.Query:
    """Return as_of, customer_key and a column per metric; the metrics are ``alike``."""
    query = exp.select("as_of", "customer_key").from_(_things(run, metrics).subquery("things"))
    for metric in metrics:
        query.select(named(_number(metric, _longest(metrics)), metric.name), copy=False)
    return query.group_by("as_of", "customer_key")


def _things(run: Pass, metrics: list[Resolved]) -> exp.Query:
    """Return each thing of a customer that was seen in the longest window, with its newest day."""
    measure, each = metrics[0].measure, metrics[0].kind.each
    assert measure is not None
    assert each is not None
    value = each(measure)
    rows = seen(measure, Look(run.view, _longest(metrics), metrics[0].offset))
    known = rows.where(exp.Not(this=exp.Is(this=value.copy(), expression=exp.null())))
    query = exp.select("as_of", "customer_key", named(_NEWEST.copy(), "newest")).from_(known.subquery("s"))
    return query.group_by("as_of", "customer_key", value.copy())


def _longest(metrics: Iterable[Resolved]) -> int | None:
    windows = [metric.window for metric in metrics]
    known = [window for window in windows if window is not None]
    return max(known) if len(known) == len(windows) else None


def _number(metric: Resolved, longest: int | None) -> exp.Expression:
    count = exp.Count(this=exp.Star())
    if metric.window == longest or metric.window is None:
        return count
    oldest = exp.Sub(this=column("as_of"), expression=literal(metric.offset + metric.window))
    inside = exp.GT(this=column("newest"), expression=oldest)
    return exp.Filter(this=count, expression=exp.Where(this=inside))

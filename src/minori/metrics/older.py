"""Rows older than all windows: read whole for what needs them whole, else only for whom newer rows tell nothing."""

from collections.abc import Callable, Collection, Sequence

from sqlglot import exp

from minori.lake.stage import Pass
from minori.metrics.merging import AGE, aggregated, all_of, filtered
from minori.metrics.parts import Aggregate, Plan
from minori.query.sql import column, literal, named, united
from minori.query.visibility import View, visible


def older(
    run: Pass,
    planned: Plan,
    view: View,
    points: exp.Select,
    late: Callable[[int], exp.Expression],
    scratch: str,
) -> exp.Query:
    """Return the part of the rows older than ``planned.end``, as the view sees them.

    Parameters
    ----------
    points
        The points as ``_of`` and ``_key``, grouped, with what newer rows tell about them as ``r``.
    late
        Gives the condition that a newer row ``r`` is as old as an age or older.
    scratch
        Ends the name of the table that is made on the way.
    """
    ever = [aggregate for aggregate in planned.aggregates if planned.end_of(aggregate) is None]
    waiting = [aggregate for aggregate in ever if planned.waits(aggregate)]
    others = [aggregate for aggregate in ever if not planned.waits(aggregate)]
    parts = []
    if waiting:
        lacking = f"_lacking_{scratch}"
        run.create(lacking, _lacking(planned, waiting, points, late))
        parts.append(_only(_part(planned, waiting, view), waiting, lacking, view))
    if others:
        parts.append(_part(planned, others, view))
    return united(parts)


def _part(planned: Plan, aggregates: Collection[Aggregate], view: View) -> exp.Select:
    assert planned.end is not None
    query = aggregated(planned, aggregates, visible(planned.table, view, offset=planned.end))
    return query.select(named(literal(planned.end), AGE), copy=False)


def _lacking(
    planned: Plan, waiting: Sequence[Aggregate], points: exp.Select, late: Callable[[int], exp.Expression]
) -> exp.Select:
    """Return the points of which newer rows do not tell everything, and what they lack."""
    lacks = {}
    for aggregate in waiting:
        found = filtered(exp.Count(this=column(aggregate.name, "r")), late(planned.last_start(aggregate)))
        lacks[aggregate.name] = exp.EQ(this=found, expression=literal(0))
    query = points.select(*[named(lack, f"_lacks{name}") for name, lack in lacks.items()])
    return query.having(exp.or_(*[lack.copy() for lack in lacks.values()]), copy=False)


def _only(query: exp.Select, waiting: Sequence[Aggregate], lacking: str, view: View) -> exp.Select:
    """Keep the rows of points that lack what the row may tell."""
    same = exp.EQ(this=column("_key", "l"), expression=column("customer_key", "r"))
    if view.dates.single is None:  # of one date a second key would only cost time
        same = exp.and_(same, exp.EQ(this=column("_of", "l"), expression=column("as_of", "r")))
    query.join(exp.to_table(lacking).as_("l"), on=same, copy=False)
    needed = [all_of(a.where, column(f"_lacks{a.name}", "l")) for a in waiting]
    return query.where(exp.or_(*needed), copy=False)

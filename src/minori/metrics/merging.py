"""Aggregates of a plan as SQL: over rows, and merged from parts."""

import itertools
from collections.abc import Collection, Sequence

from sqlglot import exp

from minori.metrics.parts import NEWEST, Ages, Aggregate, Merged, Plan
from minori.query.sql import column, literal, named, parsed

AGE = "_age"  # of a part: the least age of its rows
_MERGES: dict[str, type[exp.Expression]] = {
    "sum": exp.Sum,
    "min": exp.Min,
    "max": exp.Max,
    "bit_or": exp.BitwiseOrAgg,
}


def aggregated(
    planned: Plan,
    aggregates: Collection[Aggregate],
    rows: exp.Query,
    *,
    keys: Sequence[str] = ("as_of", "customer_key"),
) -> exp.Select:
    """Return every aggregate of the plan per key; null in place of those that are not among ``aggregates``."""
    wheres = _wheres(planned, aggregates, by_age="as_of" in keys)
    values = []
    for aggregate in planned.aggregates:
        value = aggregate.value.copy() if aggregate in aggregates else exp.null()
        if aggregate in aggregates and aggregate.where is not None and len(wheres) > 1:
            value = filtered(value, aggregate.where)
        values.append(named(value, aggregate.name))
    query = exp.select(*values).from_(rows.subquery("r"))
    conditions = [condition for condition in wheres if condition is not None]
    if len(conditions) == len(wheres):
        query.where(exp.or_(*conditions), copy=False)
    return per(query, *keys)


def _wheres(planned: Plan, aggregates: Collection[Aggregate], *, by_age: bool) -> list[exp.Expression | None]:
    """Return, for each different condition of the aggregates, which rows are of use; None: all."""
    found: list[exp.Expression | None] = []
    for where in dict.fromkeys(aggregate.where for aggregate in aggregates):
        end = planned.furthest_end(a for a in aggregates if a.where == where)
        young = newer_than(end) if by_age and end is not None and end != planned.end else None
        found.append(all_of(where, young))
    return found


def newer_than(age: int) -> exp.Expression:
    """Return the condition that a row is younger than an age in days."""
    oldest = exp.Sub(this=column("as_of", "r"), expression=literal(age))
    return exp.GT(this=column("_day", "r"), expression=oldest)


def part_of(beginnings: Sequence[int]) -> exp.Expression:
    """Return which part a row belongs to: a case over its day, or a plain number if there is one part only."""
    *newer, oldest = beginnings
    if not newer:
        return literal(oldest)
    case = exp.case()
    for start, end in itertools.pairwise(beginnings):
        case = case.when(newer_than(end), literal(start))
    return case.else_(literal(oldest))


def value_of(planned: Plan, metric: Merged) -> exp.Expression:
    """Merge what the metric is made of over the parts of its ages, and finish it."""
    ages = _of_ages(planned, metric.ages)
    merged = {}
    for part, aggregate in metric.aggregates.items():
        value = merge(aggregate, exp.ArgMin, AGE)
        merged[part] = value if ages is None else filtered(value, ages)

    def one(node: exp.Expression) -> exp.Expression:
        return merged[node.name].copy() if isinstance(node, exp.Column) else node

    return parsed(metric.finish).transform(one)


def merge(aggregate: Aggregate, newest: type[exp.Expression], by: str) -> exp.Expression:
    """Merge an aggregate; ``newest`` and ``by`` say how the newest part is found: least age, or greatest day."""
    part = column(aggregate.name, "r")
    if aggregate.merge != NEWEST:
        return _MERGES[aggregate.merge](this=part)
    known = exp.Not(this=exp.Is(this=part.copy(), expression=exp.null()))
    return filtered(newest(this=part, expression=column(by, "r")), known)


def _of_ages(planned: Plan, ages: Ages) -> exp.Expression | None:
    age, conditions = column(AGE, "r"), []
    if ages.start > planned.start:
        conditions.append(exp.GTE(this=age.copy(), expression=literal(ages.start)))
    if ages.end is not None:
        conditions.append(exp.LT(this=age.copy(), expression=literal(ages.end)))
    return all_of(*conditions)


def filtered(value: exp.Expression, where: exp.Expression) -> exp.Expression:
    """Let every aggregate of an expression see only the rows where the condition holds."""
    whole = exp.Paren(this=value.copy())
    for aggregate in list(whole.find_all(exp.AggFunc)):
        outer = aggregate.parent
        if isinstance(outer, exp.Filter):
            outer.expression.set("this", exp.and_(outer.expression.this, where.copy()))
        else:
            aggregate.replace(exp.Filter(this=aggregate.copy(), expression=exp.Where(this=where.copy())))
    return whole.this


def all_of(*conditions: exp.Expression | None) -> exp.Expression | None:
    """Return the conditions that are given, joined by and; None if there are none."""
    held = [condition.copy() for condition in conditions if condition is not None]
    return exp.and_(*held) if held else None


def per(query: exp.Select, *keys: str) -> exp.Select:
    """Group the rows ``r`` by the keys and select them first."""
    columns = [column(key, "r") for key in keys]
    query.set("expressions", [*columns, *query.expressions])
    return query.group_by(*[key.copy() for key in columns], copy=False)

"""One scan per fact table, for all its metrics that merge.

Of a huge table the newest value is looked for among recent rows first. Older rows are read only for the customers that
have none there: most have one, and a value of long ago cannot win.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence

from sqlglot import exp

from minori.lake.stage import Pass
from minori.metrics.kind import Partial
from minori.metrics.measure import Measure
from minori.metrics.parts import NEWEST, Ages, Aggregate, Merged, Plan, furthest, plan
from minori.metrics.resolve import Resolved
from minori.query.sql import column, literal, named, parsed, sql
from minori.query.visibility import visible
from minori.schema.table import Table

_AGE = "_age"  # of a part: the least age of its rows
_MERGES: dict[str, type[exp.Expression]] = {
    "sum": exp.Sum,
    "min": exp.Min,
    "max": exp.Max,
    "bit_or": exp.BitwiseOrAgg,
}
_LACKING = sql("""
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
    planned = plan(table, metrics)
    parts = _with_old(run, planned, scratch) if planned.cut else _recent(run, planned)
    values = [named(_value(planned, metric), metric.name) for metric in planned.metrics]
    return _per_point(exp.select(*values).from_(parts.subquery("r")))


def _recent(run: Pass, planned: Plan) -> exp.Select:
    window = None if planned.end is None else planned.end - planned.start
    rows = visible(planned.table, run.view, window=window, offset=planned.start)
    query = _aggregated(planned, planned.aggregates, rows)
    age = _age(planned.beginnings)
    query.select(named(age, _AGE), copy=False)
    return query if isinstance(age, exp.Literal) else query.group_by(age.copy(), copy=False)


def _with_old(run: Pass, planned: Plan, scratch: str) -> exp.Query:
    """Return the parts of the recent rows, and one part of all older rows that still matter."""
    recent, lacking = f"_recent_{scratch}", f"_lacking_{scratch}"
    run.create(recent, _recent(run, planned))
    parts: exp.Query = exp.select("*").from_(recent)
    waiting = [a for a in planned.aggregates if planned.waits(a)]
    others = [a for a in planned.aggregates if planned.end_of(a) is None and not planned.waits(a)]
    if waiting:
        run.create(lacking, _lacking(planned, waiting, recent))
        single = run.dates.single is not None
        old = _only(_older(run, planned, waiting), waiting, lacking, single=single)
        parts = exp.union(parts, old, distinct=False)
    if others:
        parts = exp.union(parts, _older(run, planned, others), distinct=False)
    return parts


def _older(run: Pass, planned: Plan, aggregates: Collection[Aggregate]) -> exp.Select:
    assert planned.end is not None
    query = _aggregated(planned, aggregates, visible(planned.table, run.view, offset=planned.end))
    return query.select(named(literal(planned.end), _AGE), copy=False)


def _lacking(planned: Plan, waiting: Sequence[Aggregate], recent: str) -> exp.Query:
    """Return the points of which the recent rows do not tell everything, and what they lack."""
    query = _LACKING.bind()
    next(table for table in query.find_all(exp.Table) if table.name == "recent").this.set("this", recent)
    lacks = {}
    for aggregate in waiting:
        found = exp.Count(this=column(aggregate.name, "r"))
        late = exp.GTE(this=column(_AGE, "r"), expression=literal(planned.last_start(aggregate)))
        lacks[aggregate.name] = exp.EQ(this=_filtered(found, late), expression=literal(0))
    query.select(*[named(lack, f"_lacks{name}") for name, lack in lacks.items()], copy=False)
    return query.having(exp.or_(*[lack.copy() for lack in lacks.values()]), copy=False)


def _only(query: exp.Select, waiting: Sequence[Aggregate], lacking: str, *, single: bool) -> exp.Select:
    """Keep the rows of points that lack what the row may tell."""
    same = exp.EQ(this=column("_key", "l"), expression=column("customer_key", "r"))
    if not single:  # a second key would only cost time
        same = exp.and_(same, exp.EQ(this=column("_of", "l"), expression=column("as_of", "r")))
    query.join(exp.to_table(lacking).as_("l"), on=same, copy=False)
    needed = [_all_of(a.where, column(f"_lacks{a.name}", "l")) for a in waiting]
    return query.where(exp.or_(*needed), copy=False)


def _aggregated(planned: Plan, aggregates: Collection[Aggregate], rows: exp.Query) -> exp.Select:
    """Return every aggregate of the plan per point; null in place of those that are not asked for."""
    wheres = _wheres(planned, aggregates)
    values = []
    for aggregate in planned.aggregates:
        value = aggregate.value.copy() if aggregate in aggregates else exp.null()
        if aggregate in aggregates and aggregate.where is not None and len(wheres) > 1:
            value = _filtered(value, aggregate.where)
        values.append(named(value, aggregate.name))
    query = exp.select(*values).from_(rows.subquery("r"))
    conditions = [condition for condition in wheres if condition is not None]
    if len(conditions) == len(wheres):
        query.where(exp.or_(*conditions), copy=False)
    return _per_point(query)


def _wheres(planned: Plan, aggregates: Iterable[Aggregate]) -> list[exp.Expression | None]:
    """Return, for each different condition of the aggregates, which rows are of use; None: all."""
    ends: dict[exp.Expression | None, list[int | None]] = {}
    for aggregate in aggregates:
        ends.setdefault(aggregate.where, []).append(planned.end_of(aggregate))
    return [_all_of(where, _younger(furthest(of_one), planned.end)) for where, of_one in ends.items()]


def _younger(end: int | None, read: int | None) -> exp.Expression | None:
    return None if end is None or end == read else _newer_than(end)


def _newer_than(age: int) -> exp.Expression:
    oldest = exp.Sub(this=column("as_of", "r"), expression=literal(age))
    return exp.GT(this=column("_day", "r"), expression=oldest)


def _age(beginnings: Sequence[int]) -> exp.Expression:
    """Return which part a row belongs to: a case over the day, or a plain number if there is one part only."""
    *newer, oldest = beginnings
    if not newer:
        return literal(oldest)
    case = exp.case()
    for start, end in itertools.pairwise(beginnings):
        case = case.when(_newer_than(end), literal(start))
    return case.else_(literal(oldest))


def _value(planned: Plan, metric: Merged) -> exp.Expression:
    """Merge what the metric is made of over the parts of its ages, and finish it."""
    merged = {
        part: _merge(aggregate, _of_ages(planned, metric.ages))
        for part, aggregate in metric.aggregates.items()
    }

    def one(node: exp.Expression) -> exp.Expression:
        return merged[node.name].copy() if isinstance(node, exp.Column) else node

    return parsed(metric.finish).transform(one)


def _merge(aggregate: Aggregate, ages: exp.Expression | None) -> exp.Expression:
    part = column(aggregate.name, "r")
    if aggregate.merge != NEWEST:
        merged = _MERGES[aggregate.merge](this=part)
        return merged if ages is None else _filtered(merged, ages)
    known = exp.Not(this=exp.Is(this=part.copy(), expression=exp.null()))
    newest = exp.ArgMin(this=part, expression=column(_AGE, "r"))
    return _filtered(newest, known if ages is None else exp.and_(known, ages))


def _of_ages(planned: Plan, ages: Ages) -> exp.Expression | None:
    age, conditions = column(_AGE, "r"), []
    if ages.start > planned.start:
        conditions.append(exp.GTE(this=age.copy(), expression=literal(ages.start)))
    if ages.end is not None:
        conditions.append(exp.LT(this=age.copy(), expression=literal(ages.end)))
    return exp.and_(*conditions) if conditions else None


def _filtered(value: exp.Expression, where: exp.Expression) -> exp.Expression:
    """Let every aggregate of an expression see only the rows where the condition holds."""
    whole = exp.Paren(this=value.copy())
    for aggregate in list(whole.find_all(exp.AggFunc)):
        aggregate.replace(exp.Filter(this=aggregate.copy(), expression=exp.Where(this=where.copy())))
    return whole.this


def _all_of(*conditions: exp.Expression | None) -> exp.Expression | None:
    held = [condition.copy() for condition in conditions if condition is not None]
    return exp.and_(*held) if held else None


def _per_point(query: exp.Select) -> exp.Select:
    keys = [column("as_of", "r"), column("customer_key", "r")]
    query.set("expressions", [*keys, *query.expressions])
    return query.group_by(*[key.copy() for key in keys], copy=False)

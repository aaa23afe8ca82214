"""Who is there at each date, and how far each source reaches: the tables ``point`` and ``coverage``."""

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.query.sql import column, literal, sql
from minori.schema.facts import FACTS

# A customer exists from the day it is said to have started, else from its first fact. One whose start is unknown and
# of whom nothing was seen yet is not counted: nothing could be said about it. ``first_fact`` does not depend on the
# date: the earliest of all facts was seen at a date exactly if it is not later, and is then the earliest seen.
_POINT = sql("""
    select c.as_of, c.customer_key, c.customer_id, coalesce(c.started_on, f.first_on) as started_on,
           cast(date_diff('day', coalesce(c.started_on, f.first_on), c.as_of) as double) as tenure_days
    from customers c
    left join first_fact f on f.customer_key = c.customer_key
    where coalesce(c.started_on, f.first_on) <= c.as_of
""")


def compute(run: Pass) -> None:
    """Set ``point`` and ``coverage`` for every date of the pass."""
    point: exp.Query = _POINT.bind()
    if run.only is not None:
        wanted = exp.select("customer_key").from_(run.only)
        chosen = exp.In(this=column("customer_key"), query=wanted.subquery())
        point = exp.select("*").from_(point.subquery("p")).where(chosen)
    run.create("point", point)
    run.create("coverage", _coverage())


# A source may declare how far it covers (an export with no ticket in its last week still covers that week).
_COVERAGE = sql("""
    with span as (
        select d.as_of, f.table_name, min(f.day) as first_day, max(f.day) as last_day
        from dates d
        join fact_day f on f.day <= d.as_of
        group by d.as_of, f.table_name
    ), reach as (
        select s.as_of, s.table_name, least(s.first_day, coalesce(d.covers_from, s.first_day)) as covers_from,
               greatest(s.last_day, least(s.as_of, coalesce(d.covers_until, s.last_day))) as covers_until,
               coalesce(d.fresh_within_days, $fresh) as fresh_within_days
        from span s
        left join declared d on d.table_name = s.table_name
    )
    select as_of, table_name, covers_from, covers_until,
           date_diff('day', covers_until, as_of) <= fresh_within_days as fresh
    from reach
""")


def _coverage() -> exp.Query:
    fresh = exp.case()
    for name, table in FACTS.items():
        named_so = exp.EQ(this=column("table_name", "s"), expression=literal(name))
        fresh = fresh.when(named_so, literal(table.fresh_within_days), copy=False)
    return _COVERAGE.bind(fresh=fresh)


STAGE = Stage(
    "points",
    reads=("customers", "first_fact", "fact_day", "declared", "dates"),
    writes=("point", "coverage"),
    run=compute,
    says="who is there, and how far each source reaches",
)

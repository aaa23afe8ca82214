"""Who is there at each date, and how far each source reaches: the tables ``point`` and ``coverage``."""

from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.query.sql import column, literal, named, sql
from minori.schema.facts import FACTS

# A customer exists from the day it is said to have started, else from its first fact. One whose start is unknown and
# of whom nothing was seen yet is not counted: nothing could be said about it.
_POINT = sql("""
    with seen as (
        select as_of, customer_key, min(starts_on) as day from contracts group by as_of, customer_key
        union all
        select as_of, customer_key, min(_day) as day from orders group by as_of, customer_key
        union all
        select e.as_of, e.customer_key, min(e._day) as day
        from events e
        join (select as_of, customer_key from customers where started_on is null) u
          on u.as_of = e.as_of and u.customer_key = e.customer_key
        group by e.as_of, e.customer_key
    ), first_seen as (
        select as_of, customer_key, min(day) as day from seen group by as_of, customer_key
    )
    select c.as_of, c.customer_key, c.customer_id, coalesce(c.started_on, f.day) as started_on,
           cast(date_diff('day', coalesce(c.started_on, f.day), c.as_of) as double) as tenure_days
    from customers c
    left join first_seen f on f.as_of = c.as_of and f.customer_key = c.customer_key
    where coalesce(c.started_on, f.day) <= c.as_of
""")


def compute(run: Pass) -> None:
    """Set ``point`` and ``coverage`` for every date of the pass."""
    point: exp.Query = _POINT.bind()
    if run.only is not None:
        wanted = exp.select("customer_key").from_(run.only)
        chosen = exp.In(this=column("customer_key"), query=wanted.subquery())
        point = exp.select("*").from_(point.subquery("p")).where(chosen)
    run.create("point", point)
    run.create("coverage", _coverage(run))


def _coverage(run: Pass) -> exp.Query:
    spans = [_span(name) for name in sorted(run.connected) if FACTS[name].at is not None]
    union = spans[0] if spans else _nothing()
    for span in spans[1:]:
        union = exp.union(union, span, distinct=False)
    return _with_declared(union)


def _span(name: str) -> exp.Query:
    return (
        exp.select(column("as_of"), exp.alias_(literal(name), "table_name"))
        .select(
            named(exp.Min(this=column("_day")), "first_day"), named(exp.Max(this=column("_day")), "last_day")
        )
        .from_(exp.to_table(name))
        .group_by(column("as_of"))
    )


def _nothing() -> exp.Query:
    return _EMPTY.bind()


_EMPTY = sql("""
    select as_of, cast(null as text) as table_name, cast(null as date) as first_day, cast(null as date) as last_day
    from point where false
""")

# A source may declare how far it covers (an export with no ticket in its last week still covers that week).
_DECLARED = sql("""
    select s.as_of, s.table_name, least(s.first_day, coalesce(d.covers_from, s.first_day)) as covers_from,
           greatest(s.last_day, least(s.as_of, coalesce(d.covers_until, s.last_day))) as covers_until,
           date_diff('day', greatest(s.last_day, least(s.as_of, coalesce(d.covers_until, s.last_day))), s.as_of)
             <= coalesce(d.fresh_within_days, $fresh) as fresh
    from spans s
    left join declared d on d.table_name = s.table_name
""")


def _with_declared(union: exp.Query) -> exp.Query:
    fresh = exp.case()
    for name, table in FACTS.items():
        fresh = fresh.when(
            exp.EQ(this=column("table_name", "s"), expression=literal(name)), literal(table.fresh_within_days)
        )
    query = _DECLARED.bind(fresh=fresh)
    for reference in list(query.find_all(exp.Table)):
        if reference.name == "spans":
            reference.replace(union.subquery("s"))
    return query


STAGE = Stage(
    "points",
    reads=(*FACTS, "declared"),
    writes=("point", "coverage"),
    run=compute,
    says="who is there, and how far each source reaches",
)

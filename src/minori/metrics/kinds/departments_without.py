"""Departments none of whose users did it in the window: ``departments_without: events``."""

from sqlglot import exp

from minori.metrics.kind import Look, MetricKind
from minori.metrics.measure import Measure
from minori.metrics.rows import seen
from minori.query.sql import reading, sql
from minori.query.visibility import visible
from minori.schema.facts import FACTS

_WITHOUT = sql("""
    with active as (
        select distinct r.as_of, r.customer_key, lower(u.department) as department
        from rows_seen r
        join users_seen u on u.as_of = r.as_of and u.user_key = r.user_key
    )
    select d.as_of, d.customer_key, count(*) filter (where a.department is null) as value
    from departments_seen d
    left join active a
      on a.as_of = d.as_of and a.customer_key = d.customer_key and a.department = lower(d.name)
    group by d.as_of, d.customer_key
""")


def without(measure: Measure, look: Look) -> exp.Query:
    """Count departments without a row of one of their users."""
    return reading(
        _WITHOUT.bind(),
        rows_seen=seen(measure, look),
        users_seen=visible(FACTS["users"], look.view),
        departments_seen=visible(FACTS["departments"], look.view),
    )


KIND = MetricKind(needs_users=True, query=without, also_reads=("users", "departments"))

"""On how many calendar days: ``days: events where name = 'login'``."""

from sqlglot import exp

from minori.metrics.kind import Look, MetricKind
from minori.metrics.measure import Measure
from minori.metrics.rows import per_customer, seen
from minori.query.sql import column


def days(measure: Measure, look: Look) -> exp.Query:
    """Count different company days per point."""
    rows = seen(measure, look)
    once = (
        exp.select(column("as_of"), column("customer_key"), column("_day"))
        .from_(rows.subquery("s"))
        .distinct()
    )
    return per_customer(once, exp.Count(this=exp.Star()))


KIND = MetricKind(zero_if_none=True, query=days)

"""How many different values: ``distinct: user_id of events``. Rows are deduplicated before they are counted.

Counting distinct values inside a grouped scan is several times slower on every engine.
"""

from sqlglot import exp

from minori.metrics.kind import Look, MetricKind
from minori.metrics.measure import Measure
from minori.metrics.rows import per_customer, seen
from minori.query.sql import column


def different(measure: Measure, look: Look) -> exp.Query:
    """Count different values of the column per point."""
    rows = seen(measure, look).where(exp.Not(this=exp.Is(this=measure.value, expression=exp.null())))
    once = (
        exp.select(column("as_of"), column("customer_key"), measure.value)
        .from_(rows.subquery("s"))
        .distinct()
    )
    return per_customer(once, exp.Count(this=exp.Star()))


KIND = MetricKind(takes="column", zero_if_none=True, query=different)

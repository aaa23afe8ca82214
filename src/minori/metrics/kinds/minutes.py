"""Minutes in sessions: ``minutes: events``. A gap of up to 30 minutes between a user's events belongs to a session."""

from sqlglot import exp

from minori.metrics.kind import Look, MetricKind
from minori.metrics.measure import Measure
from minori.metrics.rows import per_customer, seen
from minori.query.sql import parsed

LONGEST_GAP_SECONDS = 1_800
_GAP = parsed(
    "date_diff('second', lag(occurred_at) over (partition by as_of, customer_key, user_key"
    " order by occurred_at, _id), occurred_at)"
)
_WITHIN = parsed(f"cast(sum(case when gap <= {LONGEST_GAP_SECONDS} then gap else 0 end) as double) / 60")


def minutes(measure: Measure, look: Look) -> exp.Query:
    """Add up the gaps inside sessions per point."""
    rows = seen(measure, look)
    gaps = exp.select("as_of", "customer_key", exp.alias_(_GAP.copy(), "gap")).from_(rows.subquery("s"))
    return per_customer(gaps, _WITHIN.copy())


KIND = MetricKind(needs_users=True, zero_if_none=True, query=minutes)

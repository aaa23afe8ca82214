"""Share (0-1) of users who did it more often than in the window before: ``rising_users: events where …``."""

from sqlglot import exp

from minori.core.errors import ConditionError
from minori.metrics.kind import Look, MetricKind
from minori.metrics.measure import Measure
from minori.metrics.rows import per_customer, seen
from minori.query.sql import column, literal, parsed

_SHARE = parsed(
    "cast(count(*) filter (where now_n > before_n) as double) / nullif(cast(count(*) as double), 0)"
)


def rising(measure: Measure, look: Look) -> exp.Query:
    """Compare each user's count in the window with the window before."""
    if look.window is None:
        raise ConditionError("rising_users needs a window")
    start = exp.Sub(this=column("as_of"), expression=literal(look.offset + look.window))
    in_window = exp.GT(this=column("_day"), expression=start)
    users = (
        exp.select(column("as_of"), column("customer_key"), column("user_key"))
        .select(
            exp.alias_(_counted(in_window), "now_n"),
            exp.alias_(_counted(exp.Not(this=in_window)), "before_n"),
        )
        .from_(seen(measure, look, windows=2).subquery("s"))
        .group_by(column("as_of"), column("customer_key"), column("user_key"))
    )
    return per_customer(users, _SHARE.copy())


def _counted(condition: exp.Expression) -> exp.Expression:
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=condition.copy()))


KIND = MetricKind(needs_users=True, needs_window=True, query=rising)

"""A total: ``sum: quantity of events where name = 'api_call'``. Exact: decimals and integers only."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure


def total(measure: Measure) -> exp.Expression:
    """Add up the column."""
    return exp.Sum(this=measure.value)


KIND = MetricKind(
    takes="column",
    zero_if_none=True,
    partial=Partial(parts=lambda measure: {"total": total(measure)}, merge={"total": "sum"}, finish="total"),
)

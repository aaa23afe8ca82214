"""How many rows: ``count: events where name = 'login'``."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure


def rows(_: Measure) -> exp.Expression:
    """Count rows."""
    return exp.Count(this=exp.Star())


KIND = MetricKind(
    zero_if_none=True,
    partial=Partial(parts=lambda measure: {"n": rows(measure)}, merge={"n": "sum"}, finish="n"),
)

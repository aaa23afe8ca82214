"""The minimum: ``min: value of gauges where name = 'storage_gb'``."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure


def minimum(measure: Measure) -> exp.Expression:
    """Take the minimum of the column."""
    return exp.Min(this=measure.value)


KIND = MetricKind(
    takes="column",
    same_type=True,
    partial=Partial(
        parts=lambda measure: {"value": minimum(measure)}, merge={"value": "min"}, finish="value"
    ),
)

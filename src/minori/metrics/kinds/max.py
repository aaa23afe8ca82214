"""The maximum: ``max: value of gauges where name = 'storage_gb'``."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure


def maximum(measure: Measure) -> exp.Expression:
    """Take the maximum of the column."""
    return exp.Max(this=measure.value)


KIND = MetricKind(
    takes="column",
    same_type=True,
    partial=Partial(
        parts=lambda measure: {"value": maximum(measure)}, merge={"value": "max"}, finish="value"
    ),
)

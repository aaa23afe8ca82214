"""The day of the first row: ``first: orders``."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure
from minori.query.sql import column


def first_day(_: Measure) -> exp.Expression:
    """Take the earliest company day."""
    return exp.Min(this=column("_day"))


KIND = MetricKind(
    value="date",
    partial=Partial(parts=lambda measure: {"day": first_day(measure)}, merge={"day": "min"}, finish="day"),
)

"""The day of the newest row: ``latest: events where name = 'login'``, read by ``days_since()``."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure
from minori.query.sql import column


def newest_day(_: Measure) -> exp.Expression:
    """Take the newest company day."""
    return exp.Max(this=column("_day"))


KIND = MetricKind(
    value="date",
    partial=Partial(
        parts=lambda measure: {"day": newest_day(measure)}, merge={"day": "newest"}, finish="day"
    ),
)

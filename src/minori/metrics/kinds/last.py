"""The newest value: ``last: value of gauges where name = 'seats_used'``. Ties of time end in the row's id."""

from sqlglot import exp

from minori.metrics.kind import MetricKind, Partial
from minori.metrics.measure import Measure
from minori.query.sql import column


def newest(measure: Measure) -> exp.Expression:
    """Take the column's value in the newest row."""
    at = column(measure.table.at or "_day")
    order = exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier("at"), expression=at),
            exp.PropertyEQ(this=exp.to_identifier("id"), expression=column("_id")),
        ]
    )
    return exp.ArgMax(this=measure.value, expression=order)


KIND = MetricKind(
    takes="column",
    same_type=True,
    partial=Partial(
        parts=lambda measure: {"value": newest(measure)}, merge={"value": "newest"}, finish="value"
    ),
)

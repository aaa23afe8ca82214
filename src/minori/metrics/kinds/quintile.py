"""1 to 5 among all customers, 5 best: ``quintile: days_since_order``. Ties share a rank."""

from minori.metrics.kind import MetricKind

KIND = MetricKind(takes="metric")

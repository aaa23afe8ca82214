"""Arithmetic over other metrics and customer columns: ``formula: active_seats / limit(seats)``."""

from minori.metrics.kind import MetricKind

KIND = MetricKind(takes="expression")

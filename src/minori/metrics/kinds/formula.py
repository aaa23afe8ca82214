"""Arithmetic over other metrics and customer columns: ``formula: active_seats / limit(seats)``."""

from sqlglot import exp

from minori.metrics.kind import Derived, MetricKind
from minori.query.condition import parse_condition


def arithmetic(text: str, _lower_is_better: bool) -> exp.Expression:
    """Return the formula's tree."""
    return parse_condition(text).tree.copy()


KIND = MetricKind(
    derived=Derived(names=lambda text: parse_condition(text).reads, value=arithmetic, can_look_back=True)
)

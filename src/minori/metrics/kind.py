"""What a kind of metric is: how it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from minori.core.registry import Registry
from minori.metrics.measure import Measure
from minori.query.visibility import View


@dataclass(frozen=True)
class Look:
    """Which rows a metric looks at: a window of days (None: ever), moved back by ``offset``."""

    view: View
    window: int | None
    offset: int


@dataclass(frozen=True)
class Partial:
    """A metric in parts per customer and day: aggregates, how parts merge, and the value at the end.

    ``merge`` names an aggregate of the closed list per part; ``finish`` reads the merged parts by name.
    """

    parts: Callable[[Measure], dict[str, exp.Expression]]
    merge: dict[str, str]
    finish: str


@dataclass(frozen=True)
class MetricKind:
    """A kind of metric.

    Either ``aggregate`` (one expression over the rows of a customer; metrics of one window share one scan) or
    ``query`` (a SELECT of as_of, customer_key, value of its own). Kinds without ``partial`` cannot merge and are
    left out of ``watch``.
    """

    value: Literal["number", "date"] = "number"
    takes: Literal["rows", "column", "metric", "expression"] = "rows"
    zero_if_none: bool = False
    needs_window: bool = False
    aggregate: Callable[[Measure], exp.Expression] | None = None
    query: Callable[[Measure, Look], exp.Query] | None = None
    partial: Partial | None = None
    also_reads: tuple[str, ...] = ()


METRIC_KINDS: Registry[MetricKind] = Registry("metric kind", "minori.metrics.kinds", MetricKind)

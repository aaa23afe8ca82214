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

    ``merge`` says how each part merges: sum, min, max, bit_or, or newest (the value of the newest part that
    has one, so that older rows need not be read). ``finish`` reads the merged parts by name.
    """

    parts: Callable[[Measure], dict[str, exp.Expression]]
    merge: dict[str, str]
    finish: str


@dataclass(frozen=True)
class Derived:
    """A metric made of other columns of the same customer and date.

    ``value(text, lower_is_better)`` is an expression over those columns, from the text beside the kind.
    ``names(text)`` are the metrics and customer columns it names, to be checked.
    """

    names: Callable[[str], frozenset[str]]
    value: Callable[[str, bool], exp.Expression]
    can_look_back: bool = False  # its window before is the same expression over the windows before
    ranks: bool = False  # it compares customers, so it needs all of them
    of_metric: bool = False  # the text is one metric, whose ``better`` counts


@dataclass(frozen=True)
class MetricKind:
    """A kind of metric, and how it is computed.

    ``partial``    aggregates that merge; such metrics of a table share a scan, and ``watch`` can add to them.
    ``of_window``  the same, made for a window of days; None where the window is too long for it.
    ``each``       a column whose different values are counted; metrics that differ in window alone share a scan.
    ``query``      a SELECT of as_of, customer_key, value of its own.
    ``derived``    other columns of the same customer and date.
    """

    value: Literal["number", "date"] = "number"
    takes: Literal["rows", "column"] = "rows"
    same_type: bool = False  # the value has the column's own type (a text stays a text)
    zero_if_none: bool = False
    needs_window: bool = False
    needs_users: bool = False  # unknown where no row of the table says which user it was
    partial: Partial | None = None
    of_window: Callable[[int | None], Partial | None] | None = None
    each: Callable[[Measure], exp.Expression] | None = None
    query: Callable[[Measure, Look], exp.Query] | None = None
    derived: Derived | None = None
    also_reads: tuple[str, ...] = ()

    def merging(self, window: int | None) -> Partial | None:
        """Return how the kind merges over a window; None: it does not."""
        return self.of_window(window) if self.of_window is not None else self.partial


METRIC_KINDS: Registry[MetricKind] = Registry("metric kind", "minori.metrics.kinds", MetricKind)

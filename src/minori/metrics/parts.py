"""What one scan of a fact table must aggregate, so that every metric of the table can be merged from it.

Windows of 7, 28 and 90 days up to a date overlap, and so do a window and the one before it. Their ends cut the days
into parts that do not: a row is aggregated once, in its part, and a metric of 28 days merges the parts of 28 days.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

from minori.metrics.resolve import Resolved
from minori.schema.table import Table

NEWEST = "newest"  # a way to merge: the value of the newest part that has one
RECENT_DAYS = 90  # of a huge table, the newest value is looked for so far back before the rest is read


@dataclass(frozen=True)
class Ages:
    """Rows by their age at the date, in days: from ``start`` to ``end`` (exclusive; None: ever)."""

    start: int
    end: int | None


@dataclass(frozen=True)
class Aggregate:
    """An aggregate over the rows of a part: shared by metrics that differ in their ages alone."""

    name: str
    value: exp.Expression
    where: exp.Expression | None
    merge: str


@dataclass(frozen=True)
class Merged:
    """A metric: ``finish`` reads merged aggregates by the names that its kind gives them."""

    name: str
    ages: Ages
    aggregates: dict[str, Aggregate]
    finish: str


@dataclass(frozen=True)
class Plan:
    """The scan of one table. ``by_day``: for several dates at once, from what was aggregated by day."""

    table: Table
    aggregates: tuple[Aggregate, ...]
    metrics: tuple[Merged, ...]
    by_day: bool = False

    @property
    def start(self) -> int:
        """The least age that is looked at."""
        return min(metric.ages.start for metric in self.metrics)

    @property
    def end(self) -> int | None:
        """Where the ages end of which every row is read for everybody; None: nowhere."""
        end = self.furthest_end(self.aggregates)
        apart = self.by_day or (self.table.compact and any(self.waits(a) for a in self.aggregates))
        return self._recent if end is None and apart else end

    @property
    def cut(self) -> bool:
        """Whether something is looked for beyond ``end``."""
        return self.end is not None and any(self.end_of(aggregate) is None for aggregate in self.aggregates)

    @property
    def beginnings(self) -> list[int]:
        """The least age of each part before ``end``, in rising order."""
        cuts = {
            cut for metric in self.metrics for cut in (metric.ages.start, metric.ages.end) if cut is not None
        }
        return sorted(cut for cut in cuts if self.end is None or cut < self.end)

    def furthest_end(self, aggregates: Iterable[Aggregate]) -> int | None:
        """Return the furthest age at which one of them is looked at; None: ever."""
        return furthest(self.end_of(aggregate) for aggregate in aggregates)

    def ages(self, aggregate: Aggregate) -> list[Ages]:
        """Return the ages at which an aggregate is looked at."""
        return [metric.ages for metric in self.metrics if aggregate in metric.aggregates.values()]

    def end_of(self, aggregate: Aggregate) -> int | None:
        """Return the furthest age at which an aggregate is looked at; None: ever."""
        return furthest(ages.end for ages in self.ages(aggregate))

    def waits(self, aggregate: Aggregate) -> bool:
        """Return whether old rows matter only to the customers who have no newer ones."""
        return aggregate.merge == NEWEST and self.end_of(aggregate) is None

    def last_start(self, aggregate: Aggregate) -> int:
        """Return the furthest age from which on the aggregate is looked for ever."""
        return max(ages.start for ages in self.ages(aggregate) if ages.end is None)

    @property
    def _recent(self) -> int:
        ever = [a for a in self.aggregates if self.end_of(a) is None]
        looked = [self.last_start(a) + (RECENT_DAYS if self.waits(a) else 0) for a in ever]
        return max(*looked, *(metric.ages.end or 0 for metric in self.metrics))


def plan(table: Table, metrics: Iterable[Resolved], *, by_day: bool = False) -> Plan:
    """Return what to aggregate for metrics of one table, all of kinds that merge."""
    made: dict[tuple[str, ...], Aggregate] = {}
    merged = [_merged(metric, made) for metric in metrics]
    return Plan(table, tuple(made.values()), tuple(merged), by_day)


def _merged(metric: Resolved, made: dict[tuple[str, ...], Aggregate]) -> Merged:
    measure, partial = metric.measure, metric.kind.merging(metric.window)
    assert measure is not None
    assert partial is not None
    own = {}
    for part, value in partial.parts(measure).items():
        texts = (tree.sql() if tree is not None else "" for tree in (value, measure.where))
        how = partial.merge[part]
        fresh = Aggregate(f"_p{len(made)}", value, measure.where, how)
        own[part] = made.setdefault((*texts, how), fresh)
    return Merged(metric.name, _ages(metric, measure.table), own, partial.finish)


def _ages(metric: Resolved, table: Table) -> Ages:
    if table.at is None:  # its rows have no day, so they cannot be told by age
        return Ages(0, None)
    return Ages(metric.offset, None if metric.window is None else metric.offset + metric.window)


def furthest(ends: Iterable[int | None]) -> int | None:
    """Return the greatest end, where None is without end."""
    found = list(ends)
    known = [end for end in found if end is not None]
    return max(known) if len(known) == len(found) else None

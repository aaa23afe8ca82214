"""Purchase histories in the form that the models of lifetime value read: one row per distinct history, with a weight."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.fitting import LEAST_CUSTOMERS, NotEnough

LEAST_REPEATS = 10  # customers who came back; below it nothing can be told about coming back
_CHUNK = 1 << 13  # rows worked on at a time: they fit the cache, and BLAS does not split them over threads


@dataclass(frozen=True)
class Histories:
    """Purchases of customers, grouped: ``weight`` customers share repeat purchases ``x``, ``last`` and ``age``.

    ``x`` counts purchases after the first. ``last`` (t_x) is the time from the first purchase to the last one, ``age``
    (T) the time from the first purchase to the date of analysis, in any one unit.

    Raises
    ------
    ValueError
        If lengths differ, a number is not finite, or a history is impossible.
    """

    x: Ints
    last: Floats
    age: Floats
    weight: Floats

    def __post_init__(self) -> None:
        if len({len(self.x), len(self.last), len(self.age), len(self.weight)}) != 1:
            raise ValueError("x, last, age and weight differ in length")
        if not all(np.isfinite(part).all() for part in (self.last, self.age, self.weight)):
            raise ValueError("a time or weight is not a finite number")
        wrong = (self.x < 0) | (self.last < 0) | (self.last > self.age) | (self.weight < 0)
        wrong |= (self.x == 0) & (self.last > 0)
        if wrong.any():
            row = int(np.argmax(wrong))
            raise ValueError(
                f"row {row} is no history: x = {self.x[row]}, last = {self.last[row]}, age = {self.age[row]},"
                f" weight = {self.weight[row]}; allowed is 0 ≤ last ≤ age, and last = 0 where x = 0"
            )

    @classmethod
    def of(
        cls, x: npt.ArrayLike, last: npt.ArrayLike, age: npt.ArrayLike, weight: npt.ArrayLike | None = None
    ) -> "Histories":
        """Make histories from anything array-like; without weights each row is one customer.

        Raises
        ------
        ValueError
            If a purchase count is not a whole number, or as the class does.
        """
        counts = np.asarray(x, dtype=np.float64)
        if not (np.isfinite(counts).all() and (counts == np.floor(counts)).all()):
            raise ValueError("a count of purchases is not a whole number")
        weights = np.ones(len(counts)) if weight is None else np.asarray(weight, dtype=np.float64)
        last_, age_ = np.asarray(last, dtype=np.float64), np.asarray(age, dtype=np.float64)
        return cls(counts.astype(np.int64), last_, age_, weights)

    @cached_property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.weight.sum())

    @cached_property
    def unit(self) -> float:
        """A tenth of the mean age: divided by it, times are around 10 and log-parameters around 0."""
        mean = float((self.weight * self.age).sum()) / max(self.customers, 1.0)
        return mean / 10 if mean > 0 else 1.0

    def scaled(self, unit: float) -> "Histories":
        """Return the same histories in another unit of time."""
        return Histories(self.x, self.last / unit, self.age / unit, self.weight)

    def where(self, rows: Flags | slice) -> "Histories":
        """Return some of the rows."""
        return Histories(self.x[rows], self.last[rows], self.age[rows], self.weight[rows])

    def thinned(self, rows: int) -> "Histories":
        """Return about so many of the rows, evenly chosen: enough to begin a search with."""
        return self.where(slice(None, None, max(1, len(self.x) // rows)))

    def chunks(self) -> Iterator[slice]:
        """Return slices of the rows that fit the processor's cache."""
        return (slice(start, start + _CHUNK) for start in range(0, len(self.x), _CHUNK))

    def lacking(self) -> NotEnough | None:
        """Return why nothing can be fitted to these histories; None if it can."""
        there = self.weight > 0
        if self.customers < LEAST_CUSTOMERS:
            return NotEnough("few_customers", int(self.customers))
        returned = float(self.weight[self.x > 0].sum())
        if returned < LEAST_REPEATS:
            return NotEnough("few_repeats", int(returned))
        if all(np.ptp(part[there]) == 0 for part in (self.x, self.last, self.age)):
            return NotEnough("all_alike", int(self.customers))
        return None


def weights_by_count(histories: Histories) -> tuple[Ints, Floats, npt.NDArray[np.intp]]:
    """Return the distinct counts, how many customers have each, and each row's place among them."""
    counts, place = np.unique(histories.x, return_inverse=True)
    return counts, np.bincount(place, histories.weight, len(counts)).astype(np.float64), place

"""Does it matter when customers are approached? Answers at a time against those expected of the same customers at any time.

Everything is observed ÷ expected. What is expected of a contact comes from what it was about and from how readily its
customer answers; a time's ratio is shrunk to that of its segment, that to all customers', and that to what its parts (the
weekday, the hours) say, each as far as the data asks for: a gamma prior whose weight maximises the marginal likelihood.

References
----------
DuMouchel (1999), American Statistician 53, 177-190 (gamma-Poisson shrinkage of observed ÷ expected).
"""

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.interval import Interval

WEIGHTS = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, inf)
"""Expected answers that a prior may be worth; the last: there are no differences."""
_MOST = 0.95  # chance that may be expected of a contact
_BASE_WEIGHT = 10.0  # contacts; a kind of contact with few is like all others


@dataclass(frozen=True)
class Contacts:
    """One element per contact, in the order of time.

    ``at`` and ``known`` are when it was made and when its outcome was known, as any rising number. The others are codes
    from 0: ``slot`` its time, ``kind`` what it was about, ``customer`` and ``segment`` whom it reached.
    """

    at: Ints
    known: Ints
    answered: Floats
    slot: Ints
    kind: Ints
    customer: Ints
    segment: Ints

    def __len__(self) -> int:
        return len(self.at)

    def only(self, chosen: Flags) -> "Contacts":
        """Return some of them."""
        return Contacts(*(column[chosen] for column in self.columns))

    @property
    def columns(self) -> tuple[Any, ...]:
        """All columns, in the order in which they are declared."""
        return (self.at, self.known, self.answered, self.slot, self.kind, self.customer, self.segment)


@dataclass(frozen=True)
class Grid:
    """How many slots there are, and of what parts each consists: per part (weekday, hours) a code for every slot."""

    size: int
    parts: tuple[Ints, ...] = ()


@dataclass(frozen=True)
class Ratios:
    """Ratios of cells: ``value`` with the gamma posterior's ``shape`` and ``rate`` about ``parent``."""

    value: Floats
    shape: Floats
    rate: Floats
    parent: Floats
    weight: float

    def interval(self, cell: int, level: float) -> Interval:
        """Return the ratio of a cell; the interval is its value where differences are ruled out."""
        from scipy.special import gammaincinv  # heavy: only when an interval is asked for

        value, above = float(self.value[cell]), float(self.parent[cell])
        if self.weight == inf:
            return Interval(value, value, value)
        tail = (1 - level) / 2
        shape, rate = float(self.shape[cell]), float(self.rate[cell])
        low, high = (float(gammaincinv(shape, end)) / rate * above for end in (tail, 1 - tail))
        return Interval(low, value, high)


@dataclass(frozen=True)
class Times:
    """What was learned: per slot for all, per segment × slot, and per customer × slot (cells that were seen)."""

    base: Floats  # chance by kind
    readiness: Floats  # ratio by customer
    all: Ratios
    segments: Ratios
    customers: Ratios
    customer_cells: Ints  # codes of the cells of ``customers``, sorted
    contacts: Ints  # per slot
    size: int

    def ratio(self, customer: Ints, segment: Ints, slot: Ints) -> Floats:
        """Return how many times as many answers as at any time are expected; codes not learned from are -1."""
        of_segment = np.where(
            segment >= 0, self.segments.value[segment * self.size + slot], self.all.value[slot]
        )
        cell = customer * self.size + slot
        place = np.minimum(np.searchsorted(self.customer_cells, cell), max(len(self.customer_cells) - 1, 0))
        if not len(self.customer_cells):
            return np.asarray(of_segment, dtype=np.float64)
        own = (customer >= 0) & (self.customer_cells[place] == cell)
        return np.asarray(np.where(own, self.customers.value[place], of_segment), dtype=np.float64)

    def expected(self, contacts: Contacts) -> Floats:
        """Return the chance of an answer at any time."""
        known = np.where(contacts.customer >= 0, self.readiness[contacts.customer], 1.0)
        return np.minimum(self.base[contacts.kind] * known, _MOST)


def learn(contacts: Contacts, grid: Grid, *, kinds: int, customers: int, segments: int) -> Times:
    """
    Learn the ratios of all slots; there must be one contact at least.

    Parameters
    ----------
    kinds, customers, segments
        How many codes there are.
    """
    y, slot = contacts.answered, contacts.slot
    asked = np.bincount(contacts.kind, minlength=kinds)
    yes = np.bincount(contacts.kind, y, kinds)
    base = (yes + _BASE_WEIGHT * y.mean()) / (asked + _BASE_WEIGHT)
    of_kind = base[contacts.kind]
    readiness = _shrunk(contacts.customer, y, of_kind, np.ones(customers)).value
    expected = np.minimum(of_kind * readiness[contacts.customer], _MOST)
    parent = _parts(slot, y, expected, grid)
    every = _shrunk(slot, y, expected, parent)
    cell = contacts.segment * grid.size + slot
    by_segment = _shrunk(cell, y, expected, np.tile(every.value, segments))
    seen, place = np.unique(contacts.customer * grid.size + slot, return_inverse=True)
    above = np.zeros(len(seen))
    above[place] = by_segment.value[cell]
    own = _shrunk(place.astype(np.int64), y, expected, above)
    return Times(
        base,
        readiness,
        every,
        by_segment,
        own,
        seen.astype(np.int64),
        np.bincount(slot, minlength=grid.size).astype(np.int64),
        grid.size,
    )


def _parts(slot: Ints, y: Floats, expected: Floats, grid: Grid) -> Floats:
    """Return per slot the product of the ratios of its parts."""
    parent = np.ones(grid.size)
    for codes in grid.parts:
        found = _shrunk(codes[slot], y, expected * parent[slot], np.ones(int(codes.max()) + 1))
        parent = parent * found.value[codes]
    return parent


def _shrunk(cell: Ints, y: Floats, expected: Floats, parent: Floats) -> Ratios:
    """Return the ratio of every cell, shrunk to its parent; cells are numbered like parents."""
    count = len(parent)
    seen = np.bincount(cell, y, count).astype(np.float64)
    due = np.bincount(cell, expected * parent[cell], count).astype(np.float64)
    weight = max(WEIGHTS, key=lambda k: (_likelihood(seen, due, k), k))
    if weight == inf:
        return Ratios(parent, seen, due, parent, weight)
    shape, rate = seen + weight, due + weight
    return Ratios(parent * shape / rate, shape, rate, parent, weight)


def _likelihood(seen: Floats, due: Floats, weight: float) -> float:
    """Return the log-likelihood of a prior's weight (negative binomial), without what is the same for all weights."""
    from scipy.special import gammaln

    there = due > 0
    o, e = seen[there], due[there]
    if weight == inf:
        return float(-e.sum())
    terms = (
        gammaln(o + weight)
        - gammaln(weight)
        + weight * np.log(weight / (e + weight))
        - o * np.log(e + weight)
    )
    return float(terms.sum())

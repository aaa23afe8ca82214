"""Lift: how much more often something happened to those chosen than to the others, with an interval by clusters.

The same customer may be chosen at several dates and stand among the others at more, so the variance is that of sums per
customer (linearised ratio of two means; Cochran, Sampling Techniques, 3rd ed., sections 6.4 and 9A.2).
"""

from dataclasses import dataclass
from math import exp, inf, log, sqrt

import numpy as np
import numpy.typing as npt

from minori.stats.interval import Interval

LEVEL = 0.9
_NORMAL = 1.6448536269514722  # 95 % quantile: a 90 % interval
FEWEST_CHOSEN, FEWEST_EVENTS = 20, 5


@dataclass(frozen=True)
class Lift:
    """``rate`` among ``n`` chosen against ``base``; ``lift`` is None below 20 chosen or 5 events."""

    n: int
    clusters: int
    happened: int
    rate: float
    base: float
    lift: Interval | None


def lift(
    chosen: npt.NDArray[np.int64],
    happened: npt.NDArray[np.float64],
    base: npt.NDArray[np.float64],
    others: npt.NDArray[np.int64] | None = None,
    influence: npt.NDArray[np.float64] | None = None,
) -> Lift | None:
    """Return the lift, or None if nobody was chosen.

    Parameters
    ----------
    chosen
        Per choice the customer's key.
    happened, base
        Per choice 0 or 1, and the rate among comparable others.
    others, influence
        Per other customer what it adds to the mean base, less its share of it; absent, the base is taken as known.
    """
    n = len(chosen)
    if n == 0:
        return None
    rate, expected = float(happened.mean()), float(base.mean())
    events = int(happened.sum())
    found = Lift(n, len(np.unique(chosen)), events, rate, expected, None)
    if n < FEWEST_CHOSEN or expected <= 0 or events + expected * n < FEWEST_EVENTS:
        return found
    if events == 0:
        return Lift(
            n, found.clusters, 0, 0.0, expected, Interval(0.0, 0.0, min(_NORMAL**2 / (n * expected), inf))
        )
    keys = chosen if others is None else np.concatenate([chosen, others])
    parts = (happened / rate - base / expected) / n
    if others is not None and influence is not None:
        parts = np.concatenate([parts, -influence / expected])
    error = _error(keys, parts)
    ratio = rate / expected
    interval = Interval(exp(log(ratio) - _NORMAL * error), ratio, exp(log(ratio) + _NORMAL * error))
    return Lift(n, found.clusters, events, rate, expected, interval)


def _error(keys: npt.NDArray[np.int64], parts: npt.NDArray[np.float64]) -> float:
    """Return the standard error of a sum of parts that vary together within a key."""
    _, place = np.unique(keys, return_inverse=True)
    sums = np.bincount(place, weights=parts)
    count = len(sums)
    return sqrt(float((sums**2).sum()) * count / max(count - 1, 1))

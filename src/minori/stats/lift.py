"""Lift: how much more often something happened to those chosen than to the others.

From rows (``lift``) the interval is by customers: the same one may be chosen at several dates and stand among the others
at more, so the variance is that of sums per customer (linearised ratio of two means; Cochran, Sampling Techniques, 3rd
ed., sections 6.4 and 9A.2). From four counts (``lift_of_counts``) everybody is counted once.
"""

from dataclasses import dataclass, replace
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, normal_quantile

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
        return replace(found, lift=Interval(0.0, 0.0, _most_of_none(found.clusters) / expected))
    keys = chosen if others is None else np.concatenate([chosen, others])
    parts = (happened / rate - base / expected) / n
    if others is not None and influence is not None:
        parts = np.concatenate([parts, -influence / expected])
    error = _error(keys, parts)
    ratio = rate / expected
    wide = normal_quantile((1 + LEVEL) / 2) * error
    return replace(found, lift=Interval(exp(log(ratio) - wide), ratio, exp(log(ratio) + wide)))


def _most_of_none(customers: int) -> float:
    """Return the upper end of a rate of which nothing was seen among so many customers.

    References
    ----------
    Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745 ("rule of three": 3.00 ÷ n at 95 %).
    """
    return -log((1 - LEVEL) / 2) / customers


def _error(keys: npt.NDArray[np.int64], parts: npt.NDArray[np.float64]) -> float:
    """Return the standard error of a sum of parts that vary together within a key."""
    _, place = np.unique(keys, return_inverse=True)
    sums = np.bincount(place, weights=parts)
    count = len(sums)
    return sqrt(float((sums**2).sum()) * count / max(count - 1, 1))


def lift_of_counts(
    yes_flagged: float, n_flagged: float, yes_others: float, n_others: float, *, level: float = LEVEL
) -> Interval | None:
    """
    Return the share among the flagged over the share among all, with an interval symmetric in its logarithm.

    The flagged are part of all, so the two are not independent; the delta method is on the two separate groups. The
    shares' variances are Jeffreys' (half a yes and half a no added), so that an empty cell does not pretend to be sure.

    References
    ----------
    Agresti, Categorical Data Analysis, 3rd ed., section 16.1 (delta method); Katz et al. (1978), Biometrics 34, 469-474.
    """
    n = n_flagged + n_others
    yes = yes_flagged + yes_others
    if not n_flagged or not yes:
        return None
    point = (yes_flagged / n_flagged) / (yes / n)
    p, q = (yes_flagged + 0.5) / (n_flagged + 1), (yes_others + 0.5) / (n_others + 1)
    weight = n_flagged / n
    base = weight * p + (1 - weight) * q
    by_p, by_q = 1 / p - weight / base, (1 - weight) / base
    variance = by_p**2 * p * (1 - p) / (n_flagged + 1) + by_q**2 * q * (1 - q) / (n_others + 1)
    wide = exp(normal_quantile((1 + level) / 2) * sqrt(variance))
    middle = point if point > 0 else p / base
    return Interval(0.0 if point == 0 else point / wide, point, middle * wide)

"""A mean of rows that come in clusters (several proposals to one customer are not independent of each other)."""

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats
from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, normal_quantile


def mean_and_error(values: Floats, cluster: npt.ArrayLike) -> tuple[float, float]:
    """Return the mean and its standard error, clusters drawn as wholes (Cameron & Miller 2015, eq. 6, with G/(G−1)).

    The error is infinite with fewer than two clusters. There must be a value.
    """
    middle = float(values.mean())
    _, place = np.unique(np.asarray(cluster), return_inverse=True)
    count = int(place.max()) + 1
    if count < 2:
        return middle, float("inf")
    missed = np.bincount(place, weights=values - middle)
    return middle, float(np.sqrt(count / (count - 1) * (missed**2).sum()) / len(values))


def less(first: tuple[float, float], second: tuple[float, float]) -> Interval:
    """Return one mean less another that is independent of it, with the 90 % normal interval."""
    middle, half = (
        first[0] - second[0],
        normal_quantile((1 + LEVEL) / 2) * float(np.hypot(first[1], second[1])),
    )
    return Interval(middle - half, middle, middle + half)

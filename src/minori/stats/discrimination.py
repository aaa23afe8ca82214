"""Does a score tell the ones from the others, whatever its scale?"""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, jeffreys, normal_quantile
from minori.stats.lift import lift_of_counts

Floats = npt.NDArray[np.float64]
Values = npt.ArrayLike


def auc(scores: Values, answers: Values, *, level: float = LEVEL) -> Interval | None:
    """
    Return the chance that a random yes has a higher score than a random no, ties half, with DeLong's interval.

    The interval is taken in the logit, so that it stays between 0 and 1; a perfect order has no variance, and its
    interval then comes from Jeffreys' on the smaller of the two groups. None where one of the groups is empty.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845; by ranks: Sun & Xu (2014), IEEE SPL 21, 1389-1393.
    """
    value, y = np.asarray(scores, dtype=np.float64), np.asarray(answers, dtype=bool)
    if value.shape != y.shape or value.ndim != 1:
        raise ValueError("scores and answers are two lists of one length")
    yes, no = value[y], value[~y]
    if not len(yes) or not len(no):
        return None
    above = (mid_ranks(value)[y] - mid_ranks(yes)) / len(no)  # per yes: share of the no below it
    below = 1 - (mid_ranks(value)[~y] - mid_ranks(no)) / len(yes)  # per no: share of the yes above it
    area = float(above.mean())
    error = sqrt(_variance(above) / len(yes) + _variance(below) / len(no))
    return _in_logit(area, error, min(len(yes), len(no)), level)


def mid_ranks(values: Values) -> Floats:
    """Return ranks from 1; equal values share the middle of theirs."""
    array = np.asarray(values, dtype=np.float64)
    _, place, count = np.unique(array, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    ranks: Floats = (last - (count - 1) / 2)[place]
    return ranks


def _variance(parts: Floats) -> float:
    return float(parts.var(ddof=1)) if len(parts) > 1 else 0.0


def _in_logit(area: float, error: float, smaller: int, level: float) -> Interval:
    if area in (0.0, 1.0) or error == 0:
        exact = jeffreys(area * smaller, smaller, level=level)
        return exact or Interval(0.0, area, 1.0)
    middle = log(area / (1 - area))
    half = normal_quantile((1 + level) / 2) * error / (area * (1 - area))
    low, high = (1 / (1 + exp(-end)) for end in (middle - half, middle + half))
    return Interval(low, area, high)


@dataclass(frozen=True)
class Flagged:
    """How well a flag finds those to whom something happened.

    ``precision``: of those flagged, the share to whom it happened. ``recall``: of those to whom it happened, the share
    that was flagged. ``base``: the share of all. ``lift``: precision over base. None where there is nothing to divide.
    """

    precision: Interval | None
    recall: Interval | None
    base: Interval | None
    lift: Interval | None


def flagged(
    yes_flagged: float, n_flagged: float, yes_others: float, n_others: float, *, level: float = LEVEL
) -> Flagged:
    """Return precision, recall and lift of a flag from four counts (of which fractions may be effective sizes)."""
    yes, n = yes_flagged + yes_others, n_flagged + n_others
    return Flagged(
        jeffreys(yes_flagged, n_flagged, level=level),
        jeffreys(yes_flagged, yes, level=level),
        jeffreys(yes, n, level=level),
        lift_of_counts(yes_flagged, n_flagged, yes_others, n_others, level=level),
    )

"""When does a number reach a threshold, if it goes on as it went? A plain trend with an interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

LEAST_POINTS = 6
FURTHEST_DAYS = 365


@dataclass(frozen=True)
class Reach:
    """Days from now until a threshold is reached: expected, and at the ends of the 90 % interval.

    ``latest`` is None where the slower end of the interval never gets there within a year.
    """

    days: float
    earliest: float
    latest: float | None
    points: int


def reaches(series: Sequence[tuple[float, float]], threshold: float, *, rising: bool) -> Reach | None:
    """
    Project a series to a threshold by least squares on time.

    Parameters
    ----------
    series
        (days relative to now, 0 or negative; value), any order.
    threshold
        The value to reach.
    rising
        Whether it must be reached from below.

    Returns
    -------
    Reach or None
        None with fewer than six points, if the trend does not lead there, or not within a year.

    References
    ----------
    Draper & Smith, Applied Regression Analysis, section 1.4 (slope and its standard error).
    """
    from scipy.special import stdtrit  # heavy: only when a projection is asked for

    n = len(series)
    if n < LEAST_POINTS:
        return None
    mean_t = sum(t for t, _ in series) / n
    mean_y = sum(y for _, y in series) / n
    spread = sum((t - mean_t) ** 2 for t, _ in series)
    slope = sum((t - mean_t) * (y - mean_y) for t, y in series) / spread
    now = mean_y + slope * (0 - mean_t)
    residual = sum((y - mean_y - slope * (t - mean_t)) ** 2 for t, y in series)
    error = float(stdtrit(n - 2, 0.95)) * sqrt(residual / (n - 2) / spread)
    sign = 1 if rising else -1
    days = _days(now, slope, threshold, sign)
    if days is None:
        return None
    earliest = _days(now, slope + sign * error, threshold, sign)
    latest = _days(now, slope - sign * error, threshold, sign)
    return Reach(days, earliest if earliest is not None else days, latest, n)


def _days(now: float, slope: float, threshold: float, sign: int) -> float | None:
    gap = (threshold - now) * sign
    if gap <= 0:
        return 0.0
    speed = slope * sign
    if speed <= 0 or gap / speed > FURTHEST_DAYS:
        return None
    return gap / speed

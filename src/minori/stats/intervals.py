"""Intervals of a share: so many of so many.

Counts may be fractions, so that a censored sample can be stated as its effective size. Without a sample there is no
interval: the answer is None, never 0 or 1.
"""

from math import sqrt

from minori.stats.interval import Interval

LEVEL = 0.9


def jeffreys(yes: float, n: float, *, level: float = LEVEL) -> Interval | None:
    """Return the share with Jeffreys' equal-tailed interval; it ends in 0 or 1 where nothing else was seen.

    References
    ----------
    Brown, Cai & DasGupta (2001), Statistical Science 16, 101-133, section 4.
    """
    from scipy.special import betaincinv  # heavy: only when an interval is asked for

    if _empty(yes, n):
        return None
    tail = (1 - level) / 2
    low = float(betaincinv(yes + 0.5, n - yes + 0.5, tail)) if yes > 0 else 0.0
    high = float(betaincinv(yes + 0.5, n - yes + 0.5, 1 - tail)) if yes < n else 1.0
    return Interval(low, yes / n, high)


def wilson(yes: float, n: float, *, level: float = LEVEL) -> Interval | None:
    """Return the share with Wilson's score interval (Wilson 1927, JASA 22, 209-212)."""
    if _empty(yes, n):
        return None
    z, share = normal_quantile((1 + level) / 2), yes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, middle - half), share, min(1.0, middle + half))


def clopper_pearson(yes: float, n: float, *, level: float = LEVEL) -> Interval | None:
    """Return the share with the exact interval, never narrower than it claims (Clopper & Pearson 1934, Biometrika 26)."""
    from scipy.special import betaincinv

    if _empty(yes, n):
        return None
    tail = (1 - level) / 2
    low = float(betaincinv(yes, n - yes + 1, tail)) if yes > 0 else 0.0
    high = float(betaincinv(yes + 1, n - yes, 1 - tail)) if yes < n else 1.0
    return Interval(low, yes / n, high)


def normal_quantile(share: float) -> float:
    """Return the value below which a standard normal falls with chance ``share``."""
    from scipy.special import ndtri

    return float(ndtri(share))


def _empty(yes: float, n: float) -> bool:
    if not 0 <= yes <= n:
        raise ValueError(f"{yes} of {n} is not a share")
    return n == 0

"""How often something happens per unit of time watched; whoever was watched for part of the time counts for that part."""

from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, clopper_pearson


def rate(events: int, time: float, *, level: float = LEVEL) -> Interval | None:
    """Return events per unit of time with the exact Poisson interval; None without any time.

    Right-censored and late-entering customers need no further care: each adds the time for which it was watched. The
    rate is taken to be the same for everybody and at every age.

    References
    ----------
    Garwood (1936), Biometrika 28, 437-442.
    """
    from scipy.special import gammaincinv  # heavy: only when an interval is asked for

    if events < 0 or time < 0:
        raise ValueError(f"{events} events in {time} cannot be")
    if time == 0:
        return None
    tail = (1 - level) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return Interval(low / time, events / time, float(gammaincinv(events + 1, 1 - tail)) / time)


def rate_ratio(
    events: int, time: float, events_before: int, time_before: float, *, level: float = LEVEL
) -> Interval | None:
    """Return one rate ÷ another, exactly: given all events, how many fell to the one is binomial.

    None where there were no events before, or no time on either side.

    References
    ----------
    Przyborowski & Wilenski (1940), Biometrika 31, 313-323.
    """
    if not events_before or min(time, time_before) <= 0:
        return None
    share = clopper_pearson(events, events + events_before, level=level)
    if share is None:
        return None
    low, middle, high = (end / (1 - end) * time_before / time for end in share)
    return Interval(low, middle, high)

"""Time until something happens, where not everybody was followed to the end.

Durations are in any one unit (days, months) and at least 0. Who was not followed to the event is censored: he counts
as at risk until then and no longer. At equal times events come before censoring. No event at all is an answer too: the
curve stays at 1 (or 0), with a bound that says how little is known.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, normal_quantile

Floats = npt.NDArray[np.float64]
Values = npt.ArrayLike


@dataclass(frozen=True)
class Curve:
    """A step function of time with its interval; one entry per distinct time, in order.

    ``at_risk`` counts those still followed just before each time, ``events`` those to whom it happened then.
    ``variance`` is that of ``estimate``.
    """

    times: Floats
    at_risk: Floats
    events: Floats
    estimate: Floats
    variance: Floats
    low: Floats
    high: Floats
    start: float  # the value before the first time
    level: float

    def at(self, time: float) -> Interval | None:
        """Return the value at a time; None after the last time at which anybody was followed."""
        if not len(self.times) or time > self.times[-1]:
            return None
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            return Interval(self.start, self.start, self.start)
        return Interval(float(self.low[place]), float(self.estimate[place]), float(self.high[place]))

    def reaches(self, value: float) -> float | None:
        """Return the first time at which a falling curve is at ``value`` or below; 0.5 gives the median."""
        below = np.flatnonzero(self.estimate <= value + 1e-12)
        return float(self.times[below[0]]) if len(below) else None


@dataclass(frozen=True)
class Counts:
    """Who is at risk and to whom it happens, at each distinct time."""

    times: Floats
    at_risk: Floats
    events: Floats


def counted(durations: Values, observed: Values) -> Counts:
    """Return the counts per distinct time; raises ValueError for durations below 0 or not finite."""
    time = np.asarray(durations, dtype=np.float64)
    happened = np.asarray(observed, dtype=bool)
    if time.shape != happened.shape or time.ndim != 1:
        raise ValueError("durations and observed are two lists of one length")
    if time.size and not (np.isfinite(time).all() and time.min() >= 0):
        raise ValueError("a duration is a finite number, at least 0")
    times, place = np.unique(time, return_inverse=True)
    leaving = np.bincount(place, minlength=len(times)).astype(np.float64)
    events = np.bincount(place[happened], minlength=len(times)).astype(np.float64)
    return Counts(times, leaving[::-1].cumsum()[::-1], events)


def kaplan_meier(durations: Values, observed: Values, *, level: float = LEVEL) -> Curve:
    """
    Estimate the share still there at each time.

    Greenwood's variance; the interval is symmetric in log(-log), so that it stays between 0 and 1. Before the first
    event, where that has no answer, the lower end is the exact bound for no event among those still at risk; after the
    curve has come to 0, the upper end is that of the time before.

    References
    ----------
    Kaplan & Meier (1958), JASA 53, 457-481; Kalbfleisch & Prentice (2002), 2nd ed., section 1.4.
    """
    counts = counted(durations, observed)
    estimate: Floats = np.cumprod(1 - counts.events / counts.at_risk, dtype=np.float64)
    left = counts.at_risk - counts.events
    greenwood: Floats = np.cumsum(ratio(counts.events, counts.at_risk * left))
    error: Floats = np.sqrt(greenwood)
    low, high = log_log(estimate, error, level)
    untouched = estimate == 1
    low[untouched] = none_of(counts.at_risk[untouched], level)
    gone = estimate == 0
    before = high[~gone][-1:] if (~gone).any() else 1 - none_of(counts.at_risk[:1], level)
    low[gone], high[gone] = 0.0, before if before.size else 1.0
    variance: Floats = np.where(gone, 0.0, estimate**2 * greenwood)
    return Curve(
        counts.times, counts.at_risk, counts.events, estimate, variance, low, high, start=1.0, level=level
    )


def nelson_aalen(durations: Values, observed: Values, *, level: float = LEVEL) -> Curve:
    """
    Estimate the cumulative hazard at each time; the interval is symmetric in its logarithm.

    Before the first event the upper end is the exact bound for no event among those still at risk.

    References
    ----------
    Aalen (1978), Annals of Statistics 6, 701-726; Klein & Moeschberger (2003), eq. 4.2.3-4.2.4.
    """
    counts = counted(durations, observed)
    estimate: Floats = np.cumsum(counts.events / counts.at_risk, dtype=np.float64)
    variance = np.cumsum(counts.events / counts.at_risk**2)
    none = estimate == 0
    wide = normal_quantile((1 + level) / 2) * ratio(np.sqrt(variance), estimate)
    low, high = estimate * np.exp(-wide), estimate * np.exp(wide)
    high[none] = -np.log(none_of(counts.at_risk[none], level))
    return Curve(
        counts.times, counts.at_risk, counts.events, estimate, variance, low, high, start=0.0, level=level
    )


def log_log(share: Floats, error: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the ends in log(-log): ``error`` is the standard error of log(share)."""
    inside = (share > 0) & (share < 1)
    low, high = share.copy(), share.copy()
    logs = np.log(share[inside])
    wide = normal_quantile((1 + level) / 2) * error[inside] / -logs
    low[inside], high[inside] = share[inside] ** np.exp(wide), share[inside] ** np.exp(-wide)
    return low, high


def none_of(at_risk: Floats, level: float) -> Floats:
    """Return the share that must at least be left if none of so many had the event (Clopper-Pearson of n of n)."""
    return np.asarray(((1 - level) / 2) ** (1 / at_risk), dtype=np.float64)


def ratio(top: Floats, bottom: Floats) -> Floats:
    """Divide, with 0 where there is nothing to divide by."""
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)

"""To how many did it happen within a horizon, where not everybody was followed to its end?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minori.stats.competing import cumulative_incidence
from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, jeffreys
from minori.stats.survival import Values


@dataclass(frozen=True)
class Happened:
    """The share to whom something happened within a horizon.

    ``share`` is None where nobody was followed long enough. ``effective`` is the size of a wholly followed sample that
    would be as sure (``n`` where nobody was censored); ``share`` has Jeffreys' interval at that size.
    """

    n: int
    events: int
    effective: float
    share: Interval | None

    @property
    def weighed_events(self) -> float:
        """Events that the effective sample would have."""
        return self.share.middle * self.effective if self.share else 0.0


def happened_within(
    horizon: float, after: Values, ended_after: Values, followed: Values, *, level: float = LEVEL
) -> Happened:
    """
    Return to how many it happened within the horizon (Aalen-Johansen at the horizon).

    Parameters
    ----------
    horizon
        Days, above 0.
    after, ended_after
        Days until it happened, and until something that rules it out happened; NaN where it was not seen.
    followed
        Days for which each one was followed.
    """
    times, causes = _first(horizon, after, ended_after, followed)
    events = sum(cause == "it" for cause in causes)
    complete = np.array([c is not None for c in causes], dtype=bool) | (times >= horizon)
    if not len(times) or times[~complete].size == len(times) or _unknown_end(times, complete, horizon):
        return Happened(len(times), events, 0.0, None)
    curve = cumulative_incidence(times, causes, "it", level=level)
    share, variance = float(curve.estimate[-1]), float(curve.variance[-1])
    effective = share * (1 - share) / variance if variance > 0 and share < 1 else float(complete.sum())
    return Happened(
        len(times), events, effective, jeffreys(min(share * effective, effective), effective, level=level)
    )


def _first(
    horizon: float, after: Values, ended_after: Values, followed: Values
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], Sequence[str | None]]:
    """Return the time of the first thing that happened to each, and what; at one time the event comes first."""
    it, other, until = (np.asarray(values, dtype=np.float64) for values in (after, ended_after, followed))
    end = np.minimum(until, horizon)
    it, other = np.where(np.isnan(it), np.inf, it), np.where(np.isnan(other), np.inf, other)
    time = np.minimum(np.minimum(it, other), end)
    causes = np.where((it <= end) & (it <= other), "it", np.where(other <= end, "other", ""))
    return time, [cause or None for cause in causes.tolist()]


def _unknown_end(times: Values, complete: Values, horizon: float) -> bool:
    """Return whether the last ones at risk were lost before the horizon."""
    time, known = np.asarray(times), np.asarray(complete, dtype=bool)
    lost = time[~known]
    return bool(lost.size) and not bool((time >= horizon).any()) and float(lost.max()) >= float(time.max())

"""Do groups differ in how long they last?"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from minori.stats.survival import Floats, Values, counted


@dataclass(frozen=True)
class LogRank:
    """The test's answer; ``p`` is None where there is nothing to compare: one group, or no event.

    ``expected`` is how many events each group would have had if all groups were alike.
    """

    groups: tuple[Hashable, ...]
    observed: tuple[float, ...]
    expected: tuple[float, ...]
    statistic: float
    degrees: int
    p: float | None


def log_rank(durations: Values, observed: Values, groups: Sequence[Hashable]) -> LogRank:
    """
    Test whether all groups have one hazard, at all times.

    References
    ----------
    Mantel (1966), Cancer Chemotherapy Reports 50, 163-170; Kalbfleisch & Prentice (2002), 2nd ed., section 1.5
    (hypergeometric variance, so ties are exact).
    """
    time, happened = np.asarray(durations, dtype=np.float64), np.asarray(observed, dtype=bool)
    names = tuple(sorted(set(groups), key=str))
    member = np.array([names.index(group) for group in groups], dtype=np.int64)
    every = counted(time, happened)
    at_risk, events = _by_group(time, happened, member, every.times, len(names))
    share = at_risk / every.at_risk if names else at_risk
    expected = share * every.events
    difference = (events - expected).sum(axis=1)
    statistic, degrees, p = _tested(difference, _covariance(share, every.at_risk, every.events))
    seen = tuple(float(x) for x in events.sum(axis=1))
    return LogRank(names, seen, tuple(float(x) for x in expected.sum(axis=1)), statistic, degrees, p)


def _by_group(
    time: Floats, happened: Values, member: Values, times: Floats, groups: int
) -> tuple[Floats, Floats]:
    at_risk, events = np.zeros((groups, len(times))), np.zeros((groups, len(times)))
    for group in range(groups):
        chosen = np.asarray(member) == group
        place = np.searchsorted(times, time[chosen])
        leaving = np.bincount(place, minlength=len(times))
        at_risk[group] = leaving[::-1].cumsum()[::-1]
        events[group] = np.bincount(place[np.asarray(happened)[chosen]], minlength=len(times))
    return at_risk, events


def _covariance(share: Floats, at_risk: Floats, events: Floats) -> Floats:
    spread = np.where(at_risk > 1, events * (at_risk - events) / np.maximum(at_risk - 1, 1), 0.0)
    own = np.diag((share * spread).sum(axis=1))
    together: Floats = own - (share * spread) @ share.T
    return together


def _tested(difference: Floats, covariance: Floats) -> tuple[float, int, float | None]:
    """Return the statistic; the last group follows from the others, and a group never at risk adds nothing."""
    from scipy.special import chdtrc  # heavy: only when a test is asked for

    if len(difference) < 2:
        return 0.0, 0, None
    kept = covariance[:-1, :-1]
    degrees = int(np.linalg.matrix_rank(kept))
    if degrees == 0:
        return 0.0, 0, None
    statistic = float(difference[:-1] @ np.linalg.pinv(kept) @ difference[:-1])
    return statistic, degrees, float(chdtrc(degrees, statistic))

"""Competing risks: several things may happen, and the first of them ends the others."""

from collections.abc import Sequence

import numpy as np

from minori.stats.intervals import LEVEL
from minori.stats.survival import Counts, Curve, Floats, Values, counted, log_log, none_of, ratio


def cumulative_incidence(
    durations: Values, causes: Sequence[str | None], cause: str, *, level: float = LEVEL
) -> Curve:
    """
    Estimate the share to whom ``cause`` has happened by each time (Aalen-Johansen).

    With one cause it is one minus Kaplan-Meier. One minus Kaplan-Meier *per cause*, which counts the other causes as
    censored, is too high wherever they are common.

    Parameters
    ----------
    durations
        Time of the first thing that happened, or until which nothing had; one unit, at least 0.
    causes
        What happened then; None where the follow-up ended first.
    cause
        The one wanted; it need not occur.
    level
        Coverage of the interval, symmetric in log(-log) of the share not reached. Without an event the upper end is
        the exact bound for none among those still at risk.

    References
    ----------
    Aalen & Johansen (1978), Scand. J. Statistics 5, 141-150; variance: Marubini & Valsecchi (1995), eq. 10.12.
    """
    any_cause = counted(durations, [c is not None for c in causes])
    events = counted(durations, [c == cause for c in causes]).events
    before = np.concatenate(([1.0], np.cumprod(1 - any_cause.events / any_cause.at_risk)[:-1]))
    estimate = np.cumsum(before * events / any_cause.at_risk)
    variance = _variance(estimate, before, events, any_cause)
    low, high = _interval(estimate, variance, any_cause.at_risk, level)
    return Curve(
        any_cause.times, any_cause.at_risk, events, estimate, variance, low, high, start=0.0, level=level
    )


def _variance(estimate: Floats, before: Floats, events: Floats, counts: Counts) -> Floats:
    """Return the delta-method variance; sums over earlier times are written out, so that it costs one pass."""
    n, all_events = counts.at_risk, counts.events
    left = ratio(all_events, n * (n - all_events))  # 0 where nobody is left: nothing can follow
    own = before**2 * events * (n - events) / n**3
    cross = before * events / n**2
    first = estimate**2 * np.cumsum(left) - 2 * estimate * np.cumsum(estimate * left)
    first += np.cumsum(estimate**2 * left)
    second = estimate * np.cumsum(cross) - np.cumsum(estimate * cross)
    return np.maximum(first + np.cumsum(own) - 2 * second, 0.0)


def _interval(estimate: Floats, variance: Floats, at_risk: Floats, level: float) -> tuple[Floats, Floats]:
    kept = 1 - estimate
    low, high = log_log(kept, ratio(np.sqrt(variance), kept), level)
    low, high = 1 - high, 1 - low
    none = estimate == 0
    high[none] = 1 - none_of(at_risk[none], level)
    return low, high

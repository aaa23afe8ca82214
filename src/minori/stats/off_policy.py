"""What another way of choosing would have brought, from a log that says how likely each choice was.

Inverse propensity (Horvitz & Thompson 1952), self-normalised (Swaminathan & Joachims 2015, eq. 8), doubly robust
(Dudík, Langford & Li 2011, eq. 2). A few rows with huge weights can carry the whole estimate; below an effective
sample of 100 rows (Kish 1965) no value is given.
"""

from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, normal_quantile

LEAST_EFFECTIVE = 100.0


@dataclass(frozen=True)
class OffPolicy:
    """Mean reward of a policy that was not used. Values are None where the effective sample is too small."""

    rows: int
    effective: float
    largest_weight: float
    ips: Interval | None = None
    snips: Interval | None = None
    doubly_robust: Interval | None = None

    @property
    def refused(self) -> bool:
        """Whether the log says too little about the policy."""
        return self.ips is None


def off_policy(
    reward: Floats,
    logged: Floats,
    wanted: Floats,
    *,
    expected_logged: Floats | None = None,
    expected_wanted: Floats | None = None,
) -> OffPolicy:
    """
    Estimate the mean reward of a policy from a log of another.

    Parameters
    ----------
    reward
        Per row, what came of the logged action.
    logged, wanted
        Chance of the logged action under the policy that acted (above 0) and under the one in question.
    expected_logged, expected_wanted
        A model's expected reward of the logged action, and its mean over the actions of the wanted policy;
        with both, the doubly robust value is given too. The model must not have seen the row.

    Returns
    -------
    OffPolicy
        Means with 90 % normal intervals.

    Raises
    ------
    ValueError
        If a logged chance is not above 0 and at most 1.
    """
    if not np.all((logged > 0) & (logged <= 1)):
        raise ValueError("every logged chance must be above 0 and at most 1")
    weight = wanted / logged
    squares = float((weight**2).sum())
    effective = float(weight.sum()) ** 2 / squares if squares else 0.0
    found = OffPolicy(len(reward), effective, float(weight.max(initial=0.0)))
    if effective < LEAST_EFFECTIVE:
        return found
    robust = None
    if expected_logged is not None and expected_wanted is not None:
        robust = _mean(expected_wanted + weight * (reward - expected_logged))
    return OffPolicy(
        found.rows, effective, found.largest_weight, _mean(weight * reward), _ratio(weight, reward), robust
    )


def _mean(values: Floats) -> Interval:
    middle = float(values.mean())
    half = normal_quantile((1 + LEVEL) / 2) * float(values.std(ddof=1)) / len(values) ** 0.5
    return Interval(middle - half, middle, middle + half)


def _ratio(weight: Floats, reward: Floats) -> Interval:
    middle = float((weight * reward).sum() / weight.sum())
    half = normal_quantile((1 + LEVEL) / 2) * float(
        np.sqrt((weight**2 * (reward - middle) ** 2).sum()) / weight.sum()
    )
    return Interval(middle - half, middle, middle + half)

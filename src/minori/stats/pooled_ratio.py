"""The mean of one arm ÷ that of the other, over several experiments, each arm compared with its own counterpart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, normal_quantile


@dataclass(frozen=True)
class TwoArms:
    """What each customer of two arms came to: 0 or 1, or an amount."""

    treated: Floats
    held_out: Floats

    @property
    def weight(self) -> float:
        """Mantel and Haenszel's weight."""
        return len(self.treated) * len(self.held_out) / (len(self.treated) + len(self.held_out))


def pooled_ratio(parts: Sequence[TwoArms], *, level: float = LEVEL) -> Interval | None:
    """
    Return the pooled ratio of means; of shares it is Mantel and Haenszel's risk ratio.

    The interval is symmetric in the logarithm. None where an arm has fewer than two customers in every experiment, or one
    side's mean is not above 0.

    References
    ----------
    Mantel & Haenszel (1959), JNCI 22, 719-748; the variance by linearisation (Cochran, Sampling Techniques, 3rd ed., 6.4).
    """
    used = [part for part in parts if min(len(part.treated), len(part.held_out)) >= 2]
    above = sum(part.weight * float(part.treated.mean()) for part in used)
    below = sum(part.weight * float(part.held_out.mean()) for part in used)
    if above <= 0 or below <= 0:
        return None
    ratio = above / below
    error = sqrt(
        sum(part.weight**2 * _variance_of_mean(part.treated) for part in used) / above**2
        + sum(part.weight**2 * _variance_of_mean(part.held_out) for part in used) / below**2
    )
    half = normal_quantile((1 + level) / 2) * error
    return Interval(exp(log(ratio) - half), ratio, exp(log(ratio) + half))


def _variance_of_mean(values: Floats) -> float:
    return float(np.var(values, ddof=1)) / len(values)

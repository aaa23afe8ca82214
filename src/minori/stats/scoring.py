"""Log-odds, and the log-loss of chances row by row: two models are compared on the same rows."""

from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Floats
from minori.stats.intervals import normal_quantile

LEAST_CHANCE = 1e-6  # nothing is impossible and nothing certain


def logit(chance: Floats) -> Floats:
    """Return log-odds; chances of 0 and 1 are taken as almost so."""
    kept = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return np.asarray(np.log(kept) - np.log1p(-kept))


def expit(value: Floats) -> Floats:
    """Return chances of log-odds."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * value)))


def losses(happened: Floats, chance: Floats) -> Floats:
    """Return each row's log-loss, in nats: 0 is perfect, 0.693 is a coin."""
    kept = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return np.asarray(-happened * np.log(kept) - (1 - happened) * np.log1p(-kept))


@dataclass(frozen=True)
class Difference:
    """Mean log-loss of one model less another's on the same rows, with its 90 % interval: below 0 is better."""

    mean: float
    low: float
    high: float
    error: float  # standard error of the mean
    rows: int

    @property
    def beats(self) -> bool:
        """Whether it is lower by more than one standard error (Breiman and others 1984, the 1 SE rule)."""
        return self.mean + self.error < 0

    @property
    def surely_beats(self) -> bool:
        """Whether all of the interval is below 0."""
        return self.high < 0


def difference(one: Floats, other: Floats) -> Difference:
    """Compare two models by their losses, row by row (paired; normal interval)."""
    gap = one - other
    mean = float(gap.mean())
    error = float(gap.std(ddof=1) / np.sqrt(len(gap))) if len(gap) > 1 else float("inf")
    half = normal_quantile(0.95) * error
    return Difference(mean, mean - half, mean + half, error, len(gap))

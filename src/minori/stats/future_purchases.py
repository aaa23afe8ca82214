"""How many purchases a BG/NBD customer will make: not only on average, but between which numbers, and of what worth.

The chance of more than k purchases is the product of three: still a customer, not gone after any of k purchases, and
k + 1 purchases in the time if nobody left (negative binomial). All terms are positive, so nothing cancels.

References
----------
Fader, Hardie & Lee (2005), Marketing Science 24, 275-284, eq. 8 (a customer alive is a new one with updated parameters).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats, Ints
from minori.stats.bgnbd import BgNbd
from minori.stats.histories import Histories

LOW, HIGH = 0.05, 0.95
_GONE = 1e-7  # chances below it no longer count
_MOST = 1 << 20  # purchases; far beyond any customer's


@dataclass(frozen=True)
class Future:
    """The purchases of each row's customer in the next ``time``, as chances."""

    model: BgNbd
    histories: Histories
    time: float

    def more_than(self, k: npt.ArrayLike) -> Floats:
        """Return each row's chance of more than ``k`` purchases; k may differ by row."""
        return _more_than(self, slice(None), self.model.alive(self.histories), np.asarray(k, dtype=np.int64))

    def quantile(self, level: float) -> Ints:
        """Return each row's smallest number that is not exceeded with a chance of ``level`` at least (by bisection)."""
        alive = self.model.alive(self.histories)
        found = np.zeros(len(alive), dtype=np.int64)
        rows = np.flatnonzero(self.more_than(0) > 1 - level)
        low, high = np.zeros(len(rows), dtype=np.int64), np.ones(len(rows), dtype=np.int64)
        open_ = np.ones(len(rows), dtype=bool)
        while open_.any():  # double until the level is reached
            at = rows[open_]
            open_[open_] = (_more_than(self, at, alive[at], high[open_]) > 1 - level) & (high[open_] < _MOST)
            low[open_] = high[open_]
            high[open_] *= 2
        while (wide := high - low > 1).any():
            at, middle = rows[wide], (low[wide] + high[wide]) // 2
            above = _more_than(self, at, alive[at], middle) > 1 - level
            low[wide] = np.where(above, middle, low[wide])
            high[wide] = np.where(above, high[wide], middle)
        found[rows] = high
        return found

    def moments(self) -> tuple[Floats, Floats]:
        """Return each row's mean and variance: Σ P(N>k) and Σ (2k+1) P(N>k) − mean²."""
        from scipy.special import betainc  # heavy: only when something is predicted

        stays = self.model.alive(self.histories)
        b, shape = self.model.b + self.histories.x, self.model.r + self.histories.x
        share = self.time / (self.model.alpha + self.histories.age + self.time)
        mean, square = np.zeros(len(stays)), np.zeros(len(stays))
        rows = np.arange(len(stays))
        for k in range(_MOST):
            chance = stays * betainc(k + 1.0, shape[rows], share[rows])
            mean[rows] += chance
            square[rows] += (2 * k + 1) * chance
            going = chance > _GONE
            if not going.any():
                break
            rows, stays = rows[going], stays[going]
            stays *= (b[rows] + k) / (self.model.a + b[rows] + k)  # not gone after one more purchase
        return mean, np.maximum(square - mean**2, 0.0)


def _more_than(
    future: Future, rows: npt.NDArray[np.intp] | slice, alive: Floats, k: npt.NDArray[np.int64] | np.int64
) -> Floats:
    from scipy.special import betainc, betaln  # heavy: only when something is predicted

    model, histories, time = future.model, future.histories, future.time
    x, age = histories.x[rows], histories.age[rows]
    b = model.b + x
    stays = np.exp(betaln(model.a, b + k) - betaln(model.a, b))
    buys = betainc(k + 1.0, model.r + x, time / (model.alpha + age + time))
    found: Floats = alive * stays * buys
    return found


@dataclass(frozen=True)
class Worth:
    """What purchases will be worth in all, per row: low, expected and high, and the variance."""

    low: Floats
    middle: Floats
    high: Floats
    variance: Floats


def worth(none: Floats, least: Ints, mean: Floats, variance: Floats, spread: Floats, noise: float) -> Worth:
    """
    Return what an unknown number of purchases of unknown size is worth, in units of the expected purchase.

    The sum is nothing with chance ``none``, else approximately gamma with the right mean and variance; its lower end is
    not put above that of the number of purchases.

    Parameters
    ----------
    none, least, mean, variance
        Of the number of purchases: the chance of none, the lower end of its interval, the mean and the variance.
    spread
        Square of the relative error of the expected purchase as the customer's mean (``GammaGamma.spread``).
    noise
        Square of the relative deviation of one purchase from the customer's mean: 1/p of gamma-gamma.

    Returns
    -------
    Worth
        With the 90 % interval; NaN in the interval where ``spread`` is infinite.
    """
    from scipy.special import gammaincinv

    buys = np.maximum(1 - none, _GONE)
    # E(S²), where how much and how often are unrelated; then variance ÷ mean² of S, if any purchase comes.
    square = (1 + spread) * (mean * noise + variance + mean**2)
    relative = np.maximum(square * buys / np.maximum(mean, _GONE) ** 2 - 1, 1e-9)
    scale = mean / buys * relative

    def at(level: float) -> Floats:
        within = np.clip((level - none) / buys, 0.0, 1.0)
        found = np.where(within > 0, scale * gammaincinv(1 / relative, within), 0.0)
        return np.where(np.isfinite(spread), found, np.nan)

    variance_of_sum = np.where(np.isfinite(spread), square - mean**2, np.nan)
    return Worth(np.minimum(at(LOW), least), mean, at(HIGH), variance_of_sum)

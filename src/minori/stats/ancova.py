"""How much a treatment moved an amount (revenue) per account, with what the account was before taken out.

The amount before explains most of the amount after; subtracting it as far as it explains (CUPED: Deng, Xu, Kohavi &
Walker 2013, eq. 4; ANCOVA: Fisher 1932) leaves a narrower interval, and is unbiased because the arm was drawn by lot.
The interval comes from drawing the arms anew (Rosenbaum 2002, section 2.6): revenue is too skewed for a normal one.
"""

from dataclasses import dataclass

import numpy as np

from minori.stats.arrays import Flags, Floats
from minori.stats.interval import Interval

LEAST_PER_ARM = 5
DRAWS = 2000


@dataclass(frozen=True)
class Moved:
    """Treated less held out, in the amount's unit per account; ``chance`` of as much if nothing moves (two-sided)."""

    effect: Interval
    chance: float
    plain: float  # difference of means without adjustment
    explained: float  # share of the variance that the amount before explained


def moved(
    after: Floats, before: Floats, treated: Flags, *, seed: int, level: float = 0.9, draws: int = DRAWS
) -> Moved | None:
    """
    Estimate how much the treatment moved ``after``.

    Parameters
    ----------
    after, before
        Amount per account at the end, and on the day of the draw; same unit.
    treated
        Which accounts were drawn into the treated arm; in the hold-out otherwise.
    seed
        Of the draws; the same seed gives the same interval.

    Returns
    -------
    Moved or None
        None with fewer than five accounts in an arm.
    """
    if min(int(treated.sum()), int((~treated).sum())) < LEAST_PER_ARM:
        return None
    adjusted, explained = _adjusted(after, before)
    middle = _difference(adjusted, treated)
    without = adjusted - middle * treated  # what everybody would have, were the effect the same for all
    random = np.random.default_rng(seed)
    by_luck = np.array([_difference(without, random.permutation(treated)) for _ in range(draws)])
    low, high = np.quantile(by_luck, [(1 - level) / 2, (1 + level) / 2])
    nothing = np.array([_difference(adjusted, random.permutation(treated)) for _ in range(draws)])
    chance = (1 + int((np.abs(nothing) >= abs(middle) * (1 - 1e-12)).sum())) / (draws + 1)
    effect = Interval(float(middle - high), middle, float(middle - low))
    return Moved(effect, chance, _difference(after, treated), explained)


def _adjusted(after: Floats, before: Floats) -> tuple[Floats, float]:
    """Take out of ``after`` what ``before`` explains; return it with the share of variance explained."""
    centred = before - before.mean()
    spread, whole = float(centred @ centred), float(((after - after.mean()) ** 2).sum())
    if not spread or not whole:
        return after, 0.0
    slope = float(centred @ (after - after.mean())) / spread
    return after - slope * centred, slope**2 * spread / whole


def _difference(amount: Floats, treated: Flags) -> float:
    return float(amount[treated].mean() - amount[~treated].mean())

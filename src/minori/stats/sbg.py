"""Shifted beta-geometric: how long contracts are renewed.

At each renewal a customer leaves with a chance θ ~ Beta(α, β) of its own, so retention rises with age because those who are
likely to leave have left: a constant churn rate makes long-lived customers look short-lived.

References
----------
Fader & Hardie (2007), How to Project Customer Retention, Journal of Interactive Marketing 21, 76-90.
Fader & Hardie (2010), Customer-Base Valuation in a Contractual Setting, Marketing Science 29, 85-93.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats
from minori.stats.fitting import LEAST_CUSTOMERS, Maximum, NotEnough, maximise
from minori.stats.intervals import normal_quantile


@dataclass(frozen=True)
class Renewals:
    """Decisions by age: at the end of their t-th period (t = 1, 2, …) ``lost[t-1]`` left and ``kept[t-1]`` stayed.

    Sums of several cohorts add; whoever is younger than t periods is in neither at t.

    Raises
    ------
    ValueError
        If lengths differ, or a count is negative or not finite.
    """

    lost: Floats
    kept: Floats

    def __post_init__(self) -> None:
        if len(self.lost) != len(self.kept):
            raise ValueError("lost and kept differ in length")
        if not ((self.lost >= 0) & (self.kept >= 0) & np.isfinite(self.lost + self.kept)).all():
            raise ValueError("a count of customers is negative or not finite")

    @classmethod
    def of(cls, lost: npt.ArrayLike, kept: npt.ArrayLike) -> "Renewals":
        """Make them from anything array-like."""
        return cls(np.asarray(lost, dtype=np.float64), np.asarray(kept, dtype=np.float64))

    @classmethod
    def of_survival(cls, survival: npt.ArrayLike, customers: float) -> "Renewals":
        """Make them from one cohort's survival, beginning with 1 at age 0.

        Raises
        ------
        ValueError
            If it does not begin with 1, or rises.
        """
        curve = np.asarray(survival, dtype=np.float64)
        if len(curve) == 0 or curve[0] != 1:
            raise ValueError("a survival curve begins with 1")
        if (np.diff(curve) > 0).any():
            raise ValueError("a survival curve does not rise")
        return cls(-np.diff(curve) * customers, curve[1:] * customers)

    @property
    def decisions(self) -> float:
        """How many decisions were seen."""
        return float(self.lost.sum() + self.kept.sum())

    def lacking(self) -> NotEnough | None:
        """Return why nothing can be fitted; None if it can."""
        first = float(self.lost[0] + self.kept[0]) if len(self.lost) else 0.0
        if first < LEAST_CUSTOMERS:
            return NotEnough("few_customers", int(first))
        seen = int(((self.lost + self.kept) > 0).sum())
        if seen < 2:
            return NotEnough("few_periods", seen)
        if self.lost.sum() == 0:
            return NotEnough("no_losses", int(first))
        if self.kept.sum() == 0:
            return NotEnough("all_lost", int(first))
        return None


@dataclass(frozen=True)
class Sbg:
    """A fitted model; ages are in periods."""

    alpha: float
    beta: float
    log_likelihood: float
    decisions: float
    maximum: Maximum

    def survival(self, age: npt.ArrayLike) -> Floats:
        """Return the share of new customers that is still there after ``age`` periods."""
        return survival(self.alpha, self.beta, np.asarray(age, dtype=np.float64))

    def retention(self, period: npt.ArrayLike) -> Floats:
        """Return the share that stays at the end of ``period`` (1, 2, …) of those who had come so far."""
        before = self.beta + np.asarray(period, dtype=np.float64) - 1
        found: Floats = before / (self.alpha + before)
        return found

    def survival_band(self, age: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return the ends of the 90 % interval of S(age) that comes from the parameters' uncertainty."""
        ages = np.asarray(age, dtype=np.float64)

        def log_odds(parameters: Floats) -> Floats:
            share = survival(parameters[0], parameters[1], ages)
            return np.log(share) - np.log1p(-share)

        with np.errstate(divide="ignore", invalid="ignore"):  # at age 0 the share is 1 and certain
            half = normal_quantile(0.95) * np.sqrt(np.maximum(self.maximum.variance(log_odds), 0.0))
            odds = log_odds(self.maximum.parameters)
            low, high = 1 / (1 + np.exp(half - odds)), 1 / (1 + np.exp(-half - odds))
        return np.where(ages > 0, low, 1.0), np.where(ages > 0, high, 1.0)

    def residual(self, age: npt.ArrayLike, discount: float) -> Floats:
        """Return the discounted expected residual lifetime just *after* the renewal that began period ``age`` + 1.

        In periods, the one just begun included at full value: Σ S(age+t)/S(age) / (1+d)^t, t = 0, 1, …; the discount
        is per period, above 0.
        """
        return residual(self.alpha, self.beta, np.asarray(age, dtype=np.float64), discount)

    def residual_before_renewal(self, age: npt.ArrayLike, discount: float) -> Floats:
        """Return the discounted expected residual lifetime just *before* the renewal at the end of period ``age`` ≥ 1.

        The DERL of Fader & Hardie (2010): Σ S(t)/S(age−1) / (1+d)^(t−age), t = age, age+1, …
        """
        return self.retention(age) * self.residual(age, discount)


def fit(renewals: Renewals) -> Sbg | NotEnough:
    """
    Fit by maximum likelihood.

    Every decision at the end of period t is one trial, lost with chance α / (α + β + t − 1), so cohorts of any age add.

    Returns
    -------
    Sbg or NotEnough
        NotEnough with under ten customers, under two periods, no loss, or nobody kept.
    """
    if (lacking := renewals.lacking()) is not None:
        return lacking
    before = np.arange(len(renewals.lost), dtype=np.float64)
    lost, kept = renewals.lost, renewals.kept

    def objective(parameters: Floats) -> tuple[float, Floats]:
        alpha, beta = parameters
        both, stayed = alpha + beta + before, beta + before
        value = lost.sum() * np.log(alpha) + kept @ np.log(stayed) - (lost + kept) @ np.log(both)
        every = (lost + kept) @ (1 / both)
        return float(value), np.array([lost.sum() / alpha - every, kept @ (1 / stayed) - every])

    found = maximise(objective, np.array([1.0, 1.0]), weight=renewals.decisions)
    alpha, beta = (float(value) for value in found.parameters)
    return Sbg(alpha, beta, found.log_likelihood, renewals.decisions, found)


def survival(alpha: float, beta: float, age: Floats) -> Floats:
    """Return S(age) = B(α, β + age) / B(α, β)."""
    from scipy.special import betaln  # heavy: only when something is predicted

    found: Floats = np.exp(betaln(alpha, beta + age) - betaln(alpha, beta))
    return found


def residual(alpha: float, beta: float, age: Floats, discount: float) -> Floats:
    """Return Σ S(age+t)/S(age) / (1+d)^t over t = 0, 1, …, in closed form.

    Raises
    ------
    ValueError
        If the discount is not above 0: without it the sum may be infinite.
    """
    from scipy.special import hyp2f1

    if not discount > 0:
        raise ValueError(f"a discount of {discount}; it must be above 0")
    found: Floats = hyp2f1(1.0, beta + age, alpha + beta + age, 1 / (1 + discount))
    return found

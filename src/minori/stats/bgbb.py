"""BG/BB: purchases at given opportunities (a donation a year, a yearly fair), without a contract.

While alive a customer buys at each opportunity with chance p ~ Beta(α, β), and before each one leaves for good with chance
θ ~ Beta(γ, δ).

References
----------
Fader, Hardie & Shang (2010), Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science 29,
1086-1108.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats, Ints
from minori.stats.fitting import LEAST_CUSTOMERS, Maximum, NotEnough, maximise
from minori.stats.histories import LEAST_REPEATS

Four: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True)
class Occasions:
    """Grouped histories: ``weight`` customers bought at ``x`` of ``n`` opportunities, last at the ``last``-th (0: never).

    Raises
    ------
    ValueError
        If lengths differ or a history is impossible.
    """

    x: Ints
    last: Ints
    n: Ints
    weight: Floats

    def __post_init__(self) -> None:
        if len({len(self.x), len(self.last), len(self.n), len(self.weight)}) != 1:
            raise ValueError("x, last, n and weight differ in length")
        wrong = (self.x < 0) | (self.x > self.last) | (self.last > self.n) | ~(self.weight >= 0)
        wrong |= (self.x == 0) & (self.last > 0)
        if wrong.any():
            row = int(np.argmax(wrong))
            read = (
                f"x = {self.x[row]}, last = {self.last[row]}, n = {self.n[row]}, weight = {self.weight[row]}"
            )
            raise ValueError(f"row {row} is no history: {read}; allowed is 0 ≤ x ≤ last ≤ n")

    @classmethod
    def of(
        cls, x: npt.ArrayLike, last: npt.ArrayLike, n: npt.ArrayLike, weight: npt.ArrayLike | None = None
    ) -> "Occasions":
        """Make them from anything array-like; without weights each row is one customer."""
        counts, lasts, opportunities = (np.asarray(part, dtype=np.int64) for part in (x, last, n))
        weights = np.ones(len(counts)) if weight is None else np.asarray(weight, dtype=np.float64)
        return cls(counts, lasts, opportunities, weights)

    @property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.weight.sum())

    def lacking(self) -> NotEnough | None:
        """Return why nothing can be fitted; None if it can."""
        there = self.weight > 0
        if self.customers < LEAST_CUSTOMERS:
            return NotEnough("few_customers", int(self.customers))
        bought = float(self.weight[self.x > 0].sum())
        if bought < LEAST_REPEATS:
            return NotEnough("few_repeats", int(bought))
        if all(np.ptp(part[there]) == 0 for part in (self.x, self.last, self.n)):
            return NotEnough("all_alike", int(self.customers))
        return None


@dataclass(frozen=True)
class BgBb:
    """A fitted model."""

    alpha: float
    beta: float
    gamma: float
    delta: float
    log_likelihood: float
    customers: float
    maximum: Maximum

    @property
    def _four(self) -> Four:
        return self.alpha, self.beta, self.gamma, self.delta

    def expected(self, opportunities: int) -> float:
        """Return how often a new customer buys at so many opportunities."""
        later = np.arange(1, opportunities + 1)
        stays = np.exp(_beta_ratio(self.gamma, self.delta, 0, later))
        return float(self.alpha / (self.alpha + self.beta) * stays.sum())

    def alive(self, occasions: Occasions) -> Floats:
        """Return each row's chance of still being there at the next opportunity."""
        total, _ = _log_likelihoods(self._four, occasions)
        here = _beta_ratio(self.alpha, self.beta, occasions.x, occasions.n - occasions.x)
        stays = _beta_ratio(self.gamma, self.delta, 0, occasions.n + 1)
        return np.exp(here + stays - total)

    def purchases(self, occasions: Occasions, opportunities: int) -> Floats:
        """Return each row's expected purchases per customer at the next ``opportunities`` (a sum, which has no pole at γ = 1)."""
        total, _ = _log_likelihoods(self._four, occasions)
        buys = _beta_ratio(self.alpha, self.beta, occasions.x + 1, occasions.n - occasions.x)
        later = occasions.n[:, None] + np.arange(1, opportunities + 1)
        stays = np.exp(_beta_ratio(self.gamma, self.delta, 0, later)).sum(axis=1)
        found: Floats = np.exp(buys - total) * stays
        return found


def fit(occasions: Occasions) -> BgBb | NotEnough:
    """Fit by maximum likelihood; NotEnough with under ten customers, under ten who bought, or if all are alike."""
    if (lacking := occasions.lacking()) is not None:
        return lacking

    def objective(parameters: Floats) -> tuple[float, Floats]:
        alpha, beta, gamma, delta = (float(value) for value in parameters)
        value, slope = _log_likelihoods((alpha, beta, gamma, delta), occasions)
        return float(occasions.weight @ value), slope @ occasions.weight

    found = maximise(objective, np.array([1.0, 1.0, 0.5, 2.0]), weight=occasions.customers)
    alpha, beta, gamma, delta = (float(value) for value in found.parameters)
    return BgBb(alpha, beta, gamma, delta, found.log_likelihood, occasions.customers, found)


def _log_likelihoods(parameters: Four, occasions: Occasions) -> tuple[Floats, Floats]:
    """Return ln L of each row and its gradient, shaped (4, rows).

    The last column is "still there after n"; column i is "left after opportunity last + i".
    """
    alpha, beta, gamma, delta = parameters
    x, last, n = (part[:, None] for part in (occasions.x, occasions.last, occasions.n))
    longest = int((occasions.n - occasions.last).max(initial=0))
    left_after = last + np.arange(longest + 1)
    stayed = left_after >= n  # of these only the first counts
    until = np.minimum(left_after, n)
    leaves = np.where(stayed, 0, 1)
    terms = _beta_ratio(alpha, beta, x, until - x) + _beta_ratio(gamma, delta, leaves, until)
    terms = np.where(left_after > n, -np.inf, terms)
    highest = terms.max(axis=1, keepdims=True)
    shares = np.exp(terms - highest)
    sums = shares.sum(axis=1, keepdims=True)
    shares /= sums
    slopes = [*_beta_slopes(alpha, beta, x, until - x), *_beta_slopes(gamma, delta, leaves, until)]
    gradient = np.array([(shares * slope).sum(axis=1) for slope in slopes])
    return (highest + np.log(sums))[:, 0], gradient


def _beta_ratio(a: float, b: float, more_a: npt.ArrayLike, more_b: npt.ArrayLike) -> Floats:
    """Return ln B(a + more_a, b + more_b) / B(a, b)."""
    from scipy.special import betaln  # heavy: only when something is fitted

    found: Floats = betaln(a + np.asarray(more_a), b + np.asarray(more_b)) - betaln(a, b)
    return found


def _beta_slopes(a: float, b: float, more_a: npt.ArrayLike, more_b: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the derivatives of ``_beta_ratio`` in a and b."""
    from scipy.special import digamma

    more_a, more_b = np.asarray(more_a), np.asarray(more_b)
    both = digamma(a + b) - digamma(a + b + more_a + more_b)
    return digamma(a + more_a) - digamma(a) + both, digamma(b + more_b) - digamma(b) + both

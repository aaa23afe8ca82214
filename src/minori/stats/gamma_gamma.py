"""Gamma-gamma: what a customer spends per purchase, from few purchases.

A purchase is worth z ~ Gamma(p, ν), and ν ~ Gamma(q, v) differs between customers: a mean over few purchases is drawn
towards that of all customers. It assumes that how much and how often are unrelated.

References
----------
Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value (note, equations by number).
Fader, Hardie & Lee (2005), RFM and CLV, Journal of Marketing Research 42, 415-430.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats, Ints
from minori.stats.fitting import LEAST_CUSTOMERS, Maximum, NotEnough, maximise

_CHUNK = 1 << 13
_ALIKE = 1e-9  # relative spread below which all spend the same


@dataclass(frozen=True)
class Spending:
    """Per row (customer, or ``weight`` equal customers): ``x`` purchases of ``mean`` money each, both above 0."""

    x: Ints
    mean: Floats
    weight: Floats

    @classmethod
    def of(cls, x: npt.ArrayLike, mean: npt.ArrayLike, weight: npt.ArrayLike | None = None) -> "Spending":
        """Make it from anything array-like, leaving out rows without a purchase.

        Raises
        ------
        ValueError
            If lengths differ, or a customer with purchases has a mean that is not a finite number above 0.
        """
        counts, means = np.asarray(x, dtype=np.int64), np.asarray(mean, dtype=np.float64)
        weights = np.ones(len(counts)) if weight is None else np.asarray(weight, dtype=np.float64)
        if len({len(counts), len(means), len(weights)}) != 1:
            raise ValueError("x, mean and weight differ in length")
        there = counts > 0
        wrong = there & ~(np.isfinite(means) & (means > 0))
        if wrong.any():
            row = int(np.argmax(wrong))
            raise ValueError(
                f"row {row}: a mean of {means[row]} over {counts[row]} purchases; it must be above 0"
            )
        return cls(counts[there], means[there], weights[there])


@dataclass(frozen=True)
class GammaGamma:
    """A fitted model; v is in the money of the means. ``maximum`` holds p, q and v / ``unit``."""

    p: float
    q: float
    v: float
    log_likelihood: float
    customers: float
    maximum: Maximum
    unit: float

    @property
    def population_mean(self) -> float | None:
        """What a customer of whom nothing is known spends per purchase; None where the model gives no finite mean."""
        return self.p * self.v / (self.q - 1) if self.q > 1 else None

    def mean(self, x: npt.ArrayLike, mean: npt.ArrayLike) -> Floats:
        """Return the expected spend per future purchase (eq. 5); NaN where there is none (x = 0 and q ≤ 1)."""
        counts = np.asarray(x, dtype=np.float64)
        shape = self.p * counts + self.q - 1
        seen = np.where(counts > 0, counts * np.asarray(mean, dtype=np.float64), 0.0)
        above = self.p * (self.v + seen)
        found: Floats = np.divide(above, shape, out=np.full(shape.shape, np.nan), where=shape > 0)
        return found

    def spread(self, x: npt.ArrayLike) -> Floats:
        """Return Var(M)/E(M)², M being the customer's true mean; infinite where the tail is too heavy."""
        shape = self.p * np.asarray(x, dtype=np.float64) + self.q - 2
        found: Floats = np.divide(1.0, shape, out=np.full(shape.shape, np.inf), where=shape > 0)
        return found


def fit(spending: Spending) -> GammaGamma | NotEnough:
    """
    Fit by maximum likelihood.

    Returns
    -------
    GammaGamma or NotEnough
        NotEnough with under ten customers who came back, or if all spend the same.
    """
    customers = float(spending.weight.sum())
    if customers < LEAST_CUSTOMERS:
        return NotEnough("few_customers", int(customers))
    unit = float(spending.weight @ spending.mean) / customers
    there = spending.mean[spending.weight > 0]
    if np.ptp(there) <= _ALIKE * unit:
        return NotEnough("all_alike", int(customers))
    scaled = Spending(spending.x, spending.mean / unit, spending.weight)
    found = maximise(Likelihood(scaled).at, np.array([2.0, 2.0, 1.0]), weight=customers)
    p, q, v = (float(value) for value in found.parameters)
    value = found.log_likelihood - customers * np.log(unit)  # a density per unit of money
    return GammaGamma(p, q, v * unit, float(value), customers, found, unit)


class Likelihood:
    """The log-likelihood of means over x purchases (eq. 1a) with its gradient; special functions per distinct x."""

    def __init__(self, spending: Spending) -> None:
        self.spending = spending
        self.counts, place = np.unique(spending.x, return_inverse=True)
        self.weights = np.bincount(place, spending.weight, len(self.counts))
        # Σ w ln z̄ and Σ w x ln(x z̄): all that the terms without v need of the rows.
        self.log_mean = float(spending.weight @ np.log(spending.mean))
        self.log_sum = float((spending.weight * spending.x) @ np.log(spending.x * spending.mean))

    def at(self, parameters: Floats) -> tuple[float, Floats]:
        """Return the log-likelihood and its gradient in p, q, v."""
        value, slope = self._by_count(parameters)
        for start in range(0, len(self.spending.x), _CHUNK):
            part, change = self._of(slice(start, start + _CHUNK), parameters)
            value += part
            slope += change
        return value, slope

    def _by_count(self, parameters: Floats) -> tuple[float, Floats]:
        from scipy.special import digamma, gammaln

        p, q, v = parameters
        x, w = self.counts, self.weights
        n = w.sum()
        value = w @ (gammaln(p * x + q) - gammaln(p * x) - gammaln(q)) + n * q * np.log(v)
        value += p * self.log_sum - self.log_mean
        both = digamma(p * x + q)
        of_p = (w * x) @ (both - digamma(p * x)) + self.log_sum
        of_q = w @ (both - digamma(q)) + n * np.log(v)
        return float(value), np.array([of_p, of_q, n * q / v])

    def _of(self, rows: slice, parameters: Floats) -> tuple[float, Floats]:
        """Return −Σ w (px+q) ln(v + x z̄) and its gradient over some rows."""
        p, q, v = parameters
        x, weight = self.spending.x[rows], self.spending.weight[rows]
        total = v + x * self.spending.mean[rows]
        logs = weight * np.log(total)
        shape = p * x + q
        slope = (-(x @ logs), -logs.sum(), -((weight * shape) @ (1 / total)))
        return float(-(shape @ logs)), np.array(slope)

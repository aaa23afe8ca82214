"""Pareto/NBD: like BG/NBD, but a customer may leave at any time, not only after a purchase.

While alive a customer buys at a rate λ ~ Gamma(r, α); the lifetime is exponential with a rate μ ~ Gamma(s, β).

The likelihood is taken as what it is, an integral over the time of leaving (see the note below), by
Gauss-Legendre quadrature on a logarithmic scale, instead of by differences of 2F1 that cancel. So its gradient is analytic,
and one formula holds for α > β and for α < β.

References
----------
Schmittlein, Morrison & Colombo (1987), Counting Your Customers, Management Science 33, 1-24.
Fader & Hardie (2005), A Note on Deriving the Pareto/NBD Model and Related Expressions.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats
from minori.stats.fitting import Maximum, NotEnough, maximise
from minori.stats.histories import Histories, weights_by_count

_NODES = 64
_DECAYED = 45.0  # beyond e^-45 of its greatest value the integrand adds nothing
_NEAR = 1e-5


@dataclass(frozen=True)
class ParetoNbd:
    """A fitted model; times are in the unit of the histories it was fitted to."""

    r: float
    alpha: float
    s: float
    beta: float
    log_likelihood: float
    customers: float
    maximum: Maximum
    unit: float

    def expected(self, time: npt.ArrayLike) -> Floats:
        """Return the expected purchases of a new customer up to ``time`` after the first."""
        return self.r * self.beta / self.alpha * _present(np.asarray(time) / self.beta, self.s)

    def alive(self, histories: Histories) -> Floats:
        """Return each row's chance that the customer has not left yet."""
        from scipy.special import expit  # heavy: only when something is predicted

        found: Floats = expit(-self._left(histories))
        return found

    def purchases(self, histories: Histories, time: float) -> Floats:
        """Return each row's expected purchases per customer in the next ``time``."""
        rate = (self.r + histories.x) / (self.alpha + histories.age)
        since = self.beta + histories.age
        found: Floats = self.alive(histories) * rate * since * _present(time / since, self.s)
        return found

    def _left(self, histories: Histories) -> Floats:
        """Return the log-odds of having left."""
        return _integral(np.array([self.r, self.alpha, self.s, self.beta]), histories).log


def fit(histories: Histories) -> ParetoNbd | NotEnough:
    """Fit by maximum likelihood; NotEnough as for BG/NBD. Time and memory grow with the number of distinct histories."""
    if (lacking := histories.lacking()) is not None:
        return lacking
    unit = histories.unit
    scaled = histories.scaled(unit)
    likelihood = Likelihood(scaled)
    start = np.array([0.5, 5.0, 0.5, 5.0])
    found = maximise(likelihood.at, start, weight=scaled.customers)
    r, alpha, s, beta = (float(value) for value in found.parameters)
    value = found.log_likelihood - float(scaled.weight @ scaled.x) * np.log(unit)
    return ParetoNbd(r, alpha * unit, s, beta * unit, float(value), histories.customers, found, unit)


class Likelihood:
    """The log-likelihood of histories with its gradient: of being alive, times one plus the odds of having left."""

    def __init__(self, histories: Histories) -> None:
        self.histories = histories
        self.counts, self.weights, _ = weights_by_count(histories)

    def at(self, parameters: Floats) -> tuple[float, Floats]:
        """Return the log-likelihood and its gradient in r, α, s, β."""
        value, slope = self._by_count(parameters)
        for rows in self.histories.chunks():
            part, change = self._of(rows, parameters)
            value += part
            slope += change
        return value, slope

    def _by_count(self, parameters: Floats) -> tuple[float, Floats]:
        from scipy.special import digamma, gammaln

        r, alpha, s, beta = parameters
        x, w = self.counts, self.weights
        n = w.sum()
        value = w @ (gammaln(r + x) - gammaln(r)) + n * (r * np.log(alpha) + s * np.log(beta))
        of_r = w @ (digamma(r + x) - digamma(r)) + n * np.log(alpha)
        return float(value), np.array([of_r, n * r / alpha, n * np.log(beta), n * s / beta])

    def _of(self, rows: slice, parameters: Floats) -> tuple[float, Floats]:
        r, alpha, s, beta = parameters
        part = self.histories.where(rows)
        left = _integral(parameters, part)
        alpha_age, beta_age = alpha + part.age, beta + part.age
        base = (r + part.x) * np.log(alpha_age) + s * np.log(beta_age)
        gone = np.exp(left.log - np.logaddexp(0.0, left.log))
        slopes = (
            gone * left.of_r - np.log(alpha_age),
            gone * left.of_alpha - (r + part.x) / alpha_age,
            gone * left.of_s - np.log(beta_age),
            gone * left.of_beta - s / beta_age,
        )
        value = part.weight @ (np.logaddexp(0.0, left.log) - base)
        return float(value), np.array([part.weight @ slope for slope in slopes])


class _Left(NamedTuple):
    """Log-odds of having left, and its gradient."""

    log: Floats
    of_r: Floats
    of_alpha: Floats
    of_s: Floats
    of_beta: Floats


def _integral(parameters: Floats, histories: Histories) -> _Left:
    """Return ln ∫ s/(β+τ) ((β+T)/(β+τ))^s ((α+T)/(α+τ))^(r+x) dτ from t_x to T, and its gradient."""
    r, alpha, s, beta = parameters
    k = (r + histories.x)[:, None]
    age, last = histories.age[:, None], histories.last[:, None]
    nodes, weights, base = _quadrature(parameters, histories)
    ratio_alpha, ratio_beta = np.log((alpha + age) / (alpha + nodes)), np.log((beta + age) / (beta + nodes))
    inside = np.log(s / (beta + nodes)) + s * ratio_beta + k * ratio_alpha + np.log(base + nodes)
    highest = inside.max(axis=1, keepdims=True)
    shares = weights * np.exp(inside - highest)
    total = shares.sum(axis=1, keepdims=True)
    width = np.where(age > last, total, 0.0)
    with np.errstate(divide="ignore"):
        log = (np.log(width) + highest)[:, 0]
    shares = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)

    def mean(values: Floats) -> Floats:
        found: Floats = (shares * values).sum(axis=1)
        return found

    return _Left(
        log,
        mean(ratio_alpha),
        mean(k * (1 / (alpha + age) - 1 / (alpha + nodes))),
        mean(1 / s + ratio_beta),
        mean(s / (beta + age) - (s + 1) / (beta + nodes)),
    )


def _quadrature(parameters: Floats, histories: Histories) -> tuple[Floats, Floats, float]:
    """Return nodes τ and weights per row for ∫ f(τ) (c+τ) d ln(c+τ), c the smaller of α and β.

    On that scale the logarithm of the integrand is concave and its curvature bounded. It is cut where nothing is left.
    """
    r, alpha, s, beta = parameters
    points, weights = np.polynomial.legendre.leggauss(_NODES)
    base = min(alpha, beta)
    k = r + histories.x
    last, age = histories.last, histories.age
    by_buying = (alpha + last) * np.exp(np.minimum(_DECAYED / k, 100)) - alpha
    by_leaving = (beta + last) * np.exp(np.minimum(_DECAYED / s, 100)) - beta
    until = np.minimum(age, np.minimum(by_buying, by_leaving))
    width = np.log((base + until) / (base + last))[:, None]
    nodes = (base + last[:, None]) * np.exp((points + 1) / 2 * width) - base
    return nodes, weights / 2 * width, base


def _present(time: npt.ArrayLike, s: float) -> Floats:
    """Return (1 − (1 + t)^(1−s)) / (s − 1): how long a customer stays up to t, in units of β."""
    grown = np.log1p(np.asarray(time, dtype=np.float64))
    if abs(s - 1) < _NEAR:
        return grown
    found: Floats = -np.expm1((1 - s) * grown) / (s - 1)
    return found

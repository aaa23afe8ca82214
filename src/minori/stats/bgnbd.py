"""BG/NBD: how often a customer without a contract will buy, and whether they still will.

While alive a customer buys at a rate λ ~ Gamma(r, α), and after each purchase leaves for good with chance p ~ Beta(a, b).

References
----------
Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24, 275-284 (equations by number).
Fader, Hardie & Lee (2008), Computing P(alive) Using the BG/NBD Model (note).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Floats
from minori.stats.fitting import Maximum, NotEnough, maximise
from minori.stats.histories import Histories, weights_by_count

_ENOUGH_TO_BEGIN = 20_000
_GONE, _MOST = 1e-12, 100_000  # where the sum ends
_NEAR = 1e-5  # so close to a = 1 a difference quotient takes the place of the quotient


@dataclass(frozen=True)
class BgNbd:
    """A fitted model; times are in the unit of the histories it was fitted to.

    ``maximum`` holds the parameters in time divided by ``unit``, with their covariance.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    customers: float
    maximum: Maximum
    unit: float

    def expected(self, time: npt.ArrayLike) -> Floats:
        """Return the expected purchases of a new customer up to ``time`` after the first (eq. 9)."""
        return _bought(np.asarray(time, dtype=np.float64), self.r, self.alpha, self.a, np.asarray(self.b))

    def alive(self, histories: Histories) -> Floats:
        """Return each row's chance that the customer will ever buy again; 1 where there was no repeat."""
        return _alive((self.r, self.alpha, self.a, self.b), histories)

    def purchases(self, histories: Histories, time: float) -> Floats:
        """Return each row's expected purchases per customer in the next ``time`` (eq. 10)."""
        return predict((self.r, self.alpha, self.a, self.b), histories, time)

    def variance(self, histories: Histories, time: float, totals: Callable[[Floats], Floats]) -> Floats:
        """Return the variance of totals of the expected purchases that comes from the parameters' uncertainty.

        ``totals`` sums the rows' expectations: over all, per segment, or weighted with money.
        """
        scaled = histories.scaled(self.unit)

        def summed(parameters: Floats) -> Floats:
            r, alpha, a, b = parameters
            return totals(predict((r, alpha, a, b), scaled, time / self.unit))

        return self.maximum.variance(summed)


def fit(histories: Histories) -> BgNbd | NotEnough:
    """
    Fit by maximum likelihood.

    Parameters
    ----------
    histories
        One row per distinct history; a SQL ``group by x, t_x, T`` is enough, and so is a row per customer.

    Returns
    -------
    BgNbd or NotEnough
        NotEnough with under ten customers, under ten who came back, or if all histories are alike.
    """
    if (lacking := histories.lacking()) is not None:
        return lacking
    unit = histories.unit
    scaled = histories.scaled(unit)
    start = np.array([0.5, 5.0, 1.0, 2.0])
    if len(scaled.x) > 3 * _ENOUGH_TO_BEGIN:  # a good beginning saves most of the work on many rows
        few = scaled.thinned(_ENOUGH_TO_BEGIN)
        start = maximise(Likelihood(few).at, start, weight=few.customers).parameters
    found = maximise(Likelihood(scaled).at, start, weight=scaled.customers)
    r, alpha, a, b = (float(value) for value in found.parameters)
    # The density of the x purchase times is per unit of time each.
    value = found.log_likelihood - float(scaled.weight @ scaled.x) * np.log(unit)
    return BgNbd(r, alpha * unit, a, b, float(value), histories.customers, found, unit)


def predict(parameters: tuple[float, float, float, float], histories: Histories, time: float) -> Floats:
    """Return the expected purchases per customer of each row in the next ``time`` (eq. 10).

    Whoever is alive is a new customer with the parameters r + x, α + T, a, b + x.
    """
    r, alpha, a, b = parameters
    found = np.empty(len(histories.x))
    for rows in histories.chunks():
        x = histories.x[rows]
        found[rows] = _bought(np.asarray(time), r + x, alpha + histories.age[rows], a, b + x)
    found *= _alive(parameters, histories)
    return found


def _alive(parameters: tuple[float, float, float, float], histories: Histories) -> Floats:
    r, alpha, a, b = parameters
    alive = np.ones(len(histories.x))
    back = np.flatnonzero(histories.x)
    x, last, age = histories.x[back], histories.last[back], histories.age[back]
    odds = np.log(a) - np.log(b + x - 1) + (r + x) * np.log1p((age - last) / (alpha + last))
    alive[back] = _sigmoid(-odds)
    return alive


def _bought(time: Floats, r: npt.ArrayLike, alpha: npt.ArrayLike, a: float, b: npt.ArrayLike) -> Floats:
    """Return the expected purchases of a new customer (eq. 9), with 2F1 taken after Euler's transformation.

    (α/(α+t))^r 2F1(r, b; a+b−1; z) = (1−z)^(a−1) 2F1(a+b−1−r, a−1; a+b−1; z): no overflow however large r and b are.
    """
    if abs(a - 1) < _NEAR:
        below, above = (_bought(time, r, alpha, 1 + side * _NEAR, b) for side in (-2, 2))
        return (below + above) / 2
    from scipy.special import hyp2f1  # heavy: only when something is predicted

    time, r, alpha, b = np.broadcast_arrays(time, r, alpha, b)
    z = time / (alpha + time)
    c = np.where(np.abs(a + b - 1) < _NEAR, _NEAR, a + b - 1)
    with np.errstate(all="ignore"):  # where a power leaves the range of numbers, the sum takes its place
        found: Floats = np.asarray(c / (a - 1) * (1 - (1 - z) ** (a - 1) * hyp2f1(c - r, a - 1, c, z)))
    lost = ~np.isfinite(found)
    if lost.any():
        found[lost] = _bought_by_sum(z[lost], r[lost], a, b[lost])
    return np.maximum(found, 0.0, dtype=np.float64)


def _bought_by_sum(share: Floats, r: Floats, a: float, b: Floats) -> Floats:
    """Return the same as a sum over k of the chances of more than k purchases; ``share`` is t / (α + t)."""
    from scipy.special import betainc

    stays, found = np.ones(len(share)), np.zeros(len(share))
    for k in range(_MOST):
        more = stays * betainc(k + 1.0, r, share)
        found += more
        if not (more > _GONE).any():
            break
        stays *= (b + k) / (a + b + k)
    return found


class Likelihood:
    """The log-likelihood of histories (eq. 6, rearranged) with its gradient.

    Special functions are taken once per distinct x. Customers without a repeat need their age alone.
    """

    def __init__(self, histories: Histories) -> None:
        self.counts, self.weights, place = weights_by_count(histories)
        none = histories.x == 0
        self.once, self.back = _by_age(histories.where(none)), histories.where(~none)
        self.place = place[~none]
        self.before = np.maximum(self.counts, 1) - 1  # x − 1, of those who came back

    @cached_property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.weights.sum())

    def at(self, parameters: Floats) -> tuple[float, Floats]:
        """Return the log-likelihood and its gradient in r, α, a, b."""
        r, alpha, a, b = parameters
        value, slope = self._by_count(r, a, b)
        value += self.customers * r * np.log(alpha)
        slope += np.array([self.customers * np.log(alpha), self.customers * r / alpha, 0.0, 0.0])
        for rows in self.once.chunks():
            age, weight = alpha + self.once.age[rows], self.once.weight[rows]
            older = weight @ np.log(age)
            value -= r * older
            slope -= np.array([older, r * (weight @ (1 / age)), 0.0, 0.0])
        for rows in self.back.chunks():
            part, change = self._of_returned(rows, r, alpha, a, b)
            value += part
            slope += change
        return float(value), slope

    def _by_count(self, r: float, a: float, b: float) -> tuple[float, Floats]:
        from scipy.special import digamma, gammaln

        x, w = self.counts, self.weights
        terms = gammaln(r + x) - gammaln(r)
        terms += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        both = digamma(a + b) - digamma(a + b + x)
        of_r, of_b = digamma(r + x) - digamma(r), digamma(b + x) - digamma(b)
        return float(w @ terms), np.array([w @ of_r, 0.0, w @ both, w @ (both + of_b)])

    def _of_returned(self, rows: slice, r: float, alpha: float, a: float, b: float) -> tuple[float, Floats]:
        """Return Σ w (softplus(D) − (r+x) ln(α+T)) and its gradient over some customers who came back."""
        last, age, weight = self.back.last[rows], self.back.age[rows], self.back.weight[rows]
        k = r + self.back.x[rows]
        log_odds = (np.log(a) - np.log(b + self.before))[self.place[rows]]
        older, ratio = np.log(alpha + age), np.log1p((age - last) / (alpha + last))
        log_odds += k * ratio  # D: left after the last purchase, against still there
        likelier = _sigmoid(np.abs(log_odds))
        gone = weight * np.where(log_odds > 0, likelier, 1 - likelier)
        value = weight @ (np.maximum(log_odds, 0.0) - np.log(likelier) - k * older)
        until_age = k / (alpha + age)
        slope = (
            gone @ ratio - weight @ older,
            gone @ (until_age - k / (alpha + last)) - weight @ until_age,
            gone.sum() / a,
            -(gone @ (1 / (b + self.before))[self.place[rows]]),
        )
        return float(value), np.array(slope)


def _by_age(histories: Histories) -> Histories:
    """Group customers without a repeat further: they differ by their age alone."""
    age, place = np.unique(histories.age, return_inverse=True)
    weight = np.bincount(place, histories.weight, len(age)).astype(np.float64)
    return Histories.of(np.zeros(len(age)), np.zeros(len(age)), age, weight)


def _sigmoid(log_odds: Floats) -> Floats:
    from scipy.special import expit

    found: Floats = expit(log_odds)
    return found

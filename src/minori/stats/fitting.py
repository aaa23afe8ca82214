"""Maximum likelihood on log-parameters with analytic gradients, and how far the result can be trusted.

Parameters of the models of lifetime value are positive and of very different size; their logarithms are neither, so one
plain optimiser fits all of them. The covariance is the inverse Hessian at the maximum (from differences of the analytic
gradient); what it does to a prediction is the delta method. Both are deterministic: nothing is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from minori.stats.arrays import Flags, Floats
from minori.stats.interval import Interval
from minori.stats.intervals import normal_quantile

WIDEST = 9.0  # of a log-parameter on data scaled to about 1: beyond e^9 a likelihood is flat
LEAST_CUSTOMERS = 10
LEVEL = 0.9
_STEP = 1e-4

Why: TypeAlias = Literal["few_customers", "few_repeats", "all_alike", "few_periods", "no_losses", "all_lost"]
Objective: TypeAlias = Callable[[Floats], tuple[float, Floats]]
"""Takes positive parameters; returns the log-likelihood and its gradient in them."""


@dataclass(frozen=True)
class NotEnough:
    """No model can be fitted to these data, and why; ``n`` is what there was of what was missing."""

    why: Why
    n: int


@dataclass(frozen=True)
class Maximum:
    """Where a likelihood is greatest.

    ``covariance`` is that of the log-parameters; a parameter at the edge of what the data can tell (``at_edge``) has no
    variance of its own there: it stands for "without limit", and predictions do not depend on its exact value.
    """

    parameters: Floats
    log_likelihood: float
    covariance: Floats
    at_edge: Flags

    def interval(self, number: int, *, level: float = LEVEL) -> Interval:
        """Return a parameter with its interval, symmetric in the logarithm (Wald)."""
        middle = float(self.parameters[number])
        factor = float(np.exp(normal_quantile((1 + level) / 2) * np.sqrt(self.covariance[number, number])))
        return Interval(middle / factor, middle, middle * factor)

    def variance(self, function: Callable[[Floats], Floats]) -> Floats:
        """Return the variance of a function of the parameters that comes from their uncertainty (delta method)."""
        slopes = np.array([_slope(function, self.parameters, n) for n in range(len(self.parameters))])
        variance: Floats = np.einsum("i...,ij,j...->...", slopes, self.covariance, slopes)
        return variance


def maximise(objective: Objective, start: Floats, *, weight: float) -> Maximum:
    """Find the maximum of a log-likelihood over positive parameters by L-BFGS-B on their logarithms.

    Parameters
    ----------
    objective
        Log-likelihood and gradient in the parameters, of data scaled so that parameters are around 1.
    start
        Positive parameters to begin with.
    weight
        How many observations the likelihood sums, so that tolerances mean the same for few and for many.
    """
    from scipy.optimize import minimize  # heavy: only when something is fitted

    def mean_loss(logs: Floats) -> tuple[float, Floats]:
        value, slope = objective(np.exp(logs))
        return -value / weight, -slope * np.exp(logs) / weight

    found = minimize(
        mean_loss,
        np.clip(np.log(start), -WIDEST, WIDEST),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-WIDEST, WIDEST)] * len(start),
        options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-7, "maxcor": 20},
    )
    at_edge: Flags = np.abs(found.x) > WIDEST - 1e-6
    covariance = _covariance(lambda logs: mean_loss(logs)[1], found.x, ~at_edge) / weight
    return Maximum(np.exp(found.x), -float(found.fun) * weight, covariance, at_edge)


def _covariance(slope: Callable[[Floats], Floats], at: Floats, inside: Flags) -> Floats:
    """Invert the Hessian among the parameters inside; a direction in which nothing was learned gets no variance."""
    size = len(at)
    steps = np.eye(size) * _STEP
    hessian = np.array([(slope(at + step) - slope(at - step)) / (2 * _STEP) for step in steps])
    values, vectors = np.linalg.eigh(((hessian + hessian.T) / 2)[np.ix_(inside, inside)])
    inverse = np.divide(1.0, values, out=np.zeros_like(values), where=values > 1e-10)
    covariance = np.zeros((size, size))
    covariance[np.ix_(inside, inside)] = (vectors * inverse) @ vectors.T
    return covariance


def _slope(function: Callable[[Floats], Floats], parameters: Floats, number: int) -> Floats:
    up, down = parameters.copy(), parameters.copy()
    up[number] *= np.exp(_STEP)
    down[number] *= np.exp(-_STEP)
    slope: Floats = (function(up) - function(down)) / (2 * _STEP)
    return slope
